"""What a reader typed, understood: words, phrases and the few signs that steer them. Pure, and never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MAXIMUM_LENGTH = 512
# A post of 512 characters has some 90 words; of a longer one the first words are enough to find it.
MAXIMUM_CLAUSES = 96
# In a longer text dashes and quotation marks are the writer's own punctuation: it was pasted, not composed.
MAXIMUM_WORDS_WITH_SIGNS = 16

_TYPED_QUOTES = '"＂'
_QUOTES = _TYPED_QUOTES + "“”«»„"
_MINUS = "-−–"
_ANY_END = "*"
_SIGNS = r"+\-−–"
_PIECE = re.compile(
    rf"""(?P<sign>[{_SIGNS}])?              # at the start of a piece only: "well-known" keeps its hyphen
         (?:(?P<open>[{_QUOTES}])(?P<phrase>[^{_QUOTES}]*)(?:[{_QUOTES}]|$)
           |(?P<word>[^\s{_QUOTES}]+))""",
    re.VERBOSE,
)


class Occurs(StrEnum):
    MAY = ""
    MUST = "+"
    MUST_NOT = "-"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or several in quotation marks that stand side by side."""

    text: str
    is_phrase: bool = False
    # Typed as `word*`: any word that begins so.
    is_prefix: bool = False

    def __str__(self) -> str:
        return f"{self.text}{_ANY_END}" if self.is_prefix else self.text


@dataclass(frozen=True, slots=True)
class Clause:
    """Pieces of which any one is enough, and whether the clause may, must or must not occur."""

    pieces: tuple[Piece, ...]
    occurs: Occurs = Occurs.MAY

    def __str__(self) -> str:
        quotes = "“”" if self.occurs is Occurs.MAY else '""'
        pieces = (
            f"{quotes[0]}{piece.text}{quotes[1]}" if piece.is_phrase else str(piece) for piece in self.pieces
        )
        return self.occurs + " OR ".join(pieces)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    clauses: tuple[Clause, ...] = ()

    def __str__(self) -> str:
        """The query in its plainest spelling; parsed again it is the same query."""
        return " ".join(map(str, self.clauses))

    def __bool__(self) -> bool:
        return bool(self.clauses)


def parse(text: str) -> SearchQuery:
    """Understand a reader's query.

    Any word may match; a phrase in quotation marks and a `+word` must, a `-word` must not, and `OR` (or `|`) between two
    pieces makes one clause of them; `word*` is any word that begins so. Typographic marks («», “”) are a headline's own as often as a searcher's: beside other
    words they only prefer the phrase. Whatever makes no sense as a sign is read as text.
    """
    text = text[:MAXIMUM_LENGTH]
    words = tuple(_plain_words(text))
    if len(words) > MAXIMUM_WORDS_WITH_SIGNS:
        return SearchQuery(words[:MAXIMUM_CLAUSES])
    clauses = tuple(_clauses(text))[:MAXIMUM_CLAUSES]
    if all(clause.pieces[0].is_phrase or clause.occurs is Occurs.MUST_NOT for clause in clauses):
        clauses = tuple(
            Clause(clause.pieces, Occurs.MUST) if clause.occurs is Occurs.MAY else clause
            for clause in clauses
        )
    return SearchQuery(clauses)


def _plain_words(text: str) -> Iterator[Clause]:
    for word in re.split(rf"[\s{_QUOTES}]+", text):
        if word := word.lstrip(f"+{_MINUS}"):
            yield Clause((Piece(word),))


def _clauses(text: str) -> Iterator[Clause]:
    waiting: Clause | None = None
    joins = False
    for match in _PIECE.finditer(text):
        if match["word"] in {"OR", "|"} and not match["sign"]:
            joins = waiting is not None
            continue
        clause = _clause(match)
        if clause is None:
            continue
        if joins and waiting and Occurs.MUST_NOT not in (waiting.occurs, clause.occurs):
            occurs = Occurs.MUST if Occurs.MUST in (waiting.occurs, clause.occurs) else Occurs.MAY
            waiting = Clause(waiting.pieces + clause.pieces, occurs)
        else:
            if waiting:
                yield waiting
            waiting = clause
        joins = False
    if waiting:
        yield waiting


def _clause(match: re.Match[str]) -> Clause | None:
    sign = match["sign"] or ""
    occurs = Occurs.MUST_NOT if sign and sign in _MINUS else Occurs(sign)
    if match["open"]:
        phrase = " ".join(match["phrase"].split())
        if not phrase:
            return None
        if match["open"] in _TYPED_QUOTES:
            occurs = occurs or Occurs.MUST
        return Clause((Piece(phrase, is_phrase=True),), occurs)
    # "--word" and "+-word" are decoration, not two signs.
    word = match["word"].lstrip(f"+{_MINUS}")
    if not word or word in {"OR", "|"}:
        return None
    begun = word.rstrip(_ANY_END)
    # Behind a sign or nothing at all the asterisk is decoration.
    if begun != word and begun[-1:].isalnum():
        return Clause((Piece(begun, is_prefix=True),), occurs)
    return Clause((Piece(word),), occurs)
