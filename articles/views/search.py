"""The front page: a search field and the newest, or what was found with the facets to narrow it by."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from articles.attribution import Node, attribution_tree
from articles.attribution.summary import summary_sentence
from articles.models import Appearance, Article, Claim
from articles.search.engine import Kind, SearchUnavailable
from articles.search.forms import HITS_PER_PAGE, SearchRequest
from articles.search.results import Hit, SearchPage, SuggestedPart
from articles.search.service import search as find
from articles.views.common import localised, page_language, public_page, public_read
from articles.views.entities import shown_entity
from articles.views.narrowing import (
    active_filters,
    address,
    asked_of,
    hidden_filters,
    shown_facets,
    unnarrowed,
)
from articles.views.summaries import articles_for_list, lend_openings, light_tellings, summarise
from articles.views.timeline import timeline
from newsroom.gate import DEEPEST_PAGE
from newsroom.text.fragments import Fragment
from newsroom.text.highlight import marked_html
from newsroom.text.languages import detect_language, other_language

NEWEST_CLAIMS = 6
NEWEST_ARTICLES = 8
# The front page draws one of so many claims, unless its tree would fill the screen.
SPECIMEN_AMONG = 100
MOST_DRAWN = 9


@public_read
def search(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    asked = asked_of(request)
    context = found(asked, at=at) if asked.text or asked.is_narrowed else newest(at=at)
    # A page of results is no page for a search engine to keep: its canonical address is the front page.
    response = public_page(
        request,
        context.pop("template"),
        context | {"asked": asked, "query": asked.text},
        address=lambda language: localised("search", language),
    )
    if "is_unavailable" in context:
        response.status_code = 503
        response.headers["Retry-After"] = "5"
    return response


@dataclass(frozen=True, slots=True)
class Specimen:
    """A claim whose tree the front page draws, to show at a glance what this site is about."""

    claim: Claim
    tree: tuple[Node, ...]
    sentence: str


def specimen(*, at: datetime.datetime) -> Specimen | None:
    """The most told of the newest claims; None while no claim is told more than once."""
    newest = Claim.objects.published(at=at).newest_first().values_list("pk", flat=True)[:SPECIMEN_AMONG]
    counted = Claim.objects.filter(pk__in=list(newest)).with_counts(at=at)
    claim = (
        counted.filter(telling_count__gt=1, telling_count__lte=MOST_DRAWN)
        .order_by("-telling_count", "-publish_at", "-pk")
        .first()
    )
    if claim is None:
        return None
    told = light_tellings(Appearance.objects.published(at=at).filter(claim=claim), user=None, at=at)
    return Specimen(claim, attribution_tree(told), summary_sentence(told, page_language()))


def newest(*, at: datetime.datetime) -> dict[str, Any]:
    claims = Claim.objects.published(at=at).newest_first()[:NEWEST_CLAIMS]
    articles = articles_for_list(Article.objects.published(at=at)).newest_first()[:NEWEST_ARTICLES]
    return {
        "template": "articles/front.html",
        "specimen": specimen(at=at),
        "claims": summarise(claims, page_language(), user=None, at=at),
        "articles": lend_openings(articles),
    }


def found(asked: SearchRequest, *, at: datetime.datetime) -> dict[str, Any]:
    try:
        page = find(asked, user=None, at=at)
    except SearchUnavailable:
        return {"template": "articles/search.html", "is_unavailable": True}
    last = min(page.page_count, DEEPEST_PAGE)
    if asked.page > max(last, 1):
        raise Http404
    claims = [hit.record for hit in page.hits if isinstance(hit.record, Claim)]
    summarise(claims, page_language(), user=None, at=at)
    facets = shown_facets(page)
    chips = active_filters(asked, page.facets, at=at)
    return {
        "template": "articles/search.html",
        "results": page,
        "hits": [shown_hit(hit) for hit in page.hits],
        "facets": facets,
        "chips": chips,
        "hidden_filters": hidden_filters(chips, facets),
        "unnarrowed": unnarrowed(asked),
        "timeline": timeline(page.histogram, asked),
        "entities": [shown_entity(card, at=at) for card in page.entities],
        "instead": instead(page),
        "otherwise": in_other_language(page),
        "followed": f"?{replace(asked, page=1, page_size=HITS_PER_PAGE).query_string()}",
        "last_page": last,
        "is_cut": page.page_count > DEEPEST_PAGE,
    }


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The same search in the other language, and how much it finds there."""

    language: str
    count: int
    address: str


def in_other_language(page: SearchPage) -> Otherwise | None:
    """Where the reader asked for one language and that has none of the words, what the other one has."""
    asked = page.request
    if asked.language is None or page.total > page.total_by_meaning:
        return None
    other = other_language(asked.language)
    count = next((value.count for value in page.facets.get("lang", []) if value.value == other), 0)
    if not count:
        return None
    return Otherwise(other, count, address(asked, without=[("lang", None)], with_=[("lang", other)]))


def shown_hit(hit: Hit) -> dict[str, Any]:
    """A hit for the template, its words marked in HTML that holds no other tag."""
    return {
        "record": hit.record,
        "is_claim": hit.kind is Kind.CLAIM,
        "title": Fragment(str(hit.shown.title), hit.shown.language),
        "title_html": marked_html(hit.shown.title),
        "snippet": Fragment(str(hit.shown.snippet), hit.shown.language),
        "snippet_html": marked_html(hit.shown.snippet),
        "copies": shown_copies(hit),
    }


@dataclass(frozen=True, slots=True)
class Copies:
    """The other articles with the text of a hit, and how many outlets beside its own they are in."""

    articles: list[Article]
    outlets: int


def shown_copies(hit: Hit) -> Copies | None:
    articles = [also.article for also in hit.also_in]
    own = hit.record.outlet_id if isinstance(hit.record, Article) else None
    return Copies(articles, len({a.outlet_id for a in articles} - {None, own})) if articles else None


@dataclass(frozen=True, slots=True)
class Instead:
    """Another spelling of the query, the search for it, and its language, for whoever reads it aloud."""

    parts: Sequence[SuggestedPart]
    language: str
    address: str


def instead(page: SearchPage) -> Instead | None:
    if page.did_you_mean is None:
        return None
    text = page.did_you_mean.text
    return Instead(
        page.did_you_mean.parts,
        detect_language(text),
        address(page.request, without=[("q", None)], with_=[("q", text)]),
    )
