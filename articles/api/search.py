"""The search as JSON; docs/api.md describes it and what of it stays stable."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from articles.models import Article
from articles.search.engine import SearchUnavailable
from articles.search.forms import SearchForm
from articles.search.results import AlsoIn, FacetValue, Hit, SearchPage, Suggestion
from articles.search.service import search as find
from articles.views.common import public_read
from articles.views.narrowing import facet_label
from newsroom.errors import language_of
from newsroom.gate import BadInput
from newsroom.text.highlight import MARK_END, MARK_START, Excerpt
from newsroom.text.languages import LANGUAGES, detect_language

RETRY_AFTER_SECONDS = 5


@public_read
def search(request: HttpRequest) -> JsonResponse:
    """A page of hits, the exact total and the facets; 400 names the parameter that cannot be read."""
    language = language_of(request)
    with translation.override(language):
        form = SearchForm(request.GET, shown_language=_language_of_query(request, language))
        if wrong := form.first_error():
            parameter, sentence = wrong
            raise BadInput(sentence, parameter)
        try:
            page = find(form.request(), user=request.user, at=timezone.now())
        except SearchUnavailable:
            return _unavailable()
        response = _json(_page(page))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _language_of_query(request: HttpRequest, fallback: str) -> str:
    """Records in both languages are shown in that of the query."""
    detected = detect_language(request.GET.get("q", ""))
    return detected if detected in LANGUAGES else fallback


def _page(page: SearchPage) -> dict[str, Any]:
    return {
        "total": page.total,
        "page": page.request.page,
        "page_size": page.request.page_size,
        "loosened": page.is_loosened,
        "by_meaning": page.total_by_meaning,
        "copies": page.copies,
        "did_you_mean": _suggestion(page.did_you_mean),
        "results": [_hit(hit) for hit in page.hits],
        "facets": {
            parameter: [_facet_value(parameter, value) for value in values]
            for parameter, values in page.facets.items()
        },
        "histogram": {
            "unit": page.histogram.unit.value,
            "bars": [
                {
                    "start": bar.start.isoformat(),
                    "value": bar.value,
                    "count": bar.count,
                    "chosen": bar.is_chosen,
                }
                for bar in page.histogram.bars
            ],
        },
    }


def _hit(hit: Hit) -> dict[str, Any]:
    record, shown = hit.record, hit.shown
    title, title_marks = _plain(shown.title)
    snippet, snippet_marks = _plain(shown.snippet)
    dated = record.published_at if isinstance(record, Article) else record.occurred_on
    outlet = record.outlet if isinstance(record, Article) else None
    return {
        "type": hit.kind.code,
        "id": record.public_id,
        "external_id": record.external_id,
        "language": shown.language,
        "original_language": record.original_language,
        "title": title,
        "url": record.get_absolute_url(shown.language),
        "snippet": snippet,
        "marks": {"title": title_marks, "snippet": snippet_marks},
        "outlet": {"id": outlet.public_id, "name": outlet.name_in(shown.language).text} if outlet else None,
        "date": dated.isoformat() if dated else None,
        "verdict": None if isinstance(record, Article) else record.verdict,
        "score": round(hit.score, 4),
        "also_in": [_copy(also, shown.language) for also in hit.also_in],
    }


def _copy(also: AlsoIn, language: str) -> dict[str, Any]:
    article, outlet = also.article, also.outlet
    title = article.title_in(language)
    return {
        "id": article.public_id,
        "title": title.text,
        "language": title.language,
        "url": article.get_absolute_url(language),
        "outlet": {"id": outlet.public_id, "name": outlet.name_in(language).text} if outlet else None,
        "date": article.published_at.isoformat() if article.published_at else None,
    }


def _suggestion(suggestion: Suggestion | None) -> dict[str, Any] | None:
    if suggestion is None:
        return None
    parts = [{"text": part.text, "changed": part.is_changed} for part in suggestion.parts]
    return {"q": suggestion.text, "parts": parts}


def _facet_value(parameter: str, value: FacetValue) -> dict[str, Any]:
    if value.record is not None:
        label = value.record.name_in(translation.get_language() or LANGUAGES[0]).text
    else:
        label = str(facet_label(parameter, value))
    return {"value": value.value, "label": label, "count": value.count, "chosen": value.is_chosen}


def _plain(excerpt: Excerpt) -> tuple[str, list[list[int]]]:
    """The text, and the places of its marks in characters (Unicode code points), each [start, end)."""
    text: list[str] = []
    marks: list[list[int]] = []
    for character in excerpt.text:
        if character == MARK_START:
            marks.append([len(text), len(text)])
        elif character == MARK_END:
            marks[-1][1] = len(text)
        else:
            text.append(character)
    return "".join(text), marks


def _unavailable() -> JsonResponse:
    sentence = _("Search is being prepared. Try again in a moment.")
    response = _json({"error": {"status": 503, "parameter": None, "message": sentence}}, status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _json(content: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
