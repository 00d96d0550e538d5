"""The kinds of file that can be imported. Each is read as a stream of rows, of problems and of notices, in file order."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from articles.importing import rows
from articles.importing.decoding import MAX_LINE_CHARACTERS, decoded_file, decoded_lines
from articles.importing.paragraphs import body_from_raw
from articles.importing.problems import FileRefused, Message, Place, Problem, RowRefused
from articles.importing.proposal import propose
from articles.importing.rows import FIELDS, Row
from newsroom.text.languages import LANGUAGES

MOST_TEXT_BYTES = 4_000_000
MOST_PAGE_BYTES = 20_000_000
# A file name that PostgreSQL cannot store names no article.
LONGEST_FILE_NAME = 200


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know about a file that stops nothing."""

    place: Place
    message: Message

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"

    @property
    def key(self) -> str:
        """Equal for notices that say the same of different rows."""
        return f"{self.message.code} {sorted(self.message.values.items())!r}"


type Read = Row | Problem | Notice
type Advanced = Callable[[int], None]


def suffix_of(path: Path) -> str:
    """The kind of a file by its name, compressed or not: ".jsonl" for both "a.jsonl" and "a.JSONL.gz"."""
    name = path.name.lower()
    return Path(name.removesuffix(".gz")).suffix


def is_importable(path: Path) -> bool:
    return suffix_of(path) in READERS


def is_known_by_its_name(path: Path) -> bool:
    """True for the kinds that hold one article, whose id is the name of the file."""
    return READERS.get(suffix_of(path)) in {read_txt, read_html}


def external_id_of(path: Path) -> str:
    # The same name in every file system: macOS hands letters and their marks out apart.
    return unicodedata.normalize("NFC", path.name.removesuffix(".gz"))


def read(path: Path, *, name: str, language: str = "", advanced: Advanced | None = None) -> Iterator[Read]:
    """Everything the file holds. `FileRefused` where it cannot be read on; `advanced` hears of bytes read so far."""
    reader = READERS[suffix_of(path)]
    yield from reader(path, name, language, advanced or (lambda _bytes: None))


def read_jsonl(path: Path, name: str, language: str, advanced: Advanced) -> Iterator[Read]:
    """One JSON object a line."""
    ignored: Counter[str] = Counter()
    for number, line in enumerate(decoded_lines(path, name=name, advanced=advanced), 1):
        if not line.strip():
            continue
        try:
            fields = _json_object(line, Place(name, number))
            ignored.update(key for key in fields if key not in FIELDS)
            place = Place(name, number)
            yield rows.row_from(fields, place, language=language, column_of=partial(_json_column, line))
        except RowRefused as refused:
            yield from refused.problems
    yield from _ignored(name, ignored)


def read_csv(path: Path, name: str, language: str, advanced: Advanced) -> Iterator[Read]:
    """A table whose first row names the fields; commas, semicolons, tabs or bars divide the cells."""
    lines = decoded_lines(path, name=name, advanced=advanced)
    header, delimiter, skipped = _csv_header(lines, name)
    columns = {field: number for number, field in enumerate(header, 1) if field}
    csv.field_size_limit(MAX_LINE_CHARACTERS)
    table = csv.reader(lines, delimiter=delimiter, strict=True)
    start = skipped + 1
    try:
        for cells in table:
            place, start = Place(name, start), skipped + table.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            try:
                yield rows.row_from(
                    _csv_fields(cells, header, place), place, language=language, column_of=columns.get
                )
            except RowRefused as refused:
                yield from refused.problems
    except csv.Error as error:
        raise FileRefused(
            Problem(
                Place(name, start),
                Message(
                    "bad-table",
                    _(
                        "The table cannot be read on from here (%(reason)s). Look for a quotation mark that is not closed."
                    ),
                    {"reason": error},
                ),
            )
        ) from None
    yield from _ignored(name, Counter(field for field in header if field not in FIELDS and field))


def read_txt(path: Path, name: str, language: str, advanced: Advanced) -> Iterator[Read]:
    """One article as it was copied from a page: what is headline, body and chrome is proposed."""
    raw_text = _without_final_break(decoded_file(path, name=name, most_bytes=MOST_TEXT_BYTES))
    yield from _single(path, name, {"body": raw_text}, language)


