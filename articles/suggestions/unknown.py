"""Names of people of whom there is no record yet: «الباحث فلان الفلاني», "the analyst Jane Roe"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from articles.suggestions.mentions import MentionFound
from articles.suggestions.names import word_key
from articles.suggestions.scene import Scene


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A person named in the text and in no record: `text[start:end] == surface`."""

    start: int
    end: int
    surface: str
    # The words of office before it, as they stand.
    role: str


def unknown_names(text: str, mentions: Iterable[MentionFound]) -> list[UnknownName]:
    """People whom a title or a given name shows, each once, in the order of the text. Never raises."""
    found: dict[str, UnknownName] = {}
    for person in Scene.of(text, mentions).people:
        if person.record is None:
            key = " ".join(word_key(word) for word in person.text.split())
            found.setdefault(key, UnknownName(person.start, person.end, person.text, person.role))
    return list(found.values())
