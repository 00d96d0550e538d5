"""The search engine: Tantivy, embedded. It is given our tokens divided by spaces and analyses nothing itself."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Document, Index, Occur, Order, Query

from articles.search.engine import (
    EngineHit,
    EngineRequest,
    EngineResult,
    FacetCounts,
    FacetField,
    Filters,
    IndexDocument,
    Kind,
    SearchUnavailable,
    Sort,
)
from articles.search.essential import has_words_to_spare, spared
from articles.search.recency import in_order, level
from articles.search.tantivy_groups import groups_query
from articles.search.tantivy_query import FILTERS, QueryBuilder, document_key, place_by_date, terms_of
from articles.search.terms import TermClause
from newsroom.text.languages import LANGUAGES

# A part of the index's version: raise it when the schema or what is put into a field changes.
SCHEMA_VERSION = 7

# Of so many records with the likeliest titles the sound is compared.
_HEARD = 100
# What a writer holds before it writes a segment: in daily life little, for a whole index more, for few segments are fast.
WRITER_MEMORY, BUILDING_MEMORY = 64_000_000, 256_000_000
# More different values than one facet ever has in a segment: every count is exact.
_FACET_VALUES = 65_000
_FACETS_SHOWN = 1_000
# The engine counts at most 65,000 values in one pass; of copies every group is needed.
_GROUPS_COUNTED = 50_000
# So many queries' counts are kept in each process, some kilobytes each.
_COUNTS_REMEMBERED = 128
# Of so many equally good records the newest come first, however they lie in the index.
_TIED = 10_000
# Scores are single numbers of 24 bits, added in an order of the engine's own.
_ROUNDING = 1.001

type _Buckets = list[tuple[str | int, int]]


def schema() -> tantivy.Schema:
    """The fields of an index. Nothing is stored: a hit is its key, and the rest is read from PostgreSQL."""
    fields = tantivy.SchemaBuilder()
    for language in (*LANGUAGES, "name"):
        fields.add_text_field(f"word_{language}", tokenizer_name="whitespace", index_option="position")
        fields.add_text_field(f"stem_{language}", tokenizer_name="whitespace", index_option="freq")
    for name in ("sound", "sound_name", "title"):
        fields.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    # Signed: tantivy-py's deletion by term takes every number for one, and would miss unsigned keys silently.
    fields.add_integer_field("key", indexed=True, fast=True)
    fields.add_unsigned_field("fingerprint", fast=True)
    for name in ("kind", "outlet", "person", "organisation", "year", "month"):
        fields.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("language", "original", "verdict"):
        fields.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("day", "place", "publish_at", "copy"):
        fields.add_integer_field(name, indexed=True, fast=True)
    return fields.build()


class TantivyWriter:
    """Changes one index folder; the folder's own lock keeps a second writer out."""

    def __init__(self, folder: Path, *, memory: int = WRITER_MEMORY) -> None:
        self._index = Index(schema(), path=str(folder))
        # One thread: documents come from one connection, and fewer segments search faster.
        self._writer = self._index.writer(memory, 1)

    def put(self, document: IndexDocument) -> None:
        self.remove(document.kind, document.pk)
        self.add(document)

    def add(self, document: IndexDocument) -> None:
        """Add a document that is known not to be in the index yet."""
        self.add_fields(fields_of(document))

    def add_fields(self, fields: dict[str, Any]) -> None:
        for known_elsewhere in ("signatures", "original_of_copy"):
            fields.pop(known_elsewhere, None)
        self._writer.add_document(Document.from_dict(fields, self._index.schema))

    def remove(self, kind: Kind, pk: int) -> None:
        self._writer.delete_documents_by_term("key", document_key(kind, pk))

    def commit(self) -> None:
        self._writer.commit()

    def close(self) -> None:
        """Wait for merges under way; the writer is of no use afterwards."""
        self._writer.wait_merging_threads()


