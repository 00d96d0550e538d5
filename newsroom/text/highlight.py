"""Excerpts of the original text with the words that were looked for marked in it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from newsroom.text.analysis import places_of, query_stems

# Private-use characters pass through escape(); a stray one never becomes a tag.
MARK_START, MARK_END = "\ue000", "\ue001"
ELLIPSIS = "…"

# Marking reads at most this much of a text, so that a page of results costs the same whatever is in it.
MAX_SEARCHED_CHARACTERS = 100_000
# A cut moves back to the last space within this many characters, so as not to halve a word.
_LONGEST_WORD = 40
# Share of the width that goes before the first hit, so that it is read in its sentence.
_LEAD = 0.3

_MARKS = re.compile(f"[{MARK_START}{MARK_END}]")
_MARKED = re.compile(f"{MARK_START}([^{MARK_START}{MARK_END}]*){MARK_END}")
_SPACES = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?؟…]\s+|\n\s*")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a text with its hits between private-use marks; `marked_html` makes HTML of it."""

    text: str
    hits: int = 0
    is_cut_before: bool = False
    is_cut_after: bool = False

    def __str__(self) -> str:
        return _MARKS.sub("", self.text)


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    stem: str


def excerpt(text: str, wanted: Set[str] | str, width: int = 240) -> Excerpt:
    """The stretch of about `width` characters that holds most of the wanted words, its hits marked.

    `wanted` is a set of stems, or a query as typed. Without a hit the text's opening comes back.
    """
    hits = _hits(text, wanted)
    start, end = _best_window(text, hits, max(width, 1))
    inside = [hit for hit in hits if hit.start >= start and hit.end <= end]
    marked = _SPACES.sub(" ", _marked(text, start, end, inside)).strip()
    before, after = bool(text[:start].strip()), bool(text[end:].strip())
    framed = f"{ELLIPSIS if before else ''}{marked}{ELLIPSIS if after else ''}"
    return Excerpt(framed, len(inside), before, after)


def mark_all(text: str, wanted: Set[str] | str) -> Excerpt:
    """The whole text with its hits marked, for headlines and statements."""
    hits = _hits(text, wanted)
    return Excerpt(_marked(text, 0, len(text), hits), len(hits))


def marked_html(excerpt: Excerpt | str) -> SafeString:
    """Turn a marked text into HTML whose only tag is <mark>."""
    source = excerpt.text if isinstance(excerpt, Excerpt) else excerpt
    html = _MARKED.sub(r"<mark>\1</mark>", str(escape(source)))
    return mark_safe(_MARKS.sub("", html))  # noqa: S308 - escaped above


def _hits(text: str, wanted: Set[str] | str) -> list[_Hit]:
    stems = query_stems(wanted) if isinstance(wanted, str) else wanted
    if not stems:
        return []
    return [_Hit(start, end, stem) for start, end, stem in places_of(text[:MAX_SEARCHED_CHARACTERS], stems)]


def _best_window(text: str, hits: list[_Hit], width: int) -> tuple[int, int]:
    if len(text) <= width:
        return 0, len(text)
    start = _window_start(text, hits, width)
    end = min(start + width, len(text))
    if end < len(text):
        end = _cut(text, start + 1, end)
    return start, end


def _window_start(text: str, hits: list[_Hit], width: int) -> int:
    first = _first_of_best(hits, round(width * (1 - _LEAD)))
    if first is None or first.end <= width * (1 - _LEAD):
        return 0
    earliest = max(0, first.start - round(width * _LEAD))
    # A window that would reach past the end shows more of what comes before instead.
    earliest = min(earliest, max(0, len(text) - width))
    for sentence in _SENTENCE_END.finditer(text, earliest, first.start):
        return sentence.end()
    return _next_word(text, earliest, first.start)


def _first_of_best(hits: list[_Hit], reach: int) -> _Hit | None:
    """The first hit of the stretch with most different words, then most hits, then the earliest."""
    best, best_score, left = None, (0, 0), 0
    counts: Counter[str] = Counter()
    for right, hit in enumerate(hits):
        counts[hit.stem] += 1
        while hits[left].start < hit.end - reach and left < right:
            counts[hits[left].stem] -= 1
            if not counts[hits[left].stem]:
                del counts[hits[left].stem]
            left += 1
        score = (len(counts), right - left + 1)
        if score > best_score:
            best, best_score = hits[left], score
    return best


def _next_word(text: str, earliest: int, latest: int) -> int:
    if earliest == 0:
        return 0
    space = _SPACES.search(text, earliest - 1, min(latest, earliest + _LONGEST_WORD))
    return space.end() if space else _grapheme_start(text, earliest, 0)


def _cut(text: str, lowest: int, end: int) -> int:
    if text[end].isspace():
        return end
    for place in range(end, max(lowest, end - _LONGEST_WORD), -1):
        if text[place - 1].isspace():
            return place
    return _grapheme_start(text, end, lowest)


def _grapheme_start(text: str, place: int, lowest: int) -> int:
    """The nearest place at or before `place` where a cut parts no letter from its marks; else the next one after."""
    for candidate in range(place, lowest, -1):
        if not _continues(text, candidate):
            return candidate
    while place < len(text) and _continues(text, place):
        place += 1
    return place if lowest else 0


def _continues(text: str, place: int) -> bool:
    """Whether the character there belongs to the one before it."""
    if place <= 0 or place >= len(text):
        return False
    character, before = text[place], text[place - 1]
    return (
        unicodedata.category(character) in {"Mn", "Mc", "Me"}
        or character in "\u200c\u200d\ufe0e\ufe0f"
        or before == "\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or ("\U0001f1e6" <= character <= "\U0001f1ff" and "\U0001f1e6" <= before <= "\U0001f1ff")
        or (character == "\n" and before == "\r")
    )


def _marked(text: str, start: int, end: int, hits: Iterable[_Hit]) -> str:
    parts = []
    place = start
    for hit in hits:
        hit_end = hit.end
        parts.append(_MARKS.sub("", text[place : hit.start]))
        parts.append(f"{MARK_START}{_MARKS.sub('', text[hit.start : hit_end])}{MARK_END}")
        place = hit_end
    parts.append(_MARKS.sub("", text[place:end]))
    return "".join(parts)
