"""The headline of a raw text, where one can be recognised; a text may have none, and then none is made up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.importing.cuts import DATE, Cut
from articles.importing.paragraphs import ENDS_A_SENTENCE, Line, lines_outside
from newsroom.text.fold import fold

MOST_WORDS = 25
MOST_CHARACTERS = 220
# How many lines may stand above a headline: date, byline, kicker.
MOST_LINES_ABOVE = 2

_BYLINE = re.compile(
    r"(?i)\A(?:by|written by|reported by|بقلم|كتب|كتبت|إعداد|اعداد|تحرير|ترجمة)\s*[:：]?\s+\S"
)
_QUOTATION = re.compile(r"\A>\s")
_ENDS_OPEN = re.compile(r"[،,;؛:：…\-–—]\Z")


def find_headline(raw_text: str, cuts: Sequence[Cut]) -> Line | None:
    """The line that reads as the headline of what remains after the cuts, or None."""
    lines = lines_outside(raw_text, cuts)
    for index, line in enumerate(lines[: MOST_LINES_ABOVE + 1]):
        text = line.of(raw_text)
        if is_headline(text) and _stands_above(text, [below.of(raw_text) for below in lines[index + 1 :]]):
            return line
        if not _may_stand_above_headline(text):
            return None
    return None


def is_byline(text: str) -> bool:
    """True for a short line that says who wrote the text."""
    return len(text.split()) <= 10 and bool(_BYLINE.match(text)) and not ENDS_A_SENTENCE.search(text)


def is_date_line(text: str) -> bool:
    """True for a line that holds a date and hardly anything else."""
    return len(text.split()) <= 8 and bool(DATE.search(text)) and not ENDS_A_SENTENCE.search(text)


def is_headline(text: str) -> bool:
    """True where the line could be a headline by itself: short, one sentence at most, not broken off."""
    words = text.split()
    if not 2 <= len(words) <= MOST_WORDS or len(text) > MOST_CHARACTERS:
        return False
    if is_byline(text) or is_date_line(text) or _QUOTATION.match(text) or _ENDS_OPEN.search(text):
        return False
    return not _ends_like_prose(text)


def repeats(text: str, headline: str) -> bool:
    """True where the line is the headline once more, as pages print it in their title and again above the text."""
    return fold(text).split() == fold(headline).split()


def _ends_like_prose(text: str) -> bool:
    ending = text.rstrip('”"»’)] ')
    # Two dots («..») are the headline dash of many Arabic sites; three trail off.
    return ending.endswith(".") and not ending.endswith("..")


def _stands_above(text: str, below: list[str]) -> bool:
    """True where prose follows, of which the line is not simply the first, equally short paragraph."""
    prose = [
        paragraph for paragraph in below if ENDS_A_SENTENCE.search(paragraph) and len(paragraph.split()) > 5
    ]
    longest = max(map(len, below), default=0)
    return (bool(prose) and longest >= 1.5 * len(text)) or longest >= 3 * len(text)


def _may_stand_above_headline(text: str) -> bool:
    return is_date_line(text) or is_byline(text)
