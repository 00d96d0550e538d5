"""Rows as they were, in JSON, and back into the database under their own keys."""

from __future__ import annotations

import datetime
from typing import Any

from django.apps import apps

CHANGE_REASON, UNDO_REASON = "merged", "merge undone"


def save(row: Any, by: Any, reason: str) -> None:
    """Save the row in somebody's name, with the reason in its history."""
    row._history_user, row._change_reason = by, reason
    row.save()


def as_json(row: Any) -> dict[str, Any]:
    """The row with its key and every column, for `restored`."""
    columns = (column for column in row._meta.local_concrete_fields if not column.primary_key)
    return {
        "model": row._meta.label_lower,
        "pk": row.pk,
        "fields": {column.attname: plain(getattr(row, column.attname)) for column in columns},
    }


def plain(value: Any) -> Any:
    """The value as JSON holds it, to the microsecond."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def restored(kept_as: dict[str, Any], by: Any) -> Any:
    """The row as it was, under its own key."""
    model = apps.get_model(kept_as["model"])
    translated = {
        column.translated_field.name
        for column in model._meta.local_fields
        if hasattr(column, "translated_field")
    }
    values = {
        column.attname: column.to_python(kept_as["fields"][column.attname])
        for column in model._meta.local_concrete_fields
        if column.attname in kept_as["fields"] and column.name not in translated
    }
    row = model(pk=kept_as["pk"], **values)
    row._history_user, row._change_reason = by, UNDO_REASON
    row.save(force_insert=True)
    # Set anew by every first save.
    if "created_at" in values:
        model._base_manager.filter(pk=row.pk).update(created_at=values["created_at"])
    return row
