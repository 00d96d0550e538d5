"""A save that comes too late: what both people wrote is put side by side, and nothing is lost.

The form that was sent is laid anew onto the record as it now is. A field that only the other person changed takes the
stored text; a field that this person changed keeps theirs; a text that both changed in different paragraphs takes both
changes. Rows that were added meanwhile join the form, rows that were removed stay only if this person worked on them.
Every field where the two differ is listed with both texts and the one both began with, and can be set to either or to
both together. The form then carries the new version, so that saving again, after reading, goes through.
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
from newsroom.text.merging import Fit, Run, compared, merge

MOST_ROWS = 1_000
JOINED = " · "
# Fields of free text that have no language column.
FREE_TEXT = frozenset({"quote_exact", "text", "note", "byline"})
# Older versions in which the text that a form was opened with is looked for.
MOST_VERSIONS = 20


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
    # The name of the field in the form, and what it may be set to: see `Choice`.
    name: str = ""
    choices: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    # What both began with; None where nobody knows it any more.
    was: str | None = None
    fit: Fit | None = None
    # The form holds both changes, which are in different paragraphs.
    is_merged: bool = False

    @property
    def holds(self) -> str:
        """Which of the choices the form holds now."""
        return "both" if self.is_merged else "theirs" if self.takes_stored else "mine"

    @property
    def is_both_to_edit(self) -> bool:
        return self.fit is Fit.BOTH

    @property
    def was_marked(self) -> list[Run]:
        """What both began with; what differs is not in one of the two later texts."""
        if self.was is None:
            return []
        kept = [compared(self.was, text) for text in (self.stored, self.yours)]
        return kept[0] if any(run.differs for run in kept[0]) else kept[1]

    @property
    def stored_marked(self) -> list[Run]:
        return compared(self.stored, self.yours if self.was is None else self.was)

    @property
    def yours_marked(self) -> list[Run]:
        return compared(self.yours, self.stored if self.was is None else self.was)


@dataclass(slots=True)
class Conflict:
    """What happened to a record between opening its form and saving it."""

    differences: list[Difference] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # Somebody saved the record after the form was opened; false for an unsaved draft of the present version.
    is_stale: bool = True
    changed_by: str = ""
    changed_at: Any = None

    @property
    def contested(self) -> list[Difference]:
        return [item for item in self.differences if item.both_changed and not item.is_merged]

    @property
    def merged(self) -> list[Difference]:
        return [item for item in self.differences if item.is_merged]

    @property
    def settable(self) -> dict[str, Any]:
        """For the script of the page: by field, what it may be set to."""
        return {
            item.name: {"choices": item.choices, "words": item.words}
            for item in self.differences
            if item.name and item.choices
        }

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


def _rebase_fields(
    data: MultiValueDict, form: DeskForm, row: str, conflict: Conflict, *, path: str = ""
) -> bool:
    """Rebase one form whose data bear the plain names of its fields; true if this person had changed anything."""
    opened = _opened_as(data)
    former = _Former(form, data.get(VERSION))
    touched = False
    for name, formfield in form.own_fields():
        stored, yours = shown_values(formfield, form.stored(name)), sent_values(formfield, data, name)
        was = opened.get(name)
        you_changed = was != fingerprint(yours)
        touched |= you_changed
        if stored == yours:
            continue
        they_changed = was != fingerprint(stored)
        began = former.values(name, formfield, was)
        difference = Difference(
            label=capfirst(str(formfield.label or name)),
            row=row,
            stored=in_words(formfield, stored),
            yours=in_words(formfield, yours),
            lang=inner_widget(formfield.widget).attrs.get("lang", ""),
            dir=inner_widget(formfield.widget).attrs.get("dir", "auto"),
            takes_stored=they_changed and not you_changed,
            both_changed=they_changed and you_changed,
            name=path + name,
            choices={"mine": yours, "theirs": stored},
            words={"mine": _names(formfield, yours), "theirs": _names(formfield, stored)},
            was=in_words(formfield, began) if began is not None else None,
        )
        if difference.takes_stored:
            put(data, name, formfield, stored)
        elif difference.both_changed and began is not None and is_text(formfield):
            _join(difference, began, data, name)
        conflict.differences.append(difference)
    data[OPENED_AS] = form.initial.get(OPENED_AS, "")
    return touched


def is_text(formfield: forms.Field) -> bool:
    return isinstance(inner_widget(formfield.widget), forms.Textarea | forms.TextInput) and not isinstance(
        formfield, forms.IntegerField | forms.DateField | forms.TimeField | forms.DateTimeField
    )


def _join(difference: Difference, began: list[str], data: MultiValueDict, name: str) -> None:
    """Offer both changes of a text together; where they are in different paragraphs, the form takes them."""
    merged = merge("".join(began), difference.yours, difference.stored)
    difference.fit = merged.fit
    difference.choices["both"] = [merged.text]
    if merged.fit is Fit.PARAGRAPHS:
        difference.is_merged = True
        data[name] = merged.text


class _Former:
    """What the fields of a form held in older versions, as far as the history of the record knows."""

    def __init__(self, form: DeskForm, version: str | None) -> None:
        self.record: Any = form.instance
        self.version = version
        self.rows: list[Any] | None = None

    def values(self, name: str, formfield: forms.Field, wanted: str | None) -> list[str] | None:
        """The values whose fingerprint is wanted, or None: nothing is believed that the form was not opened with."""
        if wanted is None or not hasattr(self.record, "history"):
            return None
        if self.rows is None:
            rows = self.record.history.order_by("-history_date", "-history_id")
            if str(self.version or "").isdecimal() and hasattr(self.record, VERSION):
                rows = rows.filter(version__lte=min(int(self.version or 0), 2**31 - 1))
            self.rows = list(rows[:MOST_VERSIONS])
        columns = {column.name: column.attname for column in self.record._meta.local_fields}
        if name not in columns:
            return [] if wanted == fingerprint([]) else None
        for row in self.rows:
            values = shown_values(formfield, getattr(row, columns[name], None))
            if fingerprint(values) == wanted:
                return values
        return None


def _opened_as(data: MultiValueDict) -> dict[str, str]:
    try:
        opened = json.loads(data.get(OPENED_AS) or "{}")
    except ValueError:
        return {}
    return opened if isinstance(opened, dict) else {}


def _rebase_rows(
    data: MultiValueDict, formset: Any, prefix: str, conflict: Conflict, *, path: str = ""
) -> None:
    """Rebase the rows of a formset in place: first what is stored, in its order, then what this person added."""
    sent = _rows(data, prefix)
    pk_name = formset.model._meta.pk.name
    by_pk = {row[pk_name]: row for row in sent if row.get(pk_name)}
    added_here = [row for row in sent if not row.get(pk_name)]
    kind = str(formset.model._meta.verbose_name)
    rows: list[MultiValueDict] = []
    for form in formset.initial_forms:
        label = f"{capfirst(kind)}: {form.instance}"
        row = by_pk.pop(str(form.instance.pk), None)
        if row is None:
            row = stored_row(form, pk_name)
            conflict.notes.append(_("Added meanwhile: %(row)s") % {"row": label})
        else:
            here = f"{path}{prefix}-{len(rows)}-"
            _rebase_fields(row, form, label, conflict, path=here)
            if form.nested is not None:
                _rebase_rows(row, form.nested, form.nested.short_prefix, conflict, path=here)
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
    if isinstance(formfield, forms.ChoiceField):
        return JOINED.join(name for name in _names(formfield, values) if name)
    return " ".join(value for value in values if value)


def _names(formfield: forms.Field, values: list[str]) -> list[str]:
    """For each value the name that a list of choices shows for it; the value itself where it is a text."""
    choices: Any = formfield
    if isinstance(formfield, forms.ModelChoiceField):
        chosen = [value for value in values if value.isascii() and value.isdecimal() and len(value) < 19]
        records = (
            {str(record.pk): str(record) for record in choices.queryset.filter(pk__in=chosen)}
            if chosen
            else {}
        )
        return [records.get(value, "") for value in values]
    if isinstance(formfield, forms.ChoiceField):
        labels = {str(value): str(label) for value, label in choices.choices}
        return [labels.get(value, value) for value in values]
    return values


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
