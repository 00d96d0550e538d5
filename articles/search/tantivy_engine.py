"""The search engine: Tantivy, embedded. It is given our tokens divided by spaces and analyses nothing itself."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Document, FieldType, Index, Occur, Order, Query

from articles.search.engine import (
    EngineHit,
    EngineRequest,
    EngineResult,
    FacetCounts,
    FacetField,
    Filters,
    IndexDocument,
    Kind,
    Match,
    SearchUnavailable,
    Sort,
)
from articles.search.query import Occurs
from articles.search.terms import Term, TermClause, TermPiece
from newsroom.text.languages import LANGUAGES

# A part of the index's version: raise it when the schema or what is put into a field changes.
SCHEMA_VERSION = 2

# Measured on questions, headlines, posts and topics in both languages; docs/search.md has the figures.
STEM_WEIGHT, WORD_WEIGHT, NAME_WEIGHT = 1.0, 0.5, 0.6
# What a document gets for having a word at all, however often and however long it is, as a share of the word's rarity.
COVERAGE_WEIGHT = 0.8
PHRASE_WEIGHT = 0.5
# What a word that one record has scores there, as a multiple of its rarity: BM25 of stem and word, and for coverage.
_RAREST_WORD = 3.5

# Of so many records with the likeliest titles the sound is compared.
_HEARD = 100
_WRITER_MEMORY = 64_000_000
# More different values than one facet ever has in a segment: every count is exact.
_FACET_VALUES = 65_000
_FACETS_SHOWN = 1_000

_FILTERS: dict[FacetField, str] = {
    FacetField.KINDS: "kind",
    FacetField.LANGUAGES: "language",
    FacetField.OUTLETS: "outlet",
    FacetField.PEOPLE: "person",
    FacetField.ORGANISATIONS: "organisation",
    FacetField.VERDICTS: "verdict",
    FacetField.YEARS: "year",
}


def schema() -> tantivy.Schema:
    """The fields of an index. Nothing is stored: a hit is its key, and the rest is read from PostgreSQL."""
    fields = tantivy.SchemaBuilder()
    for language in (*LANGUAGES, "name"):
        fields.add_text_field(f"word_{language}", tokenizer_name="whitespace", index_option="position")
        fields.add_text_field(f"stem_{language}", tokenizer_name="whitespace", index_option="freq")
    for name in ("sound", "sound_name"):
        fields.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    # Signed: tantivy-py's deletion by term takes every number for one, and would miss unsigned keys silently.
    fields.add_integer_field("key", indexed=True, fast=True)
    fields.add_unsigned_field("fingerprint", fast=True)
    for name in ("kind", "outlet", "person", "organisation", "year"):
        fields.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("language", "original", "verdict"):
        fields.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("day", "moment", "publish_at"):
        fields.add_integer_field(name, indexed=True, fast=True)
    return fields.build()


def _key(kind: Kind, pk: int) -> int:
    return pk << 1 | kind


class TantivyWriter:
    """Changes one index folder; the folder's own lock keeps a second writer out."""

    def __init__(self, folder: Path) -> None:
        self._index = Index(schema(), path=str(folder))
        # One thread: documents come from one connection, and fewer segments search faster.
        self._writer = self._index.writer(_WRITER_MEMORY, 1)

    def put(self, document: IndexDocument) -> None:
        self.remove(document.kind, document.pk)
        self.add(document)

    def add(self, document: IndexDocument) -> None:
        """Add a document that is known not to be in the index yet."""
        self._writer.add_document(Document.from_dict(_fields(document), self._index.schema))

    def remove(self, kind: Kind, pk: int) -> None:
        self._writer.delete_documents_by_term("key", _key(kind, pk))

    def commit(self) -> None:
        self._writer.commit()

    def close(self) -> None:
        """Wait for merges under way; the writer is of no use afterwards."""
        self._writer.wait_merging_threads()


