"""One public search: the request in, a page of records out, each of them read again from PostgreSQL."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils import timezone

from articles.choices import Verdict
from articles.models import Article, Claim, Outlet
from articles.querysets import publicly_named
from articles.search.collapsing import Collapsed, copies_of
from articles.search.did_you_mean import did_you_mean
from articles.search.engine import (
    EngineHit,
    EngineRequest,
    EngineResult,
    FacetCounts,
    FacetField,
    Filters,
    Kind,
    Match,
    Searcher,
    SearchUnavailable,
    Sort,
    microseconds,
)
from articles.search.essential import most_telling
from articles.search.forms import SearchRequest
from articles.search.glossary import with_synonyms
from articles.search.histogram import histogram, month_number, month_values
from articles.search.names import EntityCard, entity_cards, with_names
from articles.search.query import Occurs, parse
from articles.search.reader import report_broken, searcher
from articles.search.recency import in_order, with_recency
from articles.search.records import also_in, public_records
from articles.search.results import AlsoIn, FacetValue, Hit, SearchPage, Suggestion
from articles.search.shown import shown
from articles.search.terms import clauses, has_prefix, insisting_on_nothing, to_mark
from articles.search.vectors.joining import WORDS_LISTED, Joined, is_asked, join
from articles.search.verbs import with_verbs
from people.models import Organisation, Person

# Of so few words a reader expects all to occur; of more, any may be the one that counts.
MOST_WORDS_ALL_EXPECTED = 3
# With fewer hits for all words than this, those for some of them follow.
ENOUGH_HITS = 10
FACET_VALUES = 12
# How often more a page is asked for because records of it have just stopped being public.
_MORE_ROUNDS = 2
_RECORDS_KEPT = 2_000
# No record has this key: what is not public filters to nothing.
_NOBODY = 0

_LINKED: dict[FacetField, tuple[str, type[models.Model]]] = {
    FacetField.OUTLETS: ("outlet", Outlet),
    FacetField.PEOPLE: ("person", Person),
    FacetField.ORGANISATIONS: ("organisation", Organisation),
}


def search(request: SearchRequest, *, user: Any = None, at: datetime.datetime | None = None) -> SearchPage:
    """The page of hits that the request asks for.

    Raises SearchUnavailable while there is no index. `total` and the facets' counts come from one state of the index; a
    record that has just stopped being public is left out of the hits and of the total.
    """
    try:
        return _search(request, user=user, at=at or timezone.now())
    except SearchUnavailable:
        report_broken()
        raise


def _search(request: SearchRequest, *, user: Any, at: datetime.datetime) -> SearchPage:
    # One state of the index for hits, total and facets, whatever is committed meanwhile.
    index = searcher()
    terms = with_verbs(index, with_synonyms(most_telling(index, clauses(parse(request.text)))))
    asked = EngineRequest(
        clauses=terms,
        at=microseconds(at),
        filters=_filters(request, at=at),
        sort=Sort.DATE if not terms else request.sort,
        limit=max(request.page_size, WORDS_LISTED),
    )
    # The beginning of a word is no name, nor is it near anything in meaning.
    is_begun = has_prefix(terms)
    entities = entity_cards(index, request.text, at=at) if terms and not is_begun else []
    if not is_begun:
        asked = with_names(index, asked, request.text, entities)
    answer = _answered(index, asked, request, user=user, at=at)
    for _round in range(_MORE_ROUNDS):
        if not answer.gone:
            break
        # The index has not followed yet: everything is asked and counted once more without them.
        asked = replace(asked, without=frozenset(asked.without) | answer.gone)
        answer = _answered(index, asked, request, user=user, at=at)
    ranking, records = answer.ranking, answer.records
    found = [hit for hit in answer.listed if (hit.kind, hit.pk) in records]
    copies = also_in(copies_of(index, found, at=asked.at), user=user, at=at)
    wanted = to_mark(terms, ranking.stems)
    return SearchPage(
        request=request,
        total=max(ranking.total - len(answer.gone), len(found)),
        copies=answer.copies,
        hits=[_hit(hit, records[hit.kind, hit.pk], request.shown_language, wanted, copies) for hit in found],
        facets=_facets(index, answer.counts, request),
        histogram=histogram(answer.counts, request),
        is_loosened=answer.total_with_all < answer.total_by_words,
        total_with_all=answer.total_with_all,
        total_by_meaning=ranking.by_meaning,
        entities=entities if request.page == 1 else (),
        did_you_mean=_suggested(index, asked, request, entities, user=user, at=at),
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """The page as one state of the index has it, and which of its records are public."""

    ranking: _ByWords | Joined
    total_by_words: int
    total_with_all: int
    counts: FacetCounts
    copies: int
    listed: Sequence[EngineHit]
    records: Mapping[tuple[Kind, int], Article | Claim]

    @property
    def gone(self) -> frozenset[tuple[Kind, int]]:
        return frozenset((hit.kind, hit.pk) for hit in self.listed) - self.records.keys()


def _answered(
    index: Searcher, asked: EngineRequest, request: SearchRequest, *, user: Any, at: datetime.datetime
) -> _Answer:
    ranking, by_words, with_all = _ranked(index, asked, request.text, at=at)
    counts = index.facets(ranking.counted)
    collapsed = Collapsed(index, ranking, counts)
    listed = collapsed.page((request.page - 1) * request.page_size, request.page_size)
    records = public_records(listed, user=user, at=at)
    return _Answer(ranking, by_words, with_all, counts, collapsed.copies, listed, records)


def _hit(
    hit: EngineHit,
    record: Article | Claim,
    language: str,
    wanted: frozenset[str],
    copies: Mapping[int, Sequence[AlsoIn]],
) -> Hit:
    others = copies.get(hit.pk, ()) if hit.kind is Kind.ARTICLE else ()
    return Hit(record, hit.kind, hit.score, shown(record, language, wanted), others)


def _suggested(
    index: Searcher,
    asked: EngineRequest,
    request: SearchRequest,
    entities: Sequence[EntityCard],
    *,
    user: Any,
    at: datetime.datetime,
) -> Suggestion | None:
    """Another spelling, on the first page of a query that names nobody."""
    if request.page > 1 or entities or has_prefix(asked.clauses):
        return None
    return did_you_mean(index, asked, request.text, read=lambda hits: public_records(hits, user=user, at=at))


class _ByWords:
    """The order of the words alone."""

    by_meaning = 0
    stems: frozenset[str] = frozenset()

    def __init__(self, index: Searcher, asked: EngineRequest, result: EngineResult) -> None:
        self._index, self._first = index, list(result.hits)
        self.counted, self.total = asked, result.total
        if asked.sort is Sort.RELEVANCE:
            aged = [replace(hit, score=with_recency(hit.score, hit.day, at=asked.at)) for hit in self._first]
            self._first = sorted(aged, key=in_order)

    def page(self, offset: int, limit: int) -> list[EngineHit]:
        hits = self._first[offset : offset + limit]
        if len(hits) < limit and offset + len(hits) < self.total:
            after = max(offset, len(self._first))
            rest = replace(self.counted, offset=after, limit=limit - len(hits))
            hits = hits + list(self._index.search(rest).hits)
        return hits


def _ranked(
    index: Searcher, asked: EngineRequest, text: str, *, at: datetime.datetime
) -> tuple[_ByWords | Joined, int, int]:
    """What is found in its order, how many records match by words, and how many by the strictest reading of them."""
    result, asked, total_with_all = _matching(index, asked)
    joined = (
        join(index, asked, text, found=result, at=at)
        if is_asked(asked) and not has_prefix(asked.clauses)
        else None
    )
    return joined or _ByWords(index, asked, result), result.total, total_with_all


def _matching(index: Searcher, asked: EngineRequest) -> tuple[EngineResult, EngineRequest, int]:
    """The narrowest reading that finds enough, the request as it was read, and how many records the strictest found."""
    readings = _readings(asked)
    strictest = index.search(readings[0][0])
    result, read_as = strictest, readings[0][0]
    for (_before, enough), (wider, _enough) in pairwise(readings):
        if result.total >= enough:
            break
        result, read_as = index.search(wider), wider
    return result, read_as, strictest.total


def _readings(asked: EngineRequest) -> list[tuple[EngineRequest, int]]:
    """How a query may be read, strictest first, each with the number of hits that makes a wider reading needless."""
    readings: list[tuple[EngineRequest, int]] = []
    optional = sum(clause.occurs is Occurs.MAY for clause in asked.clauses)
    if optional > 1 and asked.sort is Sort.DATE:
        # By date, one shared word would put anything new first: all words stay, unless nothing has them.
        readings.append((replace(asked, match=Match.ALL), 1))
    elif 1 < optional <= MOST_WORDS_ALL_EXPECTED:
        readings.append((replace(asked, match=Match.ALL), ENOUGH_HITS))
    readings.append((asked, 1))
    if any(clause.occurs is Occurs.MUST for clause in asked.clauses):
        readings.append((replace(asked, clauses=insisting_on_nothing(asked.clauses)), 1))
    return readings


def _filters(request: SearchRequest, *, at: datetime.datetime) -> Filters:
    return Filters(
        kinds=request.kinds,
        languages=frozenset({request.language} if request.language else ()),
        outlets=_keys(Outlet, request.outlets, at=at),
        people=_keys(Person, request.people, at=at),
        organisations=_keys(Organisation, request.organisations, at=at),
        verdicts=request.verdicts,
        years=request.years,
        months=frozenset(map(month_number, request.months)),
        day_from=request.date_from.toordinal() if request.date_from else None,
        day_to=request.date_to.toordinal() if request.date_to else None,
    )


def _keys(model: type[models.Model], public_ids: frozenset[str], *, at: datetime.datetime) -> frozenset[int]:
    """The keys of those records that a reader may know of; where there is none, one that nothing has."""
    if not public_ids:
        return frozenset()
    known = publicly_named(model._default_manager.filter(public_id__in=public_ids), at=at)
    return frozenset(known.values_list("pk", flat=True)) or frozenset({_NOBODY})


def _facets(index: Searcher, counts: FacetCounts, request: SearchRequest) -> dict[str, list[FacetValue]]:
    facets = {
        "type": _codes(counts[FacetField.KINDS], request.kinds, lambda code: Kind(int(code)).code),
        "lang": _codes(counts[FacetField.LANGUAGES], {request.language} if request.language else set(), str),
        "verdict": _codes(counts[FacetField.VERDICTS], request.verdicts, str, order=Verdict.values),
        "year": sorted(
            _codes(counts[FacetField.YEARS], request.years, str), key=lambda value: -int(value.value)
        ),
        "month": month_values(counts, request),
    }
    for facet, (parameter, model) in _LINKED.items():
        facets[parameter] = _linked(index, model, counts[facet], getattr(request, facet.value))
    return facets


def _codes(
    counts: list[tuple[str | int, int]], chosen: Iterable[Any], spelled: Any, order: Sequence[str] = ()
) -> list[FacetValue]:
    chosen = {spelled(code) for code in chosen}
    values = [FacetValue(spelled(code), count, spelled(code) in chosen, code=code) for code, count in counts]
    absent = chosen - {value.value for value in values}
    values += [FacetValue(value, 0, True, code=value) for value in sorted(absent)]
    if order:
        values.sort(key=lambda value: order.index(value.value) if value.value in order else len(order))
    return values


def _linked(
    index: Searcher, model: type[models.Model], counts: list[tuple[str | int, int]], chosen: frozenset[str]
) -> list[FacetValue]:
    """The most frequent records and the chosen ones, by frequency."""
    frequencies = {int(key): count for key, count in counts}
    values = [
        FacetValue(record.public_id, frequencies.get(record.pk, 0), record.public_id in chosen, record)
        for record in _frequent_or_chosen(index, model, list(frequencies)[:FACET_VALUES], chosen)
        # A chosen record nobody may know of is not named, though its id was.
        if record.pk in frequencies or record.public_id not in chosen
    ]
    return sorted(values, key=lambda value: (-value.count, value.record.pk))


def _frequent_or_chosen(
    index: Searcher, model: type[models.Model], frequent: Sequence[int], chosen: frozenset[str]
) -> Iterable[Any]:
    """The records; the frequent ones are kept while the index is in this state, for they are the same for most queries.

    Another name of a record that facets list changes its documents, and so the state of the index.
    """
    known = [index.kept.get((model, pk)) for pk in frequent]
    if not chosen and all(known):
        return known
    wanted = models.Q(pk__in=frequent) | models.Q(public_id__in=chosen)
    found = list(model._default_manager.filter(wanted))
    if len(index.kept) > _RECORDS_KEPT:
        index.kept.clear()
    index.kept.update({(model, record.pk): record for record in found})
    return found
