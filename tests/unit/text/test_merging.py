"""Words that differ, and two changes of one text put together."""

from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.merging import Fit, compared, merge

PIECES = st.lists(st.sampled_from(["أ", "ب ", "one ", "two. ", "\n", "\n\n", "، ", "> "]), max_size=14).map(
    "".join
)


def differing(text: str, other: str) -> list[str]:
    return [run.text.strip() for run in compared(text, other) if run.differs]


def test_the_words_that_differ_are_told():
    old = "ظهرت الشقوق قبل أسبوعين.\n\nوأغلق الجسر."
    new = "ظهرت الشقوق قبل ثلاثة أسابيع.\n\nوأغلق الجسر."

    assert differing(new, old) == ["ثلاثة أسابيع"]
    assert differing(old, new) == ["أسبوعين"]


@given(PIECES, PIECES)
def test_the_runs_are_the_whole_text(text, other):
    assert "".join(run.text for run in compared(text, other)) == text


def test_changes_of_two_paragraphs_go_together():
    base = "First.\n\nSecond.\n\nThird."

    merged = merge(base, "First, mine.\n\nSecond.\n\nThird.", "First.\n\nSecond.\n\nThird, theirs.")

    assert merged.text == "First, mine.\n\nSecond.\n\nThird, theirs."
    assert merged.fit is Fit.PARAGRAPHS


def test_changes_of_two_words_of_a_sentence_are_joined_to_be_read():
    merged = merge(
        "The bridge was shut on Monday.",
        "The old bridge was shut on Monday.",
        "The bridge was shut on Sunday.",
    )

    assert merged.text == "The old bridge was shut on Sunday."
    assert merged.fit is Fit.WORDS


def test_changes_of_the_same_words_stand_one_after_the_other():
    assert merge("seven", "eight", "nine").text == "eight / nine"
    assert merge("a\n\nseven\n\nb", "a\n\neight\n\nb", "a\n\nnine\n\nb").text == "a\n\neight\n\nnine\n\nb"
    assert merge("seven", "eight", "nine").fit is Fit.BOTH


@given(PIECES, st.sets(st.integers(0, 13)), st.sets(st.integers(0, 13)))
def test_no_word_that_either_added_is_lost(base, here, there):
    """Each adds words of their own, anywhere."""
    pieces = base.split(" ")
    mine = " ".join(
        f"{piece} mine{number}" if number in here else piece for number, piece in enumerate(pieces)
    )
    theirs = " ".join(
        f"{piece} theirs{number}" if number in there else piece for number, piece in enumerate(pieces)
    )

    text = merge(base, mine, theirs).text

    for number in range(len(pieces)):
        assert (f"mine{number}" in mine) <= (f"mine{number}" in text)
        assert (f"theirs{number}" in theirs) <= (f"theirs{number}" in text)


@given(PIECES, PIECES)
def test_what_only_one_changed_is_taken_as_it_is(base, changed):
    assert merge(base, changed, base).text == changed
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, changed).text == changed


def test_a_long_text_is_compared_within_bounds():
    old, new = ("\n".join(f"{name}{number}" for number in range(20_000)) for name in ("a", "b"))

    assert compared(new, old)[0].differs
    assert merge("", old, new).fit is Fit.BOTH


def test_lines_that_come_again_and_again_are_merged_all_the_same() -> None:
    base = "a\n" * 2_900

    merged = merge(base, f"mine\n{base}", f"{base}theirs\n")

    assert merged.text == f"mine\n{base}theirs\n"
    assert merge(base, "a\nb\n" * 1_400, "c\na\n" * 1_400).text
