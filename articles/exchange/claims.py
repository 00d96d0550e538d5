"""Claims with their chains as a table: a row for each source, the claim and the telling on the first row of each.

A row with a statement, or with another id, begins a claim; a row with an article begins a telling; every further row adds a
source to its chain. A telling that is not in the file stays: one is removed at the desk, where it is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.choices import QuoteState
from articles.models import Appearance, Article, Claim, Outlet, Source
from articles.quotes import normalise_newlines
from articles.workflow import place_quote
from newsroom.exchange.columns import Column, Date, Line, References, Rows, found_by, referred
from newsroom.exchange.resource import LINE, RecordResource
from people.models import Organisation, Person

TELLING = ("telling", "article", "kind", "certainty", "quote_language", "quote")
SOURCE = ("step", "source", "description_ar", "description_en", "is_document", "role_ar", "role_en", "note")
SOURCES: dict[str, type] = {"outlet": Outlet, "person": Person, "organisation": Organisation}
_YES = frozenset({"1", "yes", "true", "نعم"})


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source of a chain, by value."""

    step: int
    outlet_id: int | None
    person_id: int | None
    organisation_id: int | None
    description_ar: str
    description_en: str
    is_document: bool
    role_ar: str
    role_en: str
    note: str

    @classmethod
    def of(cls, source: Source) -> SourceRow:
        values: dict[str, Any] = {field.name: getattr(source, field.name) for field in fields(cls)}
        # A language column that was never written is NULL.
        for name in ("description_ar", "description_en", "role_ar", "role_en"):
            values[name] = values[name] or ""
        return cls(**values)


@dataclass(slots=True)
class TellingRow:
    """One telling as its rows state it, on the line it begins."""

    line: int
    pk: int | None
    article: Article
    kind: str
    certainty: str
    quote_language: str
    quote: str
    sources: list[SourceRow]

    def differs(self, stored: Appearance) -> bool:
        return (
            self.article.pk != stored.article_id
            or (self.kind, self.certainty) != (stored.kind, stored.certainty)
            or self.has_other_quote(stored)
            or self.sources != [SourceRow.of(source) for source in stored.sources.all()]
        )

    def has_other_quote(self, stored: Appearance) -> bool:
        return (self.quote_language, self.quote) != (stored.quote_language, stored.quote_exact)


class Tellings(Rows):
    """What of a claim's tellings is new or other than it is stored; a claim whose tellings are as stored has none."""

    def stored(self, instance: Any) -> list[TellingRow]:
        return []

    def save(self, instance: Any, row: dict[str, Any], is_m2m: bool = False, **kwargs: Any) -> None:
        known = (
            {telling.pk: telling for telling in instance.appearances.prefetch_related("sources")}
            if instance.pk
            else {}
        )
        sent = [read_telling(rows, known) for rows in _by_telling(row[self.column_name])]
        changed = [one for one in sent if one.pk is None or one.differs(known[one.pk])]
        instance.__dict__.setdefault("_sent_rows", {})[self.attribute] = changed

    def store(self, instance: Any, sent: Any) -> None:
        for row in sent:
            try:
                _store_telling(instance, row)
            except ValidationError as error:
                raise ValidationError([_at(row.line, sentence) for sentence in error.messages]) from None


def _at(line: int, sentence: str) -> str:
    return _("line %(line)s: %(sentence)s") % {"line": line, "sentence": sentence}


