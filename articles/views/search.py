"""The front page: a search field and the newest, or what was found with the facets to narrow it by."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.attribution import Node, attribution_tree
from articles.attribution.summary import summary_sentence
from articles.choices import Verdict
from articles.models import Appearance, Article, Claim
from articles.search.engine import Kind, SearchUnavailable
from articles.search.forms import SearchForm, SearchRequest
from articles.search.service import FacetValue, Hit, SearchPage
from articles.search.service import search as find
from articles.views.common import localised, page_language, public_page, public_read
from articles.views.summaries import articles_for_list, lend_openings, light_tellings, summarise
from newsroom.gate import DEEPEST_PAGE, BadInput
from newsroom.text.fragments import Fragment
from newsroom.text.highlight import marked_html
from newsroom.text.languages import LANGUAGE_NAMES

NEWEST_CLAIMS = 6
NEWEST_ARTICLES = 8
# The front page draws one of so many claims, unless its tree would fill the screen.
SPECIMEN_AMONG = 100
MOST_DRAWN = 9

FACETS = {
    "type": _("Kind"),
    "verdict": _("Assessment"),
    "outlet": _("Outlet"),
    "person": _("People"),
    "organisation": _("Organisations"),
    "year": _("Year"),
    "lang": _("Language"),
}
KINDS = {Kind.CLAIM.code: _("Claims"), Kind.ARTICLE.code: _("Articles")}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet as the page shows it."""

    value: str
    label: Any
    count: int
    is_chosen: bool
    record: Any = None


@dataclass(frozen=True, slots=True)
class Facet:
    parameter: str
    label: Any
    choices: list[Choice]

    @property
    def is_exclusive(self) -> bool:
        return self.parameter == "lang"

    @property
    def is_chosen(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


@public_read
def search(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    form = SearchForm(request.GET, shown_language=page_language())
    if wrong := (not form.is_valid() and form.first_error()):
        raise BadInput(wrong[1], wrong[0])
    asked = form.request()
    context = found(asked, at=at) if asked.text or asked.is_narrowed else newest(at=at)
    # A page of results is no page for a search engine to keep: its canonical address is the front page.
    return public_page(
        request,
        context.pop("template"),
        context | {"form": form, "asked": asked, "query": asked.text},
        address=lambda language: localised("search", language),
    )


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
    return {
        "template": "articles/search.html",
        "results": page,
        "hits": [shown_hit(hit) for hit in page.hits],
        "facets": shown_facets(page),
        "last_page": last,
        "is_cut": page.page_count > DEEPEST_PAGE,
    }


def shown_hit(hit: Hit) -> dict[str, Any]:
    """A hit for the template, its words marked in HTML that holds no other tag."""
    return {
        "record": hit.record,
        "is_claim": hit.kind is Kind.CLAIM,
        "title": Fragment(str(hit.shown.title), hit.shown.language),
        "title_html": marked_html(hit.shown.title),
        "snippet": Fragment(str(hit.shown.snippet), hit.shown.language),
        "snippet_html": marked_html(hit.shown.snippet),
    }


def shown_facets(page: SearchPage) -> list[Facet]:
    """The facets that divide what was found, in the order of the page."""
    facets = [
        Facet(
            parameter,
            label,
            [
                Choice(value.value, facet_label(parameter, value), value.count, value.is_chosen, value.record)
                for value in page.facets.get(parameter, [])
            ],
        )
        for parameter, label in FACETS.items()
    ]
    return [facet for facet in facets if len(facet.choices) > 1 or facet.is_chosen]


def facet_label(parameter: str, value: FacetValue) -> Any:
    """What a value without a record of its own is called, in the reader's language."""
    if parameter == "type":
        return KINDS.get(value.value, value.value)
    if parameter == "verdict":
        return Verdict(value.value).label if value.value in Verdict.values else value.value
    if parameter == "lang":
        return LANGUAGE_NAMES.get(value.value, value.value)
    return value.value
