"""Whether two statements may tell one event otherwise: near enough in meaning for what differs between them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from articles.choices import RelationType
from articles.suggestions.differences import Difference, Nearness, compared, facts
from articles.suggestions.facts import DATE, DOER, NAME, NUMBER, PLACE, SENSE, SOURCE, Fact
from articles.suggestions.names import Names
from articles.suggestions.opposites import NOT, UPDATES
from newsroom.text.analysis import analyse

# Two statements as near in meaning as this are of one subject; on the development set nine in ten posts lie nearer to the
# claim they repeat than most others do. So near they must be for what differs to set them at odds.
SIMILAR = 0.45
LEAST = {NUMBER: SIMILAR, DATE: SIMILAR, DOER: SIMILAR, PLACE: SIMILAR, NAME: 0.55, SENSE: SIMILAR}
# A denial is mostly of another thing.
LEAST_OF_A_DENIAL = 0.6
# Of one deed, by its word, another doer is another telling however much else the two say.
LEAST_OF_ONE_DEED = 0.15
# Told of one deed or at odds, a claim is shown before others that are a little nearer.
AT_ODDS = 0.15
# Shorter words say little of what was done.
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with what it says, read once."""

    text: str
    facts: list[Fact]
    # What it speaks of besides names, places, doers and numbers, as stems.
    stems: frozenset[str]

    @classmethod
    def of(cls, text: str, names: Names | None = None) -> Statement:
        found = facts(text, names)
        named = [(fact.start, fact.end) for fact in found if fact.kind != SENSE]
        stems = frozenset(
            term.stem
            for term in analyse(text)
            if not term.is_stop
            and len(term.stem) >= _SHORTEST_STEM
            and not any(start < term.end and term.start < end for start, end in named)
        )
        return cls(text, found, stems)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two statements, and which of it, if any, sets them at odds."""

    differences: tuple[Difference, ...]
    conflict: Difference | None

    @property
    def is_followed(self) -> bool:
        """Whether the one tells what came after the other: arrested, then released."""
        return (
            self.conflict is not None
            and self.conflict.kind == SENSE
            and any(fact.of == UPDATES for fact in (*self.conflict.only_a, *self.conflict.only_b))
        )

    @property
    def type(self) -> RelationType:
        if self.conflict is None:
            return RelationType.CORROBORATES
        return RelationType.UPDATES if self.is_followed else RelationType.CONTRADICTS

    @property
    def has_other_source(self) -> bool:
        return any(difference.kind == SOURCE for difference in self.differences)


def comparison(a: Statement, b: Statement, nearness: float, *, alike: Nearness | None = None) -> Comparison:
    """The two statements side by side; `nearness` is how near they are in meaning, from 0 to 1."""
    found = compared((a.text, a.facts), (b.text, b.facts), nearness=alike)
    conflicts = [one for one in found if one.is_conflict and _weighs(one, a, b, nearness)]
    return Comparison(tuple(found), next(iter(conflicts), None))


def _weighs(one: Difference, a: Statement, b: Statement, nearness: float) -> bool:
    if one.kind == DOER and nearness >= LEAST_OF_ONE_DEED and a.stems & b.stems:
        return True
    if one.kind == NAME and not _kinds(one.only_a) & _kinds(one.only_b):
        # A man on the one side and a body on the other: two things are told, not one otherwise.
        return False
    denies = one.kind == SENSE and any(fact.value == NOT for fact in (*one.only_a, *one.only_b))
    return nearness >= (LEAST_OF_A_DENIAL if denies else LEAST[one.kind])


def _kinds(names: Iterable[Fact]) -> set[str]:
    """The kinds of record; a name of which there is no record is a person's."""
    return {fact.value.partition(":")[0] if ":" in fact.value else "person" for fact in names}
