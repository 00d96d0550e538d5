"""The history of a record, both languages in it, and the way back: an old version opens in the ordinary form."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from newsroom.desk.fields import language_labels
from newsroom.text.comparison import compare, folded
from newsroom.text.dates import DatePrecision, partial_date
from newsroom.text.languages import LANGUAGES, detect_language, direction

RESTORE = "restore"
EMPTY = (None, "")
# Changed by every save, and so worth no line; and who did what with it, which the line of the version says itself.
UNSAID = (
    *("version", "updated_at", "created_at", "id", "quote_prefix", "quote_suffix", "quote_start"),
    *("submitted_by", "submitted_at", "returned_by", "returned_at"),
)
# What the workflow writes beside a version.
REASONS = {
    "submitted": _("submitted for review"),
    "returned": _("returned with a note"),
    "approved": _("approved"),
    "published": _("published"),
    "published unapproved": _("published without a second person’s approval"),
    "rescheduled": _("given another moment of publication"),
    "unscheduled": _("schedule taken back"),
    "withdrawn": _("withdrawn"),
    "reopened": _("made a draft again"),
    "assessed": _("assessed"),
    "translation checked": _("translation confirmed"),
}
# In the lists to choose two versions from; older ones are chosen in the history.
MOST_CHOICES = 200


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

    def get_urls(self) -> list:
        opts = self.model._meta
        compare = path(
            "<path:object_id>/history/compare/",
            self.admin_site.admin_view(self.compare_view),
            name=f"{opts.app_label}_{opts.model_name}_compare",
        )
        return [compare, *super().get_urls()]

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Two versions word by word: `?from=&to=`, by default the present one and the one before it."""
        record = self.get_object(request, unquote(object_id))
        if record is None or not hasattr(record, "history"):
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        versions = list(self.get_history_queryset(request, self.model.history, "id", record.pk)[:2])
        older = self.version_of(request, record, "from") or (versions[-1] if versions else None)
        newer = self.version_of(request, record, "to") or (versions[0] if versions else None)
        if older is None or newer is None:
            raise Http404
        if (older.history_date, older.pk) > (newer.history_date, newer.pk):
            older, newer = newer, older
        name_reasons([older, newer])
        read_chosen(self.model, [older, newer])
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Two versions of “%(record)s”") % {"record": record},
            "opts": self.opts,
            "object": record,
            "older": older,
            "newer": newer,
            "changes": _changes(self.model, newer, older, _unsaid(self.model)),
            "is_present": bool(versions) and newer.pk == versions[0].pk,
            "choices": name_reasons(
                record.history.select_related("history_user")
                .only("history_date", "history_change_reason", "history_type", "history_user")
                .order_by("-history_date", "-history_id")[:MOST_CHOICES]
            ),
            "may_restore": self.has_change_permission(request, record),
            "public_versions": public_versions(record),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/desk_compare.html", context)

    def version_of(self, request: HttpRequest, record: Any, parameter: str) -> Any:
        """The version of this record that the address names; Http404 for one of another record."""
        asked = request.GET.get(parameter, "")
        if not asked:
            return None
        if not (asked.isdecimal() and asked.isascii()):
            raise Http404
        rows = self.get_history_queryset(request, self.model.history, "id", record.pk)
        if (found := rows.filter(history_id=asked).first()) is None:
            raise Http404
        return found

    def get_history_queryset(
        self, request: HttpRequest, history_manager: Any, pk_name: str, object_id: Any
    ) -> Any:
        """As simple_history's, whose empty select_related() Django warns of on models without foreign keys."""
        rows = history_manager.filter(**{pk_name: object_id}).order_by("-history_date", "-history_id")
        keys = [column.name for column in history_manager.model.tracked_fields if column.many_to_one]
        return rows.select_related("history_user", *keys)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if not (object_id.isascii() and object_id.isdecimal()):
            raise Http404
        record = self.get_object(request, unquote(object_id))
        return super().history_view(
            request,
            object_id,
            {
                "public_versions": public_versions(record) if record else [],
                "is_there": record is not None,
                **(extra_context or {}),
            },
        )

    def history_view_title(self, request: HttpRequest, obj: Any) -> str:
        return gettext("History of “%(record)s”") % {"record": obj}

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        rows = list(historical_records)
        # What the oldest of this page changed is told by the one before it, on the next page.
        before = rows[-1].prev_record if rows and historical_records.has_next() else None
        set_changes(self.model, [*rows, *([before] if before else [])])


