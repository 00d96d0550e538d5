import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.languages import detect_language, direction, other_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قال رئيس الوزراء إن الهجوم فشل", "ar"),
        ("The prime minister said the attack had failed", "en"),
        ("إيران", "ar"),
        ("Iran", "en"),
        ("شركة SpaceX تطلق صاروخ Falcon", "ar"),
        ("The word «إيران» in an English sentence", "en"),
        ("خبر عاجل https://example.org/a/very/long/address/in/latin/letters @some_handle", "ar"),
        ("٢٠٢١ 12:30 !!", "und"),
        ("", "und"),
        ("Москва сегодня", "und"),
    ],
)
def test_the_language_is_that_of_most_letters(text, language):
    assert detect_language(text) == language


def test_arabic_is_read_from_the_right_and_unknown_text_decides_for_itself():
    assert [direction(code) for code in ("ar", "en", "und", "fa")] == ["rtl", "ltr", "auto", "auto"]


def test_each_language_has_the_other():
    assert other_language("ar") == "en"
    assert other_language("en") == "ar"


@given(st.text(alphabet=st.characters(categories=None)))
def test_any_text_has_an_answer(text):
    assert detect_language(text) in {"ar", "en", "und"}
