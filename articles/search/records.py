"""The records of hits as PostgreSQL has them now: what is not public any more is not among them."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce, Left

from articles.models import Article, Claim
from articles.models.article import TITLE_FROM_BODY
from articles.search.collapsing import MOST_COPIES_NAMED
from articles.search.engine import EngineHit, Kind
from articles.search.results import AlsoIn
from articles.search.shown import SEARCHED_CHARACTERS
from newsroom.text.languages import LANGUAGES

type Key = tuple[Kind, int]


def public_records(
    hits: Iterable[EngineHit], *, user: Any, at: datetime.datetime
) -> dict[Key, Article | Claim]:
    """The articles and claims that are public at that moment, of articles the beginning of the text."""
    records: dict[Key, Article | Claim] = {}
    keys: dict[Kind, list[int]] = {kind: [] for kind in Kind}
    for hit in hits:
        keys[hit.kind].append(hit.pk)
    if keys[Kind.ARTICLE]:
        # Search is what readers see: the desk finds drafts and what was withdrawn in the admin.
        articles = Article.objects.visible_to(user, at=at).published(at=at).filter(pk__in=keys[Kind.ARTICLE])
        # As much of the text as a snippet is taken from.
        for article in _with_openings(articles.select_related("outlet"), SEARCHED_CHARACTERS):
            records[Kind.ARTICLE, article.pk] = article
    if keys[Kind.CLAIM]:
        for claim in Claim.objects.visible_to(user, at=at).published(at=at).filter(pk__in=keys[Kind.CLAIM]):
            records[Kind.CLAIM, claim.pk] = claim
    return records


def also_in(
    copies: Mapping[int, Collection[int]], *, user: Any, at: datetime.datetime
) -> dict[int, list[AlsoIn]]:
    """For articles with copies, those that are public now, in the order of their dates; one query for all."""
    keys = {pk for others in copies.values() for pk in others}
    if not keys:
        return {}
    public = Article.objects.visible_to(user, at=at).published(at=at).filter(pk__in=keys)
    by_date = public.select_related("outlet").order_by(Coalesce("published_at", "publish_at"), "pk")
    # Its title may be the first words of its text.
    articles = list(_with_openings(by_date, TITLE_FROM_BODY * 2))
    return {
        pk: [AlsoIn(article) for article in articles if article.pk in others][:MOST_COPIES_NAMED]
        for pk, others in copies.items()
    }


def _with_openings(articles: models.QuerySet, characters: int) -> Iterator[Article]:
    """The articles with no more of their bodies than that."""
    bodies = [f"body_{language}" for language in LANGUAGES]
    openings = {f"opening_of_{body}": Left(models.F(body), characters) for body in bodies}
    for article in articles.defer("raw_text", "cuts", "body", *bodies).annotate(**openings):
        for body in bodies:
            # Written past the field, or Django would fetch the whole text to compare.
            article.__dict__[body] = article.__dict__.pop(f"opening_of_{body}")
        yield article
