"""The form of every record at the desk: it remembers what it was opened with, so that no save overwrites unseen words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import InlineForeignKeyField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from newsroom.desk.fields import inner_widget

OPENED_AS = "opened_as"
VERSION = "version"
UNCOUNTED = frozenset({OPENED_AS, VERSION})
BOOKKEEPING = UNCOUNTED | {DELETION_FIELD_NAME}


def shown_values(field: forms.Field, value: Any) -> list[str]:
    """What a browser would send back for this value if nobody touched the field."""
    value = field.prepare_value(value)
    widget = inner_widget(field.widget)
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    if isinstance(widget, forms.MultiWidget):
        parts = widget.decompress(value) or []
        return [_text(part.format_value(item)) for part, item in zip(widget.widgets, parts, strict=True)]
    shown = widget.format_value(value)
    if isinstance(shown, list | tuple | set):
        return sorted(_text(item) for item in shown if item not in {"", None})
    return [_text(shown)] if _text(shown) else []


def sent_values(field: forms.Field, data: Any, name: str) -> list[str]:
    """What the browser sent for the field, in the form of `shown_values`."""
    widget = inner_widget(field.widget)
    raw = widget.value_from_datadict(data, MultiValueDict(), name)
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if raw else []
    if isinstance(widget, forms.MultiWidget):
        return [_text(part) for part in raw]
    if isinstance(raw, list | tuple):
        return sorted(_text(item) for item in raw if item)
    return [_text(raw)] if _text(raw) else []


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def fingerprint(values: list[str]) -> str:
    return hashlib.blake2b("\x00".join(values).encode(), digest_size=6).hexdigest()


class DeskForm(forms.ModelForm):
    """Carries hidden fingerprints of what it showed when it was opened (see `newsroom.desk.conflicts`).

    Constraints are validated on the whole record, those of columns outside the form too: what the database would refuse
    is a sentence in the form.
    """

    opened_as = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    # Set by the admin for one request: a sentence to refuse the save with, and values of an older version to start from.
    refusal: Any = None
    restored: Mapping[str, Any] | None = None
    # The formset below this form's record, such as the sources of an appearance.
    nested: Any = None
    # Fields that are no words of the editor's.
    bookkeeping = BOOKKEEPING

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[OPENED_AS].initial = ""
        if self.instance.pk:
            self.initial[OPENED_AS] = json.dumps(
                {
                    name: fingerprint(shown_values(field, self.stored(name)))
                    for name, field in self.own_fields()
                }
            )
        for name, value in (self.restored or {}).items():
            if name in self.fields and not self.is_bound:
                self.initial[name] = value

    def own_fields(self) -> Iterator[tuple[str, forms.Field]]:
        """The fields an editor sees."""
        hidden = self.bookkeeping | {self._meta.model._meta.pk.name}
        for name, field in self.fields.items():
            if name not in hidden and not isinstance(field, InlineForeignKeyField):
                yield name, field

    def stored(self, name: str) -> Any:
        """The stored value of the field, as the form was given it."""
        return self.get_initial_for_field(self.fields[name], name)

    @cached_property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name not in UNCOUNTED]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        return self.cleaned_data if cleaned is None else cleaned

    def prepare(self) -> None:
        """Derive, before constraints are checked, what the record holds beyond its form's fields."""

    def validate_constraints(self) -> None:
        if not self.errors:
            self.prepare()
        # The fields that failed have a message of their own already.
        exclude = {name for name in self.errors if name != NON_FIELD_ERRORS}
        try:
            self.instance.validate_constraints(exclude=exclude)
        except ValidationError as refused:
            self._update_errors(refused)


class VersionedForm(DeskForm):
    """The form of a record with a version: the one it was opened at travels with it."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput, label=_("version"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial[VERSION] = self.instance.version
