"""From text to what an engine is given: token streams of a record, and the terms of a parsed query.

Every word is held in two widths: the *stem* finds all forms of it, the folded *word* finds phrases and raises what is
written alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from articles.search.query import Clause, Occurs, Piece, SearchQuery
from newsroom.text.analysis import MAX_INDEXED_WORDS, form_of
from newsroom.text.tokens import tokenize

# A part of the index's version: raise it when the same text would give other tokens.
TERMS_VERSION = 1


class Stream(NamedTuple):
    """A passage as an engine indexes it: tokens divided by spaces, words with all their places, no common word else."""

    words: str
    stems: str


class Term(NamedTuple):
    """One word of a query."""

    word: str
    stem: str
    # So frequent that it says nothing about the subject.
    is_common: bool = False


@dataclass(frozen=True, slots=True)
class TermPiece:
    """One word in any of its forms, or a phrase: words that stand side by side exactly as written."""

    terms: tuple[Term, ...]
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class TermClause:
    """Pieces of which any one is enough."""

    pieces: tuple[TermPiece, ...]
    occurs: Occurs = Occurs.MAY


def stream(text: str) -> Stream:
    """The tokens of a passage."""
    words, stems = [], []
    for term in _terms(text):
        words.append(term.word)
        if not term.is_common:
            stems.append(term.stem)
    return Stream(" ".join(words), " ".join(stems))


def clauses(query: SearchQuery) -> list[TermClause]:
    """The query in terms, each optional clause once; common words only where the reader insists or says nothing else."""
    found = [clause for raw in query.clauses for clause in _clause(raw)]
    telling = [clause for clause in found if clause.occurs is not Occurs.MAY or not _is_common(clause)]
    if all(clause.occurs is Occurs.MUST_NOT for clause in telling):
        telling = found
    return list(dict.fromkeys(telling))


def insisting_on_nothing(query: Sequence[TermClause]) -> list[TermClause]:
    """The same query with what must occur only preferred; what must not occur stays out."""
    loosened = []
    for clause in query:
        if clause.occurs is not Occurs.MUST:
            loosened.append(clause)
            continue
        loosened.append(TermClause(clause.pieces))
        loosened += [TermClause((TermPiece((term,)),)) for piece in clause.pieces if piece.is_phrase for term in piece.terms]
    return list(dict.fromkeys(loosened))


def stems(query: Sequence[TermClause]) -> frozenset[str]:
    """The stems and words to mark in what is found: of telling words, or of all where there is no other."""
    terms = [
        term
        for clause in query
        if clause.occurs is not Occurs.MUST_NOT
        for piece in clause.pieces
        for term in piece.terms
    ]
    telling = [term for term in terms if not term.is_common] or terms
    return frozenset(form for term in telling for form in (term.word, term.stem))


def _terms(text: str) -> Iterator[Term]:
    forms = (form for token in tokenize(text) if (form := form_of(token)).word)
    for form in islice(forms, MAX_INDEXED_WORDS):
        yield Term(form.word, form.stem, form.is_stop)


def _clause(clause: Clause) -> Iterator[TermClause]:
    pieces = [piece for raw in clause.pieces if (piece := _piece(raw))]
    if not pieces:
        return
    if len(pieces) == 1 and not pieces[0].is_phrase and clause.occurs is not Occurs.MUST_NOT:
        # «الـ30» and "F-16" are two words each; every one of them counts by itself.
        for term in pieces[0].terms:
            yield TermClause((TermPiece((term,)),), clause.occurs)
        return
    yield TermClause(tuple(pieces), clause.occurs)
    if clause.occurs is Occurs.MAY:
        # A phrase that need not occur still has words that may.
        yield from (TermClause((TermPiece((term,)),)) for piece in pieces if piece.is_phrase for term in piece.terms)


def _piece(piece: Piece) -> TermPiece | None:
    terms = tuple(_terms(piece.text))
    if not terms:
        return None
    # What is glued together («الـ30», F-16) is looked for as it stands.
    return TermPiece(terms, piece.is_phrase or len(terms) > 1)


def _is_common(clause: TermClause) -> bool:
    return all(term.is_common for piece in clause.pieces for term in piece.terms)
