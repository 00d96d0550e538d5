"""How a hit is shown: in which language, and its title and best passage with the words that were looked for marked."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from articles.models import Article, Claim
from newsroom.text.highlight import Excerpt, excerpt, mark_all
from newsroom.text.languages import LANGUAGES

SNIPPET_CHARACTERS = 240


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
    passages = [text for field in texts if (text := (getattr(record, f"{field}_{title.language}") or "").strip())]
    return Shown(title.language, mark_all(title.text, wanted), _best_passage(passages, wanted))


def _best_passage(passages: list[str], wanted: Set[str]) -> Excerpt:
    """The first passage unless a later one has more of the words."""
    best = Excerpt("")
    for text in passages:
        found = excerpt(text, wanted, SNIPPET_CHARACTERS)
        if not best.text or found.hits > best.hits:
            best = found
    return best
