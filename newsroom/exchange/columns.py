"""The columns of a table: how a value of a record is written in a cell, and read from one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from import_export.fields import Field

from newsroom.text.prose import cleaned, cleaned_line, shows_where_it_leads

# Between an id, which counts, and a name, which is for the reader's eyes.
SEPARATOR = " · "
_LINES = "\n"


class Column(Field):
    """A plain text, named as the record's own column."""

    def __init__(self, attribute: str, **options: Any) -> None:
        super().__init__(attribute=attribute, column_name=attribute, **options)

    def write(self, value: Any) -> str:
        return "" if value is None else str(value)

    def read(self, cell: str) -> Any:
        """The value of the cell; ValueError with a sentence where it has none."""
        return cleaned(cell)

    def get_value(self, instance: Any) -> Any:
        # A language column that was never written is NULL, which an empty cell is not told apart from.
        value = getattr(instance, self.attribute)
        return "" if value is None else value

    def clean(self, row: dict[str, Any], **kwargs: Any) -> Any:
        return self.read(row[self.column_name])

    def export(self, instance: Any, **kwargs: Any) -> str:
        return self.write(self.get_value(instance))


class Line(Column):
    """A text of one line; spaces around it are a slip of the hand."""

    def read(self, cell: str) -> str:
        return " ".join(cleaned_line(cell).split())


class Address(Line):
    """An address of the web that shows where it leads."""

    def read(self, cell: str) -> str:
        address = super().read(cell)
        if address and not shows_where_it_leads(address):
            raise ValueError(
                _("“%(found)s” is no web address; write it in full, like https://example.com/page.")
                % {"found": address[:80]}
            )
        return address


class Date(Column):
    def write(self, value: Any) -> str:
        return value.isoformat() if value else ""

    def get_value(self, instance: Any) -> Any:
        return getattr(instance, self.attribute)

    def read(self, cell: str) -> datetime.date | None:
        if not cell.strip():
            return None
        try:
            found = parse_date(cell.strip())
        except ValueError:
            found = None
        if found is None:
            raise ValueError(_("“%(found)s” is no date; write it like 2026-03-14.") % {"found": cell})
        return found


class Codes(Column):
    """A list of codes, a line each."""

    def write(self, value: Any) -> str:
        return _LINES.join(value or ())

    def read(self, cell: str) -> list[str]:
        return cell.split()


def referred(record: Any) -> str:
    """How a record is named in a cell: its id, and its name for the reader."""
    return f"{record.public_id}{SEPARATOR}{record}" if record else ""


def found_by(model: type[models.Model], cell: str) -> Any:
    """The record that a cell names by its id, or by a name that only one has; ValueError with a sentence otherwise."""
    written = cell.strip()
    public_id = written.partition(SEPARATOR.strip())[0].strip()
    if record := model._default_manager.filter(public_id=public_id).first():
        return record
    named: Any = model._default_manager.all()
    found = list(named.named_exactly(written)[:2]) if hasattr(named, "named_exactly") else []
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(
            _("Several records are called “%(found)s”: write the id of one.") % {"found": written}
        )
    raise ValueError(_("There is no record “%(found)s”: write its id or its name.") % {"found": written})


class Reference(Column):
    """Another record, by its id; the name beside it is not read."""

    def __init__(self, attribute: str, model: type[models.Model]) -> None:
        super().__init__(attribute)
        self.model = model

    def write(self, value: Any) -> str:
        return referred(value)

    def get_value(self, instance: Any) -> Any:
        return getattr(instance, self.attribute)

    def read(self, cell: str) -> Any:
        return found_by(self.model, cell) if cell.strip() else None


