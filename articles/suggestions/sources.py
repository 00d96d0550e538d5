"""What a source is to the rules, and what they need to tell where its words begin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from articles.suggestions.lists import spelled, words
from articles.suggestions.mentions import MentionFound
from articles.suggestions.names import Record
from articles.suggestions.scene import Scene, bare

UNNAMED, DOCUMENT, NOBODY = "unnamed", "document", "nobody"


class Weight(IntEnum):
    """How sure it is that the words are somebody who speaks."""

    NOTHING = 0
    # Any noun phrase.
    WEAK = 1
    # A body or group.
    FAIR = 2
    # A record, a name, or a word for sources.
    STRONG = 3


@dataclass(frozen=True, slots=True)
class SourceFound:
    """One source of a step: a known record, or the words that describe it as they stand in the text."""

    kind: str
    text: str
    start: int
    end: int
    record: Record | None = None
    # The words of office before a name: «وزير الداخلية الأسبق».
    role: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    source: SourceFound
    weight: Weight
    # The number of the word after it.
    last: int
    first: int


def record_source(mention: MentionFound, role: str = "") -> SourceFound:
    return SourceFound(mention.record.kind, mention.surface, mention.start, mention.end, mention.record, role)


def is_listed_noun(word: str) -> bool:
    return any(
        word in words(name, group)
        for name, group in (
            ("holders", "unnamed"),
            ("holders", "collective"),
            ("titles", "calling"),
            ("naming", "media"),
        )
    )


def place_without_clitic(scene: Scene, first: int) -> int:
    word = scene.words[first]
    mention = scene.mention_starting(first)
    if mention is not None:
        return mention.start
    rest = bare(word.spelled)
    if word.spelled.endswith(rest) and len(rest) < len(word.spelled):
        clitic = word.spelled[: len(word.spelled) - len(rest)]
        for letters in ("و", "ف", "ل", "ب"):
            if clitic.startswith(letters) and not clitic.startswith("لل"):
                return word.start + len(letters)
    return word.start


def is_same_noun(other: SourceFound, head: str, noun: str) -> bool:
    """Whether the source was described by that noun: «المصادر» after «مصدر أمني»."""
    if other.record is not None or other.kind != UNNAMED:
        return False
    nouns = [spelled(word).strip('“”"«»،,') for word in other.text.split()]
    stems = {_stem(bare(word)) for word in nouns}
    return _stem(head) in stems or noun.rstrip("s") in {word.rstrip("s") for word in nouns}


def _stem(word: str) -> str:
    singular = {"مصادر": "مصدر", "مصدرين": "مصدر", "مسؤولين": "مسؤول", "مسؤولون": "مسؤول"}
    return singular.get(word, word)
