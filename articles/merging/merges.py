"""Making one record of two: everything that hangs on the one moves to the other, and can be moved back.

What was merged is deleted, or, where it was public, withdrawn with the reason; its address leads to what was kept. Rows that
would stand double are left out and remembered; the undo puts them back.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from articles.choices import MergedKind, Status
from articles.merging.rows import relations_of
from articles.merging.stored import CHANGE_REASON, UNDO_REASON, as_json, plain, restored, save
from articles.models import Appearance, Claim, Merge, Outlet
from articles.workflow import renew_verdict, state_of
from newsroom.records import StaleRecord
from newsroom.text.languages import LANGUAGE_NAMES, LANGUAGES
from people.choices import NameKind
from people.models import Organisation, Person

KINDS: dict[type[models.Model], MergedKind] = {
    Claim: MergedKind.CLAIM,
    Outlet: MergedKind.OUTLET,
    Person: MergedKind.PERSON,
    Organisation: MergedKind.ORGANISATION,
}
MODELS: dict[str, type[models.Model]] = {kind.value: model for model, kind in KINDS.items()}
# Never filled from the other record, and never compared.
_OWN = frozenset(
    {"id", "public_id", "version", "created_at", "updated_at", "status", "verdict", "external_id"}
)
# A chain of merges longer than this is a circle.
_LONGEST_TRAIL = 20


class MergeRefused(Exception):
    """These two cannot be merged, or the merge cannot be undone; the sentence says why and what to do first."""


@dataclass(frozen=True, slots=True)
class Moving:
    """How many rows of a kind would move."""

    label: str
    count: int


@dataclass(slots=True)
class Preview:
    """What a merge would do: rows that move, empty fields that are filled, and fields in which the two differ."""

    moving: list[Moving] = field(default_factory=list)
    filled: list[tuple[str, str]] = field(default_factory=list)
    # Label, what is kept, what is not.
    differing: list[tuple[str, str, str]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def preview(kept: Any, merged: Any) -> Preview:
    """What `merge` would do; with refusals it would raise the first of them."""
    found = Preview(refusals=list(_refusals(kept, merged)))
    for relation in relations_of(type(kept)):
        if count := relation.rows(merged).count():
            found.moving.append(Moving(str(relation.label), count))
    for column in _columns(type(kept)):
        mine, other = getattr(kept, column.attname), getattr(merged, column.attname)
        if other in (None, "", []) or mine == other:
            continue
        label = _label(column)
        if mine in (None, "", []):
            found.filled.append((label, _shown(merged, column)))
        elif not column.has_default() or other != column.get_default():
            found.differing.append((label, _shown(kept, column), _shown(merged, column)))
    return found


def _label(column: Any) -> str:
    """What the column is called, with the language it is in."""
    original = getattr(column, "translated_field", column)
    language = getattr(column, "language", "")
    name = str(original.verbose_name)
    return f"{name} ({LANGUAGE_NAMES[language]})" if language in LANGUAGE_NAMES else name


@transaction.atomic
def merge(kept: Any, merged: Any, *, by: Any, at: datetime.datetime) -> Merge:
    """Make one of the two, and return the merge that can be undone. MergeRefused where they cannot be one."""
    kept, merged = _locked(kept, merged)
    for refusal in _refusals(kept, merged):
        raise MergeRefused(refusal)
    made = Merge(
        kind=KINDS[type(kept)],
        kept_public_id=kept.public_id,
        merged_public_id=merged.public_id,
        words=str(merged)[:300],
        merged_by=by,
        merged_at=at,
    )
    notes: dict[str, Any] = {
        "moved": [],
        "double": [],
        "record": None,
        "filled": {},
        "names": [],
        "status": None,
    }
    if isinstance(kept, Outlet) and kept.parent_id == merged.pk:
        # The house of a house: what was above the merged one is above this one.
        notes["parent"] = merged.pk
        kept.parent_id = merged.parent_id
        save(kept, by, CHANGE_REASON)
    for relation in relations_of(type(kept)):
        moved, double = relation.move(merged, kept, by=by)
        if moved or double:
            notes["moved"].append([relation.key, moved])
            notes["double"] += [as_json(row) for row in double]
    filled = {
        column.attname: getattr(merged, column.attname)
        for column in _columns(type(kept))
        if getattr(kept, column.attname) in (None, "", [])
        and getattr(merged, column.attname) not in (None, "", [])
    }
    if _is_kept_as_withdrawn(merged):
        notes["status"] = _withdraw(merged, kept, by=by, at=at)
    else:
        notes["record"] = as_json(merged)
        merged._history_user, merged._change_reason = by, CHANGE_REASON
        merged.delete()
    for name, value in filled.items():
        setattr(kept, name, value)
    notes["filled"] = {name: plain(value) for name, value in filled.items()}
    save(kept, by, CHANGE_REASON)
    if hasattr(kept, "names"):
        notes["names"] = _keep_names(kept, merged)
    made.undo = notes
    made.full_clean(exclude=["merged_by"])
    made.save()
    if isinstance(kept, Claim):
        # Assessments stay where they were made; the merge that now stands makes them count here too.
        renew_verdict(kept, by=by, reason=CHANGE_REASON)
    return made


@transaction.atomic
def undo(made: Merge, *, by: Any, at: datetime.datetime) -> Any:
    """Take the merge back and return the record that is there again. MergeRefused where that is not possible any more."""
    made = Merge.objects.select_for_update().get(pk=made.pk)
    if made.undone_at:
        raise MergeRefused(_("This merge was undone already."))
    model, notes = MODELS[made.kind], made.undo
    kept = _still_kept(model, made.kept_public_id)
    for name, value in notes["filled"].items():
        column = kept._meta.get_field(name)
        if plain(getattr(kept, name)) == value:
            setattr(kept, name, [] if isinstance(value, list) else None if column.null else "")
    if "parent" in notes:
        kept.parent_id = None
    save(kept, by, UNDO_REASON)
    if hasattr(kept, "names"):
        kept.names.filter(pk__in=notes["names"]).delete()
    merged = (
        _back_from_withdrawal(made, notes["status"], by) if notes["status"] else restored(notes["record"], by)
    )
    relations = {relation.key: relation for relation in relations_of(model)}
    for key, moved in notes["moved"]:
        relations[key].move_back(kept, merged, moved, by=by)
    for row in notes["double"]:
        restored(row, by)
    if "parent" in notes:
        kept.refresh_from_db()
        kept.parent_id = merged.pk
        save(kept, by, UNDO_REASON)
    made.undone_by, made.undone_at = by, at
    made.save()
    if isinstance(kept, Claim):
        kept.refresh_from_db()
        renew_verdict(kept, by=by, reason=UNDO_REASON)
    return merged


def kept_in_place_of(model: type[models.Model], public_id: str) -> str | None:
    """The public id of the record that an address of a merged one leads to; None where it was not merged."""
    found = None
    for _step in range(_LONGEST_TRAIL):
        further = (
            Merge.objects.filter(kind=KINDS[model], merged_public_id=found or public_id, undone_at=None)
            .values_list("kept_public_id", flat=True)
            .first()
        )
        if further is None:
            return found
        found = further
    return found


# Which columns -------------------------------------------------------------------------------------------------------------


def _columns(model: type[models.Model]) -> Iterator[models.Field]:
    """The columns whose values are an editor's, language columns one by one."""
    for column in model._meta.local_concrete_fields:
        is_common = hasattr(column, "translated_field") or column.name not in {
            translated.translated_field.name
            for translated in model._meta.local_fields
            if hasattr(translated, "translated_field")
        }
        if is_common and column.editable and column.name not in _OWN:
            yield column


