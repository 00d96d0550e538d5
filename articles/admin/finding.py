"""Finding articles and claims at the desk: as readers find them, by any part of a title, by public id, by a pasted address."""

from __future__ import annotations

import logging
import re
from typing import Any

from django.db.models import Q
from django.utils import timezone

from articles.models import Article
from articles.search.engine import EngineRequest, Filters, Kind, Match, SearchUnavailable, microseconds
from articles.search.query import parse
from articles.search.reader import searcher
from articles.search.terms import clauses
from newsroom.records import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH
from newsroom.spelling import spelled_like

logger = logging.getLogger(__name__)

# A list is looked through, not read to its end.
MOST_PUBLISHED = 200

_PUBLIC_ID = re.compile(rf"(?:^|/)([{PUBLIC_ID_ALPHABET}]{{{PUBLIC_ID_LENGTH}}})(?:/|$|\?|#)")
_ADDRESS = re.compile(r"^(https?://|www\.|/(ar|en)/)", re.IGNORECASE)


def is_address(text: str) -> bool:
    return bool(_ADDRESS.match(text))


def find(queryset: Any, text: str, columns: tuple[str, ...]) -> Any:
    """The rows that the text names: by our address or id, by the original's address, or by words.

    Words are looked for as the public search does, all of them anywhere in what is published, and as parts of words in the
    columns of every record: drafts are in no index, and an autocomplete asks with half a word.
    """
    if not text:
        return queryset
    ours = _PUBLIC_ID.search(text)
    if ours and (is_address(text) or ours[1] == text):
        found = queryset.filter(public_id=ours[1])
        if is_address(text) or found.exists():
            return found
    if is_address(text):
        if not hasattr(queryset.model, "url"):
            return queryset.none()
        plain = text.rstrip("/")
        return queryset.filter(Q(url=text) | Q(url=plain) | Q(url=f"{plain}/"))
    everyone = queryset.model._base_manager
    in_titles = spelled_like(everyone.all(), columns, text).values("pk")
    published = everyone.filter(pk__in=_published(queryset.model, text)).values("pk")
    # A union of two queries that each have an index; OR would read every record.
    return queryset.filter(pk__in=in_titles.union(published))


def _published(model: Any, text: str) -> list[int]:
    """The keys of the published records that have all the words, best first; none while there is no index."""
    terms = clauses(parse(text))
    if not terms:
        return []
    kind = Kind.ARTICLE if model is Article else Kind.CLAIM
    asked = EngineRequest(
        clauses=terms,
        at=microseconds(timezone.now()),
        match=Match.ALL,
        filters=Filters(kinds=frozenset({kind})),
        limit=MOST_PUBLISHED,
    )
    try:
        return [hit.pk for hit in searcher().search(asked).hits]
    except SearchUnavailable as reason:
        logger.info("%s The desk finds by titles alone.", reason)
        return []