def _fields(document: IndexDocument) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "key": [_key(document.kind, document.pk)],
        "fingerprint": [document.fingerprint()],
        "kind": [int(document.kind)],
        "language": list(document.languages),
        "original": [document.original_language],
        "outlet": sorted(set(document.outlets)),
        "person": sorted(set(document.people)),
        "organisation": sorted(set(document.organisations)),
        "verdict": [document.verdict] if document.verdict else [],
        "year": [document.year] if document.year is not None else [],
        "day": [document.day] if document.day is not None else [],
        "moment": [document.moment],
        "publish_at": [document.publish_at],
        "word_name": [stream.words for stream in document.names],
        "stem_name": [stream.stems for stream in document.names],
        "sound": [" ".join(document.sounds)],
        "sound_name": [" ".join(document.name_sounds)],
    }
    for language, passages in document.passages.items():
        # Each passage is a value of its own: the engine leaves a gap between values that no phrase bridges.
        fields[f"word_{language}"] = [stream.words for stream in passages]
        fields[f"stem_{language}"] = [stream.stems for stream in passages]
    return fields


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """Turns every way in which Tantivy meets a damaged file into SearchUnavailable."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise SearchUnavailable(f"The search index in {folder} cannot be read: {error}") from error
    except BaseException as panic:
        # A panic of the Rust code comes as a BaseException, past every handler that would keep a worker alive.
        if type(panic).__name__ != "PanicException":
            raise
        raise SearchUnavailable(f"The search index in {folder} is damaged: {panic}") from panic


class TantivySearcher:
    """One commit of an index, open for searching."""

    def __init__(self, folder: Path) -> None:
        """Open the last commit in the folder; SearchUnavailable where there is none that can be read."""
        self._folder = folder
        with _readable(folder):
            index = Index.open(str(folder))
            index.config_reader("manual")
            index.reload()
            self._schema = index.schema
            self._searcher = index.searcher()

    def probe(self) -> None:
        """Read a little of the files; SearchUnavailable where one of them is damaged."""
        with _readable(self._folder):
            found = self._searcher.search(Query.all_query(), 1, count=True, order_by_field="moment")
            self._numbers("key", [address for _score, address in found.hits])

    @property
    def document_count(self) -> int:
        return self._searcher.num_docs

    def search(self, request: EngineRequest) -> EngineResult:
        by_date = "moment" if request.sort is Sort.DATE else None
        with _readable(self._folder):
            found = self._searcher.search(
                self._query(request),
                max(request.limit, 1),
                count=True,
                order_by_field=by_date,
                offset=request.offset,
                order=Order.Desc,
            )
            hits = found.hits[: request.limit]
            keys = self._numbers("key", [address for _score, address in hits])
        return EngineResult(
            total=found.count,
            hits=[
                EngineHit(Kind(key & 1), key >> 1, 0.0 if by_date else score)
                for key, (score, _address) in zip(keys, hits, strict=True)
            ],
        )

    def rarity(self, clauses: Sequence[TermClause]) -> float:
        builder = _QueryBuilder(self._schema, self._searcher, scored=True)
        return sum(builder.rarity(term) for term in _terms(clauses))

    def knows(self, clauses: Sequence[TermClause]) -> bool:
        fields = [f"stem_{field}" for field in (*LANGUAGES, "name")]
        return any(self._searcher.doc_freq(field, term.stem) for term in _terms(clauses) for field in fields)

    def facets(self, request: EngineRequest) -> FacetCounts:
        """Fields without a filter share one pass; each field with one needs a pass that leaves its own filter out."""
        chosen = {field for field in FacetField if getattr(request.filters, field)}
        counts = self._counts(request, set(FacetField) - chosen)
        for field in chosen:
            without = replace(request, filters=request.filters.without(field))
            counts |= self._counts(without, {field})
        return counts

    def heard(self, skeletons: Iterable[str], request: EngineRequest) -> list[tuple[Kind, int]]:
        query = self._builder(scored=True).heard("sound", [skeletons], request)
        with _readable(self._folder):
            found = self._searcher.search(query, _HEARD, count=False)
            keys = self._numbers("key", [address for _score, address in found.hits])
        return [(Kind(key & 1), key >> 1) for key in keys]

    def heard_names(self, words: Sequence[Iterable[str]], request: EngineRequest) -> FacetCounts:
        query = self._builder(scored=False).heard("sound_name", words, request)
        return self._counted(query, (FacetField.OUTLETS, FacetField.PEOPLE, FacetField.ORGANISATIONS))

    def frequency(self, word: str, language: str) -> int:
        return self._searcher.doc_freq(f"word_{language}", word)

    def contents(self) -> Iterator[tuple[Kind, int, int]]:
        everything = self._searcher.search(Query.all_query(), max(self.document_count, 1), count=False)
        addresses = [address for _score, address in everything.hits]
        keys, fingerprints = self._numbers("key", addresses), self._numbers("fingerprint", addresses)
        for key, fingerprint in zip(keys, fingerprints, strict=True):
            yield Kind(key & 1), key >> 1, fingerprint

    def _numbers(self, field: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        return [int(value or 0) for value in self._searcher.fast_field_values(field, addresses)]

    def _counts(self, request: EngineRequest, fields: Iterable[FacetField]) -> FacetCounts:
        return self._counted(self._query(request, scored=False), fields) if fields else {}

    def _counted(self, query: Query, fields: Iterable[FacetField]) -> FacetCounts:
        wanted = {
            field.value: {
                "terms": {"field": _FILTERS[field], "size": _FACETS_SHOWN, "segment_size": _FACET_VALUES}
            }
            for field in fields
        }
        with _readable(self._folder):
            counted = self._searcher.aggregate(query, wanted)
        return {
            FacetField(name): [(bucket["key"], bucket["doc_count"]) for bucket in counted[name]["buckets"]]
            for name in wanted
        }

    def _query(self, request: EngineRequest, *, scored: bool = True) -> Query:
        return self._builder(scored=scored and request.sort is Sort.RELEVANCE).build(request)

    def _builder(self, *, scored: bool) -> _QueryBuilder:
        return _QueryBuilder(self._schema, self._searcher, scored=scored)


def _terms(clauses: Sequence[TermClause]) -> Iterator[Term]:
    for clause in clauses:
        if clause.occurs is not Occurs.MUST_NOT:
            yield from (term for piece in clause.pieces for term in piece.terms)


class _QueryBuilder:
    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, *, scored: bool) -> None:
        self._schema = schema
        self._searcher = searcher
        self._scored = scored

    def build(self, request: EngineRequest) -> Query:
        parts = self._allowed(request)
        words = list(self._favouring(request, list(self._clauses(request))))
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
            [*self._allowed(request), *((Occur.Must, self._any(keys)) for keys in heard)]
        )

    def _favouring(
        self, request: EngineRequest, clauses: list[tuple[Occur, Query]]
    ) -> Iterator[tuple[Occur, Query]]:
        """The clauses, and what is found without them or counts more with them."""
        rarest = _RAREST_WORD * math.log(2 + self._searcher.num_docs)
        weights = {("key", _key(kind, pk)): weight for (kind, pk), weight in request.favoured.items()}
        weights |= {(_FILTERS[facet], pk): weight for (facet, pk), weight in request.linked.items()}
        favoured = [
            Query.const_score_query(Query.term_query(self._schema, *term), weight * rarest)
            for term, weight in weights.items()
        ]
        if favoured and any(occur == Occur.Must for occur, _query in clauses):
            clauses = [(Occur.Must, self._any([Query.boolean_query(clauses), *favoured]))]
        yield from clauses

    def _allowed(self, request: EngineRequest) -> list[tuple[Occur, Query]]:
        parts = [(Occur.Must, query) for query in self._filters(request.filters)]
        # Few records lie ahead, so it is cheap to take them out, and the total is exact at every moment.
        ahead = Query.range_query(
            self._schema, "publish_at", FieldType.Integer, lower_bound=request.at, include_lower=False,
            use_inverted_index=True,
        )  # fmt: skip
        return [*parts, (Occur.MustNot, ahead)]

    def _clauses(self, request: EngineRequest) -> Iterator[tuple[Occur, Query]]:
        """What decides whether a record is found is the same with and without scores; the rest only orders."""
        optional = []
        insists = any(clause.occurs is Occurs.MUST for clause in request.clauses)
        for clause in request.clauses:
            matching = self._any([self._piece(piece) for piece in clause.pieces])
            if clause.occurs is Occurs.MUST_NOT:
                yield Occur.MustNot, matching
            elif clause.occurs is Occurs.MUST or request.match is Match.ALL:
                yield Occur.Must, matching
            else:
                optional.append(matching)
        if optional and not insists:
            yield Occur.Must, self._any(optional)
        elif self._scored:
            yield from ((Occur.Should, query) for query in optional)
        if self._scored:
            yield from ((Occur.Should, query) for query in self._ordering(request.clauses))

    def _piece(self, piece: TermPiece) -> Query:
        if piece.is_phrase:
            return self._phrase(piece.terms)
        term = piece.terms[0]
        # Folded, the name علي is written like the preposition على: a word is found by its stem, which tells them apart.
        width = "word" if term.is_common else "stem"
        return self._any(
            [self._weighted_term(width, field, term, STEM_WEIGHT) for field in (*LANGUAGES, "name")]
        )

    def _phrase(self, terms: tuple[Term, ...]) -> Query:
        words: list[str | tuple[int, str]] = [term.word for term in terms]
        queries = []
        for field in (*LANGUAGES, "name"):
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
        stems = [self._term(f"stem_{field}", term.stem) for field in (*LANGUAGES, "name")]
        yield Query.const_score_query(self._any(stems), COVERAGE_WEIGHT * self.rarity(term))
        for field in (*LANGUAGES, "name"):
            if in_phrase:
                yield self._weighted_term("stem", field, term, STEM_WEIGHT)
            yield self._weighted_term("word", field, term, WORD_WEIGHT)

    def rarity(self, term: Term) -> float:
        """The word's inverse document frequency, as BM25 has it."""
        count = self._searcher.num_docs
        having = sum(self._searcher.doc_freq(f"stem_{language}", term.stem) for language in LANGUAGES)
        having = min(having, count)
        return math.log(1 + (count - having + 0.5) / (having + 0.5))

    def _filters(self, filters: Filters) -> Iterator[Query]:
        for field, name in _FILTERS.items():
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
        return self._one_of("key", [_key(kind, pk) for kind, pk in records])

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
        return Query.boolean_query([(Occur.Should, query) for query in queries])

    @staticmethod
    def _weighted(query: Query, weight: float) -> Query:
        return query if weight == 1.0 else Query.boost_query(query, weight)
