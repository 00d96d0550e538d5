"""What the public views share: a bounded, read-only request; one address a record; the same page in both languages."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.paginator import InvalidPage, Page, Paginator
from django.db import OperationalError, connection, models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from psycopg.errors import QueryCanceled

from articles.merging import kept_in_place_of
from newsroom.errors import out_of_reach, too_slow
from newsroom.gate import DEEPEST_PAGE, BadInput
from newsroom.text.languages import LANGUAGES
from newsroom.text.numbers import localised_digits

ROWS_PER_PAGE = 20

logger = logging.getLogger(__name__)


def public_read(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view for readers: GET and HEAD only, one snapshot, and no query that holds a worker for long."""

    # What is refused for its method needs no token: 405 is the answer, not a word about forms.
    @csrf_exempt
    @require_safe
    @functools.wraps(view)
    def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT set_config('statement_timeout', %s, true)",
                        [str(settings.PUBLIC_STATEMENT_TIMEOUT)],
                    )
                response = view(request, *args, **kwargs)
        except OperationalError as stopped:
            # The limit of one query, or a database that is away: either way, later is better.
            if isinstance(stopped.__cause__, QueryCanceled):
                return too_slow(request)
            logger.exception("A public page could not be read.")
            return out_of_reach(request)
        # Revalidated each time: what is withdrawn is gone at once, and an unchanged page costs a 304.
        patch_cache_control(response, no_cache=True)
        if request.user.is_authenticated:
            # Not `private=False` for readers: Django would write that out, and no cache knows it.
            patch_cache_control(response, private=True)
        return response

    return bounded


def page_language() -> str:
    return get_language() or LANGUAGES[0]


def redirect_to_address(request: HttpRequest, record: Any) -> HttpResponse | None:
    """A permanent redirect to the record's one address, query string kept; None where the request is already there."""
    address = record.get_absolute_url()
    # Addresses are percent-encoded, the path of a request is not.
    if request.path == unquote(address):
        return None
    return HttpResponsePermanentRedirect(with_query(request, address))


def redirect_to_kept(request: HttpRequest, visible: models.QuerySet, public_id: str) -> HttpResponse | None:
    """A redirect from the address of a merged record to what it became; None where it was not merged, or that is not seen."""
    kept_id = kept_in_place_of(visible.model, public_id)
    kept: Any = visible.filter(public_id=kept_id).first() if kept_id else None
    return HttpResponsePermanentRedirect(with_query(request, kept.get_absolute_url())) if kept else None


def moved_or_missing(request: HttpRequest, visible: models.QuerySet, public_id: str) -> HttpResponse:
    """The redirect of `redirect_to_kept`; Http404 where there is none."""
    if elsewhere := redirect_to_kept(request, visible, public_id):
        return elsewhere
    raise Http404


def localised(name: str, language: str) -> str:
    """The path of a page that is not a record's, in that language."""
    with override(language):
        return reverse(name)


def with_query(request: HttpRequest, address: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address


def public_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    address: Callable[[str], str],
    canonical_query: str = "",
) -> HttpResponse:
    """The page, with its canonical address and its address in each language.

    `address` gives the path in a language; `canonical_query` is the part of the query that makes it a page of its own.
    """
    addresses = {language: address(language) for language in LANGUAGES}
    context |= {
        "canonical": addresses[page_language()] + canonical_query,
        "hreflang": [(language, path + canonical_query) for language, path in addresses.items()],
        # The switch keeps the whole query, filters and page included.
        "alternates": [
            (language, with_query(request, path))
            for language, path in addresses.items()
            if language != page_language()
        ],
    }
    return render(request, template, context)


def rows(
    request: HttpRequest, rows: models.QuerySet | Sequence[Any], *, per_page: int = ROWS_PER_PAGE
) -> Page:
    """The page of rows that the request asks for; Http404 past the last, BadInput for what is no number.

    Lists are at most fifty pages deep: an offset reads all that it skips.
    """
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:4]) <= DEEPEST_PAGE):
        sentence = _("“%(parameter)s” must be a number from 1 to %(largest)s.")
        raise BadInput(
            localised_digits(sentence % {"parameter": "page", "largest": DEEPEST_PAGE}, page_language()),
            "page",
        )
    try:
        return BoundedPaginator(rows, per_page).page(int(asked))
    except InvalidPage as past:
        raise Http404 from past


class BoundedPaginator(Paginator):
    """Has no page beyond the deepest, and counts no further: a count reads every row."""

    @functools.cached_property
    def count(self) -> int:
        """The number of rows, or the number that its pages can show where there are more (see `is_cut`)."""
        return min(self._counted, self._reach)

    @property
    def is_cut(self) -> bool:
        """Whether more rows exist than its pages reach."""
        return self._counted > self._reach

    @property
    def _reach(self) -> int:
        return DEEPEST_PAGE * self.per_page

    @functools.cached_property
    def _counted(self) -> int:
        few = self.object_list[: self._reach + 1]
        return few.count() if isinstance(few, models.QuerySet) else len(few)
