"""What lists say of claims and articles: titles without the long texts, figures, and a chain in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Left

from articles.attribution import Telling
from articles.attribution.sentence import Phrase, chain_phrases
from articles.attribution.summary import summary_sentence
from articles.models import Appearance, Article, Claim
from articles.models.article import TITLE_FROM_BODY
from articles.querysets import AppearanceQuerySet
from articles.tellings import by_claim, tellings
from newsroom.text.languages import LANGUAGES

# What a list never shows; a title without a headline is made of the opening alone.
_TEXTS = ("raw_text", "cuts", "body", *(f"body_{language}" for language in LANGUAGES))
_OPENING = TITLE_FROM_BODY * 2


def articles_for_list(rows: QuerySet[Article]) -> QuerySet[Article]:
    """The articles with their outlets and without their long texts; `lend_openings` makes them fit for titles."""
    return without_texts(rows.select_related("outlet"))


def without_texts[Rows: QuerySet](rows: Rows, via: str = "") -> Rows:
    openings = {f"opening_{language}": Left(F(f"{via}body_{language}"), _OPENING) for language in LANGUAGES}
    return rows.defer(*(f"{via}{name}" for name in _TEXTS)).annotate(**openings)


def lend_openings(rows: Iterable[Any], *, via: str = "") -> list[Any]:
    """The rows, each article's body standing in by its opening, so that a title costs no query."""
    rows = list(rows)
    for row in rows:
        article = getattr(row, via) if via else row
        for language in LANGUAGES:
            # Written past the field, or Django would fetch the whole text to compare.
            article.__dict__[f"body_{language}"] = getattr(row, f"opening_{language}") or ""
    return rows


def light_tellings(appearances: AppearanceQuerySet, *, user: Any, at: datetime.datetime) -> list[Telling]:
    """The appearances as tellings, their articles without the long texts."""
    found = tellings(without_texts(appearances, "article__"), user=user, at=at)
    lend_openings([telling.record for telling in found], via="article")
    return found


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list says of a claim: how widely it is told, and the chain of one telling in phrases."""

    sentence: str
    phrases: tuple[Phrase, ...]
    # Of a claim told once, the chain says all there is to say.
    is_told_widely: bool


def fullest(told: Iterable[Telling]) -> Telling:
    """The telling that says most of where it comes from; of equals the first told."""
    return min(
        told,
        key=lambda telling: (-len(telling.steps), telling.published_on or datetime.date.max, telling.key),
    )


def summarise(claims: Iterable[Claim], language: str, *, user: Any, at: datetime.datetime) -> list[Claim]:
    """The claims, each with its `summary`; None for one without a telling that the user may see."""
    claims = list(claims)
    appearances = Appearance.objects.visible_to(user, at=at).filter(claim__in=[claim.pk for claim in claims])
    told = by_claim(light_tellings(appearances, user=user, at=at)) if claims else {}
    for claim in claims:
        mine = told.get(claim.pk)
        claim.summary = (
            Summary(summary_sentence(mine, language), chain_phrases(fullest(mine), language), len(mine) > 1)
            if mine
            else None
        )
    return claims
