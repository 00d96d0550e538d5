"""How many were annotated, and how many of them were found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """How many were annotated, how many suggested, and how many of each the other side has."""

    part: str
    annotated: int
    suggested: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        return self.found / self.annotated if self.annotated else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.suggested if self.suggested else 1.0

    @property
    def f1(self) -> float:
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0
