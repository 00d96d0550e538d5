import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.analysis import (
    MAX_INDEXED_WORDS,
    MAX_WORD_CHARACTERS,
    analyse,
    index_stems,
    index_streams,
    index_words,
    places_of,
    query_stems,
    word_and_stem,
)

any_text = st.text(
    alphabet=st.characters(categories=None) | st.sampled_from("سلاهو ABab12٣.,'’-#ـ\u0651\u200d\ud800\x00ﷺﷲ")
)


@given(any_text)
def test_words_and_stems_keep_the_same_positions(text):
    words, stems = index_words(text), index_stems(text)
    assert index_streams(text) == (words, stems)
    assert [(term.word, term.stem) for term in analyse(text)] == list(zip(words, stems, strict=True))


@given(any_text)
def test_no_term_is_empty_or_holds_a_space(text):
    for term in analyse(text):
        for form in (term.word, term.stem):
            assert form
            assert form.split() == [form]
            assert len(form) <= MAX_WORD_CHARACTERS


@given(any_text)
def test_terms_lie_in_the_text_in_order(text):
    places = [(term.start, term.end) for term in analyse(text)]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


def test_each_word_has_the_language_of_its_script():
    terms = analyse("قال Reuters في 2021")
    assert [term.language for term in terms] == ["ar", "en", "ar", "und"]


@pytest.mark.parametrize(
    "text", ["ا " * 300_000, "a" * 1_000_000, "ا.ب" * 200_000, "1,234" * 200_000, "ا\u200d" * 400_000]
)
def test_a_huge_text_gives_a_bounded_stream(text):
    assert len(index_words(text)) <= MAX_INDEXED_WORDS


def test_a_query_of_function_words_alone_looks_for_them_all():
    assert query_stems("من هو") == set(index_stems("من هو"))
    assert query_stems("من هو الكاظمي") == set(index_stems("الكاظمي"))
    assert query_stems("who is he") == set(index_stems("who is he"))


def test_a_function_word_shares_its_stem_with_no_other_word():
    assert not set(index_stems("ولا على us it")) & set(index_stems("ولاية علي US IT"))


@given(any_text)
def test_the_fast_way_through_a_text_gives_the_same_words_and_stems(text):
    expected = [(term.word, "" if term.is_stop else term.stem) for term in analyse(text)]

    assert list(word_and_stem(text)) == expected


@given(any_text, any_text)
def test_the_places_of_wanted_words_are_those_of_the_analysis(text, query):
    wanted = {form for term in analyse(f"{query} {text[:9]}") for form in (term.word, term.stem)}
    expected = [(term.start, term.end) for term in analyse(text) if {term.word, term.stem} & wanted]

    assert [(start, end) for start, end, _stem in places_of(text, wanted)] == expected
