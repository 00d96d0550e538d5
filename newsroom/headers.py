"""Headers that every answer has, static files included, beside those that Django's own middleware sets."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class MoreHeaders:
    """Middleware: what a page may use of the device, and who may load what is here into a page of their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in settings.MORE_HEADERS.items():
            response.headers.setdefault(name, value)
        return response
