"""The site with the least that a request with a database query can do, to compare a search with."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any
from unittest import mock

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

if os.environ.get("ISNAD_BENCH_WORDS_ONLY"):
    mock.patch("articles.search.vectors.joining.encoder_name", return_value="").start()


def select_one(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        row: tuple[Any, ...] = cursor.fetchone()
    return HttpResponse(str(row[0]), content_type="text/plain")


# By name: nothing of the site's own depends on this, and include() takes no addresses with a language.
urlpatterns = [path("bench/select-one/", select_one), *import_module("newsroom.urls").urlpatterns]