class Rows(Column):
    """What hangs on a record in rows of its own, such as its names: read with the record, stored after it."""

    def get_value(self, instance: Any) -> Any:
        sent = instance.__dict__.get("_sent_rows", {})
        if self.attribute in sent:
            return sent[self.attribute]
        return self.stored(instance) if instance.pk else self.empty()

    def save(self, instance: Any, row: dict[str, Any], is_m2m: bool = False, **kwargs: Any) -> None:
        instance.__dict__.setdefault("_sent_rows", {})[self.attribute] = self.clean(row, **kwargs)

    def empty(self) -> Any:
        return []

    def stored(self, instance: Any) -> Any:
        """What the database holds, in the form of `read`."""
        raise NotImplementedError

    def store(self, instance: Any, sent: Any) -> None:
        """Make the database hold what was sent. The record is saved."""
        raise NotImplementedError

    def after_save(self, instance: Any) -> None:
        sent = instance.__dict__.get("_sent_rows", {})
        if self.attribute in sent and sent[self.attribute] != self.stored(instance):
            self.store(instance, sent[self.attribute])


class References(Rows):
    """Other records in a many-to-many field, a line each."""

    def __init__(self, attribute: str, model: type[models.Model]) -> None:
        super().__init__(attribute)
        self.model = model

    def write(self, value: Any) -> str:
        return _LINES.join(referred(record) for record in value)

    def read(self, cell: str) -> list[Any]:
        named = [found_by(self.model, line) for line in cell.split(_LINES) if line.strip()]
        return sorted(set(named), key=lambda record: record.pk)

    def stored(self, instance: Any) -> list[Any]:
        return sorted(getattr(instance, self.attribute).all(), key=lambda record: record.pk)

    def store(self, instance: Any, sent: Any) -> None:
        getattr(instance, self.attribute).set(sent)


class Lines(Rows):
    """Rows that are one text each, such as domains."""

    def __init__(self, attribute: str, field: str) -> None:
        super().__init__(attribute)
        self.field = field

    def write(self, value: Any) -> str:
        return _LINES.join(value)

    def read(self, cell: str) -> list[str]:
        return sorted({line.strip() for line in cell.split(_LINES) if line.strip()})

    def stored(self, instance: Any) -> list[str]:
        return sorted(getattr(row, self.field) for row in getattr(instance, self.attribute).all())

    def store(self, instance: Any, sent: Any) -> None:
        rows = getattr(instance, self.attribute)
        before = set(self.stored(instance))
        rows.filter(**{f"{self.field}__in": before - set(sent)}).delete()
        _add(rows, ({self.field: text} for text in sorted(set(sent) - before)))


class OtherNames(Rows):
    """Other names, a line each with language and kind in brackets: `Kadhimi (en, transliteration)`."""

    _WRITTEN = re.compile(r"^(?P<text>.+?)\s*\((?P<language>\w+)\s*,\s*(?P<kind>\w+)\)$")

    def write(self, value: Any) -> str:
        return _LINES.join(f"{text} ({language}, {kind})" for text, language, kind in value)

    def read(self, cell: str) -> list[tuple[str, str, str]]:
        names = set()
        for line in (line.strip() for line in cell.split(_LINES)):
            if line and not (found := self._WRITTEN.match(line)):
                raise ValueError(
                    _("“%(found)s” has no language and kind; write it like: Kadhimi (en, transliteration).")
                    % {"found": line}
                )
            if line and found:
                names.add((found["text"], found["language"], found["kind"]))
        return sorted(names)

    def stored(self, instance: Any) -> list[tuple[str, str, str]]:
        return sorted(
            (name.text, name.language, name.kind) for name in getattr(instance, self.attribute).all()
        )

    def store(self, instance: Any, sent: Any) -> None:
        names = getattr(instance, self.attribute)
        before = set(self.stored(instance))
        for text, language, kind in before - set(sent):
            names.filter(text=text, language=language, kind=kind).delete()
        _add(
            names,
            (
                {"text": text, "language": language, "kind": kind}
                for text, language, kind in sorted(set(sent) - before)
            ),
        )


def _add(rows: Any, facts: Iterable[dict[str, Any]]) -> None:
    """Add rows through the model's own validation, whose sentences name what is wrong."""
    for fact in facts:
        row = rows.model(**fact, **{rows.field.name: rows.instance})
        row.full_clean()
        row.save()
