"""Every accepted encoding is read exactly; everything else is refused with the byte at which it fails."""

import codecs
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import decoding
from articles.importing.decoding import decode, decoded_chunks, decoded_file, decoded_lines
from articles.importing.problems import FileRefused

ARABIC = "أعلنت بلدية المدينة أنها ستفتح الجسر الجديد يوم الخميس، وقالت إن العمل فيه استغرق «عامين كاملين».\n"
ENGLISH = "The council said the new bridge would open on Thursday, after two years of work.\n"


@pytest.mark.parametrize("text", [ARABIC, ENGLISH, ARABIC + ENGLISH])
@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "cp1256"),
    ],
)
def test_text_is_read_in_every_encoding_newsrooms_send(text, mark, codec):
    assert decode(mark + text.encode(codec), name="news.txt") == text


def test_windows_arabic_is_recognised_although_the_first_pages_are_ascii(tmp_path):
    path = tmp_path / "rows.csv"
    text = "id,title\n" + "a-1,Bridge opens\n" * 10_000 + f"a-2,{ARABIC * 20}"
    path.write_bytes(text.encode("cp1256"))

    assert "".join(decoded_chunks(path, name="rows.csv")) == text
    assert decode(text.encode("cp1256"), name="rows.csv") == text


@pytest.mark.parametrize("codec", ["iso-8859-6", "mac_arabic", "cp720", "cp864"])
def test_other_arabic_code_pages_are_not_taken_for_the_windows_one(codec):
    data = ARABIC.replace("«", '"').replace("»", '"').replace("أ", "ا").encode(codec, "ignore")

    with pytest.raises(FileRefused) as refused:
        decode(data, name="old.txt")

    assert refused.value.problem.code == "encoding-unknown"
    assert "UTF-8" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Le café de la gare a été fermé à Noël, a déclaré la préfète.", "cp1252"),
        ("Совет сообщил, что новый мост откроется в четверг.", "cp1251"),
        ("“Smart quotes” and nothing else beyond ASCII.", "cp1252"),
        ("نص عربي في ترميز لا يقرؤه أحد", "utf-32"),
    ],
)
def test_text_in_another_encoding_is_refused_and_told_what_to_do(text, codec):
    with pytest.raises(FileRefused) as refused:
        decode(text.encode(codec), name="letter.txt")

    assert refused.value.problem.place.file == "letter.txt"
    assert refused.value.problem.place.byte is not None
    assert "UTF-8" in str(refused.value)


def test_a_broken_utf8_text_is_refused_at_its_first_broken_byte(tmp_path):
    good = (ARABIC * 2_000).encode()
    path = tmp_path / "long.jsonl"
    path.write_bytes(good + b"\xff" + good)

    with pytest.raises(FileRefused) as refused:
        list(decoded_lines(path, name="long.jsonl"))

    assert refused.value.problem.place.byte == len(good)
    assert "0xFF" in str(refused.value)


def test_utf8_that_breaks_off_inside_a_letter_is_refused_at_that_letter(tmp_path):
    path = tmp_path / "torn.jsonl"
    path.write_bytes((ARABIC * 5_000).encode() + "ن".encode()[:1])

    with pytest.raises(FileRefused) as refused:
        list(decoded_chunks(path, name="torn.jsonl"))

    assert refused.value.problem.place.byte == len((ARABIC * 5_000).encode())


def test_utf8_once_read_as_windows_arabic_is_not_read_so_again():
    broken = ARABIC.encode() + b"\xff"

    with pytest.raises(FileRefused):
        decode(broken, name="broken.txt")


def test_lines_end_at_line_feeds_only(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"body": "a\u2028b\x85c"}\n\n{"body": "d"}', encoding="utf-8")

    assert list(decoded_lines(path, name="rows.jsonl")) == [
        '{"body": "a\u2028b\x85c"}\n',
        "\n",
        '{"body": "d"}',
    ]


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(decoding, "MAX_LINE_CHARACTERS", 1_000)
    monkeypatch.setattr(decoding, "CHUNK_BYTES", 400)
    path = tmp_path / "endless.jsonl"
    path.write_text("short\n" + "x" * 5_000, encoding="utf-8")

    with pytest.raises(FileRefused) as refused:
        list(decoded_lines(path, name="endless.jsonl"))

    assert refused.value.problem.place.line == 2


def test_a_compressed_file_is_read_like_the_file_in_it(tmp_path):
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress((ARABIC * 3).encode("utf-16")))

    assert list(decoded_lines(path, name="rows.jsonl.gz")) == [ARABIC] * 3


def test_a_damaged_archive_and_a_missing_file_are_refused_by_name(tmp_path):
    torn = tmp_path / "torn.jsonl.gz"
    torn.write_bytes(gzip.compress((ARABIC * 300).encode())[:-20])

    for path in (torn, tmp_path / "absent.jsonl"):
        with pytest.raises(FileRefused, match=path.name):
            list(decoded_lines(path, name=path.name))


def test_a_text_file_longer_than_an_article_is_refused(tmp_path):
    path = tmp_path / "book.txt"
    path.write_text(ENGLISH * 100, encoding="utf-8")

    with pytest.raises(FileRefused) as refused:
        decoded_file(path, name="book.txt", most_bytes=1_000)

    assert refused.value.problem.code == "file-too-long"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else(data):
    try:
        text = decode(data, name="any")
    except FileRefused:
        return
    text.encode("utf-8")


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\x06"), max_size=300)
)
def test_utf8_is_always_read_back_exactly(text):
    assert decode(codecs.BOM_UTF8 + text.encode(), name="any") == text


@given(
    st.lists(st.sampled_from([ARABIC, ENGLISH, "\n", "«نعم»\n", "a" * 70 + "\n"]), max_size=40),
    st.integers(7, 90),
)
def test_pieces_of_any_size_make_the_same_lines(parts, size):
    text = "".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "CHUNK_BYTES", size)
        patch.setattr(Path, "open", lambda _path, _mode: io.BytesIO(text.encode()))
        assert "".join(decoded_lines(Path("any"), name="any")) == text
