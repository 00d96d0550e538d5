from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.tokens import tokenize

any_text = st.text(
    alphabet=st.characters(categories=None)
    | st.sampled_from("سلا ABab12٣.,'’-#ـ\u0651\u200d\u200f\ud800\x00🇮🇶")
)


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال لـ«رويترز» إنّ", ["قال", "لـ", "رويترز", "إنّ"]),
        ('لـ"رويترز"', ["لـ", "رويترز"]),
        ("الـ30 دولة", ["الـ", "30", "دولة"]),
        ("فيReuters", ["في", "Reuters"]),
        ("U.S. and AFP", ["U.S.", "and", "AFP"]),
        ("وكالة أ.ف.ب.", ["وكالة", "أ.ف.ب."]),
        ("Kadhimi’s guards don't", ["Kadhimi’s", "guards", "don't"]),
        ("'quoted' ‘words’", ["quoted", "words"]),
        ("al-Kadhimi: Iranian-made", ["al", "Kadhimi", "Iranian", "made"]),
        ("F-16 F16", ["F", "16", "F", "16"]),
        ("12,345 ١٢٬٣٤٥ 1.000.000", ["12,345", "١٢٬٣٤٥", "1.000.000"]),
        ("2021/11/07 16:30 3.5", ["2021", "11", "07", "16", "30", "3", "5"]),
        ("the 1990s, 7th", ["the", "1990s", "7th"]),
        ("#العراق_اليوم #BlackLivesMatter #iraq", ["العراق", "اليوم", "Black", "Lives", "Matter", "iraq"]),
        ("🇮🇶👨‍👩‍👧 سلام ✌🏽", ["سلام"]),
        ("ـــ ... -", []),
        ("سلام\u200fعليكم\u200c", ["سلام\u200fعليكم"]),
        ("北京 Москва", ["北", "京", "Москва"]),
        ("www.reuters.com", ["www", "reuters", "com"]),
    ],
)
def test_a_text_is_parted_into_the_words_a_reader_sees(text, expected):
    assert words(text) == expected


@given(any_text)
def test_every_word_stands_in_the_text_where_it_says(text):
    tokens = list(tokenize(text))
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(before.end <= after.start for before, after in pairwise(tokens))


def test_the_script_of_a_word_is_known():
    assert [token.script for token in tokenize("سلام peace ٧ мир")] == ["arabic", "latin", "number", "other"]