def _shown(record: Any, column: models.Field) -> str:
    display = getattr(record, f"get_{column.name}_display", None)
    return str(display() if display else getattr(record, column.name))


# Whether ---------------------------------------------------------------------------------------------------------------


def _refusals(kept: Any, merged: Any) -> Iterator[str]:
    if type(kept) is not type(merged) or kept.pk == merged.pk:
        yield _("Choose two different records of one kind.")
        return
    if not isinstance(kept, Claim):
        return
    # What is scheduled is no page yet: readers would learn its title too early, and find nothing in place of the other.
    if merged.status in {Status.PUBLISHED, Status.WITHDRAWN} and state_of(kept) != Status.PUBLISHED:
        yield _("“%(claim)s” is or was public: keep that one, or publish the other first.") % {
            "claim": merged
        }
    elif merged.status == Status.WITHDRAWN:
        yield _("“%(claim)s” was withdrawn; it cannot be merged.") % {"claim": merged}
    for telling in merged.appearances.exclude(quote_start=None).prefetch_related("sources"):
        there = kept.appearances.filter(
            article=telling.article_id, quote_language=telling.quote_language, quote_start=telling.quote_start
        ).first()
        if there and _chain(there) != _chain(telling):
            yield _(
                "Both claims tell the same words of “%(article)s” with different chains: make the chains alike first."
            ) % {"article": telling.article}


