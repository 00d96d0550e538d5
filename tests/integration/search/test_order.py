"""Which of the hits comes first where words alone do not say, whatever the index looks like."""

import datetime

import pytest

from articles.models import Article
from articles.search.engine import Sort
from articles.search.forms import SearchRequest
from articles.search.indexing import catch_up
from articles.search.service import search
from tests.builders import NOON, a_public_article

pytestmark = pytest.mark.django_db

SORTS = pytest.mark.parametrize("sort", Sort)


def dated(years_before: int | None, headline: str = "Drones over Basra") -> Article:
    moment = None if years_before is None else NOON - datetime.timedelta(days=365 * years_before)
    return a_public_article(headline_en=headline, published_at=moment)


def found(text: str = "drones", **facts) -> list[int]:
    catch_up()
    return [hit.record.pk for hit in search(SearchRequest(text, **facts), at=NOON).hits]


@pytest.fixture(params=["words alone", "words and meaning"], autouse=True)
def _ways(request, monkeypatch):
    if request.param == "words alone":
        monkeypatch.setattr("articles.search.service.is_asked", lambda asked: False)


def test_of_equally_good_records_the_newer_comes_first_and_the_undated_between():
    oldest, newest, undated = dated(6), dated(0), dated(None)

    assert found() == [newest.pk, undated.pk, oldest.pk]


def test_a_clearly_better_record_stays_first_however_old_it_is():
    new = dated(0, "Drones and kites and balloons were seen over the harbour of Basra this morning")
    old = dated(9, "Drones")

    assert found() == [old.pk, new.pk]


@SORTS
def test_of_equally_good_records_of_one_day_the_one_made_first_comes_first(sort):
    made = [dated(1).pk for _number in range(5)]
    catch_up()
    # Where it lies in the index is changed by every save.
    Article.objects.get(pk=made[3]).save()
    Article.objects.get(pk=made[1]).save()

    assert found(sort=sort) == made


@SORTS
def test_pages_of_equally_good_records_follow_one_another_in_one_order(sort):
    made = [dated(1).pk for _number in range(7)]
    catch_up()
    Article.objects.get(pk=made[2]).save()

    pages = [pk for page in (1, 2, 3, 4) for pk in found(page=page, page_size=2, sort=sort)]

    assert pages == made
