"""Words of two languages brought together by the site's own texts, where no dictionary knows them."""

import pytest

from articles.search import crossing
from articles.search.crossing import Crossing
from articles.search.forms import SearchRequest
from articles.search.indexing import catch_up
from articles.search.service import SearchPage, search
from tests.builders import NOON, a_public_article, an_article

pytestmark = pytest.mark.django_db


def find(text: str, **facts) -> SearchPage:
    """Without vectors of the records, so that nothing but words leads across."""
    catch_up()
    Crossing().everything()
    return search(SearchRequest(text, **facts), at=NOON)


def test_a_name_deep_in_a_text_is_found_in_the_other_script():
    found = a_public_article(
        headline_ar="خبر", body_ar="وصلت السفينة روسوس إلى المرفأ في الخريف.", original_language="ar"
    )
    a_public_article(headline_ar="خبر آخر", body_ar="لا شيء عن سفن.", original_language="ar")

    assert [hit.record for hit in find("Rhosus").hits] == [found]


def test_a_word_is_found_by_one_that_means_the_same():
    found = a_public_article(headline_ar="المستشفى بلا كهرباء", original_language="ar")
    a_public_article(headline_en="The hospital and the school", original_language="en")

    assert found in [hit.record for hit in find("hospital", language="ar").hits]


def test_what_is_not_public_says_nothing():
    an_article(headline_ar="سفينة", body_ar="روسوس", original_language="ar")
    a_public_article(headline_en="Something else", original_language="en")

    Crossing().everything()

    assert crossing.sounding("rhosus", "en") == []


def test_the_file_is_made_once_and_again_when_the_site_has_grown():
    a_public_article(headline_en="A first text", original_language="en")
    assert Crossing().everything()
    assert not Crossing().everything()

    a_public_article(headline_en="Another text", original_language="en")

    assert Crossing().everything()


def test_the_indexer_makes_it_a_little_at_a_time():
    a_public_article(headline_en="A first text", original_language="en")
    making = Crossing()

    making.turn(0.0)
    assert making.has_more
    while making.has_more:
        making.turn(0.01)

    assert not Crossing().everything()
