"""Tables as files: every text comes back as it went out, and none of them is a formula."""

import contextlib
import datetime
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.exchange.tables import CSV, XLSX, TableRefused, guarded, read_table, unguarded, write_table

# What is stored has newlines of one kind and no control characters.
TEXTS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"), include_characters="\n\t'=+-@＝", exclude_characters="\ufffe\uffff"
    ),
    max_size=40,
)


@given(TEXTS)
def test_a_guarded_text_is_no_formula_and_is_given_back(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠"))
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("form", [CSV, XLSX])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_a_table_comes_back_as_it_went_out(form, rows):
    # Rows at the end with nothing in them are nothing.
    table = [["id", "text"], *(list(row) for row in rows), ["end", "."]]

    assert read_table(write_table(table, form), name=f"table.{form}") == table


@pytest.mark.parametrize("form", [CSV, XLSX])
def test_a_formula_stays_a_text(form):
    content = write_table([["id"], ['=HYPERLINK("http://example.com")']], form)

    assert b"'=HYPERLINK" in content or form == XLSX
    if form == XLSX:
        cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
        assert cell.data_type != "f"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_a_spreadsheet_saves_as_csv_is_read(encoding, delimiter):
    content = f"id{delimiter}name_ar\r\n1{delimiter}رويترز\r\n".encode(encoding)

    assert read_table(content, name="outlets.CSV") == [["id", "name_ar"], ["1", "رويترز"]]


def test_numbers_and_dates_of_a_workbook_are_read_as_written():
    book = openpyxl.Workbook()
    book.active.append(["id", "day", "step"])
    book.active.append([12.0, datetime.date(2026, 3, 4), True])
    written = io.BytesIO()
    book.save(written)

    assert read_table(written.getvalue(), name="t.xlsx")[1] == ["12", "2026-03-04", "1"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("table.pdf", b"%PDF"),
        ("table.csv", b""),
        ("table.csv", b'id\n"never closed'),
        ("table.csv", b"\xff\xfe\x00"),
        ("table.xlsx", b"no zip"),
        ("table.csv", b"id\n" + b"1\n" * 5_001),
        ("table.csv", b"x" * 5_000_001),
        # Sixty kilobytes that would be two gigabytes of empty cells.
        ("table.csv", b"," * 50_000 + b"\n" + b"a\n" * 5_000),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(name, content):
    with pytest.raises(TableRefused) as refused:
        read_table(content, name=name)
    assert str(refused.value.sentence)


def test_a_workbook_with_a_document_type_is_refused():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as parts:
        parts.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')

    with pytest.raises(TableRefused):
        read_table(written.getvalue(), name="bomb.xlsx")


def a_workbook(sheet: str, **more: str) -> bytes:
    """A small workbook whose sheet, and whose other parts, are exactly as given."""
    book = openpyxl.Workbook()
    made, written = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in parts.namelist():
            content: bytes | str = parts.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = (
                    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                    f"{sheet}</worksheet>"
                )
            changed.writestr(name, content)
        for name, content in more.items():
            changed.writestr(f"xl/{name}.xml", content)
    return written.getvalue()


def a_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_workbook_that_claims_to_be_vast_is_read_as_what_is_in_it():
    sheet = '<dimension ref="A1:XFD1048576"/><sheetData>' + "".join(
        f'<row r="{row}">{a_cell(f"A{row}", "id" if row == 1 else "x")}</row>' for row in range(1, 4)
    )

    assert read_table(a_workbook(f"{sheet}</sheetData>"), name="t.xlsx") == [["id"], ["x"], ["x"]]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: a_workbook(f'<sheetData><row r="1">{a_cell("CW1", "x")}</row></sheetData>'), id="wide"),
        pytest.param(lambda: a_workbook("<sheetData/>", more="<a/>" * 3_000_001), id="tags"),
        pytest.param(lambda: a_workbook("<sheetData/>", more=" " * 50_000_001), id="long"),
        pytest.param(
            lambda: a_workbook("<sheetData/>", more="\ufeff<!doctype x>".encode("utf-16").decode("latin-1")),
            id="document type",
        ),
        pytest.param(
            lambda: a_workbook('<sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData>'), id="no such text"
        ),
        pytest.param(
            lambda: a_workbook('<sheetData><row r="1"><c r="A1" t="d"><v>99999-1-1</v></c></row></sheetData>'), id="date"
        ),
        pytest.param(lambda: a_workbook("<sheetData/>")[:-40], id="cut"),
    ],
)  # fmt: skip
def test_a_workbook_made_to_hurt_is_refused_with_a_sentence(content):
    with pytest.raises(TableRefused) as refused:
        read_table(content(), name="t.xlsx")
    assert str(refused.value.sentence)


SOUND = a_workbook(f'<sheetData><row r="1">{a_cell("A1", "id")}</row></sheetData>')


@given(
    place=st.integers(0, len(SOUND) - 1), byte=st.integers(0, 255), cut=st.integers(0, len(SOUND)) | st.none()
)
def test_no_damage_to_a_workbook_is_more_than_a_refusal(place, byte, cut):
    damaged = bytearray(SOUND)
    damaged[place] = byte
    with contextlib.suppress(TableRefused):
        read_table(bytes(damaged[:cut]), name="t.xlsx")
