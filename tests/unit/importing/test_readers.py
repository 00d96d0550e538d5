"""Rows of files: what is right is read, what is wrong is told with its file, line and column, in both languages."""

import gzip
import json

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import readers
from articles.importing.problems import FileRefused, Problem
from articles.importing.readers import Notice, read
from articles.importing.rows import Row, published_at

BODY = "قالت البلدية إن الجسر الجديد سيفتح يوم الخميس أمام الشاحنات.\nوأضافت أن العبّارة باقية."
GOOD = {"id": "a-1", "language": "ar", "title": "الجسر يفتح", "body": BODY}


@pytest.fixture
def file(tmp_path):
    """Writes a file of that name and reads it as a list."""

    def write_and_read(name: str, content: str | bytes, **options: str) -> list:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read(path, name=name, **options))

    return write_and_read


def line(**changes) -> str:
    return json.dumps({**GOOD, **changes}, ensure_ascii=False) + "\n"


def only_row(read_items: list) -> Row:
    [row] = [item for item in read_items if isinstance(item, Row)]
    assert not [item for item in read_items if isinstance(item, Problem)]
    return row


def only_problem(read_items: list) -> Problem:
    [problem] = [item for item in read_items if isinstance(item, Problem)]
    assert not [item for item in read_items if isinstance(item, Row)]
    return problem


def test_a_line_of_json_is_an_article(file):
    row = only_row(
        file(
            "rows.jsonl",
            line(
                standfirst="مقدمة",
                outlet="النهر",
                url="https://alnahr.example/1",
                byline="سامي",
                published_at="2021-11-07",
                people=["سامي النجار"],
            ),
        )
    )

    assert (row.kind, row.external_id, row.language, row.title) == ("article", "a-1", "ar", "الجسر يفتح")
    assert row.body == BODY.replace("\n", "\n\n")
    assert row.raw_text == BODY
    assert (row.standfirst, row.outlet, row.byline, row.people) == ("مقدمة", "النهر", "سامي", ["سامي النجار"])
    assert (row.published.precision, row.published.at.isoformat()[:10]) == ("day", "2021-11-07")


def test_the_body_of_a_claim_states_it_and_its_title_is_the_context(file):
    claim = only_row(
        file("c.jsonl", line(type="claim", title="تحقق: هل فُتح الجسر؟", body="فُتح الجسر\nالخميس"))
    )
    same = only_row(file("s.jsonl", line(type="claim", title="فُتح الجسر", body="فُتح الجسر")))
    bare = only_row(file("b.jsonl", line(type="claim", title="فُتح الجسر", body="")))

    assert (claim.title, claim.body) == ("فُتح الجسر الخميس", "تحقق: هل فُتح الجسر؟")
    assert (same.title, same.body) == ("فُتح الجسر", "")
    assert (bare.title, bare.body) == ("فُتح الجسر", "")


def test_a_text_too_long_to_state_a_claim_becomes_its_context(file):
    claim = only_row(file("c.jsonl", line(type="claim", title="فُتح الجسر", body="كلمة " * 400)))

    assert claim.title == "فُتح الجسر"
    assert claim.body.startswith("كلمة كلمة")


def test_a_row_without_title_and_language_is_recognised_from_its_text(file):
    body = "The bridge opens\n\nThe council said that the bridge would open to lorries on Thursday, after two years."
    row = only_row(file("r.jsonl", json.dumps({"id": 7, "body": body})))

    assert (row.external_id, row.title, row.language) == ("7", "The bridge opens", "en")


def test_a_title_that_the_body_begins_with_once_more_is_cut_from_it(file):
    row = only_row(file("r.jsonl", line(body=f"{GOOD['title']}\n{BODY}")))

    assert row.body == BODY.replace("\n", "\n\n")
    assert [cut.kind for cut in row.cuts] == ["headline"]


