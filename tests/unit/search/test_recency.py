"""How a record's age changes what it counts, and which of two equally good hits is first."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from articles.search.engine import EngineHit, Kind, microseconds
from articles.search.recency import WEIGHT, in_order, with_recency
from articles.search.tantivy_query import place_by_date

TODAY = datetime.date(2026, 3, 1)
AT = microseconds(datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC))
YEAR = datetime.timedelta(days=365)

scores = st.floats(0.01, 500)
days = st.integers(1, datetime.date.max.toordinal())


def aged(score: float, age: datetime.timedelta) -> float:
    return with_recency(score, (TODAY - age).toordinal(), at=AT)


def test_of_two_equally_good_hits_the_newer_counts_more():
    assert aged(10, 0 * YEAR) > aged(10, YEAR / 12) > aged(10, YEAR) > aged(10, 10 * YEAR)


def test_a_record_without_a_date_counts_like_one_that_is_a_year_old():
    assert with_recency(10, None, at=AT) == 10
    assert aged(10, YEAR) == 10


def test_a_date_to_come_counts_like_today():
    assert aged(10, -3 * YEAR) == aged(10, 0 * YEAR)


@given(scores, days, days)
def test_age_never_lets_a_hit_pass_one_that_is_clearly_better(score, day, other_day):
    clearly_better = score * (1 + 2.1 * WEIGHT)

    assert with_recency(clearly_better, day, at=AT) > with_recency(score, other_day, at=AT)


def test_equally_good_hits_stand_by_date_and_then_by_their_keys():
    noon = microseconds(datetime.datetime(2021, 11, 7, 12, tzinfo=datetime.UTC))
    ordered = [
        (2.0, Kind.CLAIM, 1, noon - 10**9),
        # What only the engine's rounding divides is equal.
        (1.0, Kind.ARTICLE, 9, noon + 1_000_000),
        (1.0, Kind.ARTICLE, 4, noon),
        (1.0, Kind.ARTICLE, 5, noon),
        (1.0000001, Kind.CLAIM, 5, noon),
        # Far outside of what a number of seconds may be.
        (1.0, Kind.ARTICLE, 3, -(10**17)),
    ]
    hits = [
        EngineHit(kind, pk, score, place=place_by_date(kind, pk, moment))
        for score, kind, pk, moment in ordered
    ]

    assert sorted([*hits[4:], *hits[:4]], key=in_order) == hits
    assert sorted([*hits[2:], *hits[:2]], key=in_order) == hits


@given(st.integers(-(10**19), 10**19), st.integers(1, 2**29 - 1), st.sampled_from(Kind))
def test_a_place_fits_the_number_that_an_engine_keeps(moment, pk, kind):
    assert -(2**63) <= place_by_date(kind, pk, moment) < 2**63
