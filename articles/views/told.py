"""An article's text in paragraphs, with the words of its claims marked in it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the text, by their offsets, and the number of the claim they tell."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same quotes; `closing` are the numbers whose words end with it."""

    text: str
    key: int
    numbers: tuple[int, ...] = ()
    closing: tuple[int, ...] = ()

    @property
    def claims(self) -> str:
        return " ".join(map(str, self.numbers))


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[Piece, ...]
    is_quotation: bool = False


def told_paragraphs(body: str, quotes: Sequence[Quote] = ()) -> list[Paragraph]:
    """The paragraphs of a plain text; one whose every line begins with "> " is a quotation.

    Joined again, the pieces are the text itself, but for the empty lines and the signs of quotation.
    """
    quotes = [_without_spaces(body, quote) for quote in quotes]
    paragraphs = []
    key = 0
    for lines in _blocks(body):
        is_quotation = all(body.startswith(">", start) for start, _end in lines)
        spans = [(_after_sign(body, start, end) if is_quotation else start, end) for start, end in lines]
        pieces = []
        for place, (start, end) in enumerate(spans):
            for piece_start, piece_end in _cut(start, end, quotes):
                key += 1
                over = [quote for quote in quotes if quote.start < piece_end and quote.end > piece_start]
                pieces.append(
                    Piece(
                        text=body[piece_start:piece_end],
                        key=key,
                        numbers=tuple(sorted({quote.number for quote in over})),
                        closing=tuple(sorted({quote.number for quote in over if quote.end == piece_end})),
                    )
                )
            if place < len(spans) - 1:
                pieces.append(Piece("\n", 0))
        paragraphs.append(Paragraph(tuple(pieces), is_quotation))
    return paragraphs


def _without_spaces(body: str, quote: Quote) -> Quote:
    """The quote without spaces at its ends, so that it begins and ends inside a line."""
    words = body[quote.start : quote.end]
    return Quote(
        quote.number, quote.start + len(words) - len(words.lstrip()), quote.start + len(words.rstrip())
    )


def _blocks(body: str) -> Iterator[list[tuple[int, int]]]:
    """The lines between empty lines, as offsets."""
    block: list[tuple[int, int]] = []
    place = 0
    for line in body.split("\n"):
        if line.strip():
            block.append((place, place + len(line)))
        elif block:
            yield block
            block = []
        place += len(line) + 1
    if block:
        yield block


def _after_sign(body: str, start: int, end: int) -> int:
    while start < end and body[start] in "> ":
        start += 1
    return start


def _cut(start: int, end: int, quotes: Sequence[Quote]) -> list[tuple[int, int]]:
    inside = {place for quote in quotes for place in (quote.start, quote.end) if start < place < end}
    places = [start, *sorted(inside), end]
    return [(first, second) for first, second in pairwise(places) if first < second]