@pytest.mark.parametrize(
    ("bad", "code", "column"),
    [
        ('{"id": "a", "title": "x"', "bad-json", 25),
        ('{"id": "a" "title": "x"}', "bad-json", 12),
        ('["a", "b"]', "not-an-object", 1),
        ('{"id": "a", "id": "b", "title": "x", "language": "ar"}', "bad-json", None),
        ('{"id": "a", "title": NaN}', "bad-json", None),
        ("[" * 100_000, "bad-json", None),
        ('{"id": "a", "n": ' + "9" * 5_000 + "}", "bad-json", None),
        ('{"title": "bridge opens", "language": "en"}', "no-id", 1),
        ('{"id": "", "title": "bridge opens", "language": "en"}', "no-id", 8),
        ('{"id": "a", "language": "en"}', "no-text", 1),
        ('{"id": "a", "title": 5, "language": "en"}', "wrong-type", 22),
        ('{"id": ["a"], "title": "b", "language": "en"}', "wrong-type", 8),
        ('{"id": true, "title": "b", "language": "en"}', "wrong-type", 8),
        ('{"id": "a", "title": "b", "language": "fr"}', "unknown-language", 39),
        ('{"id": "a", "title": "b", "language": "en", "type": "poem"}', "unknown-type", 53),
        ('{"id": "a", "title": "b", "language": "en", "published_at": "07/11/21"}', "bad-date", 61),
        ('{"id": "a", "title": "b", "language": "en", "published_at": "2021-02-30"}', "bad-date", 61),
        ('{"id": "a", "title": "b", "language": "en", "published_at": 2021}', "wrong-type", 61),
        ('{"id": "a", "title": "b", "language": "en", "url": "javascript:alert(1)"}', "bad-url", 52),
        ('{"id": "a", "title": "b", "language": "en", "people": [1]}', "wrong-type", 55),
        ('{"id": "a", "title": "b\\u0000c", "language": "en"}', "unstorable-character", 22),
        ('{"id": "a", "title": "b\\ud800c", "language": "en"}', "unstorable-character", 22),
        ('{"id": "a", "title": "' + "b" * 501 + '", "language": "en"}', "too-long", 22),
        ('{"id": "' + "a" * 201 + '", "title": "b", "language": "en"}', "too-long", 8),
        ('{"id": "a", "title": "1234", "body": "5678"}', "language-not-recognised", 1),
    ],
)
def test_a_wrong_line_is_told_with_its_place_in_both_languages(file, bad, code, column):
    read_items = file("rows.jsonl", "\n" + bad + "\n")

    problem = only_problem(read_items)
    assert problem.code == code
    assert (problem.place.file, problem.place.line, problem.place.column) == ("rows.jsonl", 2, column)
    for language in ("ar", "en"):
        with override(language):
            assert "%(" not in str(problem)


def test_one_row_tells_all_that_is_wrong_and_the_next_rows_are_still_read(file):
    items = file("rows.jsonl", line(language="fr", type="poem", url="x") + line())

    assert [item.code for item in items if isinstance(item, Problem)] == [
        "unknown-type",
        "unknown-language",
        "bad-url",
    ]
    assert isinstance(items[-1], Row)


def test_fields_nobody_knows_are_told_once(file):
    items = file("rows.jsonl", line(mood="calm") + line(id="a-2", mood="calm", **{"x" * 90: 1}))

    [notice] = [item for item in items if isinstance(item, Notice)]
    assert notice.message.code == "ignored-fields"
    assert "mood" in str(notice)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_divides_its_cells(file, delimiter):
    header, cells = (
        ["id", "language", "title", "body"],
        ["a-1", "ar", "الجسر يفتح", '"سطر أول\nسطر، ثان; ثالث"'],
    )
    table = delimiter.join(header) + "\r\n" + delimiter.join(cells) + "\r\n"

    row = only_row(file("rows.csv", table))

    assert (row.external_id, row.title) == ("a-1", "الجسر يفتح")
    assert row.body == "سطر أول\n\nسطر، ثان; ثالث"


