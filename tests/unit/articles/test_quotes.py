from hypothesis import given
from hypothesis import strategies as st

from articles.choices import QuoteState
from articles.quotes import CONTEXT, anchor

BODY = "قالت الوكالة إن الطائرات سقطت.\n\nوقالت الوكالة إن الحراس أصيبوا."
TEXTS = st.text(alphabet="ab \nاب", max_size=60)


def test_a_new_quote_is_anchored_with_its_surroundings() -> None:
    found = anchor(BODY, "الطائرات سقطت")

    assert found.state == QuoteState.ANCHORED
    assert BODY[found.start :].startswith("الطائرات سقطت")
    assert found.prefix == "قالت الوكالة إن "
    assert found.suffix.startswith(".\n\nوقالت")


def test_of_two_places_the_one_with_the_remembered_words_around_it_is_meant() -> None:
    second = BODY.rindex("الوكالة")

    assert anchor(BODY, "الوكالة", suffix=" إن الحراس").start == second
    assert anchor(BODY, "الوكالة").start == BODY.index("الوكالة")


def test_a_quote_that_moved_says_so() -> None:
    before = anchor(BODY, "الحراس أصيبوا")
    after = anchor(
        "مقدمة جديدة.\n\n" + BODY,
        "الحراس أصيبوا",
        prefix=before.prefix,
        suffix=before.suffix,
        start=before.start,
    )

    assert after.state == QuoteState.MOVED
    assert after.start == before.start + len("مقدمة جديدة.\n\n")


def test_a_quote_no_longer_in_the_text_is_orphaned_and_keeps_what_is_known() -> None:
    before = anchor(BODY, "الحراس أصيبوا")
    after = anchor("نص آخر", "الحراس أصيبوا", prefix=before.prefix, suffix=before.suffix, start=before.start)

    assert after.state == QuoteState.ORPHANED
    assert (after.exact, after.prefix, after.start) == ("الحراس أصيبوا", before.prefix, before.start)


def test_line_ends_of_a_browser_do_not_lose_a_quote() -> None:
    assert anchor(BODY, "سقطت.\r\n\r\nوقالت").state == QuoteState.ANCHORED


@given(before=TEXTS, quote=TEXTS.filter(bool), after=TEXTS)
def test_a_quote_in_the_text_is_always_found_and_found_again_at_its_place(before, quote, after) -> None:
    body = before + quote + after
    found = anchor(body, quote)

    assert body[found.start : found.start + len(quote)] == quote
    assert len(found.prefix) <= CONTEXT
    assert len(found.suffix) <= CONTEXT
    again = anchor(body, quote, prefix=found.prefix, suffix=found.suffix, start=found.start)
    assert again == found


@given(before=TEXTS, quote=TEXTS.filter(bool), after=TEXTS, inserted=st.text(alphabet="xyz", max_size=20))
def test_words_added_far_in_front_move_a_quote_and_never_lose_it(before, quote, after, inserted) -> None:
    old = anchor(before + quote + after, quote)
    new = anchor(
        inserted + before + quote + after, quote, prefix=old.prefix, suffix=old.suffix, start=old.start
    )

    assert new.state != QuoteState.ORPHANED
