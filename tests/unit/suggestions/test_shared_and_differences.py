"""Passages that two texts share, and what two statements say differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.suggestions.differences import differences, facts
from articles.suggestions.names import KnownName, Names, Record
from articles.suggestions.shared import near_duplicate_keys, overlap, resemblance

ORIGINAL = (
    "أغلقت البلدية الجسر القديم مساء الثلاثاء بعد أن لاحظ العمال شقوقاً في ثلاث من دعاماته، وطلبت من السائقين سلوك "
    "الطريق الساحلي حتى إشعار آخر. ولم يُصب أحد بأذى."
)
REWORDED = (
    "خبر عاجل. أغلقت البلدية الجسر القديم مساء أمس بعد أن لاحظ العمال شقوقاً في أربع من دعاماته، ودعت السائقين إلى سلوك "
    "الطريق الساحلي حتى إشعار آخر."
)
UNRELATED = "فاز الفريق في المباراة الأخيرة وصعد إلى المركز الثاني قبل جولتين من نهاية الدوري، وسط فرحة جمهوره الكبير."
NAMES = Names.of(
    [
        KnownName(Record("person", "salma"), "سلمى الكاتبي"),
        KnownName(Record("person", "salma"), "Salma Katibi"),
    ]
)


def test_a_reworded_passage_is_found_in_both_texts():
    shared = overlap(ORIGINAL, REWORDED)

    (passage,) = shared.passages
    assert ORIGINAL[passage.start_a : passage.end_a].startswith("أغلقت البلدية")
    assert REWORDED[passage.start_b : passage.end_b].endswith("إشعار آخر")
    assert 0.6 <= passage.agreement < 1
    assert shared.is_copy


def test_texts_on_other_matters_share_nothing():
    assert overlap(ORIGINAL, UNRELATED).passages == ()
    assert resemblance(near_duplicate_keys(ORIGINAL), near_duplicate_keys(UNRELATED)) == 0


def test_a_text_is_its_own_copy():
    shared = overlap(ORIGINAL, ORIGINAL)

    assert (shared.share_of_a, shared.share_of_b) == (1, 1)
    assert resemblance(near_duplicate_keys(ORIGINAL), near_duplicate_keys(ORIGINAL)) == 1


def test_a_copy_has_a_key_in_common():
    assert set(near_duplicate_keys(ORIGINAL)) & set(near_duplicate_keys(REWORDED))


@given(st.text(max_size=300), st.text(max_size=300))
def test_passages_lie_in_their_texts(a, b):
    shared = overlap(a, b)
    for passage in shared.passages:
        assert 0 <= passage.start_a < passage.end_a <= len(a)
        assert 0 <= passage.start_b < passage.end_b <= len(b)
    assert 0 <= shared.share_of_a <= 1
    assert resemblance(near_duplicate_keys(a), near_duplicate_keys(b)) <= 1


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("ثلاث طائرات", "number", ["3"]),
        ("نحو ١١٬٣٠٠ قتيل", "number", ["11300"]),
        ("مئتان وخمسون شخصاً", "number", ["250"]),
        ("خمسة آلاف وثلاثمئة جريح", "number", ["5300"]),
        ("two hundred and fifty people", "number", ["250"]),
        ("1.1 million barrels", "number", ["1100000"]),
        ("twenty-three seats", "number", ["23"]),
        ("في 7 تشرين الثاني/نوفمبر 2021", "date", ["2021-11-07"]),
        ("on November 7, 2021", "date", ["2021-11-07"]),
        ("on 7 November", "date", ["????-11-07"]),
        ("2021-11-07", "date", ["2021-11-07"]),
        ("عام 1967", "date", ["1967-??-??"]),
        ("في العاشر من أكتوبر", "date", ["????-10-10"]),
    ],
)
def test_numbers_and_dates_are_read_in_both_languages(text, kind, values):
    assert [fact.value for fact in facts(text) if fact.kind == kind] == values


@pytest.mark.parametrize(
    "text", ["1.2.3.4", "٣٫٥٫٧", "1,2,3", "10.0.0.1", "1.1 million.5", "7/7/7/7", "²³", "1.٣", "00.00.00"]
)
def test_digits_that_are_no_number_do_no_harm(text):
    assert differences(text, text) == []


def test_a_day_without_its_year_agrees_with_the_same_day():
    assert differences("في 7 تشرين الثاني/نوفمبر", "on 7 November 2021") == []


def test_what_differs_is_told_with_its_place_and_aspect():
    a, b = "ثلاث طائرات أصابت المنزل", "Two drones hit the house"
    (difference,) = differences(a, b)

    assert difference.is_conflict
    assert difference.aspect == "number"
    assert a[difference.only_a[0].start : difference.only_a[0].end] == "ثلاث"
    assert b[difference.only_b[0].start : difference.only_b[0].end] == "Two"


def test_a_name_on_one_side_is_no_contradiction():
    (difference,) = differences("قابل سلمى الكاتبي", "he met the minister", NAMES)

    assert (difference.kind, difference.is_conflict, difference.aspect) == ("name", False, None)


def test_a_name_is_the_same_in_both_scripts():
    assert differences("سلمى الكاتبي", "Salma Katibi", NAMES) == []


@given(
    st.text(max_size=120)
    | st.lists(
        st.sampled_from(
            [
                "مئة ",
                "ألف ",
                "و",
                "ثلاث ",
                "7",
                "1.1 ",
                "٫",
                "²",
                ",",
                ".",
                "/",
                " نوفمبر",
                "2021 ",
                "two ",
                "and ",
            ]
        )
    ).map("".join)
)
def test_facts_stand_where_they_say(text):
    for fact in facts(text):
        assert 0 <= fact.start < fact.end <= len(text)
    assert differences(text, text) == []
