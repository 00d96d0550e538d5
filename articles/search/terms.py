"""From text to what an engine is given: token streams of a record, and the terms of a parsed query.

Every word is held in two widths: the *stem* finds all forms of it, the folded *word* finds phrases and raises what is
written alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import newsroom.text
from articles.search.query import Clause, Occurs, Piece, SearchQuery
from newsroom.text.analysis import MAX_INDEXED_WORDS, form_of, word_and_stem
from newsroom.text.tokens import tokenize

# What decides which tokens a text gives: an index made with another state of it is built anew.
_ANALYSIS = (
    "analysis.py",
    "arabic.py",
    "english.py",
    "fold.py",
    "names.py",
    "skeleton.py",
    "tokens.py",
    "data/*",
)


# So many letters, the article left out, before `*` means anything: fewer begin too many words.
LEAST_BEGUN = 2


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
    # Any word that begins like the one term.
    is_prefix: bool = False
    # All the words in any of their forms, wherever they stand.
    is_scattered: bool = False
    # As another expression for what is asked: what it counts, as a share of the rarity of the word asked for.
    worth: float = 1.0

    @property
    def is_plain(self) -> bool:
        return not (self.is_phrase or self.is_prefix or self.is_scattered)


@dataclass(frozen=True, slots=True)
class TermClause:
    """Pieces of which any one is enough."""

    pieces: tuple[TermPiece, ...]
    occurs: Occurs = Occurs.MAY
    # What says the same: expressions of the glossary, other forms of a verb. Enough too, for what they are worth.
    also: tuple[TermPiece, ...] = ()


@lru_cache(maxsize=1)
def analysis_version() -> str:
    """Changes with every change of the analysis, its word lists included, so that nobody has to remember to raise it."""
    folder = Path(newsroom.text.__file__).parent
    files = sorted(file for pattern in _ANALYSIS for file in folder.glob(pattern) if file.is_file())
    return hashlib.blake2b(b"\0".join(file.read_bytes() for file in files), digest_size=6).hexdigest()


def stream(text: str) -> Stream:
    """The tokens of a passage."""
    pairs = list(islice(word_and_stem(text), MAX_INDEXED_WORDS))
    return Stream(
        " ".join([word for word, _stem in pairs]), " ".join([stem for _word, stem in pairs if stem])
    )


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
        loosened += [
            TermClause((TermPiece((term,)),))
            for piece in clause.pieces
            if piece.is_phrase
            for term in piece.terms
        ]
    return list(dict.fromkeys(loosened))


def stems(query: Sequence[TermClause]) -> frozenset[str]:
    """The stems and words to mark in what is found: of telling words, or of all where there is no other."""
    terms = [
        term
        for clause in query
        if clause.occurs is not Occurs.MUST_NOT
        for piece in (*clause.pieces, *clause.also)
        for term in piece.terms
    ]
    telling = [term for term in terms if not term.is_common] or terms
    return frozenset(form for term in telling for form in (term.word, term.stem))


class _Begun(frozenset[str]):
    """Words and stems, and whatever begins in one of some ways."""

    beginnings: tuple[str, ...] = ()

    def __contains__(self, word: object) -> bool:
        return super().__contains__(word) or (isinstance(word, str) and word.startswith(self.beginnings))


def to_mark(query: Sequence[TermClause], also: Iterable[str] = ()) -> frozenset[str]:
    """What to mark in what is found: the query's stems, those given beside them, and what begins as asked for."""
    begun = _Begun(stems(query).union(also))
    begun.beginnings = tuple(
        piece.terms[0].word
        for clause in query
        if clause.occurs is not Occurs.MUST_NOT
        for piece in clause.pieces
        if piece.is_prefix
    )
    return begun if begun.beginnings else frozenset(begun)


def has_prefix(query: Sequence[TermClause]) -> bool:
    return any(piece.is_prefix for clause in query for piece in clause.pieces)


def _forms(text: str) -> Iterator[Any]:
    forms = map(form_of, tokenize(text))
    return islice((form for form in forms if form.word), MAX_INDEXED_WORDS)


def terms_in(text: str) -> Iterator[Term]:
    """The words of a text, common ones too."""
    return (Term(form.word, form.stem, form.is_stop) for form in _forms(text))


def _clause(clause: Clause) -> Iterator[TermClause]:
    pieces = [piece for raw in clause.pieces if (piece := _piece(raw))]
    if not pieces:
        return
    if len(pieces) == 1 and pieces[0].is_plain and clause.occurs is not Occurs.MUST_NOT:
        # «الـ30» and "F-16" are two words each; every one of them counts by itself.
        for term in pieces[0].terms:
            yield TermClause((TermPiece((term,)),), clause.occurs)
        return
    yield TermClause(tuple(pieces), clause.occurs)
    if clause.occurs is Occurs.MAY:
        # A phrase that need not occur still has words that may.
        yield from (
            TermClause((TermPiece((term,)),)) for piece in pieces if piece.is_phrase for term in piece.terms
        )
        # #OneWordOfSeveral also stands in texts as one word.
        if len(pieces) == 1 and (whole := clause.pieces[0].text).startswith("#"):
            yield from _clause(Clause((Piece(whole.lstrip("#")),)))


def _piece(piece: Piece) -> TermPiece | None:
    terms = tuple(terms_in(piece.text))
    if not terms:
        return None
    if piece.is_prefix and len(terms) == 1 and len(terms[0].word.removeprefix("ال")) >= LEAST_BEGUN:
        # As it stands: the beginning of a word has no stem, and says something where the word would not.
        return TermPiece((Term(terms[0].word, terms[0].word),), is_prefix=True)
    # What is glued together («الـ30», F-16) is looked for as it stands.
    return TermPiece(terms, piece.is_phrase or len(terms) > 1)


def _is_common(clause: TermClause) -> bool:
    return all(term.is_common for piece in clause.pieces for term in piece.terms)
