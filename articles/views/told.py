"""An article's text in paragraphs, with the words of its claims marked in it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsroom.text.prose import Link, links_in


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
    # Where the words lead, if they are those of a link; `host` is set where the words themselves look like an address.
    href: str = ""
    host: str = ""
    is_address: bool = False

    @property
    def claims(self) -> str:
        return " ".join(map(str, self.numbers))


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[Piece, ...]
    is_quotation: bool = False


def told_paragraphs(body: str, quotes: Sequence[Quote] = ()) -> list[Paragraph]:
    """The paragraphs of a plain text; one whose every line begins with "> " is a quotation.

    Joined again, the pieces are the text itself, but for the empty lines, the signs of quotation, and of a link all but
    its words.
    """
    quotes = [_without_spaces(body, quote) for quote in quotes]
    links = _Links(body)
    paragraphs = []
    key = 0
    for lines in _blocks(body):
        is_quotation = all(body.startswith(">", start) for start, _end in lines)
        spans = [(_after_sign(body, start, end) if is_quotation else start, end) for start, end in lines]
        pieces = []
        for place, (start, end) in enumerate(spans):
            for piece_start, piece_end, link in _cut(start, end, quotes, links.within(start, end)):
                key += 1
                over = [quote for quote in quotes if quote.start < piece_end and quote.end > piece_start]
                pieces.append(_piece(body, piece_start, piece_end, key=key, over=over, link=link))
            if place < len(spans) - 1:
                pieces.append(Piece("\n", 0))
        paragraphs.append(Paragraph(tuple(pieces), is_quotation))
    return paragraphs


def _piece(body: str, start: int, end: int, *, key: int, over: list[Quote], link: Link | None) -> Piece:
    # Words that end inside the hidden part of a link end for the reader with the words of the link.
    until = link.end if link is not None and end == link.words_end else end
    return Piece(
        text=body[start:end],
        key=key,
        numbers=tuple(sorted({quote.number for quote in over})),
        closing=tuple(sorted({quote.number for quote in over if end <= quote.end <= until})),
        href=link.href if link is not None else "",
        host=link.host if link is not None and end == link.words_end else "",
        is_address=link is not None and link.is_address,
    )


class _Links:
    """The links of a body, given out line after line."""

    def __init__(self, body: str) -> None:
        self.left = links_in(body)[::-1] if "://" in body else []

    def within(self, start: int, end: int) -> list[Link]:
        found = []
        while self.left and self.left[-1].start < end:
            link = self.left.pop()
            if link.start >= start and link.end <= end:
                found.append(link)
        return found


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


def _cut(
    start: int, end: int, quotes: Sequence[Quote], links: Sequence[Link]
) -> Iterator[tuple[int, int, Link | None]]:
    """The stretches of a line that are shown, each under the same quotes and in the same link or none."""
    place = start
    for link in links:
        yield from ((first, second, None) for first, second in _between(place, link.start, quotes))
        yield from (
            (first, second, link) for first, second in _between(link.words_start, link.words_end, quotes)
        )
        place = link.end
    yield from ((first, second, None) for first, second in _between(place, end, quotes))


def _between(start: int, end: int, quotes: Sequence[Quote]) -> list[tuple[int, int]]:
    inside = {place for quote in quotes for place in (quote.start, quote.end) if start < place < end}
    places = [start, *sorted(inside), end]
    return [(first, second) for first, second in pairwise(places) if first < second]