def read_html(path: Path, name: str, language: str, advanced: Advanced) -> Iterator[Read]:
    """One article as a saved page; facts are taken only where the page states them."""
    # trafilatura takes half a second and much memory to load: only where a page is read.
    from articles.importing import pages

    html = decoded_file(path, name=name, most_bytes=MOST_PAGE_BYTES, declared_in=pages.DECLARED_CHARSET)
    if not pages.is_readable(html):
        raise FileRefused(
            Problem(
                Place(name),
                Message(
                    "page-too-large",
                    _(
                        "The page has more than %(most)s tags. Copy the text of its article into a .txt file and import that."
                    ),
                    {"most": pages.MOST_TAGS},
                ),
            )
        )
    page = pages.read_page(html.replace("\x00", ""))
    if not page.text:
        raise FileRefused(
            Problem(
                Place(name),
                Message(
                    "no-article",
                    _("No article was found on the page. Copy its text into a .txt file and import that."),
                ),
            )
        )
    fields: dict[str, Any] = {
        "title": page.headline,
        "body": page.text,
        "byline": page.byline,
        "url": page.url,
    }
    stated = re.split("[-_]", page.language.lower())[0]
    if stated in LANGUAGES:
        fields["language"] = stated
    if page.published_at and rows.published_at(page.published_at):
        fields["published_at"] = page.published_at
    # Wrong facts of a page are its own affair: they are left out and told, and the article is imported.
    for field in ("byline", "url", "title"):
        if len(fields[field]) > rows.LONGEST[field]:
            fields[field] = ""
    if not rows.is_web_address(fields["url"]):
        fields["url"] = ""
    if page.site:
        yield Notice(
            Place(name),
            Message(
                "site-name",
                _("The page calls its site “%(site)s”. If it is the publisher, choose it; nothing was set."),
                {"site": page.site},
            ),
        )
    yield from _single(path, name, fields, language)


READERS: Final[dict[str, Callable[[Path, str, str, Advanced], Iterator[Read]]]] = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_txt,
    ".html": read_html,
    ".htm": read_html,
}


def _single(path: Path, name: str, fields: dict[str, Any], language: str) -> Iterator[Read]:
    place = Place(name)
    try:
        row = rows.row_from(
            {**fields, "id": external_id_of(path)}, place, language=language, column_of=lambda _field: None
        )
    except RowRefused as refused:
        yield from refused.problems
        return
    has_own_headline = bool(fields.get("title"))
    proposal = propose(row.raw_text, headline=row.title if has_own_headline else None)
    row.cuts, row.body = proposal.cuts, body_from_raw(row.raw_text, proposal.cuts)
    told = {"no-date", "relative-date", "date-line"} if row.published else set()
    if row.byline:
        told.add("byline")
    row.warnings = [warning for warning in proposal.warnings if warning.code not in told]
    yield row


_JSON_REASONS: Final = {
    "Expecting value": _("a value is missing"),
    "Expecting ',' delimiter": _("a comma or the closing brace is missing"),
    "Expecting ':' delimiter": _("a colon is missing"),
    "Expecting property name enclosed in double quotes": _("a field name in quotation marks is missing"),
    "Illegal trailing comma before end of object": _("the comma before the closing brace is one too many"),
    "Unterminated string starting at": _("the quotation mark that opens here is not closed"),
    "Invalid control character at": _("a line break or tab inside a text must be written as \\n or \\t"),
    "Invalid \\escape": _("a backslash inside a text must be written twice"),
    "Extra data": _("something follows the closing brace"),
}


