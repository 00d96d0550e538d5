"""An article's text in paragraphs, with the words of its claims marked in it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
    last: dict[int, int] = {}
    for lines in _blocks(body):
        is_quotation = all(body.startswith(">", start) for start, _end in lines)
        spans = [(_after_sign(body, start, end) if is_quotation else start, end) for start, end in lines]
        pieces = []
        for place, (start, end) in enumerate(spans):
            for piece_start, piece_end, link in _cut(start, end, quotes, links.within(start, end)):
                key += 1
                over = _over(quotes, piece_start, piece_end)
                last.update(dict.fromkeys(over, key))
                numbers = {quotes[index].number for index in over}
                pieces.append(
                    _piece(body, piece_start, piece_end, key=key, numbers=tuple(sorted(numbers)), link=link)
                )
            if place < len(spans) - 1:
                pieces.append(Piece("\n", 0))
        paragraphs.append(Paragraph(tuple(pieces), is_quotation))
    return _closed(paragraphs, quotes, last)


def _over(quotes: Sequence[Quote], start: int, end: int) -> list[int]:
    """The indices of the quotes that a stretch has words of."""
    return [index for index, quote in enumerate(quotes) if quote.start < end and quote.end > start]


def _closed(paragraphs: list[Paragraph], quotes: Sequence[Quote], last: Mapping[int, int]) -> list[Paragraph]:
    """The same, each quote closed by the last piece that shows words of it.

    Where a quote ends says nothing: it may be inside the hidden part of a link, or in the sign of a quotation.
    """
    closing: dict[int, set[int]] = {}
    for index, key in last.items():
        closing.setdefault(key, set()).add(quotes[index].number)
    return [
        replace(
            paragraph,
            pieces=tuple(
                replace(piece, closing=tuple(sorted(closing[piece.key]))) if piece.key in closing else piece
                for piece in paragraph.pieces
            ),
        )
        for paragraph in paragraphs
    ]


def _piece(
    body: str, start: int, end: int, *, key: int, numbers: tuple[int, ...], link: Link | None
) -> Piece:
    return Piece(
        text=body[start:end],
        key=key,
        numbers=numbers,
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
