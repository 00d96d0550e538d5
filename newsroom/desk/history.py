"""The history of a record, both languages in it, and the way back: an old version opens in the ordinary form."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from newsroom.desk.fields import language_labels
from newsroom.text.dates import DatePrecision, partial_date
from newsroom.text.languages import LANGUAGES, direction

RESTORE = "restore"
EMPTY = (None, "")
# Changed by every save, and so worth no line.
UNSAID = ("version", "updated_at", "created_at", "id", "quote_prefix", "quote_suffix", "quote_start")


class DeskHistory(SimpleHistoryAdmin):
    object_history_template = "admin/desk_history.html"
    history_list_per_page = 25

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """An old version, in the form of the present record.

        simple_history would save the old row as it is, its status included; this way permissions, constraints, the
        quotes in the text and the version are checked as in every save.
        """
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        opts = self.model._meta
        change = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
        if not self.has_change_permission(request, record) or not version_id.isdecimal():
            return HttpResponseRedirect(change)
        return HttpResponseRedirect(f"{change}?{RESTORE}={version_id}")

    def get_history_queryset(
        self, request: HttpRequest, history_manager: Any, pk_name: str, object_id: Any
    ) -> Any:
        """As simple_history's, whose empty select_related() Django warns of on models without foreign keys."""
        rows = history_manager.filter(**{pk_name: object_id})
        keys = [column.name for column in history_manager.model.tracked_fields if column.many_to_one]
        return rows.select_related("history_user", *keys)

    def history_view_title(self, request: HttpRequest, obj: Any) -> str:
        return _("History of “%(record)s”") % {"record": obj}

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Iterable[Any], foreign_keys_are_objs: bool = True
    ) -> None:
        set_changes(self.model, historical_records)


def set_changes(model: type[models.Model], rows: Iterable[Any]) -> None:
    """Give each history row but the oldest `desk_changes`: what it changed, field by field."""
    unsaid = {*UNSAID, *_rewritten_columns(model)}
    newer = None
    for row in rows:
        if newer is not None:
            newer.desk_changes = _changes(model, newer, row, unsaid)
        newer = row


def _rewritten_columns(model: type[models.Model]) -> set[str]:
    """modeltranslation's original columns repeat one of the language columns."""
    return {
        field.translated_field.name
        for field in model._meta.local_fields
        if hasattr(field, "translated_field")
    }


def _changes(model: type[models.Model], newer: Any, older: Any, unsaid: set[str]) -> list[dict[str, Any]]:
    """What differs between two versions. Not simple_history's own: that passes over the status, which no form edits."""
    changes = []
    labels = language_labels(model)
    for column in newer.tracked_fields:
        before, after = getattr(older, column.attname), getattr(newer, column.attname)
        # An empty language column may be NULL or "": that is no difference to a reader.
        if column.name in unsaid or before == after or (before in EMPTY and after in EMPTY):
            continue
        language = getattr(column, "language", "")
        changes.append(
            {
                "field": labels.get(column.name) or capfirst(column.verbose_name),
                "old": _shown(column, older),
                "new": _shown(column, newer),
                "lang": language,
                "dir": direction(language),
            }
        )
    several = [field.name for field in model._meta.many_to_many if hasattr(newer, field.name)]
    if several:
        for change in newer.diff_against(older, included_fields=several, foreign_keys_are_objs=True).changes:
            column = cast("models.ManyToManyField", model._meta.get_field(change.field))
            target = column.m2m_reverse_field_name()
            old, new = (
                " · ".join(str(row[target]) for row in rows) or "—" for rows in (change.old, change.new)
            )
            changes.append(
                {"field": capfirst(column.verbose_name), "old": old, "new": new, "lang": "", "dir": "auto"}
            )
    return changes


def _shown(column: Any, row: Any) -> str:
    if column.is_relation:
        return str(getattr(row, column.name, None) or "—")
    value = getattr(row, column.attname)
    if value is None or value in ("", [], {}):
        return "—"
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, datetime.datetime):
        language = get_language() or LANGUAGES[0]
        return partial_date(value, DatePrecision.MOMENT, language, timezone.get_current_timezone())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def restored_values(request: HttpRequest, record: Any) -> dict[str, Any] | None:
    """The field values of the version that `?restore=` names, if it is one of this record's."""
    version = request.GET.get(RESTORE, "")
    if not version.isdecimal() or not hasattr(record, "history"):
        return None
    old = record.history.filter(history_id=version).first()
    if old is None:
        return None
    values = {}
    for column in record._meta.local_fields:
        if column.editable and hasattr(old, column.attname):
            values[column.name] = getattr(old, column.attname)
    return values
