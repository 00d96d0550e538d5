"""One article or claim as a file states it, checked: a `Row` is either right or refused with everything wrong in it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.importing.cuts import Cut
from articles.importing.paragraphs import body_from_raw, plain_body
from articles.importing.problems import Message, Place, Problem, RowRefused
from articles.importing.proposal import cuts_beside, propose
from newsroom.text.dates import DatePrecision
from newsroom.text.languages import LANGUAGES, UNDETERMINED, detect_language
from newsroom.text.prose import cleaned, shows_where_it_leads

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ARTICLE: Final = "article"
CLAIM: Final = "claim"

# In characters; the models' own lengths where they have one (a test holds both together).
LONGEST: Final = {
    "id": 200,
    "language": 35,
    "type": 20,
    "title": 500,
    "body": 1_000_000,
    "standfirst": 5_000,
    "outlet": 200,
    "url": 2_000,
    "published_at": 40,
    "byline": 300,
}
LONGEST_STATEMENT: Final = 1_000
LONGEST_NAME: Final = 200
MOST_PEOPLE: Final = 200
FIELDS: Final = (*LONGEST, "people")

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufeff]+")
_PARTIAL_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?:Z|[+-]\d{2}:?\d{2})?")
_URL = URLValidator(schemes=["http", "https"])
# A year that a newspaper can have; it also keeps every moment within what PostgreSQL and Python share.
_YEARS = range(1600, 2200)


@dataclass(frozen=True, slots=True)
class PublishedAt:
    """When the outlet published: the moment, or the first moment of the day, month or year that is stated."""

    at: datetime.datetime
    precision: str


@dataclass(slots=True)
class Row:
    """One article or claim, ready to be written. `title` and `body` of a claim are its statement and context."""

    place: Place
    kind: str
    external_id: str
    language: str
    title: str = ""
    body: str = ""
    standfirst: str = ""
    outlet: str = ""
    url: str = ""
    byline: str = ""
    published: PublishedAt | None = None
    people: list[str] = field(default_factory=list)
    raw_text: str = ""
    cuts: list[Cut] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)

    @property
    def size(self) -> int:
        """About how many characters it holds in memory."""
        return len(self.raw_text) + len(self.body) + len(self.title) + 200


class RowReader:
    """Checks the fields of one row and collects what is wrong with them."""

    def __init__(
        self, fields: Mapping[str, Any], place: Place, column_of: Callable[[str], int | None]
    ) -> None:
        self.fields, self.place, self.column_of = fields, place, column_of
        self.problems: list[Problem] = []

    def problem(self, name: str, code: str, template: str | _StrPromise, **values: Any) -> None:
        """Remember what is wrong with a field; `name` also tells the column."""
        place = Place(self.place.file, self.place.line, self.column_of(name))
        self.problems.append(Problem(place, Message(code, template, {"field": name, **values})))

    def text(self, name: str) -> str:
        """The field as it stands, or an empty string where it is missing or wrong."""
        value = self.fields.get(name)
        if value is None:
            return ""
        if name == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self.problem(
                name,
                "wrong-type",
                _("“%(field)s” is %(found)s; write a text in quotation marks."),
                found=_type_name(value),
            )
            return ""
        return value if self.is_storable(name, value) else ""

    def is_storable(self, name: str, value: str) -> bool:
        """False, with a problem remembered, for a text the database cannot hold."""
        if found := _UNSTORABLE.search(value):
            code = f"U+{ord(found.group()):04X}"
            self.problem(
                name,
                "unstorable-character",
                _("“%(field)s” holds the character %(found)s, which is no text. Take it out."),
                found=code,
            )
            return False
        longest = LONGEST.get(name, LONGEST_NAME)
        if len(value) > longest:
            self.problem(
                name,
                "too-long",
                _("“%(field)s” has %(found)s characters; at most %(most)s are kept. Shorten it."),
                found=len(value),
                most=longest,
            )
            return False
        return True

    def line(self, name: str) -> str:
        """The field as a single line."""
        return one_line(cleaned(self.text(name)))

    def language(self, default: str) -> str:
        """The stated language or the default; empty where neither is given."""
        stated = self.line("language").lower()
        if not stated or stated == UNDETERMINED:
            return default
        # "ar-IQ" and "en_GB" are Arabic and English.
        language = re.split("[-_]", stated)[0]
        if language not in LANGUAGES:
            self.problem(
                "language",
                "unknown-language",
                _("“language” is “%(found)s”; write “ar” or “en”."),
                found=stated,
            )
            return default or LANGUAGES[0]
        return language

    def kind(self) -> str:
        stated = self.line("type").lower() or ARTICLE
        if stated not in {ARTICLE, CLAIM}:
            self.problem(
                "type", "unknown-type", _("“type” is “%(found)s”; write “article” or “claim”."), found=stated
            )
            return ARTICLE
        return stated

    def url(self) -> str:
        stated = self.line("url")
        if stated and not is_web_address(stated):
            self.problem(
                "url",
                "bad-url",
                _("“%(found)s” is no web address; write it in full, like https://example.com/page."),
                found=stated[:80],
            )
            return ""
        return stated

    def published(self) -> PublishedAt | None:
        stated = self.line("published_at")
        if not stated:
            return None
        published = published_at(stated)
        if published is None:
            self.problem(
                "published_at",
                "bad-date",
                _("“%(found)s” is no date; write it like 2021-11-07, 2021-11 or 2021-11-07T14:30+03:00."),
                found=stated,
            )
        return published

    def people(self) -> list[str]:
        """Names; a single text is divided at semicolons, as in a cell of a table."""
        value = self.fields.get("people")
        if value is None or value == "":
            return []
        names = re.split("[;؛|]", value) if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            self.problem(
                "people",
                "wrong-type",
                _("“%(field)s” is %(found)s; write a list of names."),
                found=_type_name(value),
            )
            return []
        if len(names) > MOST_PEOPLE:
            self.problem(
                "people",
                "too-many",
                _("“%(field)s” has %(found)s names; at most %(most)s are kept."),
                found=len(names),
                most=MOST_PEOPLE,
            )
            return []
        return [
            line for name in names if self.is_storable("people", name) and (line := one_line(cleaned(name)))
        ]


def row_from(
    fields: Mapping[str, Any], place: Place, *, language: str, column_of: Callable[[str], int | None]
) -> Row:
    """The row that these fields state, or `RowRefused` with all that is wrong in them.

    `language` is taken where the row states none; without either it is recognised from the text.
    """
    reader = RowReader(fields, place, column_of)
    external_id, title, body = reader.line("id"), reader.line("title"), reader.text("body")
    row = Row(
        place=place,
        kind=reader.kind(),
        external_id=external_id,
        language=reader.language(language),
        title=title,
        standfirst=plain_body(reader.text("standfirst")),
        outlet=reader.line("outlet"),
        url=reader.url(),
        byline=reader.line("byline"),
        published=reader.published(),
        people=reader.people(),
    )
    if not external_id and not fields.get("id"):
        reader.problem(
            "id",
            "no-id",
            _("The row has no “id”. Give each row one of its own; a second import finds it by this."),
        )
    if not reader.problems:
        (_complete_claim if row.kind == CLAIM else _complete_article)(row, body, reader)
    if reader.problems:
        raise RowRefused(reader.problems)
    return row


def is_web_address(text: str) -> bool:
    try:
        _URL(text)
    except ValidationError:
        return False
    return shows_where_it_leads(text)


def one_line(text: str) -> str:
    """The text on one line: breaks and tabs become spaces, and other spaces inside stay as they are."""
    return re.sub(
        r"[\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+|[\x00-\x08\x0e-\x1b\x7f-\x9f\ufeff]", _space, text
    ).strip()


def published_at(stated: str) -> PublishedAt | None:
    """The moment a text states in ISO 8601, with how exactly; None where it states none.

    A moment without an offset, and the start of a day, are taken in the site's own time zone.
    """
    # Python reads digits of every script as numbers; only these spellings are dates here.
    stated = stated.strip()
    try:
        if partial := _PARTIAL_DATE.fullmatch(stated):
            year, month, day = (int(part) if part else 0 for part in partial.groups())
            precision = DatePrecision.DAY if day else DatePrecision.MONTH if month else DatePrecision.YEAR
            at = datetime.datetime(year, month or 1, day or 1, tzinfo=timezone.get_default_timezone())
        elif _MOMENT.fullmatch(stated):
            at = datetime.datetime.fromisoformat(
                stated.replace(",", ".").replace(" ", "T", 1).replace(" ", "")
            )
            at = at if at.tzinfo else at.replace(tzinfo=timezone.get_default_timezone())
            precision = DatePrecision.MOMENT
        else:
            return None
    except ValueError:
        return None
    return PublishedAt(at, precision.value) if at.year in _YEARS else None


def _space(found: re.Match[str]) -> str:
    return " " if found.group()[0].isspace() else ""


def _complete_article(row: Row, raw_text: str, reader: RowReader) -> None:
    # Offsets of cuts are counted as browsers count them: a line break is one character.
    row.raw_text = raw_text = raw_text.replace("\r\n", "\n").replace("\r", "\n")
    if row.title:
        row.cuts = cuts_beside(row.title, raw_text)
        row.body = body_from_raw(raw_text, row.cuts)
        row.language = row.language or detect_language(f"{row.title}\n{row.body}")
    else:
        proposal = propose(raw_text)
        row.title, row.body, row.cuts = proposal.headline, proposal.body, proposal.cuts
        row.language = row.language or proposal.language
        row.warnings = proposal.warnings
    if not row.title and not row.body:
        reader.problem(
            "body", "no-text", _("The row has neither a “title” nor a “body”. An article needs a text.")
        )
    _require_language(row, reader)


def _complete_claim(row: Row, body: str, reader: RowReader) -> None:
    """The body states the claim and the title is what it was checked under; either alone is the statement."""
    text = plain_body(body)
    statement = one_line(text.replace("\n\n", " "))
    heading = row.title
    if len(statement) > LONGEST_STATEMENT and heading:
        # Too long for one sentence: the heading states it and the text explains it.
        statement, heading = heading, text
        row.warnings.append(
            Message(
                "claim-body-as-context",
                _("The text is too long for a statement: the title states the claim."),
            )
        )
    row.title = statement or heading
    row.body = heading if heading != row.title else ""
    row.language = row.language or detect_language(f"{row.title}\n{row.body}")
    if not row.title:
        reader.problem(
            "body", "no-text", _("The row has neither a “body” nor a “title”. A claim needs a statement.")
        )
    if len(row.title) > LONGEST_STATEMENT:
        reader.problem(
            "body",
            "too-long",
            _(
                "The statement has %(found)s characters; at most %(most)s are kept. Shorten it or give a “title”."
            ),
            found=len(row.title),
            most=LONGEST_STATEMENT,
        )
    _require_language(row, reader)


def _require_language(row: Row, reader: RowReader) -> None:
    if row.language == UNDETERMINED and not reader.problems:
        reader.problem(
            "language",
            "language-not-recognised",
            _(
                "The language was not recognised. State it in “language” or import with --language ar or --language en."
            ),
        )


def _type_name(value: Any) -> str | _StrPromise:
    if isinstance(value, bool):
        return _("true or false")
    if isinstance(value, int | float):
        return _("a number")
    if isinstance(value, list):
        return _("a list")
    if isinstance(value, dict):
        return _("an object")
    return _("something else")
