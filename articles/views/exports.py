"""What a search found as a file for spreadsheets: one row a record, in the order of the page."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, Claim
from articles.search.engine import SearchUnavailable
from articles.search.results import SearchPage
from articles.search.service import search as find
from articles.views.common import page_language, public_read
from articles.views.narrowing import asked_of
from newsroom.errors import being_prepared
from newsroom.text.dates import DatePrecision
from newsroom.text.languages import ARABIC, ENGLISH, LANGUAGE_NAMES
from newsroom.text.numbers import localised_number

MOST_ROWS = 500
# What a spreadsheet takes for a formula, in the wide forms of Asian keyboards too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_PARTS = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}


@public_read
def search_csv(request: HttpRequest) -> HttpResponse:
    """The first rows of any search, with a last row that says so where there are more."""
    asked = replace(asked_of(request), page=1, page_size=MOST_ROWS)
    at = timezone.now()
    try:
        page = find(asked, user=None, at=at)
    except SearchUnavailable:
        return being_prepared(request)
    body = StringIO()
    writer = csv.writer(body)
    writer.writerow(_headings())
    written = list(_rows(request, page))
    writer.writerows([_harmless(cell) for cell in row] for row in written)
    if len(written) < page.total:
        writer.writerow([_cut(len(written), page.total)])
    # Without the mark spreadsheets read UTF-8 as something else.
    response = HttpResponse("\ufeff" + body.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="isnad-search-{at:%Y-%m-%d}.csv"'
    response.headers["X-Isnad-Total"] = str(page.total)
    response.headers["X-Isnad-Rows"] = str(len(written))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _headings() -> list[str]:
    return [
        _("Kind"), _("Title in Arabic"), _("Title in English"), _("Original language"), _("Outlet"), _("Date"), _("Assessment"),
        _("Address"), _("Original address"), _("Id"), _("Copy of"),
    ]  # fmt: skip


def _rows(request: HttpRequest, page: SearchPage) -> Iterator[list[str]]:
    for hit in page.hits:
        yield _row(request, hit.record)
        for copy in hit.also_in:
            yield _row(request, copy.article, copy_of=hit.record.public_id)


def _row(request: HttpRequest, record: Article | Claim, *, copy_of: str = "") -> list[str]:
    titles = {language: record.title_in(language) for language in (ARABIC, ENGLISH)}
    address = request.build_absolute_uri(record.get_absolute_url())
    return [
        _kind(record),
        *("" if title.is_fallback else title.text for title in titles.values()),
        str(LANGUAGE_NAMES.get(record.original_language, record.original_language)),
        *_of_its_kind(record),
        address,
        record.url if isinstance(record, Article) else "",
        record.public_id,
        copy_of,
    ]


def _kind(record: Article | Claim) -> str:
    return _("Article") if isinstance(record, Article) else _("Claim")


def _of_its_kind(record: Article | Claim) -> list[str]:
    """Outlet, date and assessment."""
    if isinstance(record, Claim):
        return ["", _date(record.occurred_on, record.occurred_precision), record.get_verdict_display()]
    outlet = record.outlet.name_in(page_language()).text if record.outlet else ""
    return [outlet, _date(record.published_at, record.published_precision), ""]


def _date(value: datetime.date | None, precision: str) -> str:
    """The date no more exact than it is known, as spreadsheets sort it."""
    if isinstance(value, datetime.datetime):
        value = timezone.localdate(value)
    return value.isoformat()[: _PARTS.get(DatePrecision(precision or "day"), 10)] if value else ""


def _harmless(cell: str) -> str:
    """The cell as text: what would be a formula begins with an apostrophe instead."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cut(rows: int, total: int) -> str:
    language = page_language()
    numbers = {"rows": localised_number(rows, language), "total": localised_number(total, language)}
    sentence = ngettext(
        "This file ends here: it has the first %(rows)s of %(total)s result. Narrow the search for the rest.",
        "This file ends here: it has the first %(rows)s of %(total)s results. Narrow the search for the rest.",
        total,
    )
    return sentence % numbers
