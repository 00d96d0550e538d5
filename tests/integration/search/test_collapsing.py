"""Copies of one text are one hit, on whatever page and under whatever filter, and every figure stays exact."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.choices import Status
from articles.models import Article
from articles.search.forms import SearchRequest
from articles.search.indexing import catch_up
from articles.search.service import SearchPage, search
from tests.builders import NOON, a_public_article, an_article, an_outlet

pytestmark = pytest.mark.django_db


def a_report(number: int, words: int = 90) -> str:
    chosen = random.Random(number)  # noqa: S311 - reproducible, no secret
    return "drones " + " ".join(f"word{chosen.randrange(5_000)}" for _ in range(words))


def an_english_article(body: str, **facts) -> Article:
    return a_public_article(
        **{"headline_en": "A report", "headline_ar": "", "body_ar": "", "body_en": body, **facts}
    )


def find(text: str = "drones", **facts) -> SearchPage:
    return search(SearchRequest(text, shown_language="en", **facts), at=NOON)


def found(page: SearchPage) -> list[set[int]]:
    return [{hit.record.pk, *(also.article.pk for also in hit.also_in)} for hit in page.hits]


def test_a_wire_report_in_three_outlets_is_one_hit_that_names_the_others():
    outlets = [an_outlet(name_en=name) for name in ("AFP", "Daraj", "Mail")]
    articles = [an_english_article(a_report(1), outlet=outlet) for outlet in outlets]
    alone = an_english_article(a_report(2))
    catch_up()

    page = find()

    assert (page.total, page.copies, page.page_count) == (4, 2, 1)
    assert sorted(found(page), key=len) == [{alone.pk}, {article.pk for article in articles}]
    (group,) = [hit for hit in page.hits if hit.also_in]
    assert {also.outlet for also in group.also_in} | {group.record.outlet} == set(outlets)


@pytest.mark.django_db(transaction=True)
def test_the_desks_own_word_joins_texts_however_they_differ():
    original = an_english_article(a_report(1))
    copy = an_english_article(a_report(2), copy_of=original)
    of_copy = an_english_article(a_report(3), copy_of=copy)
    catch_up()
    assert found(find()) == [{original.pk, copy.pk, of_copy.pk}]

    Article.objects.filter(pk=copy.pk).update(copy_of=None)
    catch_up()

    assert sorted(found(find()), key=len) == [{original.pk}, {copy.pk, of_copy.pk}]


def test_short_texts_are_never_one():
    for _ in range(3):
        an_english_article("Three drones were seen over Baghdad on Sunday.")
    catch_up()

    page = find()

    assert (len(page.hits), page.copies) == (3, 0)


def test_no_page_shows_a_copy_of_what_another_page_has_shown():
    groups = [{an_english_article(a_report(number)).pk for _ in range(number % 3 + 1)} for number in range(7)]
    catch_up()

    for sort in ("relevance", "date"):
        pages = [find(page=page, page_size=2, sort=sort) for page in range(1, 6)]
        listed = [group for page in pages for group in found(page)]
        assert sorted(map(sorted, listed)) == sorted(map(sorted, groups))
        assert {(page.total, page.total - page.copies, page.page_count) for page in pages} == {(13, 7, 4)}


def test_under_a_filter_the_copies_that_match_are_counted_and_the_others_still_named():
    daraj, mail = an_outlet(), an_outlet()
    here = an_english_article(a_report(1), outlet=daraj)
    there = [an_english_article(a_report(1), outlet=mail) for _ in range(2)]
    catch_up()

    page = find(outlets=frozenset({mail.public_id}))

    assert (page.total, page.copies) == (2, 1)
    assert found(page) == [{here.pk, *(article.pk for article in there)}]
    assert {value.value: value.count for value in page.facets["outlet"]} == {
        daraj.public_id: 1,
        mail.public_id: 2,
    }


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_is_not_public_is_not_named_and_the_next_one_stands_in_for_its_leader():
    first, second, third = (an_english_article(a_report(1)) for _ in range(3))
    an_article(body_en=a_report(1), copy_of=first)
    catch_up()

    withdrawn = {"status": Status.WITHDRAWN, "withdrawn_at": NOON, "withdrawal_reason_en": "Wrong."}
    Article.objects.filter(pk=first.pk).update(**withdrawn)
    # Before the index follows, and after.
    for _ in range(2):
        page = find()
        assert found(page) == [{second.pk, third.pk}]
        assert (page.total, page.copies) == (2, 1)
        catch_up()


@pytest.mark.django_db(transaction=True)
def test_an_article_rewritten_leaves_its_group():
    first, second = an_english_article(a_report(1)), an_english_article(a_report(1))
    catch_up()
    assert len(find().hits) == 1

    Article.objects.filter(pk=first.pk).update(body_en=a_report(5))
    catch_up()

    assert sorted(map(sorted, found(find()))) == [[first.pk], [second.pk]]


def test_the_queries_of_a_page_do_not_grow_with_its_copies(django_assert_num_queries):
    for number in range(6):
        for _ in range(3):
            an_english_article(a_report(number), outlet=an_outlet())
    catch_up()
    # What facets name is read once.
    find()

    with CaptureQueriesContext(
        connection,
    ) as few:
        find(page_size=1)
    with django_assert_num_queries(len(few)):
        assert len(find(page_size=6).hits) == 6
