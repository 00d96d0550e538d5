"""What every kind of record has in common as a table: found by id, guarded by version, imported whole or not at all."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from import_export.resources import ModelResource
from import_export.results import RowResult

from newsroom.exchange.columns import SEPARATOR, Column, Rows
from newsroom.exchange.tables import MOST_ROWS, Table, TableRefused

logger = logging.getLogger(__name__)

# Not a column of the file: the line a record stands on, for messages.
LINE = "__line__"
CHANGE_REASON = "imported from a table"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row: its line in the table (the header is line 1), the column if one is known, a sentence."""

    line: int
    column: str
    sentence: str


@dataclass(slots=True)
class Outcome:
    """What an import did or would do. With problems nothing of it was written."""

    added: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    unchanged: int = 0
    problems: list[RowProblem] = field(default_factory=list)


class RecordResource(ModelResource):
    """The table of one kind of record. Subclasses declare the columns and name them in order in `Meta.fields`, `id` and `version` first.

    A row with an id changes that record, one without adds a record. A column that is not in the file stays as it is. A row
    whose `version` is no longer the stored one is refused: somebody changed the record since the export.
    """

    id = Column("public_id")
    version = Column("version", readonly=True)

    # What is read with the records of a whole table.
    related: ClassVar[Sequence[str]] = ()

    class Meta:
        import_id_fields = ["id"]
        use_transactions = True
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        store_instance = True
        skip_html_diff = True

    def __init__(self, *, by: Any = None, may_add: bool = True, may_change: Any = None) -> None:
        """`may_change` is asked of each record that would be changed; without it every one may be."""
        super().__init__()
        self.by, self.may_add, self.may_change = by, may_add, may_change
        self._seen: set[str] = set()
        for name in ("id", "version"):
            self.fields[name].column_name = name

    @property
    def headers(self) -> list[str]:
        """The columns of a file, in order."""
        return list(self._meta.fields)

    # Out

    def table(self, records: Any) -> Iterator[list[str]]:
        """The header and a row for each record; TableRefused where there are more than can be imported again."""
        yield self.headers
        found = list(records.prefetch_related(*self.related)[: MOST_ROWS + 1])
        if len(found) > MOST_ROWS:
            raise TableRefused(
                _("More than %(most)s records: narrow the list by a filter, then export.")
                % {"most": MOST_ROWS}
            )
        for record in found:
            yield from self.rows(record)

    def rows(self, record: Any) -> Iterator[list[str]]:
        yield [self.fields[name].export(record) for name in self.headers]

    # In

    def bring_in(self, table: Table, *, is_trial: bool = False) -> Outcome:
        """Import the table, all of it or nothing, and say what became of its rows; a trial writes nothing."""
        header, *rows = table
        self._check_header(header)
        names, records = self.gathered(header, rows)
        dataset = tablib.Dataset(headers=[*names, LINE])
        for record in records:
            dataset.append(record)
        self._seen.clear()
        result = self.import_data(
            dataset,
            dry_run=is_trial,
            use_transactions=True,
            rollback_on_validation_errors=True,
        )
        outcome = Outcome()
        for error in result.base_errors:
            raise error.error
        lines = dataset[LINE]
        for line, row in zip(lines, result.rows, strict=True):
            self._tell(outcome, row, line)
        return outcome

    def gathered(
        self, header: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> tuple[Sequence[str], list[list[Any]]]:
        """The fields' names, and for each record its cells with the line at the end; empty rows are passed over."""
        return header, [[*row, line] for line, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]

    def _check_header(self, header: Sequence[str]) -> None:
        unknown = [name for name in header if name not in self.headers]
        if unknown or "id" not in header or len(set(header)) != len(header):
            raise TableRefused(
                _(
                    "The first row must name the columns, each once, and “id” among them. Not known: %(unknown)s. "
                    "Known columns: %(known)s."
                )
                % {"unknown": ", ".join(unknown) or "—", "known": ", ".join(self.headers)}
            )

    def _tell(self, outcome: Outcome, row: RowResult, line: int) -> None:
        if row.validation_error is not None:
            for name, sentences in row.validation_error.message_dict.items():
                column = "" if name == NON_FIELD_ERRORS else "id" if name == "public_id" else name
                outcome.problems += [RowProblem(line, column, str(sentence)) for sentence in sentences]
        for error in row.errors:
            logger.error("Row %s of a table could not be imported.", line, exc_info=error.error)
            outcome.problems.append(RowProblem(line, "", _("The database could not take this row.")))
        if row.import_type == RowResult.IMPORT_TYPE_NEW:
            outcome.added.append(row.instance)
        elif row.import_type == RowResult.IMPORT_TYPE_UPDATE:
            outcome.changed.append(row.instance)
        elif row.import_type == RowResult.IMPORT_TYPE_SKIP:
            outcome.unchanged += 1

    # What the library asks of a resource

    def get_import_fields(self) -> list[Column]:
        return [self.fields[name] for name in self._meta.fields if name not in {"id", "version"}]

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Any:
        public_id = row["id"].partition(SEPARATOR.strip())[0].strip()
        if not public_id:
            return None
        if public_id in self._seen:
            raise ValidationError({"id": _("“%(id)s” stands in the table twice.") % {"id": public_id}})
        self._seen.add(public_id)
        record = self._meta.model._default_manager.filter(public_id=public_id).first()
        if record is None:
            raise ValidationError(
                {
                    "id": _("There is no record with the id “%(id)s”. Leave it empty to add one.")
                    % {"id": public_id}
                }
            )
        return record

    def after_init_instance(self, instance: Any, new: bool, row: dict[str, Any], **kwargs: Any) -> None:
        version = str(row.get("version") or "").strip()
        if not new and version and version != str(instance.version):
            raise ValidationError(
                {
                    "version": _(
                        "“%(record)s” was changed after the export. Export it again and repeat your change."
                    )
                    % {"record": instance}
                }
            )

    def import_instance(self, instance: Any, row: dict[str, Any], **kwargs: Any) -> None:
        errors: dict[str, Any] = {}
        for column in self.get_import_fields():
            if column.column_name not in row:
                continue
            try:
                column.save(instance, row, **kwargs)
            except ValidationError as error:
                errors[column.column_name] = error
            except ValueError as error:
                errors[column.column_name] = ValidationError(str(error))
        if errors:
            raise ValidationError(errors)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Errors of cells come first: a record half read would only be refused for what was not read."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        instance.full_clean(exclude=self.left_out(instance))

    def left_out(self, instance: Any) -> set[str]:
        """modeltranslation demands the default language; the constraints ask for either one."""
        return {
            column.name
            for column in instance._meta.local_fields
            if hasattr(column, "translated_field") and not getattr(instance, column.name)
        } | {
            column.translated_field.name
            for column in instance._meta.local_fields
            if hasattr(column, "translated_field")
        }

    def save_instance(self, instance: Any, is_create: bool, row: dict[str, Any], **kwargs: Any) -> None:
        if is_create and not self.may_add:
            raise ValidationError({"id": _("You may not add records of this kind.")})
        if not is_create and self.may_change and not self.may_change(instance):
            raise ValidationError({"id": _("You may not change “%(record)s”.") % {"record": instance}})
        instance._history_user = self.by
        instance._change_reason = CHANGE_REASON
        try:
            with transaction.atomic():
                instance.save()
                for column in self.get_import_fields():
                    if isinstance(column, Rows):
                        self._store_rows(column, instance)
        except DatabaseError as error:
            raise ValidationError(
                _("The database refused this row: %(reason)s") % {"reason": _first_line(error)}
            ) from None

    def _store_rows(self, column: Rows, instance: Any) -> None:
        try:
            column.after_save(instance)
        except ValidationError as error:
            raise ValidationError({column.column_name: error.messages}) from None


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
