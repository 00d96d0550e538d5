"""Whom a search names, for the card above what it found: the name in both languages, and how much there is on it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from articles.search.engine import EngineRequest, FacetField, Filters, Kind, microseconds
from articles.search.names import EntityCard
from articles.search.reader import searcher
from articles.views.common import page_language
from newsroom.text.fragments import Fragment
from newsroom.text.languages import other_language

_PARAMETERS = {
    FacetField.OUTLETS: "outlet",
    FacetField.PEOPLE: "person",
    FacetField.ORGANISATIONS: "organisation",
}


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or outlet as its card shows it."""

    record: Any
    name: Fragment
    # In the other language; empty where the record has none of its own there.
    other_name: Fragment
    link: str
    claims: int
    articles: int
    # The searches for those.
    claims_query: str
    articles_query: str


def shown_entity(card: EntityCard, *, at: datetime.datetime) -> Entity:
    language = page_language()
    name, other = card.record.name_in(language), card.record.name_in(other_language(language))
    return Entity(
        card.record,
        name,
        other if other.language != name.language else Fragment("", language),
        card.link,
        _count(card, Kind.CLAIM, at=at),
        _count(card, Kind.ARTICLE, at=at),
        _query(card, Kind.CLAIM),
        _query(card, Kind.ARTICLE),
    )


def _count(card: EntityCard, kind: Kind, *, at: datetime.datetime) -> int:
    """How many records the search that the card leads to has."""
    linked: Any = {card.facet.value: frozenset({card.record.pk})}
    filters = Filters(kinds=frozenset({kind}), **linked)
    return searcher().search(EngineRequest((), microseconds(at), filters=filters, limit=1)).total


def _query(card: EntityCard, kind: Kind) -> str:
    return "?" + urlencode({"type": kind.code, _PARAMETERS[card.facet]: card.record.public_id})
