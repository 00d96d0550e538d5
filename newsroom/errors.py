"""The pages for what went wrong, in the language of the address, and their JSON for the API."""

from __future__ import annotations

import re
import sys
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from newsroom.text.languages import LANGUAGES, direction, other_language

_LANGUAGE_OF_PATH = re.compile(r"^/(ar|en)(?:/|$)")


def language_of(request: HttpRequest) -> str:
    """The language of the address, or else of the reader's browser, or else Arabic."""
    in_path = _LANGUAGE_OF_PATH.match(request.path_info)
    if in_path:
        return in_path[1]
    # Not get_language_from_request: the gate runs before anything that this function would touch is known to be sane.
    for wanted in request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:200].split(","):
        code = wanted.split(";")[0].strip().lower().split("-")[0]
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, naming the parameter where one is known."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    sentence = str(getattr(exception, "sentence", "")) or None
    return _answer(request, 400, sentence=sentence, parameter=getattr(exception, "parameter", ""))


def too_large(request: HttpRequest) -> HttpResponse:
    """413 for a form that holds more than any form of this site does."""
    return _answer(
        request,
        413,
        sentence=_(
            "Nothing was saved: what was sent is larger than %(size)d MB or has too many fields. Go back, where your "
            "words still are, and send them in parts; a long text can be imported as a file."
        )
        % {"size": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2},
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 404)


def gone(request: HttpRequest, **context: Any) -> HttpResponse:
    """410 for what was withdrawn; the context holds the record and the reason."""
    return _answer(request, 410, **context)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; where the database is away or does not answer in time, 503: that passes, and nothing is wrong with the page."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return too_slow(request)
    return _answer(request, 500)


def too_slow(request: HttpRequest) -> HttpResponse:
    """503 for a read that reached its time limit, or found no database."""
    return _not_now(request, seconds=5)


def being_prepared(request: HttpRequest) -> HttpResponse:
    """503 while there is no search index to ask."""
    return _not_now(
        request,
        seconds=5,
        title=_("Not available at the moment"),
        sentence=_("Search is being prepared. Try again in a moment."),
    )


def out_of_reach(request: HttpRequest) -> HttpResponse:
    """503 while the database does not answer."""
    return _not_now(
        request,
        seconds=60,
        title=_("Not available at the moment"),
        sentence=_("This site cannot reach its own records just now. Try again in a minute."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    return _answer(
        request,
        403,
        sentence=_("The form was open too long, or cookies are off. Go back, reload and try again."),
    )


def _not_now(request: HttpRequest, *, seconds: int, **said: str) -> HttpResponse:
    """503, and after how many seconds to ask again."""
    response = _answer(request, 503, **said)
    response.headers["Retry-After"] = str(seconds)
    return response


def _answer(
    request: HttpRequest,
    status: int,
    *,
    title: str = "",
    sentence: str | None = None,
    parameter: str = "",
    **context: Any,
) -> HttpResponse:
    language = language_of(request)
    with translation.override(language):
        if request.path_info.startswith("/api/"):
            error = {"status": status, "parameter": parameter or None, "message": sentence or _title(status)}
            return JsonResponse({"error": error}, status=status, json_dumps_params={"ensure_ascii": False})
        # No request in the context: its processors ask the session and the database, which may be what failed.
        page = {
            "status": status,
            "title": title or _title(status),
            "sentence": sentence,
            "language": language,
            "LANGUAGE_CODE": language,
            "LANGUAGE_BIDI": direction(language) == "rtl",
            "alternate": _in_other_language(request, status),
            # Whoever works there goes back there.
            "is_desk": request.path_info.startswith(f"/{language}/admin/"),
            **context,
        }
        body = render_to_string([f"{status}.html", "error.html"], page)
    response = HttpResponse(body, status=status)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store" if status >= 500 else "no-cache"
    return response


def _in_other_language(request: HttpRequest, status: int) -> tuple[str, str] | None:
    """Code and address of the same answer in the other language; none where the address itself is what is wrong."""
    in_path = _LANGUAGE_OF_PATH.match(request.path_info)
    if in_path is None or status in {400, 413}:
        return None
    other = other_language(in_path[1])
    address = quote(f"/{other}{request.path_info[len(in_path[1]) + 1 :]}")
    query = request.META.get("QUERY_STRING", "")
    return other, f"{address}?{query}" if query else address


def _title(status: int) -> str:
    return {
        400: _("This request cannot be answered"),
        403: _("This page is not open to you"),
        404: _("There is no such page"),
        410: _("This was withdrawn"),
        413: _("This is too much at once"),
        500: _("Something broke on our side"),
        503: _("This took too long"),
    }[status]
