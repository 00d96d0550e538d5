"""Writing rows to the database: a file is one transaction, a second run finds what the first one wrote."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models.functions import MD5
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from simple_history.utils import bulk_create_with_history

from articles.choices import DateBasis, Status, SuggestionState
from articles.importing import readers
from articles.importing.hints import publisher_hints
from articles.importing.matching import Ambiguous, Named, OutletMatcher, PeopleMatcher
from articles.importing.problems import FileRefused, Message, Place, Problem
from articles.importing.proposal import Proposal, propose
from articles.importing.readers import Notice
from articles.importing.rows import ARTICLE, CLAIM, PublishedAt, Row, one_line, row_from
from articles.models import Article, Claim, Mention, Outlet
from articles.workflow import missing_for_publication
from people.models import Person

BATCH_ROWS: Final = 500
# Bounds the memory of a batch where the articles are long.
BATCH_CHARACTERS: Final = 4_000_000
# Enough to mend a file by; after as many its reading stops.
MOST_PROBLEMS: Final = 100
MOST_NOTICES: Final = 100
MOST_SHOWN: Final = 50
CHANGE_REASON: Final = "imported"
# Stands for the id that a pasted text does not need.
PASTED: Final = "pasted"
MODELS: Final = {ARTICLE: Article, CLAIM: Claim}


@dataclass(frozen=True, slots=True)
class Options:
    """How to import. `outlet` is the publisher of rows that name none and whose address tells none."""

    at: datetime.datetime
    language: str = ""
    outlet: Outlet | None = None
    publish: bool = False
    create_outlets: bool = False
    dry_run: bool = False
    by: Any = None
    # Whose drafts they are to be; without one they wait for whoever takes them up.
    owner: Any = None


@dataclass(slots=True)
class FileResult:
    """What became of a file. With problems nothing of it was written."""

    name: str
    articles: int = 0
    claims: int = 0
    published: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    # How often a notice was met again on later rows, by what it says.
    repeated: Counter[str] = field(default_factory=Counter)
    notices_left_out: int = 0
    # The first records made, to be shown.
    first_created: list[Article | Claim] = field(default_factory=list)
    stopped_early: bool = False

    @property
    def failed(self) -> bool:
        return bool(self.problems)

    @property
    def created(self) -> int:
        return self.articles + self.claims

    def notice(self, notice: Notice) -> None:
        """Remember a notice; one that says the same as an earlier one is counted, and after a hundred all are."""
        if notice.key in self.repeated:
            self.repeated[notice.key] += 1
        elif len(self.notices) < MOST_NOTICES:
            self.repeated[notice.key] = 0
            self.notices.append(notice)
        else:
            self.notices_left_out += 1


class Importer:
    """Imports files one after another; what it learns of outlets and people holds for all of them."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.outlets = OutletMatcher()
        self.people = PeopleMatcher()
        self._files: dict[str, str] = {}

    def import_file(
        self, path: Path, *, name: str, advanced: Callable[[int, int], None] = lambda _bytes, _rows: None
    ) -> FileResult:
        """Import one file, all of it or nothing. `advanced` hears of bytes and rows read so far."""
        load = _FileLoad(self, path, name, advanced)
        if problem := self._name_taken(path, name):
            load.result.problems.append(problem)
            return load.result
        try:
            with transaction.atomic():
                load.run()
                if load.result.failed or self.options.dry_run:
                    transaction.set_rollback(True)
        except FileRefused as refused:
            load.result.problems.append(refused.problem)
        except DatabaseError as error:
            load.result.problems.append(_refused_by_database(load, error))
        if load.result.failed or self.options.dry_run:
            # Outlets made in this transaction are gone with it.
            self.outlets = OutletMatcher()
        return load.result

    def _name_taken(self, path: Path, name: str) -> Problem | None:
        if not readers.is_known_by_its_name(path):
            return None
        first = self._files.setdefault(readers.external_id_of(path), name)
        if first == name:
            return None
        template = _(
            "A file of this name was imported just now (%(first)s); its name is its id. Rename one of them."
        )
        return Problem(Place(name), Message("name-twice", template, {"first": first}))

    def outlet_of(self, row: Row, result: FileResult) -> Outlet | None:
        """The row's publisher: as named, or by its address, or the one given for all; never guessed."""
        if row.outlet:
            return self._named_outlet(row, result)
        by_address = self.outlets.at(row.url) if row.url else None
        return by_address or self.options.outlet

    def _named_outlet(self, row: Row, result: FileResult) -> Outlet | None:
        try:
            outlet = self.outlets.named(row.outlet)
        except Ambiguous:
            template = _(
                "Several outlets are called “%(name)s”: the article was imported without one. Choose it there."
            )
            result.notice(Notice(row.place, Message("outlet-ambiguous", template, {"name": row.outlet})))
            return None
        if outlet is None and self.options.create_outlets:
            with override(settings.LANGUAGE_CODE):
                return self.outlets.create(row.outlet, language=row.language)
        if outlet is None:
            template = _(
                "No outlet is called “%(name)s”: imported without one. Add it first, or import with --create-outlets."
            )
            result.notice(Notice(row.place, Message("outlet-unknown", template, {"name": row.outlet})))
        return outlet


