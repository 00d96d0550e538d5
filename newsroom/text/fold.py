"""Folding: the one form under which spellings of the same word meet.

What is folded away is what a reader does not hear or does not type: vowel signs, tatweel, hamza seats, final ى for ي
and ه for ة, Persian and Urdu keyboard letters, presentation forms, Latin case and accents, the three sets of digits,
invisible marks. What is kept are the letters that make one word another.
"""

import re
import unicodedata

_HAMZA_ABOVE = "\u0654"
# A hamza typed as a mark of its own above its seat is the same letter as the composed one; other marks may stand between.
_DECOMPOSED_HAMZA = re.compile("[\u0648\u064a\u0649](?=[\u064b-\u0653\u0655-\u065f\u0670]*\u0654)")

# The seats of hamza follow spelling schools (مسؤول, مسئول) and the case of the word (وزراؤه, وزرائه): the hamza remains.
_HAMZA_SEATS = {"ؤ": "ء", "ئ": "ء"}

_LETTERS = {
    "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ٵ": "ا", "ى": "ي", "ة": "ه",
    # Persian, Urdu and Kurdish letters, and the letters Arabic writers borrow for p, v, g and ch.
    "ک": "ك", "ڪ": "ك", "گ": "ك", "ڭ": "ك", "ی": "ي", "ې": "ي", "ے": "ي", "ێ": "ي", "ۆ": "و", "ۇ": "و", "ۋ": "و",
    "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه", "پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف", "ڥ": "ف", "ڨ": "ق",
    "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ں": "ن", "ڕ": "ر", "ڵ": "ل",
    # Latin letters that no decomposition reaches.
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe",
    # Apostrophes; the marks that stand for ayn and hamza in transliteration go, as most writers leave them out.
    "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "ʿ": "", "ʾ": "", "ـ": "",
}  # fmt: skip


def _is_dropped(character: str) -> bool:
    # Marks of combining class 0 are vowels of other scripts; variation selectors and the like are in the ranges below.
    return (
        unicodedata.combining(character) != 0
        or unicodedata.category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or character == "\u034f"
    )


def _fold_once(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    seated = "".join(_HAMZA_SEATS.get(character, character) for character in composed)
    decomposed = unicodedata.normalize("NFKD", seated.casefold())
    folded = []
    for character in decomposed:
        if _is_dropped(character):
            continue
        if character.isdecimal():
            folded.append(str(unicodedata.decimal(character)))
        else:
            folded.append(_LETTERS.get(character, character))
    return "".join(folded)


def _fold_character(character: str) -> str:
    # One pass can produce a character that folds again; the last form is the one that stays as it is.
    for _ in range(4):
        folded = _fold_once(character)
        if folded == character:
            break
        character = folded
    return character


class _FoldTable(dict[int, str]):
    """A translation table that learns each character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """The text in its folded form; folding twice changes nothing more."""
    if _HAMZA_ABOVE in text:
        text = _DECOMPOSED_HAMZA.sub("ء", text)
    return text.translate(_TABLE)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in the original that it came from."""
    if _HAMZA_ABOVE in text:
        text = _DECOMPOSED_HAMZA.sub("ء", text)
    folded: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        replacement = _TABLE[ord(character)]
        folded.append(replacement)
        offsets.extend([offset] * len(replacement))
    return "".join(folded), offsets
