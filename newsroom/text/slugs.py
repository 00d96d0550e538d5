"""Readable addresses in both scripts."""

import re
import unicodedata

from newsroom.text.tokens import tokenize

_APOSTROPHES = re.compile("['’‘`ʼʿʾ]")


def slug(text: str, max_length: int = 80) -> str:
    """The text's words joined by hyphens, as written but for marks and capitals; cut between words; may be empty."""
    slug_so_far = ""
    for token in tokenize(unicodedata.normalize("NFKC", text)):
        word = _plain(token.text)
        if not word:
            continue
        longer = f"{slug_so_far}-{word}" if slug_so_far else word
        if len(longer) > max_length:
            # A single word beyond the limit is cut rather than lost.
            return slug_so_far or word[:max_length]
        slug_so_far = longer
    return slug_so_far


def _plain(word: str) -> str:
    plain = []
    for character in _APOSTROPHES.sub("", word):
        if character.isdecimal():
            plain.append(str(unicodedata.decimal(character)))
        elif "\u0600" <= character <= "\u08ff":
            # Hamza seats, ة and ى stay as written: the address is read by people.
            plain.append(character if character.isalpha() and character != "ـ" else "")
        else:
            decomposed = unicodedata.normalize("NFKD", character)
            plain.append("".join(part for part in decomposed if part.isalnum()).lower())
    return "".join(plain)
