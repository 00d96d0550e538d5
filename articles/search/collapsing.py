"""Copies below one hit: the best placed article of a group stands for it, and no other page shows another of the group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from articles.search.engine import EngineHit, EngineRequest, FacetCounts, FacetField, Filters, Kind, Searcher
from articles.search.tantivy_query import document_key

# Below one hit; of more the first by date are named.
MOST_COPIES_NAMED = 20
_MOST_COPIES_READ = 1_000


class Ranking(Protocol):
    """All hits in their order, and the request whose facets count them."""

    total: int
    counted: EngineRequest

    def page(self, offset: int, limit: int) -> list[EngineHit]: ...


class Collapsed:
    """The hits of a ranking with every group of copies once, where its best placed article stands."""

    def __init__(self, index: Searcher, ranking: Ranking, counts: FacetCounts) -> None:
        """`counts` are those of the ranking's own request, so that what is left out is counted exactly."""
        self._index, self._ranking = index, ranking
        groups = counts[FacetField.COPIES]
        copies = sum(count for _leader, count in groups)
        if copies:
            # Where the leader does not match, the first of its copies stands for the group.
            leaders = frozenset((Kind.ARTICLE, int(key) >> 1) for key, _count in groups)
            matching = index.search(replace(ranking.counted, among=leaders, offset=0, limit=1)).total
            copies -= len(groups) - matching
        self.copies = copies

    @property
    def total(self) -> int:
        return self._ranking.total - self.copies

    def page(self, offset: int, limit: int) -> list[EngineHit]:
        """The hits from `offset` on, groups counted once."""
        if not self.copies:
            return self._ranking.page(offset, limit)
        wanted = offset + limit
        # More than so many cannot be needed; mostly far fewer are.
        reach = wanted + min(self.copies, wanted)
        while True:
            hits = self._ranking.page(0, reach)
            first = self._first_of_groups(hits)
            if len(first) >= wanted or reach >= self._ranking.total or len(hits) < reach:
                return first[offset:wanted]
            reach *= 2

    def _first_of_groups(self, hits: Sequence[EngineHit]) -> list[EngineHit]:
        leaders = self._index.leaders([hit.pk for hit in hits if hit.kind is Kind.ARTICLE])
        first: dict[tuple[Kind, int], EngineHit] = {}
        for hit in hits:
            group = leaders.get(hit.pk, hit.pk) if hit.kind is Kind.ARTICLE else hit.pk
            first.setdefault((hit.kind, group), hit)
        return list(first.values())


def copies_of(index: Searcher, hits: Sequence[EngineHit], *, at: int) -> Mapping[int, list[int]]:
    """Of those hits that have copies, or are one, the other articles of the group, whether they match or not."""
    articles = [hit.pk for hit in hits if hit.kind is Kind.ARTICLE]
    if not articles:
        return {}
    leaders = index.leaders(articles)
    groups = {pk: leaders.get(pk, pk) for pk in articles}
    keys = frozenset(document_key(Kind.ARTICLE, leader) for leader in groups.values())
    asked = EngineRequest((), at, filters=Filters(copies=keys), limit=_MOST_COPIES_READ)
    found = [hit.pk for hit in index.search(asked).hits]
    members: dict[int, list[int]] = {}
    for pk, leader in index.leaders(found).items():
        members.setdefault(leader, [leader]).append(pk)
    return {
        pk: [other for other in members[leader] if other != pk]
        for pk, leader in groups.items()
        if leader in members
    }
