"""What a request asks of Tantivy: its words, names and filters as one query."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import tantivy
from tantivy import FieldType, Occur, Query

from articles.search.engine import EngineRequest, FacetField, Filters, Kind, Match
from articles.search.essential import Weighed
from articles.search.query import Occurs
from articles.search.terms import Term, TermClause, TermPiece
from newsroom.text.languages import LANGUAGES

# Measured on questions, headlines, posts and topics in both languages; docs/search.md has the figures.
STEM_WEIGHT, WORD_WEIGHT, NAME_WEIGHT = 1.0, 0.5, 0.6
# What a document gets for having a word at all, however often and however long it is, as a share of the word's rarity.
COVERAGE_WEIGHT = 0.8
PHRASE_WEIGHT = 0.5
# However often a record has a word, BM25 counts it no more than so many times its rarity (1 + k1).
_MOST_BY_REPEATING = 2.2
# What a word that one record has scores there, as a multiple of its rarity: BM25 of stem and word, and for coverage.
_RAREST_WORD = 3.5
# What a record with every word once is scored, for one unit of the words' rarity.
_FULL_MATCH = 1.6

# The engine orders by one number: seconds, and in the lower bits the record's key, so that no two are the same.
_KEY_BITS, _LAST_SECOND = 30, 2**33 - 1

FILTERS: dict[FacetField, str] = {
    FacetField.KINDS: "kind",
    FacetField.LANGUAGES: "language",
    FacetField.OUTLETS: "outlet",
    FacetField.PEOPLE: "person",
    FacetField.ORGANISATIONS: "organisation",
    FacetField.VERDICTS: "verdict",
    FacetField.YEARS: "year",
    FacetField.MONTHS: "month",
    FacetField.COPIES: "copy",
}


def document_key(kind: Kind, pk: int) -> int:
    """The number that stands for a record in the index."""
    return pk << 1 | kind


def place_by_date(kind: Kind, pk: int, moment: int) -> int:
    """Where a record stands among all by date; a higher number for a newer one, of one second for what was made first."""
    second = max(-_LAST_SECOND, min(moment // 1_000_000, _LAST_SECOND))
    return second << _KEY_BITS | ~document_key(kind, pk) & (2**_KEY_BITS - 1)


def terms_of(clauses: Sequence[TermClause]) -> Iterator[Term]:
    """The words that are looked for, without those that must not occur."""
    for clause in clauses:
        if clause.occurs is not Occurs.MUST_NOT:
            yield from (term for piece in clause.pieces for term in piece.terms)


class QueryBuilder:
    """Builds the queries of one index; unscored ones only filter and count."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, *, scored: bool) -> None:
        self._schema = schema
        self._searcher = searcher
        self._scored = scored

    def build(self, request: EngineRequest, spared: frozenset[TermClause] = frozenset()) -> Query:
        """What is asked for; a record that has only spared words of it is not found, though they count for others."""
        parts = self.allowed(request)
        words = list(self._favouring(request, list(self._clauses(request, spared))))
        if request.near:
            words = [(Occur.Must, self._any([Query.boolean_query(words), self._keys(request.near)]))]
        parts += words
        if request.among is not None:
            parts.append((Occur.Must, self._keys(request.among)))
        if request.without:
            parts.append((Occur.MustNot, self._keys(request.without)))
        if all(occur == Occur.MustNot for occur, _query in parts):
            parts.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0)))
        return Query.boolean_query(parts)

    def heard(self, field: str, words: Iterable[Iterable[str]], request: EngineRequest) -> Query:
        heard = [
            [Query.term_query(self._schema, field, key, "basic") for key in sorted(keys)] for keys in words
        ]
        return Query.boolean_query(
            [*self.allowed(request), *((Occur.Must, self._any(keys)) for keys in heard)]
        )

    def prefixed(self, field: str, prefix: str) -> Query:
        """What has a word that begins so; the same score for all, whichever word it is."""
        # Words hold letters and digits, but for an apostrophe or a sign of some other script.
        letters = "".join(letter if letter.isalnum() else f"\\{letter}" for letter in prefix)
        return Query.const_score_query(Query.regex_query(self._schema, field, f"{letters}.*"), 1.0)

    def _favouring(
        self, request: EngineRequest, clauses: list[tuple[Occur, Query]]
    ) -> Iterator[tuple[Occur, Query]]:
        """The clauses, and what is found without them or counts more with them."""
        rarest = _RAREST_WORD * math.log(2 + self._searcher.num_docs)
        # Being linked to whom the words name is worth no more than a share of the words themselves.
        full = min(rarest, _FULL_MATCH * sum(self.rarity(term) for term in terms_of(request.clauses)))
        weights: dict[tuple[str, int], float] = {
            ("key", document_key(*record)): weight * rarest for record, weight in request.favoured.items()
        }
        weights |= {(FILTERS[facet], pk): weight * full for (facet, pk), weight in request.linked.items()}
        favoured = [
            Query.const_score_query(Query.term_query(self._schema, *term), weight)
            for term, weight in weights.items()
        ]
        if favoured and any(occur == Occur.Must for occur, _query in clauses):
            clauses = [(Occur.Must, self._any([Query.boolean_query(clauses), *favoured]))]
        yield from clauses

    def allowed(self, request: EngineRequest) -> list[tuple[Occur, Query]]:
        parts = [(Occur.Must, query) for query in self._filters(request.filters)]
        # Few records lie ahead, so it is cheap to take them out, and the total is exact at every moment.
        return [*parts, (Occur.MustNot, self.ahead(request.at))]

    def ahead(self, at: int) -> Query:
        """What becomes public after that moment."""
        return Query.range_query(
            self._schema, "publish_at", FieldType.Integer, lower_bound=at, include_lower=False,
            use_inverted_index=True,
        )  # fmt: skip

    def only_near(self, request: EngineRequest) -> Query:
        """The records that are near in meaning and have none of the words."""
        by_words = Query.boolean_query(
            list(self._favouring(request, list(self._clauses(request, frozenset()))))
        )
        parts = [*self.allowed(request), (Occur.Must, self._keys(request.near)), (Occur.MustNot, by_words)]
        if request.without:
            parts.append((Occur.MustNot, self._keys(request.without)))
        return Query.boolean_query(parts)

    def weighed(self, clauses: Sequence[TermClause]) -> list[Weighed]:
        """What each clause of one word can add to a score at most, and how many records have it."""
        return [self._weigh(clause) for clause in clauses]

    def _weigh(self, clause: TermClause) -> Weighed:
        term = clause.pieces[0].terms[0]
        most, having = 0.0, 0
        for width, weight in (("stem", STEM_WEIGHT), ("word", WORD_WEIGHT)):
            if term.is_common and width == "stem":
                continue
            matches = width == "stem" or term.is_common
            for field in self._fields_with(width, getattr(term, width)):
                frequency = self._searcher.doc_freq(f"{width}_{field}", getattr(term, width))
                having += frequency if matches else 0
                idf = math.log(1 + max(self._searcher.num_docs - frequency + 0.5, 0.0) / (frequency + 0.5))
                most += (STEM_WEIGHT if matches else weight) * _MOST_BY_REPEATING * idf
        # Another form of it is worth less than the word itself, so it adds to those that have it and not to the most.
        having += sum(self._having(other.stem) for piece in clause.also for other in piece.terms)
        return Weighed(
            clause, having, most + (0.0 if term.is_common else COVERAGE_WEIGHT * self.rarity(term))
        )

    def _clauses(
        self, request: EngineRequest, spared: frozenset[TermClause]
    ) -> Iterator[tuple[Occur, Query]]:
        """What decides whether a record is found is the same with and without scores; the rest only orders."""
        optional = []
        insists = any(clause.occurs is Occurs.MUST for clause in request.clauses)
        for clause in request.clauses:
            matching = self._matching(clause)
            if clause.occurs is Occurs.MUST_NOT:
                yield Occur.MustNot, matching
            elif clause.occurs is Occurs.MUST or request.match is Match.ALL:
                yield Occur.Must, matching
            elif clause in spared:
                yield Occur.Should, matching
            else:
                optional.append(matching)
        if optional and not insists:
            yield Occur.Must, self._any(optional)
        elif self._scored:
            yield from ((Occur.Should, query) for query in optional)
        if self._scored:
            yield from ((Occur.Should, query) for query in self._ordering(request.clauses))

    def _matching(self, clause: TermClause) -> Query:
        """What has the words of the clause, or else what says the same."""
        asked = self._any([self._piece(piece) for piece in clause.pieces])
        also = [
            Query.const_score_query(self._piece(piece), piece.worth * self._rarity_of_synonym(clause, piece))
            for piece in clause.also
        ]
        return Query.disjunction_max_query([asked, *also]) if also else asked

    def _rarity_of_synonym(self, clause: TermClause, piece: TermPiece) -> float:
        """Never more than the word asked for says: a synonym is no better for being rare, nor a typed word for being unknown."""
        asked = self.rarity(clause.pieces[0].terms[0])
        return min(asked, max(self.rarity(term) for term in piece.terms if not term.is_common))

    def _piece(self, piece: TermPiece) -> Query:
        if piece.is_phrase:
            return self._phrase(piece.terms)
        if piece.is_scattered:
            each = [self._piece(TermPiece((term,))) for term in piece.terms]
            return Query.boolean_query([(Occur.Must, query) for query in each])
        term = piece.terms[0]
        if piece.is_prefix:
            return self._any([self.prefixed(f"word_{field}", term.word) for field in (*LANGUAGES, "name")])
        # Folded, the name علي is written like the preposition على: a word is found by its stem, which tells them apart.
        width = "word" if term.is_common else "stem"
        fields = self._fields_with(width, getattr(term, width))
        return self._any([self._weighted_term(width, field, term, STEM_WEIGHT) for field in fields])

    def _phrase(self, terms: tuple[Term, ...]) -> Query:
        words: list[str | tuple[int, str]] = [term.word for term in terms]
        queries = []
        for field in self._fields_with("word", *(term.word for term in terms)):
            if len(words) == 1:
                queries.append(self._term(f"word_{field}", terms[0].word))
            else:
                queries.append(Query.phrase_query(self._schema, f"word_{field}", words))
        return self._weighted(self._any(queries), PHRASE_WEIGHT)

    def _ordering(self, clauses: Iterable[TermClause]) -> Iterator[Query]:
        for clause in clauses:
            for piece in clause.pieces:
                # The words of a phrase that need not occur are clauses of their own.
                if clause.occurs is Occurs.MUST or (clause.occurs is Occurs.MAY and not piece.is_phrase):
                    for term in piece.terms:
                        yield from self._ordering_by(term, in_phrase=piece.is_phrase)

    def _ordering_by(self, term: Term, *, in_phrase: bool) -> Iterator[Query]:
        if term.is_common:
            return
        fields = self._fields_with("stem", term.stem)
        stems = [Query.term_query(self._schema, f"stem_{field}", term.stem, "basic") for field in fields]
        if stems:
            yield Query.const_score_query(self._any(stems), COVERAGE_WEIGHT * self.rarity(term))
        if in_phrase:
            yield from (self._weighted_term("stem", field, term, STEM_WEIGHT) for field in fields)
        for field in self._fields_with("word", term.word):
            yield self._weighted_term("word", field, term, WORD_WEIGHT)

    def _fields_with(self, width: str, *tokens: str) -> list[str]:
        """The fields in which all of them stand: every field less is a list less to read for every hit."""
        return [
            field
            for field in (*LANGUAGES, "name")
            if all(self._searcher.doc_freq(f"{width}_{field}", token) for token in tokens)
        ]

    def rarity(self, term: Term) -> float:
        """The word's inverse document frequency, as BM25 has it."""
        count = self._searcher.num_docs
        having = min(self._having(term.stem), count)
        return math.log(1 + (count - having + 0.5) / (having + 0.5))

    def _having(self, stem: str) -> int:
        return sum(self._searcher.doc_freq(f"stem_{language}", stem) for language in LANGUAGES)

    def _filters(self, filters: Filters) -> Iterator[Query]:
        for field, name in FILTERS.items():
            if values := getattr(filters, field):
                yield self._one_of(name, values)
        if filters.original_languages:
            yield self._one_of("original", filters.original_languages)
        if filters.day_from is not None or filters.day_to is not None:
            days = Query.range_query(
                self._schema,
                "day",
                FieldType.Integer,
                lower_bound=filters.day_from,
                upper_bound=filters.day_to,
            )
            yield Query.const_score_query(days, 0.0)

    def _keys(self, records: Iterable[tuple[Kind, int]]) -> Query:
        return self._one_of("key", [document_key(kind, pk) for kind, pk in records])

    def _one_of(self, field: str, values: Iterable[str | int]) -> Query:
        return Query.const_score_query(Query.term_set_query(self._schema, field, sorted(values)), 0.0)

    def _weighted_term(self, width: str, field: str, term: Term, weight: float) -> Query:
        weight *= NAME_WEIGHT if field == "name" else 1.0
        return self._weighted(self._term(f"{width}_{field}", getattr(term, width)), weight)

    def _term(self, field: str, text: str) -> Query:
        return Query.term_query(self._schema, field, text, "freq" if self._scored else "basic")

    @staticmethod
    def _any(queries: list[Query]) -> Query:
        if len(queries) == 1:
            return queries[0]
        if not queries:
            return Query.empty_query()
        return Query.boolean_query([(Occur.Should, query) for query in queries])

    @staticmethod
    def _weighted(query: Query, weight: float) -> Query:
        return query if weight == 1.0 else Query.boost_query(query, weight)
