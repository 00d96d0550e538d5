"""What hangs on a record in rows of other tables, and how it moves from one record to another and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from simple_history.utils import bulk_update_with_history

from articles.merging.stored import CHANGE_REASON, UNDO_REASON, save
from articles.models import Appearance, Assessment, ClaimRelation, Mention
from newsroom.records import Versioned
from people.models import AnyName

# Rows with an own promise to stand once: moved one by one, for one may stand there already.
_ONCE = (AnyName, Mention, ClaimRelation, Appearance)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of one model that point to the record by one of their columns."""

    model: Any
    column: str

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.column}"

    @property
    def label(self) -> Any:
        return self.model._meta.verbose_name_plural

    def rows(self, record: Any) -> Any:
        return self.model._base_manager.filter(**{self.column: record})

    def move(self, merged: Any, kept: Any, *, by: Any) -> tuple[list[int], list[Any]]:
        """The keys of the rows that moved, and the rows that are gone, with what hangs on them, because the like of them
        stood there already.
        """
        if issubclass(self.model, _ONCE) or self.model._meta.auto_created:
            return self._move_singly(merged, kept, by=by)
        keys = list(self.rows(merged).values_list("pk", flat=True))
        self._repoint(keys, merged, kept, by=by, reason=CHANGE_REASON)
        return keys, []

    def move_back(self, kept: Any, merged: Any, keys: Sequence[int], *, by: Any) -> None:
        still = list(self.rows(kept).filter(pk__in=keys).values_list("pk", flat=True))
        self._repoint(still, kept, merged, by=by, reason=UNDO_REASON)

    def _move_singly(self, merged: Any, kept: Any, *, by: Any) -> tuple[list[int], list[Any]]:
        moved, double = [], []
        for row in self.rows(merged).order_by("pk"):
            try:
                with transaction.atomic():
                    setattr(row, self.column, kept)
                    save(row, by, CHANGE_REASON)
                moved.append(row.pk)
            except IntegrityError:
                setattr(row, self.column, merged)
                double.append(row)
        gone: list[Any] = []
        for row in (self.model._base_manager.get(pk=row.pk) for row in double):
            gone += [row, *(row.sources.all() if isinstance(row, Appearance) else ())]
            again = self.model._base_manager.get(pk=row.pk)
            again._history_user = by
            again.delete()
        return moved, gone

    def _repoint(self, keys: Sequence[int], was: Any, now: Any, *, by: Any, reason: str) -> None:
        for start in range(0, len(keys), _BATCH):
            some = keys[start : start + _BATCH]
            rows = list(self.model._base_manager.filter(pk__in=some))
            columns = [self.column]
            for row in rows:
                setattr(row, self.column, now)
                if isinstance(row, Versioned):
                    row.version += 1
                    columns = [self.column, "version"]
            if hasattr(self.model, "history"):
                bulk_update_with_history(
                    rows,
                    self.model,
                    columns,
                    batch_size=_BATCH,
                    default_user=by,
                    default_change_reason=reason,
                    manager=self.model._base_manager,
                )
            else:
                self.model._base_manager.bulk_update(rows, columns, batch_size=_BATCH)


def relations_of(model: type[models.Model]) -> list[Relation]:
    """Every column of another table that points to the model, many-to-many tables included, history left out."""
    found = []
    relation: Any
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and relation.one_to_many):
            continue
        pointing = relation.related_model
        # History keeps what was; assessments are never changed, and stay where they were made.
        if pointing is Assessment or pointing._meta.model_name.startswith("historical"):
            continue
        found.append(Relation(pointing, relation.field.name))
    return sorted(found, key=lambda relation: relation.key)
