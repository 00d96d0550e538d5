"""Spellings near a word, and what was typed with the keyboard set to the other language. Pure: nothing here knows an index.

Edits are weighed by how easily they are made: letters that sound or look alike, neighbours on the keyboard, two letters in
the wrong order and doubled ones cost less than others (a weighted Damerau–Levenshtein distance). Words are folded ones, so
that ة and ه, ى and ي and the seats of hamza are one letter already.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

ALIKE, DOUBLED, SWAPPED, NEIGHBOUR, MISSING, OTHER = 0.5, 0.5, 0.6, 0.75, 0.9, 1.0
# Few people err in the first letter.
FIRST_LETTER = 1.3

_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALIKE = (
    "ضظد", "ذزد", "تط", "سصث", "قك", "قغ", "هت", "هح", "خح", "جح", "ءا", "ءي", "ءو", "اي", "اه", "عا",
    "ckq", "sz", "cs", "eiy", "ea", "ou", "ao", "gj", "fv", "bp", "dt", "mn", "vw", "ui",
)  # fmt: skip
# Rows of keys, each under the one before it.
_KEYBOARDS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ءؤرىةوزظ".replace("ى", "ي").replace("ة", "ه").replace("ؤ", "ء")),
)

# The same keys in an English and in the usual Arabic layout (Windows 101, X.org "ara"); b is two letters.
_KEYS_ENGLISH = "qwertyuiop[]asdfghjkl;'zxcvnm,./`"
_KEYS_ARABIC = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذ"
_TO_ARABIC = dict(zip(_KEYS_ENGLISH, _KEYS_ARABIC, strict=True)) | {
    "b": "لا", "T": "لإ", "Y": "إ", "G": "لأ", "H": "أ", "B": "لآ", "N": "آ", "?": "؟",
}  # fmt: skip
_TO_ENGLISH = dict(zip(_KEYS_ARABIC, _KEYS_ENGLISH, strict=True)) | {
    "إ": "y", "أ": "h", "آ": "n", "ﻻ": "b", "؟": "?",
}  # fmt: skip
_LAM_ALEF = {"لا": "b", "لإ": "t", "لأ": "g", "لآ": "b"}
# «لا» may be the key b or the keys g and h: so many of them are tried both ways.
_MOST_LAM_ALEFS = 3


@lru_cache(maxsize=1)
def _pair_costs() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for upper, middle, lower in _KEYBOARDS:
        for row in (upper, middle, lower):
            costs |= dict.fromkeys(pairwise(row), NEIGHBOUR)
        for one, below in ((upper, middle), (middle, lower)):
            for at, letter in enumerate(one):
                costs |= {(letter, other): NEIGHBOUR for other in below[max(at - 1, 0) : at + 1]}
    for group in _ALIKE:
        costs |= {(one, other): ALIKE for one in group for other in group if one != other}
    return costs | {(other, one): cost for (one, other), cost in costs.items()}


def variants(word: str) -> dict[str, float]:
    """Every word one edit away, with what the edit costs; the dearer of two ways to the same word does not count."""
    found: dict[str, float] = {}
    for variant, cost in _edits(word):
        if variant != word and cost < found.get(variant, 9.0):
            found[variant] = cost
    return found


def easy_variants(word: str) -> dict[str, float]:
    """Words two edits away, both of them easily made."""
    found: dict[str, float] = {}
    first = dict(_easy_edits(word))
    for near, cost in first.items():
        for variant, more in _easy_edits(near):
            if variant != word and variant not in first:
                found[variant] = min(found.get(variant, 9.0), cost + more)
    return found


def _easy_edits(word: str) -> Iterator[tuple[str, float]]:
    """Letters that are confused, swapped or doubled; those of the first letter are not easily made."""
    alike = _alike_letters()
    for at in range(1, len(word)):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        if letter == before[-1]:
            yield before + after, DOUBLED
        else:
            yield before + letter + letter + after, DOUBLED
        for other in alike.get(letter, ""):
            yield before + other + after, ALIKE
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:], SWAPPED


@lru_cache(maxsize=1)
def _alike_letters() -> dict[str, str]:
    alike: dict[str, str] = {}
    for (one, other), cost in _pair_costs().items():
        if cost == ALIKE:
            alike[one] = alike.get(one, "") + other
    return alike


def _edits(word: str) -> Iterator[tuple[str, float]]:
    costs = _pair_costs()
    letters = _ARABIC if any(letter in _ARABIC for letter in word) else _LATIN
    for at, letter in enumerate(word):
        before, after = word[:at], word[at + 1 :]
        first = FIRST_LETTER if at == 0 else 1.0
        is_doubled = letter in (before[-1:], after[:1])
        yield before + after, first * (DOUBLED if is_doubled else MISSING)
        for other in letters:
            yield before + other + after, first * costs.get((letter, other), OTHER)
        if after:
            yield before + after[0] + letter + after[1:], first * SWAPPED
    for at in range(len(word) + 1):
        first = FIRST_LETTER if at == 0 else 1.0
        for other in letters:
            is_doubled = other in (word[at - 1 : at], word[at : at + 1])
            yield word[:at] + other + word[at:], first * (DOUBLED if is_doubled else MISSING)


def in_other_layout(typed: str) -> Iterator[str]:
    """What the same keys write in the other language's layout; several readings where one key has two letters."""
    if any("\u0600" <= letter <= "\u06ff" for letter in typed):
        yield from dict.fromkeys(_in_english(typed, _MOST_LAM_ALEFS))
    else:
        yield "".join(_TO_ARABIC.get(letter) or _TO_ARABIC.get(letter.lower(), letter) for letter in typed)


def _in_english(typed: str, both_ways: int) -> Iterator[str]:
    for at in range(len(typed) - 1):
        if (key := _LAM_ALEF.get(typed[at : at + 2])) is not None:
            head = "".join(_TO_ENGLISH.get(letter, letter) for letter in typed[:at])
            for rest in _in_english(typed[at + 2 :], both_ways - 1):
                yield head + key + rest
            if both_ways > 0:
                apart = "".join(_TO_ENGLISH.get(letter, letter) for letter in typed[at : at + 2])
                for rest in _in_english(typed[at + 2 :], both_ways - 1):
                    yield head + apart + rest
            return
    yield "".join(_TO_ENGLISH.get(letter, letter) for letter in typed)