def public_versions(record: Any) -> list[tuple[Any, Any]]:
    """The first and the last version that readers may have seen, each with its label; one where they are the same."""
    if not hasattr(record, "publish_at"):
        return []
    public = record.history.filter(status="published").only("history_id", "history_date")
    first, last = (
        public.order_by("history_date", "history_id").first(),
        public.order_by("-history_date", "-history_id").first(),
    )
    if first is None or last is None:
        return []
    if record.status == "published" or first.pk == last.pk:
        return [(first, _("Compare with what was published first"))]
    return [
        (last, _("Compare with what was public last")),
        (first, _("Compare with what was published first")),
    ]


def set_changes(model: type[models.Model], rows: Iterable[Any]) -> None:
    """Give each history row but the oldest `desk_changes`: what it changed, field by field; and each its reason."""
    unsaid = _unsaid(model)
    newer = None
    rows = name_reasons(rows)
    read_chosen(model, rows)
    for row in rows:
        if newer is not None:
            newer.desk_changes = _changes(model, newer, row, unsaid)
        newer = row


def name_reasons(rows: Iterable[Any]) -> list[Any]:
    """The rows, each with `desk_reason`: what was done, in the language of the page."""
    rows = list(rows)
    for row in rows:
        row.desk_reason = REASONS.get(row.history_change_reason or "", row.history_change_reason or "")
    return rows


def _unsaid(model: type[models.Model]) -> set[str]:
    return {*UNSAID, *_rewritten_columns(model)}


def read_chosen(model: type[models.Model], versions: Sequence[Any]) -> None:
    """Give each version `desk_chosen`: the records its relations to many named, by column, in a query a column."""
    for version in versions:
        version.desk_chosen = {column.name: [] for column in _several(model, type(version))}
    by_key = {version.pk: version for version in versions}
    for column in _several(model, type(versions[0])) if versions else ():
        target = column.m2m_reverse_field_name()
        rows = getattr(type(versions[0]), column.name).model.objects.filter(history_id__in=by_key)
        for row in rows.select_related(target):
            by_key[row.history_id].desk_chosen[column.name].append(getattr(row, target))


def _several(model: type[models.Model], history_model: Any) -> list[Any]:
    """The relations to many that the history keeps."""
    return [column for column in model._meta.many_to_many if hasattr(history_model, column.name)]


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
        changes.append(_change(labels, column, older, newer))
    for column in _several(model, type(newer)):
        old, new = (
            sorted(str(chosen) for chosen in version.desk_chosen[column.name]) for version in (older, newer)
        )
        if old != new:
            changes.append(
                {
                    "field": capfirst(column.verbose_name),
                    "removed": [name for name in old if name not in new],
                    "added": [name for name in new if name not in old],
                }
            )
    return changes


def _change(labels: dict[str, Any], column: Any, older: Any, newer: Any) -> dict[str, Any]:
    """One field: its text word by word, or its two values."""
    language = getattr(column, "language", "") or (
        newer.quote_language if column.name == "quote_exact" else ""
    )
    change = {
        "field": labels.get(column.name) or capfirst(column.verbose_name),
        "lang": language,
        "dir": direction(language or detect_language(str(getattr(newer, column.attname) or "")) or ""),
    }
    is_text = isinstance(column, models.CharField | models.TextField) and not column.choices
    if is_text and not isinstance(column, models.URLField):
        before, after = ((getattr(row, column.attname) or "").replace("\r\n", "\n") for row in (older, newer))
        return change | {"runs": folded(compare(before, after))}
    return change | {"old": _shown(column, older), "new": _shown(column, newer)}


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
        return gettext("yes") if value else gettext("no")
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
    read_chosen(type(record), [old])
    values |= {name: [chosen.pk for chosen in found if chosen] for name, found in old.desk_chosen.items()}
    return values
