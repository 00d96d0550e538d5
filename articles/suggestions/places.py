"""Countries and cities in a statement, in both languages, by a list: «في البصرة», "in Basra", «إيرانية الصنع»."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from articles.suggestions.facts import PLACE, Fact, facts_along
from articles.suggestions.lists import column, rows
from articles.suggestions.words import Reading, Word
from newsroom.text.fold import fold

# How a place stands: where something is, what something is of, or neither.
IN, OF, PLAIN = "in", "of", ""
_CLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
_ENDINGS = ("", "ه", "ين", "ون", "ات", "تين", "تان")
_LOCATIVES = frozenset(fold(word) for word in "في داخل قرب قبالة in at near inside outside off".split())
# What is of a place lies there.
_PARTS = frozenset(
    fold(word)
    for word in "مدينة بمدينة محافظة بمحافظة سواحل ساحل شواطئ ضواحي مطار ميناء حدود شمال جنوب شرق غرب وسط بلدة "
    "coast city town port province village region capital border outskirts north south east west".split()
)
_MADE = frozenset(
    fold(word) for word in "صنع صنعت صنعها صنعه مصنوع مصنوعة أنتج made built produced manufactured".split()
)
_MOST_WORDS = 4


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, ...], str]:
    """Every name of a place, as folded words, with its key."""
    found: dict[tuple[str, ...], str] = {}
    for row in rows("places"):
        for name in _several(row, 1) + _several(row, 2):
            found.setdefault(tuple(fold(name).replace(".", "").split()), row[0])
    return found


@lru_cache(maxsize=1)
def _adjectives() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for row in rows("places"):
        for adjective in _several(row, 4):
            found.setdefault(tuple(fold(adjective).split()), row[0])
        for adjective in _several(row, 3):
            parts = fold(adjective).split()
            for article in ("", "ال"):
                for ending in _ENDINGS:
                    found.setdefault(tuple(article + part + ending for part in parts), row[0])
    return found


def is_place(folded: str) -> bool:
    """Whether the word alone names a country or city."""
    return (folded,) in _names()


def _several(row: list[str], number: int) -> list[str]:
    return [name.strip() for name in column(row, number).split(",") if name.strip()]


def places(reading: Reading) -> Iterator[Fact]:
    """Every country and city named, longest names first where two begin at one word."""
    return facts_along(reading, _place)


def _place(reading: Reading, at: int) -> tuple[Fact, int] | None:
    for length in range(min(_MOST_WORDS, len(reading.words) - at), 0, -1):
        parts = reading.words[at : at + length]
        if any(word.gap.strip(" -‐‑.") for word in parts[1:]):
            continue
        for clitic, first in _readings(parts[0]):
            key = (first, *(word.folded.replace(".", "") for word in parts[1:]))
            known = _names().get(key)
            if known and _is_written_as_name(parts[0]):
                stands = _stands(reading, at, clitic)
            else:
                known, stands = _adjectives().get(key), OF
                if known is None or not _is_written_as_name(parts[0]):
                    continue
            start = parts[0].start + (len(clitic) if parts[0].is_arabic else 0)
            return Fact(PLACE, known, start, parts[-1].end, stands), at + length
    return None


def _readings(word: Word) -> Iterator[tuple[str, str]]:
    """The word with what may be written onto it told off: «ببغداد», «للقاهرة»."""
    folded = word.folded.replace(".", "").removesuffix("'s").removesuffix("’s")
    if not word.is_arabic:
        yield "", folded
        return
    for clitic in _CLITICS:
        if folded.startswith(clitic) and len(folded) - len(clitic) >= 2:
            yield clitic, folded[len(clitic) :]
    for clitic in ("", "و", "ف"):
        if folded.startswith(clitic + "لل"):
            yield clitic, "ال" + folded[len(clitic) + 2 :]


def _is_written_as_name(word: Word) -> bool:
    return word.is_arabic or word.is_capitalised


def _stands(reading: Reading, at: int, clitic: str) -> str:
    """«في البصرة», «قبالة سواحل ليبيا», "off the coast of Libya" say where; "made in China" says of what."""
    before = [word.folded for word in reading.words[max(0, at - 2) : at]]
    if reading.words[at].gap.strip() or (not before and not clitic.endswith("ب")):
        return PLAIN
    if len(before) > 1 and before[0] in _MADE and before[1] in _LOCATIVES:
        return OF
    if clitic.endswith("ب") or before[-1] in _LOCATIVES or before[-1] in _PARTS:
        return IN
    return IN if len(before) > 1 and before[0] in _PARTS and before[1] == "of" else PLAIN
