"""Every figure beside the hits is what PostgreSQL counts, under any filter; and what begins a word is found."""

import datetime
import random
from collections import Counter

import pytest

from articles.models import Article, Mention
from articles.search.engine import Kind
from articles.search.forms import SearchRequest
from articles.search.indexing import catch_up
from articles.search.results import Unit
from articles.search.service import SearchPage, search
from tests.builders import NOON, a_person, a_public_article, a_public_claim, an_outlet

pytestmark = pytest.mark.django_db


def find(text: str = "", **facts) -> SearchPage:
    return search(SearchRequest(text, shown_language="en", **facts), at=NOON)


def day(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{text}T12:00:00+00:00")


def counts(page: SearchPage, parameter: str) -> dict[str, int]:
    return {value.value: value.count for value in page.facets[parameter] if value.count}


def bars(page: SearchPage) -> dict[str, int]:
    return {bar.value: bar.count for bar in page.histogram.bars if bar.count}


def test_facets_and_histogram_are_what_postgresql_counts_under_any_filters():
    chosen = random.Random(7)  # noqa: S311 - reproducible, no secret
    outlets, people = [an_outlet() for _ in range(3)], [a_person() for _ in range(3)]
    for number in range(36):
        when = datetime.datetime(
            2021 + chosen.randrange(4), chosen.randint(1, 4), 15, 12, tzinfo=datetime.UTC
        )
        article = a_public_article(
            outlet=chosen.choice(outlets),
            headline_en=f"{chosen.choice(('drones', 'kites'))} {number}",
            published_at=when,
        )
        Mention.objects.create(article=article, person=chosen.choice(people))
    catch_up()
    values = {
        "outlets": [outlet.public_id for outlet in outlets],
        "people": [person.public_id for person in people],
        "years": [2021, 2022, 2023, 2024],
        "months": ["2021-01", "2022-02", "2023-03", "2024-04"],
    }
    facets = {"outlets": "outlet", "people": "person", "years": "year"}

    for _round in range(25):
        text = chosen.choice(("", "drones"))
        filters = {
            name: frozenset(chosen.sample(of, chosen.randint(1, 2)))
            for name, of in values.items()
            if chosen.random() < 0.4
        }
        page = find(text, **filters)
        assert page.total == len(in_postgresql(text, filters))
        for name, parameter in facets.items():
            others = {other: given for other, given in filters.items() if other != name}
            counted = Counter(str(getattr(row, name)) for row in in_postgresql(text, others))
            assert counts(page, parameter) == counted
        if page.histogram.unit is Unit.YEAR:
            assert bars(page) == counts(page, "year")
        else:
            others = {other: given for other, given in filters.items() if other != "months"}
            months = Counter(row.months for row in in_postgresql(text, others))
            assert bars(page) == {month: months[month] for month in bars(page)}
            assert counts(page, "month").items() >= bars(page).items()


class Row:
    def __init__(self, article: Article) -> None:
        self.outlets = article.outlet.public_id
        self.people = article.mentions.all()[0].person.public_id
        self.years = article.published_at.year
        self.months = article.published_at.strftime("%Y-%m")


def in_postgresql(text: str, filters: dict) -> list[Row]:
    articles = Article.objects.filter(headline_en__contains=text).select_related("outlet")
    rows = [Row(article) for article in articles.prefetch_related("mentions__person")]
    return [row for row in rows if all(getattr(row, name) in given for name, given in filters.items())]


def test_the_histogram_goes_by_month_where_three_years_at_most_are_chosen():
    for when in ("2019-05-05", "2021-11-07", "2021-11-08", "2022-01-01"):
        a_public_article(published_at=day(when))
    catch_up()

    by_year = find()
    assert by_year.histogram.unit is Unit.YEAR
    assert [(bar.start.year, bar.count) for bar in by_year.histogram.bars] == [
        (2019, 1), (2020, 0), (2021, 2), (2022, 1),
    ]  # fmt: skip
    assert by_year.facets["month"] == []
    by_month = find(years=frozenset({2021}))
    assert by_month.histogram.unit is Unit.MONTH
    assert bars(by_month) == {"2021-11": 2}
    drilled = find(years=frozenset({2021}), months=frozenset({"2021-11"}))
    assert drilled.total == 2
    assert [bar.is_chosen for bar in drilled.histogram.bars] == [True]
    assert (
        find(date_from=datetime.date(2019, 1, 1), date_to=datetime.date(2022, 1, 1)).histogram.unit
        is Unit.YEAR
    )
    assert bars(find(date_from=datetime.date(2021, 11, 8), date_to=datetime.date(2022, 12, 31))) == {
        "2021-11": 1, "2022-01": 1,
    }  # fmt: skip


def test_a_claim_a_thousand_years_ago_does_not_fill_the_histogram_with_empty_years():
    a_public_article(published_at=day("2021-11-07"))
    a_public_claim(occurred_on=datetime.date(1021, 1, 1), occurred_precision="day")
    catch_up()

    assert [bar.start.year for bar in find().histogram.bars] == [1021, 2021]


def test_the_beginning_of_a_word_finds_what_begins_so_and_marks_it():
    drones = a_public_article(headline_en="Droning drones", headline_ar="")
    arabic = a_public_article(headline_ar="الطائرات فوق بغداد")
    catch_up()

    page = find("dron*")
    assert [hit.record for hit in page.hits] == [drones]
    assert page.hits[0].shown.hits == 2
    assert [hit.record for hit in find("الطائ*").hits] == [arabic]
    assert [hit.record for hit in find("+dron* -kite*").hits] == [drones]
    assert [hit.record for hit in find("dron* OR الطائ*", sort="date").hits] != []
    assert find("drone -dron*").total == 0
    # A letter begins too much, and a sign is none.
    for typed in ("d*", "ال*", "*", "(*", "dr.*", "[a-z]*", "\\*"):
        assert find(typed, kinds=frozenset({Kind.ARTICLE})).total in range(3)
