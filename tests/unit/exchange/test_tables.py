"""Tables as files: every text comes back as it went out, and none of them is a formula."""

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
        exclude_categories=("Cs", "Cc"), include_characters="\n\t'=+-@", exclude_characters="\ufffe\uffff"
    ),
    max_size=40,
)


@given(TEXTS)
def test_a_guarded_text_is_no_formula_and_is_given_back(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\n"))
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
