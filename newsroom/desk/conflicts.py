"""A save that comes too late: what both people wrote is put side by side, and nothing is lost.

The form that was sent is laid anew onto the record as it now is. A field that only the other person changed takes the
stored text; a field that this person changed keeps theirs; rows that were added meanwhile join the form, rows that were
removed stay only if this person worked on them. Every field where the two differ is listed with both texts. The form
then carries the new version, so that saving again, after reading, goes through.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from newsroom.desk.fields import inner_widget, language_labels
from newsroom.desk.forms import (
    OPENED_AS,
    VERSION,
    DeskForm,
    fingerprint,
    sent_values,
    shown_values,
)
from newsroom.text.languages import LANGUAGES, direction

MOST_ROWS = 1_000
JOINED = " · "
# Fields of free text that have no language column.
FREE_TEXT = frozenset({"quote_exact", "text", "note", "byline"})


@dataclass(slots=True)
class Difference:
    """One field in which the stored record and the sent form differ."""

    label: str
    row: str
    stored: str
    yours: str
    lang: str = ""
    dir: str = "auto"
    # The form holds the stored text: only the other person had changed it.
    takes_stored: bool = False
    both_changed: bool = False


@dataclass(slots=True)
class Conflict:
    """What happened to a record between opening its form and saving it."""

    differences: list[Difference] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changed_by: str = ""
    changed_at: Any = None

    @property
    def contested(self) -> list[Difference]:
        return [item for item in self.differences if item.both_changed]

    @property
    def taken_over(self) -> list[Difference]:
        return [item for item in self.differences if item.takes_stored]

    @property
    def only_yours(self) -> list[Difference]:
        return [item for item in self.differences if not item.both_changed and not item.takes_stored]


def rebase(sent: QueryDict, form: DeskForm, formsets: Iterable[Any]) -> tuple[QueryDict, Conflict]:
    """The sent data laid onto the stored record, which the unbound form and formsets show, and what differed."""
    conflict = Conflict()
    data = MultiValueDict({key: list(values) for key, values in sent.lists()})
    _rebase_fields(data, form, "", conflict)
    data[VERSION] = str(form.instance.version)
    for formset in formsets:
        _rebase_rows(data, formset, formset.prefix, conflict)
    rebased = QueryDict(mutable=True)
    for key, values in data.lists():
        rebased.setlist(key, values)
    return rebased, conflict


def _rebase_fields(data: MultiValueDict, form: DeskForm, row: str, conflict: Conflict) -> bool:
    """Rebase one form whose data bear the plain names of its fields; true if this person had changed anything."""
    opened = _opened_as(data)
    touched = False
    for name, formfield in form.own_fields():
        stored, yours = shown_values(formfield, form.stored(name)), sent_values(formfield, data, name)
        was = opened.get(name)
        you_changed = was != fingerprint(yours)
        touched |= you_changed
        if stored == yours:
            continue
        they_changed = was != fingerprint(stored)
        takes_stored = they_changed and not you_changed
        if takes_stored:
            put(data, name, formfield, stored)
        conflict.differences.append(
            Difference(
                label=capfirst(str(formfield.label or name)),
                row=row,
                stored=in_words(formfield, stored),
                yours=in_words(formfield, yours),
                lang=inner_widget(formfield.widget).attrs.get("lang", ""),
                dir=inner_widget(formfield.widget).attrs.get("dir", "auto"),
                takes_stored=takes_stored,
                both_changed=they_changed and you_changed,
            )
        )
    data[OPENED_AS] = form.initial.get(OPENED_AS, "")
    return touched


def _opened_as(data: MultiValueDict) -> dict[str, str]:
    try:
        opened = json.loads(data.get(OPENED_AS) or "{}")
    except ValueError:
        return {}
    return opened if isinstance(opened, dict) else {}


def _rebase_rows(data: MultiValueDict, formset: Any, prefix: str, conflict: Conflict) -> None:
    """Rebase the rows of a formset in place: first what is stored, in its order, then what this person added."""
    sent = _rows(data, prefix)
    pk_name = formset.model._meta.pk.name
    by_pk = {row[pk_name]: row for row in sent if row.get(pk_name)}
    added_here = [row for row in sent if not row.get(pk_name)]
    kind = str(formset.model._meta.verbose_name)
    rows = []
    for form in formset.initial_forms:
        label = f"{capfirst(kind)}: {form.instance}"
        row = by_pk.pop(str(form.instance.pk), None)
        if row is None:
            row = stored_row(form, pk_name)
            conflict.notes.append(_("Added meanwhile: %(row)s") % {"row": label})
        else:
            _rebase_fields(row, form, label, conflict)
            if form.nested is not None:
                _rebase_rows(row, form.nested, form.nested.short_prefix, conflict)
        rows.append(row)
    stored_count = len(rows)
    for row in by_pk.values():
        if _worked_on(row, formset.empty_form):
            # It stays as a new row: whoever removed it did not see these words.
            _forget_keys(row, pk_name, formset.empty_form.nested)
            rows.append(row)
            conflict.notes.append(
                _("A row you changed was removed meanwhile (%(kind)s). It is kept here as a new one.")
                % {"kind": kind}
            )
        else:
            conflict.notes.append(_("Removed meanwhile: one row (%(kind)s).") % {"kind": kind})
    _put_rows(data, prefix, rows + added_here, stored_count)


def _rows(data: MultiValueDict, prefix: str) -> list[MultiValueDict]:
    """The rows sent for a formset, each with plain names; rows out of range are no rows."""
    try:
        total = min(int(data.get(f"{prefix}-TOTAL_FORMS") or 0), MOST_ROWS)
    except ValueError:
        total = 0
    rows: list[MultiValueDict] = [MultiValueDict() for _number in range(total)]
    for key, values in list(data.lists()):
        number, dash, name = key.removeprefix(f"{prefix}-").partition("-")
        if key.startswith(f"{prefix}-") and dash and number.isdecimal() and int(number) < total:
            rows[int(number)].setlist(name, values)
            del data[key]
    return rows


def _put_rows(data: MultiValueDict, prefix: str, rows: list[MultiValueDict], stored_count: int) -> None:
    for number, row in enumerate(rows):
        for name, values in row.lists():
            data.setlist(f"{prefix}-{number}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(stored_count)


def stored_row(form: DeskForm, pk_name: str) -> MultiValueDict:
    """The data of a row as it is stored, with everything below it."""
    row: MultiValueDict = MultiValueDict()
    for name, formfield in form.own_fields():
        put(row, name, formfield, shown_values(formfield, form.stored(name)))
    row[pk_name] = str(form.instance.pk)
    row[OPENED_AS] = form.initial.get(OPENED_AS, "")
    if form.nested is not None:
        below = [stored_row(inner, form.nested.model._meta.pk.name) for inner in form.nested.initial_forms]
        _put_rows(row, form.nested.short_prefix, below, len(below))
        row[f"{form.nested.short_prefix}-MIN_NUM_FORMS"] = "0"
        row[f"{form.nested.short_prefix}-MAX_NUM_FORMS"] = str(form.nested.max_num)
    return row


def _worked_on(row: MultiValueDict, empty_form: DeskForm) -> bool:
    opened = _opened_as(row)
    changed = any(
        fingerprint(sent_values(formfield, row, name)) != opened.get(name)
        for name, formfield in empty_form.own_fields()
        if name in opened
    )
    if changed or empty_form.nested is None:
        return changed
    below = empty_form.nested
    return any(
        _worked_on(inner, below.empty_form) or not inner.get(below.model._meta.pk.name)
        for inner in _rows(
            MultiValueDict({key: list(values) for key, values in row.lists()}), below.short_prefix
        )
        if inner.get(below.model._meta.pk.name)
        or any("".join(values) for name, values in inner.lists() if name != "step")
    )


def _forget_keys(row: MultiValueDict, pk_name: str, below: Any) -> None:
    """Make the row a new one, and those of the formset below it."""
    keys = [pk_name, OPENED_AS, *([below.fk.name] if below is not None else [])]
    for name in list(row):
        if name in {*keys[:2], "DELETE"} or name.endswith(tuple(f"-{key}" for key in keys)):
            row[name] = ""
        elif name.endswith("-INITIAL_FORMS"):
            row[name] = "0"


def put(data: MultiValueDict, name: str, formfield: forms.Field, values: list[str]) -> None:
    """Set the field in the data as if a browser had sent these values."""
    widget = inner_widget(formfield.widget)
    if isinstance(widget, forms.MultiWidget):
        for suffix, value in zip(widget.widgets_names, values, strict=True):
            data[name + suffix] = value
    elif values:
        data.setlist(name, values)
    else:
        data.pop(name, None)


def in_words(formfield: Any, values: list[str]) -> str:
    """The values as a person reads them: the names of records and choices, yes or no."""
    if isinstance(inner_widget(formfield.widget), forms.CheckboxInput):
        return _("yes") if values else _("no")
    choices: Any = formfield
    if isinstance(formfield, forms.ModelChoiceField):
        chosen = [value for value in values if value.isdecimal()]
        return JOINED.join(str(record) for record in choices.queryset.filter(pk__in=chosen)) if chosen else ""
    if isinstance(formfield, forms.ChoiceField):
        labels = dict(choices.choices)
        return JOINED.join(str(labels.get(value, value)) for value in values)
    return " ".join(value for value in values if value)


def typed_words(model: type[models.Model], sent: QueryDict, record: models.Model | None) -> list[Difference]:
    """The texts that were sent for a record which may not be saved now, rows below it included."""
    words = []
    languages = {f"_{code}": code for code in LANGUAGES}
    for key, value in sent.items():
        name = key.rpartition("-")[2]
        language = languages.get(name[-3:], "")
        text = str(value).replace("\r\n", "\n").strip()
        if not text or not (language or name in FREE_TEXT) or "__prefix__" in key:
            continue
        if name == key and text == str(getattr(record, name, "") or "").strip():
            continue
        label = language_labels(model).get(name) or capfirst(
            name.removesuffix(f"_{language}").replace("_", " ")
        )
        words.append(Difference(str(label), "", "", text, language, direction(language)))
    return words
