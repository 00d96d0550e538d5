"""Measures of a ranked list against judgements: pure, each from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

# Grades by document id; what is not judged is not relevant.
type Grades = Mapping[str, int]


def ndcg(ranked: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Normalised discounted cumulative gain: 1 where no order of the collection would be better."""
    gain = sum(_gain(grades.get(document, 0), place) for place, document in enumerate(ranked[:depth]))
    best = sum(
        _gain(grade, place) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:depth])
    )
    return gain / best if best else 0.0


def reciprocal_rank(ranked: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """One divided by the place of the first relevant document."""
    places = (place for place, document in enumerate(ranked[:depth], start=1) if grades.get(document, 0) > 0)
    return 1 / next(places, math.inf)


def recall(ranked: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """The share of the relevant documents that is among the first."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranked[:depth])) / len(relevant) if relevant else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def _gain(grade: int, place: int) -> float:
    return (2 ** max(grade, 0) - 1) / math.log2(place + 2)
