"""The same facts for machines: schema.org, in the page as a data block that no policy needs to allow.

https://schema.org/Claim, https://schema.org/ClaimReview, https://schema.org/NewsArticle
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localtime

from articles.attribution import Telling
from articles.models import Article, Assessment, Claim, Correction, Outlet
from newsroom.text.dates import DatePrecision
from newsroom.text.fragments import Fragment, fragment

SCHEMA = "https://schema.org"
MOST_APPEARANCES = 50
_EXACT = {DatePrecision.MOMENT, DatePrecision.DAY}
_PARTIAL = {DatePrecision.MONTH: "%Y-%m", DatePrecision.YEAR: "%Y"}


def article_data(
    request: HttpRequest,
    article: Article,
    language: str,
    *,
    corrections: Iterable[Correction],
    original: Article | None,
) -> dict[str, Any]:
    """The article as a NewsArticle with its corrections; nothing that the page does not say."""
    return _without_empty(
        {
            "@context": SCHEMA,
            **_article(request, article, language),
            "description": fragment(article, "standfirst", language).text,
            "sameAs": article.url,
            "isBasedOn": _article(request, original, language) if original else None,
            "correction": [
                {
                    "@type": "CorrectionComment",
                    **_text(correction.text_in(language)),
                    "datePublished": _day(correction.made_at),
                }
                for correction in corrections
            ],
        }
    )


def claim_data(
    request: HttpRequest,
    claim: Claim,
    language: str,
    *,
    told: Iterable[Telling],
    assessments: Iterable[Assessment],
) -> dict[str, Any]:
    """The claim with the articles it appears in, and what the desk made of it."""
    articles = {telling.record.article_id: telling.record.article for telling in told if telling.record}
    statement = claim.title_in(language)
    return _without_empty(
        {
            "@context": SCHEMA,
            "@type": "Claim",
            "@id": _absolute(request, claim, language),
            **_text(statement),
            "appearance": [
                _without_empty(_article(request, article, language))
                for article in list(articles.values())[:MOST_APPEARANCES]
            ],
            "subjectOf": [
                _without_empty(
                    {
                        "@type": "ClaimReview",
                        "claimReviewed": statement.text,
                        "datePublished": _day(assessment.assessed_at),
                        "reviewBody": assessment.rationale_in(language).text,
                        "reviewRating": {
                            "@type": "Rating",
                            "alternateName": str(assessment.get_verdict_display()),
                        },
                        "inLanguage": language,
                        "itemReviewed": {"@id": _absolute(request, claim, language)},
                        "author": {
                            "@type": "Organization",
                            "name": "Isnad",
                            "url": request.build_absolute_uri("/"),
                        },
                        "url": _absolute(request, claim, language),
                    }
                )
                for assessment in assessments
            ],
        }
    )


def _article(request: HttpRequest, article: Article, language: str) -> dict[str, Any]:
    title = article.title_in(language)
    return {
        "@type": "NewsArticle",
        "url": _absolute(request, article, language),
        "headline": title.text,
        "inLanguage": title.language,
        "datePublished": _partial(article.published_at, article.published_precision),
        "publisher": _outlet(article.outlet, language) if article.outlet else None,
    }


def _outlet(outlet: Outlet, language: str) -> dict[str, Any]:
    return _without_empty(
        {"@type": "NewsMediaOrganization", "name": outlet.name_in(language).text, "url": outlet.homepage}
    )


def _text(text: Fragment) -> dict[str, str]:
    return {"text": text.text, "inLanguage": text.language}


def _absolute(request: HttpRequest, record: Article | Claim, language: str) -> str:
    return request.build_absolute_uri(record.get_absolute_url(language))


def _partial(value: datetime.date | None, precision: str) -> str | None:
    """As much of the date as is known for certain; schema.org has no "about"."""
    if value is None:
        return None
    if isinstance(value, datetime.datetime):
        value = localtime(value)
        if precision == DatePrecision.MOMENT:
            return value.isoformat()
    if precision in _EXACT:
        return f"{value:%Y-%m-%d}"
    pattern = _PARTIAL.get(DatePrecision(precision)) if precision else None
    return value.strftime(pattern) if pattern else None


def _day(moment: datetime.datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d}"


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [])}