def fields_of(document: IndexDocument) -> dict[str, Any]:
    """The document as `add_fields` takes it, to be made in another process."""
    fields: dict[str, Any] = {
        "key": [document_key(document.kind, document.pk)],
        "fingerprint": [document.fingerprint()],
        "kind": [int(document.kind)],
        "language": list(document.languages),
        "original": [document.original_language],
        "outlet": sorted(set(document.outlets)),
        "person": sorted(set(document.people)),
        "organisation": sorted(set(document.organisations)),
        "verdict": [document.verdict] if document.verdict else [],
        "year": [document.year] if document.year is not None else [],
        "month": [document.month] if document.month is not None else [],
        "day": [document.day] if document.day is not None else [],
        "place": [place_by_date(document.kind, document.pk, document.moment)],
        "publish_at": [document.publish_at],
        "word_name": [stream.words for stream in document.names],
        "stem_name": [stream.stems for stream in document.names],
        "sound": [" ".join(document.sounds)],
        "sound_name": [" ".join(document.name_sounds)],
        "title": list(document.titles),
        "copy": [] if document.copy_of is None else [document_key(document.kind, document.copy_of)],
        "signatures": document.signatures,
        "original_of_copy": document.original,
    }
    for language, passages in document.passages.items():
        # Each passage is a value of its own: the engine leaves a gap between values that no phrase bridges.
        fields[f"word_{language}"] = [stream.words for stream in passages if stream.words]
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
        self._counted_before: dict[tuple[Any, ...], FacetCounts] = {}
        self.kept: dict[Any, Any] = {}

    def probe(self) -> None:
        """Read a little of the files; SearchUnavailable where one of them is damaged."""
        with _readable(self._folder):
            found = self._searcher.search(Query.all_query(), 1, count=True, order_by_field="place")
            self._numbers("key", [address for _score, address in found.hits])

    @property
    def document_count(self) -> int:
        return self._searcher.num_docs

    def search(self, request: EngineRequest) -> EngineResult:
        total = self._total(request)
        if not total or request.offset >= total:
            return EngineResult(total, [])
        with _readable(self._folder):
            hits = self._rarer_first(request) or self._page(request, self._query(request))
        return EngineResult(total, hits)

    def _page(self, request: EngineRequest, query: Query) -> list[EngineHit]:
        if request.sort is Sort.RELEVANCE:
            return self._best(query, request.offset, request.limit)
        found = self._searcher.search(
            query, max(request.limit, 1), count=False, order_by_field="place", offset=request.offset, order=Order.Desc
        )  # fmt: skip
        return [replace(hit, score=0.0) for hit in self._hits(found.hits[: request.limit])]

    def _best(self, query: Query, offset: int, limit: int) -> list[EngineHit]:
        """The best from `offset` on; equally good ones by date, wherever they lie in the index."""
        wanted = offset + max(limit, 1)
        reach = wanted + 1
        while True:
            found = self._searcher.search(query, reach, count=False).hits
            levels = [level(score) for score, _address in found]
            if len(found) < reach or levels[-1] != levels[wanted - 1] or reach > wanted + _TIED:
                break
            reach *= 4
        if offset >= len(found):
            return []
        # What is as good as the first or the last of the page may belong on it too.
        first = levels.index(levels[offset])
        last = min(wanted, len(found)) - 1
        while last + 1 < len(found) and levels[last + 1] == levels[last]:
            last += 1
        hits = sorted(self._hits(found[first : last + 1]), key=in_order)
        return hits[offset - first : offset - first + limit]

    def _rarer_first(self, request: EngineRequest) -> list[EngineHit] | None:
        """The page, from the records with a rarer word alone; None where it may have others."""
        if not has_words_to_spare(request):
            return None
        builder = self._builder(scored=True)
        common, most = spared(builder.weighed(request.clauses))
        if not common:
            return None
        hits = self._page(request, builder.build(request, common))
        is_exact = len(hits) == request.limit and hits[-1].score > most * _ROUNDING
        return hits if is_exact else None

    def _total(self, request: EngineRequest) -> int:
        """How many match: every record is of one kind."""
        return sum(count for _kind, count in self._counts_of(request)[FacetField.KINDS])

    def rarity(self, clauses: Sequence[TermClause]) -> float:
        builder = QueryBuilder(self._schema, self._searcher, scored=True)
        return sum(builder.rarity(term) for term in terms_of(clauses))

    def of_groups(
        self, groups: Sequence[Sequence[str]], *, language: str, kind: Kind, at: int, limit: int
    ) -> tuple[list[EngineHit], float]:
        query, rarity = groups_query(self._schema, self._searcher, f"stem_{language}", groups)
        if query is None:
            return [], rarity
        request = EngineRequest(clauses=(), at=at, filters=Filters(kinds=frozenset({kind})))
        allowed = Query.boolean_query([*self._builder(scored=True).allowed(request), (Occur.Must, query)])
        with _readable(self._folder):
            return self._best(allowed, 0, limit), rarity

    def knows(self, clauses: Sequence[TermClause]) -> bool:
        fields = [f"stem_{field}" for field in (*LANGUAGES, "name")]
        return any(
            self._searcher.doc_freq(field, term.stem) for term in terms_of(clauses) for field in fields
        )

    def facets(self, request: EngineRequest) -> FacetCounts:
        """Fields without a filter share one pass; each field with one needs a pass that leaves its own filter out."""
        counts = dict(self._counts_of(request))
        for field in _chosen(request):
            without = replace(request, filters=request.filters.without(field))
            counts |= self._counts(without, [field])
        return counts

    def forget(self) -> None:
        """Count anew what is asked again."""
        self._counted_before.clear()

    def _counts_of(self, request: EngineRequest) -> FacetCounts:
        """The counts of every field without a filter, and of the kinds: one pass for a page's total and its facets.

        Remembered while the index is in this state, for readers turn pages and come back.
        """
        key = (
            tuple(request.clauses), request.match, self._next_hour(request.at), request.filters,
            frozenset(request.near), None if request.among is None else frozenset(request.among),
            frozenset(request.without), frozenset(request.favoured.items()), frozenset(request.linked.items()),
        )  # fmt: skip
        counts = self._counted_before.get(key)
        if counts is None:
            fields = {*FacetField} - _chosen(request) | {FacetField.KINDS}
            counts = self._counts(request, fields)
            if len(self._counted_before) >= _COUNTS_REMEMBERED:
                self._counted_before.clear()
            self._counted_before[key] = counts
        return counts

    def _next_hour(self, at: int) -> float:
        """When the next record becomes public: until then every query finds the same."""
        builder = self._builder(scored=False)
        with _readable(self._folder):
            found = self._searcher.search(
                builder.ahead(at), 1, count=False, order_by_field="publish_at", order=Order.Asc
            )
        return found.hits[0][0] if found.hits else math.inf

    def heard(self, skeletons: Iterable[str], request: EngineRequest) -> list[tuple[Kind, int]]:
        query = self._builder(scored=True).heard("sound", [skeletons], request)
        with _readable(self._folder):
            return [(hit.kind, hit.pk) for hit in self._best(query, 0, _HEARD)]

    def heard_names(self, words: Sequence[Iterable[str]], request: EngineRequest) -> FacetCounts:
        query = self._builder(scored=False).heard("sound_name", words, request)
        return self._counted(query, (FacetField.OUTLETS, FacetField.PEOPLE, FacetField.ORGANISATIONS))

    def titled(self, words: Sequence[str], prefix: str, *, at: int, limit: int) -> list[tuple[Kind, int]]:
        builder = self._builder(scored=False)
        having = [(Occur.Must, Query.term_query(self._schema, "title", word, "basic")) for word in words]
        if prefix:
            having.append((Occur.Must, builder.prefixed("title", prefix)))
        query = Query.boolean_query([*builder.allowed(EngineRequest((), at)), *having])
        with _readable(self._folder):
            found = self._searcher.search(query, limit, count=False, order_by_field="place")
            keys = self._numbers("key", [address for _place, address in found.hits])
        return [(Kind(key & 1), key >> 1) for key in keys]

    def leaders(self, articles: Collection[int]) -> dict[int, int]:
        if not articles:
            return {}
        keys = [document_key(Kind.ARTICLE, pk) for pk in articles]
        copies = Query.boolean_query(
            [
                (Occur.Must, Query.term_set_query(self._schema, "key", keys)),
                (Occur.Must, Query.exists_query("copy")),
            ]
        )
        with _readable(self._folder):
            found = self._searcher.search(Query.const_score_query(copies, 0.0), len(keys), count=False)
            addresses = [address for _score, address in found.hits]
            pairs = zip(self._numbers("key", addresses), self._numbers("copy", addresses), strict=True)
        return {key >> 1: leader >> 1 for key, leader in pairs}

    def frequency(self, word: str, language: str) -> int:
        return self._searcher.doc_freq(f"word_{language}", word)

    def stem_frequency(self, stem: str, language: str) -> int:
        return self._searcher.doc_freq(f"stem_{language}", stem)

    def contents(self) -> Iterator[tuple[Kind, int, int]]:
        everything = self._searcher.search(Query.all_query(), max(self.document_count, 1), count=False)
        addresses = [address for _score, address in everything.hits]
        keys, fingerprints = self._numbers("key", addresses), self._numbers("fingerprint", addresses)
        for key, fingerprint in zip(keys, fingerprints, strict=True):
            yield Kind(key & 1), key >> 1, fingerprint

    def _hits(self, found: list[tuple[float, tantivy.DocAddress]]) -> list[EngineHit]:
        addresses = [address for _score, address in found]
        days = self._searcher.fast_field_values("day", addresses)
        facts = zip(
            self._numbers("key", addresses), days, self._numbers("place", addresses), found, strict=True
        )
        return [
            EngineHit(Kind(key & 1), key >> 1, score, None if day is None else int(day), place)
            for key, day, place, (score, _address) in facts
        ]

    def _numbers(self, field: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        return [int(value or 0) for value in self._searcher.fast_field_values(field, addresses)]

    def _counts(self, request: EngineRequest, fields: Collection[FacetField]) -> FacetCounts:
        if not request.near:
            return self._counted(self._query(request, scored=False), fields)
        # What the words find has been counted; the few that are only near are added.
        by_words = replace(request, near=frozenset())
        known = self._counts_of(by_words)
        counts = known if known.keys() >= set(fields) else self._counts(by_words, fields)
        only_near = self._counted(self._builder(scored=False).only_near(request), fields)
        return {field: _together(counts[field], only_near[field]) for field in fields}

    def _counted(self, query: Query, fields: Iterable[FacetField]) -> FacetCounts:
        wanted = {
            field.value: {
                "terms": {"field": FILTERS[field], "size": _size(field), "segment_size": _FACET_VALUES}
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

    def _builder(self, *, scored: bool) -> QueryBuilder:
        return QueryBuilder(self._schema, self._searcher, scored=scored)


def _chosen(request: EngineRequest) -> set[FacetField]:
    return {field for field in FacetField if getattr(request.filters, field)}


def _together(one: _Buckets, other: _Buckets) -> _Buckets:
    counts = Counter(dict(one))
    counts.update(dict(other))
    return sorted(counts.items(), key=lambda bucket: (-bucket[1], str(bucket[0])))


def _size(field: FacetField) -> int:
    return _GROUPS_COUNTED if field is FacetField.COPIES else _FACETS_SHOWN
