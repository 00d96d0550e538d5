"""Words of a text with their places in it.

A word is a run of letters of one script; digits and letters part («الـ30», F-16), so that every way of gluing them
meets. Dotted initials (U.S., أ.ف.ب) and digits with thousands separators are one word each.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

type Script = Literal["arabic", "latin", "number", "other"]

# Tatweel may join and follow letters («لـ») but starts no word.
_ARABIC = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc"
)
_ARABIC_MARKS = (
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08ca-\u08ff"
)
# The last ranges are the letters of mathematics, which posts use for bold and italics.
_LATIN = (
    "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02c1\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua788"
    "\ua78b-\ua7bf\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a5"
)
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# Soft hyphens, joiners and direction marks may stand inside a word and change nothing about it.
_INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_APOSTROPHES = "'’‘`ʼ"
# Scripts without spaces: each character is its own word.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"

_WORD = re.compile(
    rf"(?<!\w)(?P<initials>[{_ARABIC}{_LATIN}](?:\.[{_ARABIC}{_LATIN}])+(?!\w)\.?)"
    rf"|(?P<arabic>[{_ARABIC}](?:[{_ARABIC}{_ARABIC_MARKS}{_MARKS}]|[{_INVISIBLE}]+(?=[{_ARABIC}{_ARABIC_MARKS}]))*)"
    rf"|(?P<latin>[{_LATIN}](?:[{_LATIN}{_MARKS}]|[{_APOSTROPHES}](?=[{_LATIN}])|[{_INVISIBLE}]+(?=[{_LATIN}]))*)"
    r"|(?P<number>(?:\d{1,3}(?:[,٬]\d{3})+(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+)(?:(?:st|nd|rd|th|s)(?![^\W\d_]))?)"
    rf"|(?P<ideograph>[{_UNSPACED}])"
    rf"|(?P<other>(?:(?![{_ARABIC}{_LATIN}{_UNSPACED}\u0640])[^\W\d_])(?:(?![{_ARABIC}{_LATIN}{_UNSPACED}])[^\W\d_]|[{_MARKS}])*)"
)
# Groups without names: findall gives the whole words.
_WHOLE_WORD = re.compile(re.sub(r"\(\?P<\w+>", "(?:", _WORD.pattern)).findall
_CAPITALISED_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ARABIC_LETTER = re.compile(f"[{_ARABIC}]")

ARABIC_SCRIPT: Final = "arabic"
LATIN_SCRIPT: Final = "latin"
NUMBER: Final = "number"
OTHER_SCRIPT: Final = "other"


class Token(NamedTuple):
    """A word as it stands in the text: `text[start:end]` of the original is exactly `token.text`."""

    text: str
    start: int
    end: int
    script: Script


def tokenize(text: str) -> Iterator[Token]:
    """The words of the text in order, with offsets into the text as given."""
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        kind = match.lastgroup
        if kind == "latin":
            # #WordsRunTogether is how posts write a phrase.
            if start and text[start - 1] == "#":
                yield from _hashtag_words(word, start)
                continue
            yield Token(word, start, end, "latin")
        elif kind == "arabic":
            yield Token(word, start, end, "arabic")
        elif kind == "number":
            yield Token(word, start, end, "number")
        elif kind == "initials":
            yield Token(word, start, end, "arabic" if _ARABIC_LETTER.match(word) else "latin")
        else:
            yield Token(word, start, end, "other")


def surfaces(text: str) -> list[str]:
    """The words of `tokenize` without their places: several times faster, for indexing."""
    if "#" in text:
        return [token.text for token in tokenize(text)]
    return _WHOLE_WORD(text)


def placed(words: Iterable[str], text: str) -> Iterator[tuple[str, int, int]]:
    """The words that `surfaces` found in the text with where they begin and end."""
    end = 0
    for word in words:
        # Between words stands nothing that could begin one.
        start = text.index(word, end)
        end = start + len(word)
        yield word, start, end


def _hashtag_words(word: str, start: int) -> Iterator[Token]:
    parts = list(_CAPITALISED_PART.finditer(word))
    if "".join(part.group() for part in parts) != word:
        yield Token(word, start, start + len(word), "latin")
        return
    for part in parts:
        yield Token(part.group(), start + part.start(), start + part.end(), "latin")
