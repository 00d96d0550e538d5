"""Columns and counts that several lists share, none of which asks the database for each row."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.workflow import state_name, state_of
from newsroom.text.dates import partial_date
from newsroom.text.fragments import Fragment
from newsroom.text.languages import LANGUAGES


def number_of(rows: QuerySet, field: str) -> Coalesce:
    """How many of the rows belong to each record, by their column; a subquery, so that no row is counted twice."""
    counted = (
        rows.filter(**{field: OuterRef("pk")})
        .order_by()
        .values(field)
        .annotate(number=Count("pk", distinct=True))
    )
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)


def shown(fragment: Fragment) -> SafeString:
    """A text in its own language and direction; a small mark says where it stands in for a missing translation."""
    if not fragment.text:
        return format_html('<span class="none">{}</span>', _("without a title"))
    text = format_html(
        '<span lang="{}" dir="{}">{}</span>', fragment.language, fragment.direction, fragment.text
    )
    if not fragment.is_fallback:
        return text
    return format_html('{} <span class="badge">{}</span>', text, _("not translated"))


def title(record: Any) -> SafeString:
    return shown(record.title_in(get_language() or LANGUAGES[0]))


def languages(record: Any) -> SafeString:
    """Which of the two languages it has."""
    present = record.languages
    return format_html_join(
        " ",
        '<span class="{}" title="{}">{}</span>',
        (
            (
                "has" if code in present else "lacks",
                {"ar": _("Arabic"), "en": _("English")}[code]
                + (": ✓" if code in present else ": " + _("missing")),
                {"ar": "ع", "en": "en"}[code],
            )
            for code in LANGUAGES
        ),
    )


def status_pill(record: Any) -> SafeString:
    return format_html('<span class="status status-{}">{}</span>', state_of(record), state_name(record))


def day(value: Any, precision: str) -> str:
    """A date in words, in the language of the page and in our time zone, or a dash."""
    language = get_language() or LANGUAGES[0]
    return partial_date(value, precision, language, timezone.get_current_timezone()) if value else "—"


def change_link(record: Any, text: Any = None) -> SafeString:
    opts = record._meta
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
    return format_html('<a href="{}">{}</a>', url, str(record) if text is None else text)