def _by_telling(rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rows of each telling: one begins where an article stands."""
    tellings: list[list[dict[str, Any]]] = []
    for row in rows:
        if row["article"].strip():
            tellings.append([row])
        elif tellings:
            tellings[-1].append(row)
        elif any(row[name].strip() for name in (*TELLING, *SOURCE)):
            raise ValueError(_at(row[LINE], _("A telling needs the article it stands in.")))
    return tellings


def read_telling(rows: Sequence[dict[str, Any]], known: dict[int, Appearance]) -> TellingRow:
    """The telling of these rows; ValueError with line and sentence where a cell cannot be read."""
    first = rows[0]
    try:
        pk = int(first["telling"]) if first["telling"].strip() else None
        if pk is not None and pk not in known:
            raise ValueError(_("This claim has no telling %(telling)s.") % {"telling": pk})
        telling = TellingRow(
            line=first[LINE],
            pk=pk,
            article=found_by(Article, first["article"]),
            kind=first["kind"].strip() or Appearance._meta.get_field("kind").default,
            certainty=first["certainty"].strip() or Appearance._meta.get_field("certainty").default,
            quote_language=first["quote_language"].strip(),
            quote=normalise_newlines(first["quote"]),
            sources=[],
        )
    except ValueError as error:
        raise ValueError(_at(first[LINE], str(error))) from None
    for row in rows:
        if any(row[name].strip() for name in SOURCE):
            try:
                telling.sources.append(read_source(row))
            except ValueError as error:
                raise ValueError(_at(row[LINE], str(error))) from None
    return telling


def read_source(row: dict[str, Any]) -> SourceRow:
    """The source of a row: `outlet:`, `person:` or `organisation:` with an id or a name, or a description."""
    named: dict[str, Any] = dict.fromkeys(("outlet_id", "person_id", "organisation_id"))
    if written := row["source"].strip():
        kind, mark, name = written.partition(":")
        model = SOURCES.get(kind.strip())
        if not mark or model is None:
            raise ValueError(
                _("“%(found)s” must begin with one of: %(kinds)s.")
                % {"found": written, "kinds": " ".join(f"{known}:" for known in SOURCES)}
            )
        named[f"{kind.strip()}_id"] = found_by(model, name).pk
    step = row["step"].strip() or "1"
    if not (step.isascii() and step.isdigit()):
        raise ValueError(_("“%(found)s” is no step; write a number from 1 to 9.") % {"found": step})
    texts: dict[str, Any] = {
        name: " ".join(row[name].split())
        for name in ("description_ar", "description_en", "role_ar", "role_en", "note")
    }
    return SourceRow(
        step=min(int(step), 32_000), is_document=row["is_document"].strip().lower() in _YES, **named, **texts
    )


def _store_telling(claim: Claim, row: TellingRow) -> None:
    telling = claim.appearances.get(pk=row.pk) if row.pk else Appearance(claim=claim)
    is_new_quote = row.pk is None or row.has_other_quote(telling) or row.article.pk != telling.article_id
    telling.article, telling.kind, telling.certainty = row.article, row.kind, row.certainty
    if is_new_quote:
        telling.quote_exact = row.quote
        telling.quote_language = row.quote_language if row.quote else ""
        telling.quote_prefix = telling.quote_suffix = telling.quote_state = ""
        telling.quote_start = None
        if row.quote and not row.quote_language:
            raise ValidationError(_("A quote and its language go together: give both or neither."))
        place_quote(telling, row.article)
        if telling.quote_state == QuoteState.ORPHANED:
            raise ValidationError(_("The quote is not in the saved text of the article."))
    telling._history_user = claim._history_user
    telling.full_clean()
    telling.save()
    stored = list(telling.sources.all())
    for number, wanted in enumerate(row.sources):
        source = stored[number] if number < len(stored) else Source(appearance=telling)
        if source.pk and SourceRow.of(source) == wanted:
            continue
        for field in fields(wanted):
            setattr(source, field.name, getattr(wanted, field.name))
        source._history_user = claim._history_user
        source.full_clean(exclude={"description", "role"})
        source.save()
    for source in stored[len(row.sources) :]:
        source._history_user = claim._history_user
        source.delete()


class ClaimResource(RecordResource):
    original_language = Line("original_language")
    statement_ar = Line("statement_ar")
    statement_en = Line("statement_en")
    context_ar = Column("context_ar")
    context_en = Column("context_en")
    occurred_on = Date("occurred_on")
    occurred_precision = Line("occurred_precision")
    people = References("people", Person)
    organisations = References("organisations", Organisation)
    tellings = Tellings("tellings")

    related = (
        "people",
        "organisations",
        "appearances__article",
        "appearances__sources__outlet",
        "appearances__sources__person",
        "appearances__sources__organisation",
    )

    class Meta(RecordResource.Meta):
        model = Claim
        fields = (
            "id",
            "version",
            "original_language",
            "statement_ar",
            "statement_en",
            "context_ar",
            "context_en",
            "occurred_on",
            "occurred_precision",
            "people",
            "organisations",
            "tellings",
        )

    @property
    def claim_columns(self) -> list[str]:
        return [name for name in self._meta.fields if name != "tellings"]

    @property
    def headers(self) -> list[str]:
        return [*self.claim_columns, *TELLING, *SOURCE]

    # Out

    def rows(self, record: Claim) -> Iterator[list[str]]:
        of_claim = [self.fields[name].export(record) for name in self.claim_columns]
        further = [record.public_id, *[""] * (len(of_claim) - 1)]
        below = [cells for telling in record.appearances.all() for cells in _telling_cells(telling)]
        for number, cells in enumerate(below or [[""] * (len(TELLING) + len(SOURCE))]):
            yield [*(further if number else of_claim), *cells]

    # In

    def gathered(
        self, header: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> tuple[Sequence[str], list[list[Any]]]:
        own = [name for name in header if name in self.claim_columns]
        has_tellings = "article" in header
        records: list[list[Any]] = []
        for line, row in enumerate(rows, 2):
            if not any(cell.strip() for cell in row):
                continue
            cells: dict[str, Any] = {
                **dict.fromkeys(self.headers, ""),
                **dict(zip(header, row, strict=True)),
                LINE: line,
            }
            if not records or _begins_claim(cells, records[-1][0]):
                of_claim: list[Any] = [cells[name] for name in own]
                records.append([cells["id"].strip(), *of_claim, [], line])
            records[-1][-2].append(cells)
        # The id that a record is compared by is no cell of it.
        names = [*own, *(["tellings"] if has_tellings else [])]
        return names, [record[1:] if has_tellings else [*record[1:-2], record[-1]] for record in records]


def _begins_claim(cells: dict[str, Any], former_id: str) -> bool:
    written = cells["id"].strip()
    if written:
        return written != former_id
    return bool(cells["statement_ar"].strip() or cells["statement_en"].strip())


def _telling_cells(telling: Appearance) -> Iterator[list[str]]:
    of_telling = [
        str(telling.pk),
        referred(telling.article),
        telling.kind,
        telling.certainty,
        telling.quote_language,
        telling.quote_exact,
    ]
    sources = list(telling.sources.all())
    for number, source in enumerate(sources or [None]):
        yield [
            *(of_telling if not number else [str(telling.pk), *[""] * (len(TELLING) - 1)]),
            *(_source_cells(source) if source else [""] * len(SOURCE)),
        ]


def _source_cells(source: Source) -> list[str]:
    named = next(
        (f"{kind}:{referred(record)}" for kind in SOURCES if (record := getattr(source, kind)) is not None),
        "",
    )
    return [
        str(source.step),
        named,
        source.description_ar or "",
        source.description_en or "",
        "1" if source.is_document else "",
        source.role_ar or "",
        source.role_en or "",
        source.note,
    ]