def _json_object(line: str, place: Place) -> dict[str, Any]:
    try:
        found = json.loads(line.rstrip(), parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise RowRefused(
            [
                Problem(
                    Place(place.file, place.line, error.colno),
                    Message(
                        "bad-json",
                        _(
                            "The line is no JSON from here on (%(reason)s). Each line holds one object in braces."
                        ),
                        {"reason": _JSON_REASONS.get(error.msg, error.msg)},
                    ),
                )
            ]
        ) from None
    except (ValueError, RecursionError) as error:
        reason = _("nested too deeply") if isinstance(error, RecursionError) else error.args[0]
        raise RowRefused(
            [
                Problem(
                    place,
                    Message(
                        "bad-json", _("The line cannot be read as JSON: %(reason)s."), {"reason": reason}
                    ),
                )
            ]
        ) from None
    if not isinstance(found, dict):
        raise RowRefused(
            [
                Problem(
                    Place(place.file, place.line, 1),
                    Message(
                        "not-an-object",
                        _(
                            "The line holds no object. Each line is one article or claim in braces: {“id”: …}."
                        ),
                    ),
                )
            ]
        )
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        name = next(name for name, count in Counter(name for name, _value in pairs).items() if count > 1)
        raise ValueError(Message("", _("“%(field)s” stands twice"), {"field": _shown(name)}))
    return fields


def _refuse_constant(constant: str) -> Any:
    raise ValueError(Message("", _("%(found)s is no number in JSON"), {"found": constant}))


def _json_column(line: str, field: str) -> int | None:
    """The column of the field's value. A quotation mark inside a JSON text is escaped, so this finds keys alone."""
    found = re.search(rf'"{re.escape(field)}"\s*:\s*', line)
    return found.end() + 1 if found else 1


# What the columns are called in tables that newsrooms keep.
_COLUMN_NAMES: Final = {
    "id": ("المعرف", "المعرّف", "external_id", "identifier"),
    "language": ("اللغة", "lang"),
    "type": ("النوع",),
    "title": ("العنوان", "headline"),
    "body": ("النص", "المتن", "text", "content"),
    "standfirst": ("المقدمة", "summary"),
    "outlet": ("الناشر", "المؤسسة", "publisher", "source"),
    "url": ("الرابط", "link"),
    "published_at": ("التاريخ", "تاريخ النشر", "date", "published"),
    "byline": ("الكاتب", "author"),
    "people": ("الأشخاص",),
}
_FIELD_BY_COLUMN: Final = {name: field for field, names in _COLUMN_NAMES.items() for name in (field, *names)}


def _csv_header(lines: Iterator[str], name: str) -> tuple[list[str], str, int]:
    """The fields of the columns, what divides the cells, and how many lines were read for it."""
    for skipped, line in enumerate(lines, 1):
        if not line.strip() or line.lower().startswith("sep="):
            continue
        best: list[str] = []
        divider = ","
        for delimiter in ",;\t|":
            cells = next(csv.reader([line], delimiter=delimiter), [])
            header = [_field_of(cell) for cell in cells]
            if sum(field in FIELDS for field in header) > sum(field in FIELDS for field in best):
                best, divider = header, delimiter
        if "id" not in best or not {"title", "body"} & set(best):
            break
        if twice := next((field for field in best if field and best.count(field) > 1), ""):
            raise FileRefused(
                Problem(
                    Place(name, skipped, len(best) - best[::-1].index(twice)),
                    Message(
                        "column-twice", _("Two columns are called “%(field)s”. Rename one."), {"field": twice}
                    ),
                )
            )
        return best, divider, skipped
    raise FileRefused(
        Problem(
            Place(name, 1),
            Message(
                "no-header",
                _(
                    "The first row must name the columns, at least “id”, and “title” or “body”. Known names: %(fields)s."
                ),
                {"fields": ", ".join(FIELDS)},
            ),
        )
    )


def _field_of(cell: str) -> str:
    name = cell.strip().strip("\ufeff").lower()
    return _FIELD_BY_COLUMN.get(name, name)


def _csv_fields(cells: list[str], header: list[str], place: Place) -> dict[str, str]:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise RowRefused(
            [
                Problem(
                    Place(place.file, place.line, len(header) + 1),
                    Message(
                        "too-many-cells",
                        _(
                            "The row has %(found)s cells and the header %(most)s. Put quotation marks around a text that holds commas."
                        ),
                        {"found": len(cells), "most": len(header)},
                    ),
                )
            ]
        )
    return {field: cell for field, cell in zip(header, cells, strict=False) if field and cell.strip()}


def _ignored(name: str, ignored: Iterable[str]) -> Iterator[Notice]:
    if fields := sorted({_shown(field) for field in ignored}):
        yield Notice(
            Place(name),
            Message(
                "ignored-fields",
                _("These fields are not known and were left out: %(fields)s."),
                {"fields": ", ".join(fields[:20])},
            ),
        )


def _shown(field: str) -> str:
    """A field's name as a page can show it: JSON may spell halves of characters."""
    return rows.one_line(field)[:40].encode("utf-8", "replace").decode()


def _without_final_break(text: str) -> str:
    return text.rstrip("\r\n")
