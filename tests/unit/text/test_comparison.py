from unittest import mock

import hypothesis.strategies as st
from hypothesis import given

from newsroom.text import comparison
from newsroom.text.comparison import Kind, Run, compare, folded

WORDS = st.sampled_from(["النهر", "السد", "rose", "the", "،", ".", "\n", "\n\n", " ", "مُسَيَّرة", "12"])
TEXTS = st.lists(WORDS, max_size=40).map("".join)


def before_of(runs: list[Run]) -> str:
    return "".join(run.text for run in runs if run.kind != Kind.ADDED)


def after_of(runs: list[Run]) -> str:
    return "".join(run.text for run in runs if run.kind != Kind.REMOVED)


@given(TEXTS, TEXTS)
def test_the_runs_hold_both_texts_and_nothing_else(before: str, after: str) -> None:
    for runs in (compare(before, after), folded(compare(before, after))):
        assert before_of(runs) == before
        assert after_of(runs) == after


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(run.kind == Kind.SAME for run in compare(text, text))


def test_one_changed_word_is_one_removed_and_one_added() -> None:
    assert compare("ارتفع النهر مترين أمس", "ارتفع النهر ثلاثة أمتار أمس") == [
        Run(Kind.SAME, "ارتفع النهر "),
        Run(Kind.REMOVED, "مترين"),
        Run(Kind.ADDED, "ثلاثة أمتار"),
        Run(Kind.SAME, " أمس"),
    ]


def test_a_word_with_its_vowel_marks_is_one_word() -> None:
    runs = compare("طائرة مُسَيَّرة سقطت", "طائرة حربية سقطت")

    assert Run(Kind.REMOVED, "مُسَيَّرة") in runs


def test_a_comma_changes_no_word() -> None:
    assert compare("one two", "one, two") == [
        Run(Kind.SAME, "one"),
        Run(Kind.ADDED, ","),
        Run(Kind.SAME, " two"),
    ]


def test_a_new_paragraph_leaves_the_others_alone() -> None:
    runs = compare("First.\n\nLast.", "First.\n\nBetween.\n\nLast.")

    assert [run.text for run in runs if run.kind == Kind.ADDED] == ["Between.\n\n"]
    assert not [run for run in runs if run.kind == Kind.REMOVED]


def test_a_sentence_written_anew_is_shown_whole() -> None:
    runs = compare("The river rose by two metres.", "Nobody at all was hurt in town, a doctor said.")

    assert [run.kind for run in runs] == [Kind.REMOVED, Kind.ADDED]


def test_long_passages_that_are_the_same_are_folded_and_those_beside_a_difference_shown() -> None:
    same = " ".join(f"w{number}" for number in range(100))
    runs = folded(compare(f"{same} old {same}", f"{same} new {same}"))

    assert [run.kind for run in runs] == [
        Kind.FOLDED,
        Kind.SAME,
        Kind.REMOVED,
        Kind.ADDED,
        Kind.SAME,
        Kind.FOLDED,
    ]
    assert runs[1].text == " ".join(f"w{number}" for number in range(88, 100)) + " "
    assert runs[0].words == 88


def test_texts_of_any_length_are_answered() -> None:
    long = "كلمة أخرى " * 5_000
    runs = compare(long, long + "آخر")

    assert before_of(runs) == long
    assert after_of(runs) == long + "آخر"


def test_texts_of_one_word_again_and_again_are_answered() -> None:
    # difflib alone would compare these for minutes, for it grows with the third power.
    for before, after in (
        ("a " * 1_900, "a b " * 900),
        ("a\n" * 4_000, "a\nb\n" * 2_000),
        ("c\n" + "a\n" * 4_000, "c\n" + "a\nb\n" * 2_000 + "d\n"),
    ):
        runs = compare(before, after)

        assert before_of(runs) == before
        assert after_of(runs) == after


def test_what_surrounds_a_change_is_the_same_however_often_its_words_come_again() -> None:
    same = "a " * 900
    runs = compare(f"{same}old {same}", f"{same}new {same}")

    assert [run.text.strip() for run in runs if run.kind != Kind.SAME] == ["old", "new"]


@given(
    st.lists(st.sampled_from("abc"), max_size=30),
    st.lists(st.sampled_from("abc"), max_size=30),
    st.integers(0, 60),
)
def test_blocks_stand_in_step_whatever_the_bound(old: list[str], new: list[str], bound: int) -> None:
    with mock.patch.object(comparison, "MOST_PAIRS", bound):
        blocks = comparison.matching_blocks(old, new)

    place = new_place = 0
    for start, new_start, size in blocks:
        assert start >= place
        assert new_start >= new_place
        assert old[start : start + size] == new[new_start : new_start + size]
        place, new_place = start + size, new_start + size
    assert blocks[-1] == (len(old), len(new), 0)
