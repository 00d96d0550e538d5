"""What a rule has found in a sentence, before it is seen together with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from articles.suggestions.holders import SourceFound
from articles.suggestions.words import Span

type Steps = tuple[tuple[SourceFound, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What is told, by the numbers of its first word and of the word after it; a quotation where it is one."""

    first: int
    last: int
    quotation: Span | None = None

    @property
    def is_empty(self) -> bool:
        return self.first >= self.last


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution whose chain may still lead to what was said before it."""

    cue_first: int
    cue_last: int
    family: str
    certainty: str
    # Nearest first; empty where the speaker is to be found before.
    steps: Steps
    content: Part
    confidence: float
    document: SourceFound | None = None
    # The outlet that was told, of a speaker to be found before.
    told: SourceFound | None = None
    # «مضيفاً»: the speaker is that of the attribution just before.
    goes_on: bool = False
    # What the verb says of a speaker to be found before.
    is_feminine: bool = False
    is_plural: bool = False
    # «ونقلت عن …»: the outlet that cites those was named before.
    is_cited: bool = False
