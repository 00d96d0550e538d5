"""The pages about the site itself, and what it tells to machines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.choices import Verdict
from articles.models import Correction
from articles.views.common import localised, public_page, public_read, rows
from articles.views.summaries import lend_openings, without_texts
from newsroom.errors import language_of

MEANINGS = {
    Verdict.UNVERIFIED: _("Told, but not established: nobody independent of its origin has confirmed it."),
    Verdict.CORROBORATED: _("Independent origins agree on it."),
    Verdict.DISPUTED: _("Others tell it otherwise, and the matter is open."),
    Verdict.CONFIRMED: _("Evidence that anyone can check bears it out."),
    Verdict.REFUTED: _("Evidence that anyone can check contradicts it."),
}


@csrf_exempt
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the front page in the language that the reader's browser asks for; no cookie remembers it."""
    with override(language_of(request)):
        response = HttpResponseRedirect(reverse("search"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@csrf_exempt
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    body = render_to_string("robots.txt", {"sitemap": request.build_absolute_uri(reverse("sitemap_index"))})
    return HttpResponse(body, content_type="text/plain; charset=utf-8")


@public_read
def about(request: HttpRequest) -> HttpResponse:
    verdicts = [(verdict.value, verdict.label, MEANINGS[verdict]) for verdict in Verdict]
    return public_page(
        request,
        "articles/about.html",
        {"verdicts": verdicts},
        address=lambda language: localised("about", language),
    )


@public_read
def corrections(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    made = without_texts(
        Correction.objects.visible_to(None, at=at).select_related("article__outlet"), "article__"
    )
    page = rows(request, made.order_by("-made_at", "-pk"))
    numbered = f"?page={page.number}" if page.number > 1 else ""
    return public_page(
        request,
        "articles/corrections.html",
        {"page": page, "corrections": lend_openings(page, via="article")},
        address=lambda language: localised("corrections", language),
        canonical_query=numbered,
    )
