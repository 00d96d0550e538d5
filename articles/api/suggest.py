"""Completions of a query that is being typed, as JSON; docs/api.md describes it and what of it stays stable."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from articles.search.engine import SearchUnavailable
from articles.search.suggest import Completion, completions
from articles.views.common import public_read
from newsroom.errors import language_of
from newsroom.text.languages import LANGUAGES


@public_read
def suggest(request: HttpRequest) -> JsonResponse:
    """At most eight completions; none while there is no index, for a field that is typed in needs no error."""
    chosen = request.GET.get("lang", "")
    language = chosen if chosen in LANGUAGES else language_of(request)
    text = request.GET.get("q", "")
    with translation.override(language):
        try:
            found = completions(text, language=language, at=timezone.now())
        except SearchUnavailable:
            found = []
        content = {"q": text, "suggestions": [_completion(one) for one in found]}
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _completion(completion: Completion) -> dict[str, Any]:
    return {
        "type": completion.kind,
        "id": completion.record.public_id,
        "label": completion.label.text,
        "language": completion.label.language,
        "marks": [list(mark) for mark in completion.marks],
        "url": completion.url,
    }