class _FileLoad:
    """The import of one file, inside its transaction."""

    def __init__(
        self, importer: Importer, path: Path, name: str, advanced: Callable[[int, int], None]
    ) -> None:
        self.importer, self.options = importer, importer.options
        self.path, self.advanced = path, advanced
        self.result = FileResult(name)
        self.batch: list[Row] = []
        self.size = 0
        self.rows = 0
        # The first line of each id, by its hash: a long file's ids would fill the memory.
        self.seen: dict[int, int] = {}

    def run(self) -> None:
        for read in readers.read(
            self.path,
            name=self.result.name,
            language=self.options.language,
            advanced=lambda done: self.advanced(done, self.rows),
        ):
            if isinstance(read, Row):
                self._take(read)
            elif isinstance(read, Notice):
                self.result.notice(read)
            else:
                self.result.problems.append(read)
            if len(self.result.problems) >= MOST_PROBLEMS:
                self.result.stopped_early = True
                return
        self._write()

    def _take(self, row: Row) -> None:
        self.rows += 1
        key = hash((row.kind, row.external_id))
        first = self.seen.setdefault(key, row.place.line or 0)
        if first != (row.place.line or 0):
            template = _("The id “%(id)s” stands on line %(line)s already. Each row needs an id of its own.")
            message = Message("id-twice", template, {"id": row.external_id, "line": first})
            self.result.problems.append(Problem(row.place, message))
        # After a problem nothing will be kept; the rest of the file is only checked.
        if self.result.failed:
            self.batch.clear()
            return
        self.batch.append(row)
        self.size += row.size
        if len(self.batch) >= BATCH_ROWS or self.size >= BATCH_CHARACTERS:
            self._write()

    def _write(self) -> None:
        if not self.result.failed:
            for kind in (ARTICLE, CLAIM):
                if rows := [row for row in self.batch if row.kind == kind]:
                    self._write_rows(kind, rows)
        self.batch.clear()
        self.size = 0

    def _write_rows(self, kind: str, rows: list[Row]) -> None:
        rows = self._without_present(kind, rows)
        records = [self._record(row) for row in rows]
        # The columns without a language, which modeltranslation keeps, follow the active one.
        with override(settings.LANGUAGE_CODE):
            bulk_create_with_history(
                records,
                MODELS[kind],
                batch_size=BATCH_ROWS,
                default_user=self.options.by,
                default_change_reason=CHANGE_REASON,
                default_date=self.options.at,
            )
        self._link_people(kind, rows, records)
        self.result.first_created += records[: MOST_SHOWN - len(self.result.first_created)]
        if kind == ARTICLE:
            self.result.articles += len(records)
        else:
            self.result.claims += len(records)

    def _without_present(self, kind: str, rows: list[Row]) -> list[Row]:
        """The rows that are not in the database yet; those that are stay as they are there."""
        stored = MODELS[kind]._default_manager.filter(external_id__in=[row.external_id for row in rows])
        if kind == CLAIM:
            present = dict.fromkeys(stored.values_list("external_id", flat=True))
        else:
            present = dict(stored.values_list("external_id", MD5("raw_text")))
        self.result.unchanged += len(present)
        for row in rows:
            # raw_text never changes after the import: where it differs, the file did.
            if (digest := present.get(row.external_id)) and digest != _md5(row.raw_text):
                template = _(
                    "“%(id)s” was imported before with another text. It was left as it is in the newsroom."
                )
                self.result.notice(
                    Notice(row.place, Message("text-differs", template, {"id": row.external_id}))
                )
        return [row for row in rows if row.external_id not in present]

    def _record(self, row: Row) -> Article | Claim:
        for warning in row.warnings:
            self.result.notice(Notice(row.place, warning))
        record = claim_from(row) if row.kind == CLAIM else self._article(row)
        record.author = self.options.owner
        if not self.options.publish:
            return record
        if missing := missing_for_publication(record):
            template = _("Imported as a draft and not published: %(missing)s")
            sentences = [problem.message for problem in missing]
            values = {"missing": format_lazy(" ".join(["{}"] * len(sentences)), *sentences)}
            self.result.notice(Notice(row.place, Message("not-published", template, values)))
            return record
        # What workflow.publish() does to one record; there is no former state to lock or to keep.
        record.status, record.publish_at = Status.PUBLISHED, self.options.at
        self.result.published += 1
        return record

    def _article(self, row: Row) -> Article:
        outlet = self.importer.outlet_of(row, self.result)
        # A file of many rows may have no publishers at all; of a single article it is worth a sentence.
        if outlet is None and not row.outlet and row.place.line is None:
            for message in publisher_hints(row.raw_text, row.cuts, self.importer.outlets.spellings):
                self.result.notice(Notice(row.place, message))
            self.result.notice(Notice(row.place, Message("no-publisher", _("The publisher is not known."))))
        return article_from(row, outlet)

    def _link_people(self, kind: str, rows: list[Row], records: list[Any]) -> None:
        links: list[Any] = []
        for row, record in zip(rows, records, strict=True):
            named: dict[tuple[type, int], Named] = {}
            for name in row.people:
                found = self.importer.people.named(name)
                if found is None:
                    template = _("Nobody, or more than one, is called “%(name)s”: not linked.")
                    self.result.notice(Notice(row.place, Message("person-unknown", template, {"name": name})))
                else:
                    named[type(found), found.pk] = found
            links += [_link(kind, record, found) for found in named.values()]
        for through, rows_of_it in _by_type(links).items():
            through._default_manager.bulk_create(rows_of_it, batch_size=BATCH_ROWS)


