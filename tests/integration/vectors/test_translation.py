"""A query is asked word by word in the other language too, where a lexicon is at hand."""

import pytest

from articles.search import lexicon, translation
from articles.search.forms import SearchRequest
from articles.search.indexing import catch_up
from articles.search.service import SearchPage, search
from newsroom.text.analysis import form_of
from newsroom.text.tokens import tokenize
from tests.builders import NOON, a_public_article

pytestmark = pytest.mark.django_db

KNOWN = {"farmers": ["مزارعون", "فلاحون"], "water": ["ماء", "مياه"], "land": ["أرض", "هبط"]}


@pytest.fixture(autouse=True)
def few_words(monkeypatch) -> None:
    """A lexicon of three words, and no vectors, so that nothing else leads across."""
    words = {stem(word): [stem(meaning) for meaning in meanings] for word, meanings in KNOWN.items()}
    monkeypatch.setattr(
        translation, "translations", lambda of, language: words.get(of, ()) if language == "en" else ()
    )


def stem(word: str) -> str:
    (token,) = tokenize(word)
    return form_of(token).stem


def find(text: str, **facts) -> SearchPage:
    catch_up()
    return search(SearchRequest(text, **facts), at=NOON)


def test_what_has_more_of_the_words_comes_first_and_synonyms_count_once():
    a_public_article(headline_ar="هبط على أرض المطار", original_language="ar")
    both = a_public_article(headline_ar="فلاحون بلا ماء", original_language="ar")

    page = find("the farmers had no water on their land", language="ar")

    assert page.hits[0].record == both


def test_the_translated_words_are_marked():
    a_public_article(headline_ar="المزارعون بلا مياه", original_language="ar")

    (hit,) = find("farmers without any water").hits

    assert hit.shown.title.hits == 2


def test_a_record_in_the_readers_own_words_comes_before_a_translation():
    a_public_article(headline_ar="مياه المزارعون", original_language="ar")
    own = a_public_article(headline_en="Farmers without any water", original_language="en")

    assert find("farmers without any water").hits[0].record == own


def test_words_that_the_lexicon_does_not_know_find_nothing_more():
    a_public_article(headline_ar="المزارعون بلا مياه", original_language="ar")

    assert find("nothing of this is known to anyone").total == 0
    assert lexicon.translations("farmer", "und") == ()
