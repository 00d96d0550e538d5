"""A text as the rules read it: words with what stands before each, sentences, paragraphs, quotations; all by offset."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from articles.suggestions.lists import spelled
from newsroom.text.fold import fold
from newsroom.text.tokens import ARABIC_SCRIPT, LATIN_SCRIPT, tokenize

_OPENING, _CLOSING, _EITHER = "«‹", "»›", '"“”„‟＂'
QUOTATION_MARKS = _OPENING + _CLOSING + _EITHER
# A longer stretch between two marks is a mark left out, not a quotation.
LONGEST_QUOTATION = 2_000

_SENTENCE_END = re.compile(
    rf"[.!?؟…۔]+[{QUOTATION_MARKS}’')\]]*(?=[\s،,]|$)|\n\s*\n|\n(?=\s*\S)|(?<=[\w{QUOTATION_MARKS}])\.(?=[,،])"
)
_PARAGRAPH_END = re.compile(r"\n\s*\n|(?<=[.؟!?،])\s*[.]?,(?=\s)|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«“\"])(?:[A-Z]|[\u0621-\u064a]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Sen|Rep|Gov|St|No|Jr|Sr|vs|"
    r"(?:[A-Za-z]\.)+[A-Za-z])$"
)


class Word(NamedTuple):
    text: str
    start: int
    end: int
    script: str
    folded: str
    # As lists compare it; see `spelled`.
    spelled: str
    # What stands between the word before and this one.
    gap: str

    @property
    def is_arabic(self) -> bool:
        return self.script == ARABIC_SCRIPT

    @property
    def is_capitalised(self) -> bool:
        return self.script == LATIN_SCRIPT and self.text[:1].isupper()


class Span(NamedTuple):
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, place: int) -> bool:
        return self.start <= place < self.end


@dataclass(frozen=True)
class Reading:
    """A text taken apart. Words are counted through the whole text; sentences and paragraphs are spans of characters."""

    text: str

    @cached_property
    def words(self) -> list[Word]:
        found, end = [], 0
        for token in tokenize(self.text):
            gap = self.text[end : token.start]
            found.append(
                Word(
                    token.text,
                    token.start,
                    token.end,
                    token.script,
                    fold(token.text),
                    spelled(token.text),
                    gap,
                )
            )
            end = token.end
        return found

    @cached_property
    def paragraphs(self) -> list[Span]:
        return list(_pieces(self.text, (match.span() for match in _PARAGRAPH_END.finditer(self.text))))

    @cached_property
    def sentences(self) -> list[Span]:
        return list(_pieces(self.text, self._sentence_ends()))

    @cached_property
    def quotations(self) -> list[Span]:
        """What stands between quotation marks, marks left out; an unclosed one is none."""
        return [span for paragraph in self.paragraphs for span in _quotations(self.text, paragraph)]

    def sentence_of(self, place: int) -> Span:
        return _around(self.sentences, place)

    def paragraph_of(self, place: int) -> Span:
        return _around(self.paragraphs, place)

    def quotation_at(self, place: int) -> Span | None:
        """The quotation that holds the character at that place."""
        index = bisect.bisect_right(self.quotations, place, key=lambda span: span.start) - 1
        if index >= 0 and self.quotations[index].holds(place):
            return self.quotations[index]
        return None

    def words_in(self, span: Span) -> range:
        """The numbers of the words that begin inside the span."""
        first = bisect.bisect_left(self.words, span.start, key=lambda word: word.start)
        return range(first, bisect.bisect_left(self.words, span.end, key=lambda word: word.start))

    def words_in_characters(self, start: int, end: int) -> range:
        """The numbers of the words that lie in the stretch, wholly or in part."""
        first = bisect.bisect_right(self.words, start, key=lambda word: word.end)
        return range(first, bisect.bisect_left(self.words, end, key=lambda word: word.start))

    def gap_after(self, index: int) -> str:
        if index + 1 < len(self.words):
            return self.words[index + 1].gap
        return self.text[self.words[index].end :] if self.words else ""

    def _sentence_ends(self) -> Iterator[tuple[int, int]]:
        for match in _SENTENCE_END.finditer(self.text):
            start, end = match.span()
            if match.group() == "." and _ABBREVIATION.search(self.text[max(0, start - 12) : start]):
                continue
            quotation = self.quotation_at(start) if self.text[start] in ".!?؟…" else None
            # Sentences inside one quotation have one speaker.
            if quotation is not None and end < quotation.end:
                continue
            yield start, end


def _pieces(text: str, ends: Iterator[tuple[int, int]]) -> Iterator[Span]:
    start = 0
    for _at, end in ends:
        if end > start and text[start:end].strip():
            yield Span(start, end)
        start = max(start, end)
    if text[start:].strip():
        yield Span(start, len(text))


def _around(spans: list[Span], place: int) -> Span:
    index = bisect.bisect_right(spans, place, key=lambda span: span.start) - 1
    return spans[index] if index >= 0 else Span(0, place + 1)


def _quotations(text: str, paragraph: Span) -> Iterator[Span]:
    opened: int | None = None
    for place in range(*paragraph):
        mark = text[place]
        if mark in _OPENING or (mark in _EITHER and opened is None):
            opened = place + 1
        elif opened is not None and mark in QUOTATION_MARKS:
            if 0 < place - opened <= LONGEST_QUOTATION:
                yield Span(opened, place)
            opened = None