def test_a_table_may_have_arabic_column_names_a_mark_and_a_separator_line(file):
    table = "sep=;\r\nالمعرف;العنوان;اللغة;الأشخاص\r\nب-1;الجسر يفتح;ar;سامي النجار|هدى\r\n"

    row = only_row(file("rows.csv", table.encode("utf-16")))

    assert (row.external_id, row.title, row.people) == ("ب-1", "الجسر يفتح", ["سامي النجار", "هدى"])


def test_a_wrong_cell_is_told_with_line_and_column(file):
    table = 'id,title,language\na-1,"two\nlines",en\na-2,fine,fr\na-3,x,en,too,many\n'

    items = file("rows.csv", table)
    problems = [item for item in items if isinstance(item, Problem)]

    assert [(p.code, p.place.line, p.place.column) for p in problems] == [
        ("unknown-language", 4, 3),
        ("too-many-cells", 5, 4),
    ]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("a-1,Bridge opens,en\n", "no-header"),
        ("", "no-header"),
        ("id,title,title\n1,2,3\n", "column-twice"),
        ('id,title,language\na-1,"never closed,en\n', "bad-table"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(file, table, code):
    with pytest.raises(FileRefused) as refused:
        file("rows.csv", table)

    assert refused.value.problem.code == code


def test_a_text_file_is_one_article_known_by_its_name(file):
    row = only_row(
        file("جسر.txt", f"fbpx\n\nالجسر الجديد يفتح أبوابه\n\n{BODY} وذلك بعد عامين من العمل المتواصل فيه.\n")
    )

    assert (row.external_id, row.title, row.place.line) == ("جسر.txt", "الجسر الجديد يفتح أبوابه", None)
    assert [cut.kind for cut in row.cuts] == ["tracker", "headline"]


def test_a_compressed_file_keeps_the_name_of_the_file_in_it(file):
    assert only_row(file("bridge.txt.gz", gzip.compress(BODY.encode()))).external_id == "bridge.txt"


def test_line_breaks_of_every_system_are_one_character_in_the_raw_text(file):
    assert only_row(file("r.jsonl", line(body="a.\r\nب.\rc."))).raw_text == "a.\nب.\nc."


@pytest.mark.parametrize(
    ("stated", "precision", "begins"),
    [
        ("2021", "year", "2021-01-01T00:00"),
        ("2021-11", "month", "2021-11-01T00:00"),
        ("2021/11/7", "day", "2021-11-07T00:00"),
        ("٢٠٢١-١١-٠٧", "day", "2021-11-07T00:00"),
        ("2021-11-07T14:30Z", "moment", "2021-11-07T14:30"),
        ("2021-11-07 14:30:05 +0300", "moment", "2021-11-07T14:30"),
        ("2021-11-07T14:30:05.123+03:00", "moment", "2021-11-07T14:30"),
    ],
)
def test_a_date_is_as_exact_as_it_is_stated(stated, precision, begins):
    published = published_at(stated)

    assert published.precision == precision
    assert published.at.isoformat().startswith(begins)
    assert published.at.tzinfo is not None


@pytest.mark.parametrize(
    "stated", ["7.11.2021", "11/07/2021", "2021-13", "0001-01-01", "9999-12-31", "now", "2021-W05", ""]
)
def test_what_is_no_plain_date_is_not_read_as_one(stated):
    assert published_at(stated) is None


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(stated):
    published = published_at(stated)
    assert published is None or published.at.tzinfo


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(readers.FIELDS), JSON, max_size=8))
def test_any_object_is_a_row_or_told_wrong(tmp_path_factory, fields):
    path = tmp_path_factory.mktemp("any") / "any.jsonl"
    path.write_text(json.dumps(fields, allow_nan=True), encoding="utf-8")

    for item in read(path, name="any.jsonl"):
        for language in ("ar", "en"):
            with override(language):
                assert isinstance(item, Row) or "%(" not in str(item)
