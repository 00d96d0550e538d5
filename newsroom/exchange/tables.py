"""Tables as files: CSV and XLSX in and out, whose cells no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from itertools import islice

import openpyxl
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl.utils.exceptions import IllegalCharacterError

from newsroom.text.encodings import WINDOWS_ARABIC, recognise

CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_BYTES = 5_000_000
MOST_ROWS = 5_000
# No kind of record has as many columns; a row of a workbook may claim 16,384 of them, one of CSV millions.
MOST_COLUMNS = 100
# What a workbook of the largest allowed size may unpack to, in how many parts, and with how many tags to be read one by
# one: some thirty for every cell that is written in it.
_MOST_UNPACKED = 50_000_000
_MOST_PARTS = 1_000
_MOST_TAGS = 3_000_000
# More do not fit into a cell of Excel.
LONGEST_CELL = 32_767
_DELIMITERS = ",;\t|"
# A cell that begins so is a formula, also in the wide forms of Asian keyboards, or becomes one when it is pasted; the mark
# is the one spreadsheets use for text.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_TEXT_MARK = "'"

# The cells of a table, its header first.
type Table = list[list[str]]


class TableRefused(Exception):
    """The file is no table that can be read; the sentence says why and what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet calculates; `unguarded` gives back every text exactly."""
    return _TEXT_MARK + text if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_TEXT_MARK) and _FORMULA.match(cell) else cell


def write_table(rows: Iterable[Sequence[str]], form: str) -> bytes:
    """The rows as a file; CSV carries a byte order mark, without which Excel misreads Arabic. TableRefused where a cell is
    too long for a workbook.
    """
    safe = ([guarded(cell) for cell in row] for row in rows)
    return _as_csv(safe) if form == CSV else _as_workbook(safe)


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _as_workbook(rows: Iterable[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise TableRefused(_("A text is too long for a cell of a workbook. Export as CSV instead."))
        try:
            sheet.append(row)
        except IllegalCharacterError:
            raise TableRefused(
                _("A text holds a character that no workbook takes. Export as CSV instead.")
            ) from None
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def read_table(data: bytes, *, name: str) -> Table:
    """The cells of a CSV file or of a workbook's first sheet, each row as long as the header; TableRefused otherwise."""
    if len(data) > MOST_BYTES:
        raise TableRefused(
            _("The file is larger than %(most)s MB. Divide it into several.")
            % {"most": MOST_BYTES // 1_000_000}
        )
    if name.lower().endswith(".csv"):
        rows = _from_csv(data)
    elif name.lower().endswith(".xlsx"):
        rows = _from_workbook(data)
    else:
        raise TableRefused(
            _("“%(name)s” is neither .csv nor .xlsx. Save the table as one of them.") % {"name": name}
        )
    table = [[unguarded(_plain(cell)) for cell in _narrow(row)] for row in islice(rows, MOST_ROWS + 2)]
    while table and not any(table[-1]):
        table.pop()
    if not table:
        raise TableRefused(_("The table is empty."))
    if len(table) > MOST_ROWS + 1:
        raise TableRefused(
            _("The table has more than %(most)s rows. Divide it into several.") % {"most": MOST_ROWS}
        )
    width = len(table[0])
    return [[*row[:width], *[""] * (width - len(row))] for row in table]


def _narrow(row: Sequence[str]) -> Sequence[str]:
    if len(row) > MOST_COLUMNS:
        raise TableRefused(
            _("The table has more than %(most)s columns. Leave out those that are not known here.")
            % {"most": MOST_COLUMNS}
        )
    return row


def _plain(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _from_csv(data: bytes) -> Iterable[Sequence[str]]:
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(MOST_BYTES)
    try:
        return list(
            islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), MOST_ROWS + 2)
        )
    except csv.Error as error:
        raise TableRefused(
            _("The table cannot be read (%(reason)s). Look for a quotation mark that is not closed.")
            % {"reason": error}
        ) from None


def _decoded(data: bytes) -> str:
    """The text of a CSV file: Unicode, or else the code page of Arabic Windows, in which Excel writes CSV there."""
    encoding = recognise(data, is_whole=True, declared=WINDOWS_ARABIC)
    try:
        if encoding is not None:
            return data[encoding.mark_bytes :].decode(encoding.codec)
    except UnicodeDecodeError:
        pass
    raise TableRefused(_("The text of the file cannot be read. Save it as “CSV UTF-8”."))


def _from_workbook(data: bytes) -> Iterable[Sequence[str]]:
    refused = TableRefused(_("The file is no workbook that can be read. Save it as .xlsx, or as CSV."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if not _is_harmless(parts):
                raise refused
        sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        # A sheet may claim any size; one column more than is allowed tells that there are more.
        cells = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
        return [_without_rest([_shown(cell) for cell in row]) for row in islice(cells, MOST_ROWS + 2)]
    except TableRefused:
        raise
    # Whatever the reader of a foreign format stumbles over: a cut archive, a broken part, a date of the year 99999.
    except Exception:
        raise refused from None


def _is_harmless(parts: zipfile.ZipFile) -> bool:
    """Whether a workbook unpacks to no more than a workbook needs, and defines no entities, which grow without end."""
    found = parts.infolist()
    if len(found) > _MOST_PARTS or sum(part.file_size for part in found) > _MOST_UNPACKED:
        return False
    tags = 0
    for part in found:
        content = parts.read(part)
        tags += content.count(b"<")
        # In UTF-16 a zero stands beside each letter.
        if tags > _MOST_TAGS or b"<!DOCTYPE" in content[:4_000].replace(b"\x00", b"").upper():
            return False
    return True


def _without_rest(row: list[str]) -> list[str]:
    """The row up to its last cell with anything in it."""
    while row and not row[-1]:
        row.pop()
    return row


def _shown(cell: object) -> str:
    """A number or a date as it is written in a CSV file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "isoformat"):
        return cell.isoformat().removesuffix("T00:00:00")
    return str(cell)
