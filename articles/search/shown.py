"""How a hit is shown: in which language, and its title and best passage with the words that were looked for marked."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from articles.models import Article, Claim
from newsroom.text.highlight import ELLIPSIS, Excerpt, excerpt, mark_all
from newsroom.text.languages import LANGUAGES
from newsroom.text.prose import without_marks

SNIPPET_CHARACTERS = 240
# A passage is looked for in stretches of this length, and no further than where the words must be worth it: a page of hits
# costs about the same whatever is in it.
STRETCH = 4_000
SEARCHED_CHARACTERS = 5 * STRETCH


@dataclass(frozen=True, slots=True)
class Shown:
    language: str
    title: Excerpt
    snippet: Excerpt

    @property
    def hits(self) -> int:
        return self.title.hits + self.snippet.hits


def shown(record: Article | Claim, preferred: str, wanted: Set[str]) -> Shown:
    """The record in the preferred language, or in the other one where only that holds what was looked for."""
    ways = [
        _in_language(record, language, wanted)
        for language in sorted(LANGUAGES, key=lambda code: code != preferred)
        if language in record.languages
    ]
    if not ways:
        return _in_language(record, preferred, wanted)
    return next((way for way in ways if way.hits), ways[0])


def _in_language(record: Article | Claim, language: str, wanted: Set[str]) -> Shown:
    title = record.title_in(language)
    texts = ("context",) if isinstance(record, Claim) else ("standfirst", "body")
    passages = [
        without_marks(text) if field == "body" else text
        for field in texts
        if (text := (getattr(record, f"{field}_{title.language}") or "").strip())
    ]
    return Shown(title.language, mark_all(title.text, wanted), _best_passage(passages, wanted))


def _best_passage(passages: list[str], wanted: Set[str]) -> Excerpt:
    """The first passage unless a later one has more of the words."""
    best = Excerpt("")
    for text in passages:
        found = _excerpt(text, wanted)
        if not best.text or found.hits > best.hits:
            best = found
    return best


def _excerpt(text: str, wanted: Set[str]) -> Excerpt:
    """From the first stretch that has any of the words; the opening where none has."""
    opening = excerpt(text[:STRETCH], wanted, SNIPPET_CHARACTERS)
    found = opening
    for start in range(STRETCH, min(len(text), SEARCHED_CHARACTERS), STRETCH):
        if found.hits:
            break
        # A stretch begins and ends with whole words.
        begins, ends = text.rfind(" ", 0, start) + 1, text.find(" ", start + STRETCH)
        found = excerpt(
            text[begins : ends if ends > 0 else len(text)][: 2 * STRETCH], wanted, SNIPPET_CHARACTERS
        )
        if found.hits and not found.is_cut_before:
            found = replace(found, text=f"{ELLIPSIS}{found.text}", is_cut_before=True)
    found = found if found.hits else opening
    if len(text) > STRETCH and not found.is_cut_after:
        found = replace(found, text=f"{found.text}{ELLIPSIS}", is_cut_after=True)
    return found
