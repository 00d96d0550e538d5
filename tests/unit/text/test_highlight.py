import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsroom.text.highlight import ELLIPSIS, MARK_END, MARK_START, Excerpt, excerpt, mark_all, marked_html

pieces = st.sampled_from(
    [
        "إيران ",
        "إيرانية",
        "drones ",
        "<b>",
        "&amp;",
        "</mark>",
        "\n",
        ". ",
        "e\u0301",
        "ب\u0651\u064e",
        "👨‍👩‍👧",
        "🇮🇶",
        "🇮🇶🇱🇧",
        "\ue000",
        "\ue001",
        "\ud800",
        "\x00",
        '"',
        "x" * 50,
        "كلمة ",
    ]
)
any_text = st.lists(pieces | st.text(alphabet=st.characters(categories=None), max_size=8), max_size=60).map(
    "".join
)
queries = st.sampled_from(["إيران", "drones", "الطائرات", "", "كلمة x", "\ud800", "\ue000"])


def without_marks(text: str) -> str:
    return re.sub(f"[{MARK_START}{MARK_END}]", "", text)


def shown(piece: Excerpt) -> str:
    text = str(piece)
    text = text[len(ELLIPSIS) :] if piece.is_cut_before else text
    return text[: -len(ELLIPSIS)] if piece.is_cut_after else text


def test_the_words_looked_for_are_marked_in_the_original_spelling():
    html = marked_html(excerpt("قالت إنّ الطائراتِ المُسيَّرة إيرانيّة الصنع.", "طائرات مسيرة"))
    assert html == "قالت إنّ <mark>الطائراتِ</mark> <mark>المُسيَّرة</mark> إيرانيّة الصنع."


def test_the_best_window_holds_the_most_different_words():
    text = "drones. " + "nothing here. " * 40 + "The Iranian drones hit the house. " + "nothing here. " * 40
    piece = excerpt(text, "iranian drones house", width=120)
    assert "The Iranian drones hit the house." in str(piece)
    assert piece.hits == 3
    assert piece.is_cut_before
    assert piece.is_cut_after


def test_without_a_hit_the_opening_is_shown():
    text = "الجملة الأولى في النص. " * 40
    piece = excerpt(text, "طائرة", width=100)
    assert str(piece).startswith("الجملة الأولى")
    assert not piece.is_cut_before
    assert piece.hits == 0


def test_a_set_of_stems_marks_like_a_query():
    assert mark_all("Drones and a drone", {"drone"}) == mark_all("Drones and a drone", "drone")


def test_words_are_not_halved():
    text = "كلمات كثيرة متتابعة في جملة طويلة " * 30
    words = set(text.split())
    assert set(shown(excerpt(text, "جملة", width=95)).split()) <= words


def test_markup_in_the_text_stays_text():
    html = marked_html(mark_all('<script>alert("drones")</script> & drones', "drones"))
    assert html == (
        "&lt;script&gt;alert(&quot;<mark>drones</mark>&quot;)&lt;/script&gt; &amp; <mark>drones</mark>"
    )


@pytest.mark.parametrize(
    "text", ["\ue000", "\ue001x", "\ue000\ue000a\ue001", "\ue001a\ue000", "\ue000<b>\ue001\ue001"]
)
def test_stray_marks_never_become_unbalanced_tags(text):
    html = marked_html(text)
    assert html.count("<mark>") == html.count("</mark>")
    assert "<" not in re.sub(r"<mark>[^<]*</mark>", "", html)


@given(any_text, queries, st.integers(1, 200))
def test_html_has_no_tag_but_mark_and_no_other_text_than_the_original(text, query, width):
    for piece in (excerpt(text, query, width), mark_all(text, query)):
        html = marked_html(piece)
        assert "<" not in re.sub(r"<mark>[^<]*</mark>", "", html)
        assert html.count("<mark>") == piece.hits
        assert not re.search("[\ue000\ue001]", html)


@given(any_text, queries, st.integers(1, 200))
@example("x" * 100 + "\u0301" * 50, "x", 100)
@example("e\u0301" * 300, "drones", 51)
def test_an_excerpt_is_a_stretch_of_the_text_cut_between_graphemes(text, query, width):
    piece = shown(excerpt(text, query, width))
    original = without_marks(text)
    flat = " ".join(original.split())
    assert " ".join(piece.split()) in flat or " ".join(piece.split()) in re.sub(r"\s+", " ", original)
    place = flat.find(" ".join(piece.split()))
    if piece.strip() and place > 0:
        assert not unicodedata.combining(piece.strip()[0]) or unicodedata.combining(flat[place - 1])


@given(any_text)
def test_marking_all_keeps_every_character(text):
    assert without_marks(mark_all(text, "إيران drones").text) == without_marks(text)


@pytest.mark.parametrize(
    "text", ["إيران " * 170_000, "ا\u0651" * 500_000, "x" * 1_000_000, "\u0301" * 1_000_000, "\n" * 1_000_000]
)
def test_a_megabyte_of_anything_gives_a_short_excerpt(text):
    piece = excerpt(text, "إيران x", width=200)
    assert len(str(piece)) <= 200 + 2 * len(ELLIPSIS) or not piece.is_cut_after
