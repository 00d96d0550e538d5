"""The sitemap: an index of bounded parts, each page in both languages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Claim, Outlet
from articles.querysets import publicly_named
from articles.views.common import public_read
from articles.views.summaries import lend_openings, without_texts
from newsroom.text.languages import LANGUAGES
from people.models import Organisation, Person

ADDRESSES_PER_PART = 2_000
# The newest hundred thousand of each kind; a search engine finds the rest through the pages themselves.
MOST_PARTS = 50

SECTIONS = {
    "claims": lambda at: Claim.objects.published(at=at),
    "articles": lambda at: Article.objects.published(at=at),
    "people": lambda at: publicly_named(Person.objects.all(), at=at),
    "organisations": lambda at: publicly_named(Organisation.objects.all(), at=at),
    "outlets": lambda at: publicly_named(Outlet.objects.all(), at=at),
}


@public_read
def index(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    parts: list[str] = []
    for name, records in SECTIONS.items():
        count = records(at)[: ADDRESSES_PER_PART * MOST_PARTS].count()
        parts += [f"{name}-{part}" for part in range(1, -(-count // ADDRESSES_PER_PART) + 1)]
    addresses = [request.build_absolute_uri(reverse("sitemap_section", args=[part])) for part in parts]
    return render(request, "sitemap_index.xml", {"parts": addresses}, content_type="application/xml")


@public_read
def section(request: HttpRequest, section: str) -> HttpResponse:
    name, _dash, part = section.rpartition("-")
    if name not in SECTIONS or not (part.isascii() and part.isdigit() and 1 <= int(part[:6]) <= MOST_PARTS):
        raise Http404
    records = SECTIONS[name](timezone.now()).order_by("-pk")
    if name == "articles":
        records = without_texts(records)
    first = (int(part) - 1) * ADDRESSES_PER_PART
    found: list[Any] = list(records[first : first + ADDRESSES_PER_PART])
    if not found:
        raise Http404
    if name == "articles":
        lend_openings(found)
    root = request.build_absolute_uri("/").rstrip("/")
    pages = []
    for record in found:
        addresses = [(language, root + record.get_absolute_url(language)) for language in LANGUAGES]
        pages += [(address, addresses, record.updated_at) for _language, address in addresses]
    return render(request, "sitemap.xml", {"pages": pages}, content_type="application/xml")
