"""The desk's glossary leads to what a term is called elsewhere, in either language."""

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from articles.models import Term
from articles.search import glossary
from articles.search.forms import SearchRequest
from articles.search.indexing import catch_up
from articles.search.service import SearchPage, search
from tests.builders import NOON, a_public_article, a_term

pytestmark = pytest.mark.django_db


def find(text: str, **facts) -> SearchPage:
    catch_up()
    glossary.refresh()
    return search(SearchRequest(text, **facts), at=NOON)


def found(text: str) -> set:
    return {hit.record for hit in find(text).hits}


def test_a_term_of_several_words_is_found_in_the_other_language():
    a_term("وقف إطلاق النار\nهدنة", "ceasefire\ncessation of hostilities")
    of_fire = a_public_article(headline_ar="حريق النار في مصنع", original_language="ar")
    arabic = a_public_article(headline_ar="المفاوضون يتفقون على وقف لإطلاق النار", original_language="ar")
    truce = a_public_article(headline_ar="الهدنة مستمرة", original_language="ar")
    english = a_public_article(headline_en="No cessation of hostilities yet", original_language="en")

    assert found("ceasefire") == {arabic, truce, english}
    assert found("هدنة") >= {arabic, truce, english}
    assert of_fire not in found("cessation of hostilities")


def test_synonyms_are_found_beside_the_words_and_marked():
    a_term("الحشد الشعبي", "Popular Mobilisation Forces\nPMF")
    spelled = a_public_article(headline_en="The Popular Mobilization Forces deny it", original_language="en")
    short = a_public_article(headline_en="A PMF spokesman says so", original_language="en")
    a_public_article(headline_en="Security forces search the house", original_language="en")

    page = find("PMF")

    assert [hit.record for hit in page.hits] == [short, spelled]
    assert page.hits[1].shown.title.hits == 3
    assert found("popular mobilisation forces") >= {spelled, short}
    assert find("popular mobilisation forces").total_with_all == 2


def test_a_broken_plural_of_the_glossary_is_the_same_word():
    a_term("زوبعة\nزوابع", "dust storm")
    storms = a_public_article(headline_ar="زوابع تضرب الجنوب", original_language="ar")

    assert found("الزوبعة") == {storms}


@pytest.mark.parametrize("query", ["+PMF", '"PMF"', "spokesman -PMF"])
def test_what_the_reader_insists_on_or_excludes_is_meant_as_typed(query):
    a_term("الحشد الشعبي", "Popular Mobilisation Forces\nPMF")
    a_public_article(headline_en="A PMF spokesman says so", original_language="en")
    a_public_article(headline_en="Popular Mobilisation Forces: a spokesman", original_language="en")

    assert find(query).total == 1


def test_what_changes_in_the_glossary_is_known_at_the_next_look():
    english = a_public_article(headline_en="Quadcopter seen", original_language="en")
    assert found("درون") == set()

    term = a_term("درون", "quadcopter")
    assert found("درون") == {english}
    assert not glossary.refresh()

    Term.objects.filter(pk=term.pk).update(is_searched=False)
    assert glossary.refresh()
    assert found("درون") == set()


def test_without_the_table_search_goes_on(monkeypatch):
    a_term("درون", "quadcopter")
    english = a_public_article(headline_en="Quadcopter seen", original_language="en")

    def no_table() -> str:
        raise ProgrammingError

    with monkeypatch.context() as patch:
        patch.setattr(glossary, "_database_state", no_table)
        assert not glossary.refresh()
        assert found("quadcopter") == {english}


def test_the_glossary_costs_a_search_no_query(django_assert_num_queries):
    a_public_article(headline_en="Quadcopter seen", original_language="en")
    catch_up()
    search(SearchRequest("quadcopter"), at=NOON)
    with CaptureQueriesContext(connection) as before:
        search(SearchRequest("quadcopter"), at=NOON)
    a_term("درون", "quadcopter\nhelicopter")
    glossary.refresh()

    with django_assert_num_queries(len(before)):
        search(SearchRequest("quadcopter"), at=NOON)