def _chain(telling: Appearance) -> list[tuple[Any, ...]]:
    columns = ("step", "outlet", "person", "organisation", "description_ar", "description_en", "is_document")
    return list(telling.sources.values_list(*columns))


def _is_kept_as_withdrawn(merged: Any) -> bool:
    """What readers saw stays as a record; so does what was assessed, for a verdict is never deleted."""
    return isinstance(merged, Claim) and (merged.status == Status.PUBLISHED or merged.assessments.exists())


# Steps -----------------------------------------------------------------------------------------------------------------


def _locked(kept: Any, merged: Any) -> tuple[Any, Any]:
    """Both as they are now, in the order of their keys so that two merges do not wait for each other."""
    rows = {
        row.pk: row
        for row in type(kept)
        ._default_manager.select_for_update(of=("self",))
        .filter(pk__in=[kept.pk, merged.pk])
        .order_by("pk")
    }
    for record in (kept, merged):
        if record.pk not in rows or rows[record.pk].version != record.version:
            raise StaleRecord(record)
    return rows[kept.pk], rows[merged.pk]


def _withdraw(merged: Claim, kept: Claim, *, by: Any, at: datetime.datetime) -> dict[str, Any]:
    former = {"status": merged.status, "withdrawn_at": plain(merged.withdrawn_at)}
    former |= {
        f"withdrawal_reason_{language}": getattr(merged, f"withdrawal_reason_{language}")
        for language in LANGUAGES
    }
    if merged.status == Status.PUBLISHED:
        merged.status, merged.withdrawn_at = Status.WITHDRAWN, at
        merged.withdrawal_reason_ar = f"دُمج هذا القول في «{kept.title_in('ar').text}»"[:500]
        merged.withdrawal_reason_en = f"Merged into “{kept.title_in('en').text}”"[:500]
    save(merged, by, CHANGE_REASON)
    return former


def _still_kept(model: type[models.Model], public_id: str) -> Any:
    """The record into which one was merged; MergeRefused where it is gone, or was itself merged since."""
    kept = model._default_manager.select_for_update().filter(public_id=public_id).first()
    if kept is None or kept_in_place_of(model, public_id):
        # What was moved to it has moved on with it.
        raise MergeRefused(
            _("What it was merged into is not there any more; undo the later merge of that first.")
        )
    return kept


def _back_from_withdrawal(made: Merge, former: dict[str, Any], by: Any) -> Claim:
    merged = Claim.objects.select_for_update(of=("self",)).get(public_id=made.merged_public_id)
    for name, value in former.items():
        column: Any = Claim._meta.get_field(name)
        setattr(merged, name, column.to_python(value))
    save(merged, by, UNDO_REASON)
    return merged


def _keep_names(kept: Any, merged: Any) -> list[int]:
    """Keep the merged record's own names as further names, and return the keys of those that are new."""
    added = []
    known = {getattr(kept, f"name_{language}") for language in LANGUAGES} | {
        name.text for name in kept.names.all()
    }
    for language in LANGUAGES:
        text = getattr(merged, f"name_{language}")
        if text and text not in known:
            known.add(text)
            added.append(kept.names.create(text=text, language=language, kind=NameKind.ALIAS).pk)
    return added
