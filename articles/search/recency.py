"""The newer of two equally good hits first: a gentle prior for news, and an order that no two hits share.

A score is raised or lowered by at most `WEIGHT`, so that the newest of all never passes what is better by more than twice
that. What is a year old counts for itself, and so does what has no date: it is neither helped nor punished. Li and Croft
(2003) take an exponential of the age for a prior too; ours is bounded, for most of what readers look for here is not new.
"""

from __future__ import annotations

from articles.search.engine import EngineHit

WEIGHT = 0.01
# At this age a record is neither helped nor punished.
HALF_LIFE_DAYS = 365.0
_UNIX_EPOCH = 719_163
_MICROSECONDS_A_DAY = 86_400_000_000
# Scores are sums in an order of the engine's own: what differs by less is equal.
_DIGITS = 5


def with_recency(score: float, day: int | None, *, at: int) -> float:
    """The score as the record's age changes it; `day` counts from the year 1, `at` is in microseconds since 1970."""
    if day is None:
        return score
    age = max(at // _MICROSECONDS_A_DAY + _UNIX_EPOCH - day, 0)
    return score * (1 + WEIGHT * (2 * 0.5 ** (age / HALF_LIFE_DAYS) - 1))


def level(score: float) -> float:
    """The score as it decides the order: the same for what only rounding divides."""
    return float(f"{score:.{_DIGITS}g}")


def in_order(hit: EngineHit) -> tuple[float, int]:
    """Sort by this: better first, of equally good ones the newer, of one second what was made first."""
    return -level(hit.score), -hit.place
