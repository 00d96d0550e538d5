"""The lists: everything public of one kind, newest or first in the alphabet, narrowed by its filter set."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import filters
from articles.models import Article, Claim, Outlet
from articles.querysets import publicly_named
from articles.views.common import localised, page_language, public_page, public_read, rows
from articles.views.narrowing import Chip
from articles.views.summaries import articles_for_list, lend_openings, summarise
from newsroom.text.dates import DatePrecision, partial_date
from newsroom.text.fragments import Fragment
from newsroom.text.languages import detect_language
from people.countries import country_name
from people.models import Organisation, Person

NAMES_PER_PAGE = 48


@public_read
def article_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    narrowed = filters.ArticleFilterSet(request.GET, Article.objects.published(at=at), at=at)
    page = rows(request, articles_for_list(narrowed.rows).newest_first())
    return list_page(request, "article_list", narrowed, page, {"articles": lend_openings(page)})


@public_read
def claim_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    narrowed = filters.ClaimFilterSet(request.GET, Claim.objects.published(at=at), at=at)
    page = rows(request, narrowed.rows.newest_first())
    claims = summarise(page, page_language(), user=None, at=at)
    return list_page(request, "claim_list", narrowed, page, {"claims": claims})


@public_read
def person_list(request: HttpRequest) -> HttpResponse:
    return named_list(request, "person_list", Person.objects.all(), filters.PersonFilterSet)


@public_read
def organisation_list(request: HttpRequest) -> HttpResponse:
    return named_list(request, "organisation_list", Organisation.objects.all(), filters.OrganisationFilterSet)


@public_read
def outlet_list(request: HttpRequest) -> HttpResponse:
    return named_list(request, "outlet_list", Outlet.objects.all(), filters.OutletFilterSet)


def named_list(
    request: HttpRequest, name: str, everyone: QuerySet, narrowing: type[filters.NamedFilterSet]
) -> HttpResponse:
    at = timezone.now()
    narrowed = narrowing(request.GET, publicly_named(everyone, at=at), at=at)
    page = rows(request, narrowed.rows.order_by(f"name_{page_language()}", "pk"), per_page=NAMES_PER_PAGE)
    return list_page(request, name, narrowed, page, {"names": page})


def chips(request: HttpRequest, narrowed: filters.PublicFilterSet) -> list[Chip]:
    """A chip for each filter of the list, as on the page of a search."""
    language = page_language()
    linked = {name: record for name, _label, record in narrowed.linked}
    found = []
    for name, value in narrowed.form.cleaned_data.items():
        if value in (None, ""):
            continue
        field = narrowed.form.fields[name]
        if name in linked:
            record: Any = linked[name]
            said = record.name_in(language) if record else Fragment(_("not known"), language)
        elif isinstance(value, datetime.date):
            said = Fragment(partial_date(value, DatePrecision.DAY, language), language)
        elif name == "country":
            # Any country may be asked for; the field names only those that lead somewhere.
            said = Fragment(country_name(value, language), language)
        elif isinstance(field, forms.ChoiceField):
            said = Fragment(str(dict(field.widget.choices).get(value, value)), language)
        else:
            said = Fragment(value, detect_language(value))
        found.append(Chip(field.label, said, name, str(value), without(request, name), is_labelled=True))
    return found


def without(request: HttpRequest, name: str) -> str:
    """The address of the list without one of its filters, on its first page."""
    query = request.GET.copy()
    for left_out in (name, "page"):
        query.pop(left_out, None)
    return f"?{query.urlencode()}" if query else request.path


def list_page(
    request: HttpRequest, name: str, narrowed: filters.PublicFilterSet, page: Any, context: dict[str, Any]
) -> HttpResponse:
    numbered = f"?page={page.number}" if page.number > 1 else ""
    context |= {
        "filter": narrowed,
        "chips": chips(request, narrowed),
        "page": page,
        "is_narrowed": narrowed.is_narrowed,
    }
    # A narrowed list is no page of its own for a search engine: its canonical address is the whole list.
    return public_page(
        request,
        f"articles/{name}.html",
        context,
        address=lambda language: localised(name, language),
        canonical_query="" if narrowed.is_narrowed else numbered,
    )