def article_from(row: Row, outlet: Outlet | None) -> Article:
    """The article of the row as an unsaved draft."""
    article = Article(
        outlet=outlet,
        original_language=row.language,
        url=row.url,
        byline=row.byline,
        external_id=row.external_id,
        raw_text=row.raw_text,
        cuts=[cut.as_json() for cut in row.cuts],
        **{
            f"headline_{row.language}": row.title,
            f"standfirst_{row.language}": row.standfirst,
            f"body_{row.language}": row.body,
        },
    )
    if row.published:
        article.published_at = row.published.at
        article.published_precision = row.published.precision
        article.published_basis = DateBasis.STATED
    return article


def claim_from(row: Row) -> Claim:
    """The claim of the row as an unsaved draft."""
    return Claim(
        original_language=row.language,
        external_id=row.external_id,
        **{f"statement_{row.language}": row.title, f"context_{row.language}": row.body},
    )


def import_text(
    raw_text: str,
    *,
    at: datetime.datetime,
    by: Any = None,
    headline: str | None = None,
    language: str = "",
    outlet: Outlet | None = None,
    url: str = "",
    byline: str = "",
    published: PublishedAt | None = None,
    external_id: str = "",
) -> tuple[Article, Proposal]:
    """Save a pasted text as a draft of whoever pasted it, and return it with the proposal it was made from.

    A headline or language left out is recognised; a publisher left out is the one to whose domain `url` belongs. Raises
    `RowRefused` where the text cannot be kept or its language is not recognised.
    """
    fields = {"id": external_id or PASTED, "body": raw_text, "title": headline, "url": url, "byline": byline}
    row = row_from(fields, Place(str(_("the pasted text"))), language=language, column_of=lambda _field: None)
    proposal = propose(row.raw_text, headline=headline or None)
    row.cuts, row.body, row.title = proposal.cuts, proposal.body, one_line(proposal.headline)
    row.published, row.external_id = published, external_id
    article = article_from(row, outlet or (OutletMatcher().at(url) if url else None))
    article.author = article._history_user = by
    article._history_date = at
    article._change_reason = CHANGE_REASON
    article.save()
    return article, proposal


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _link(kind: str, record: Any, named: Named) -> Any:
    field_name = "person" if isinstance(named, Person) else "organisation"
    if kind == ARTICLE:
        return Mention(article=record, state=SuggestionState.CONFIRMED, **{field_name: named})
    through: Any = Claim.people.through if isinstance(named, Person) else Claim.organisations.through
    return through(claim_id=record.pk, **{f"{field_name}_id": named.pk})


def _by_type(links: Iterable[Any]) -> dict[Any, list[Any]]:
    grouped: dict[Any, list[Any]] = {}
    for link in links:
        grouped.setdefault(type(link), []).append(link)
    return grouped


def _refused_by_database(load: _FileLoad, error: DatabaseError) -> Problem:
    lines = [row.place.line for row in load.batch if row.place.line]
    reason = str(error).strip().partition("\n")[0] or type(error).__name__
    if isinstance(error, IntegrityError):
        template = _(
            "The database refused a row from here on (%(reason)s). If another import is running, wait for it."
        )
    else:
        template = _("The database could not take the rows from here on: %(reason)s.")
    place = Place(load.result.name, lines[0] if lines else None)
    return Problem(place, Message("refused-by-database", template, {"reason": reason.rstrip(".")}))
