import datetime

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from articles.choices import Verdict
from articles.search.engine import Kind, Sort
from articles.search.forms import HITS_PER_PAGE, SearchForm, SearchRequest
from newsroom.records import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH

IDS = st.frozensets(
    st.text(PUBLIC_ID_ALPHABET, min_size=PUBLIC_ID_LENGTH, max_size=PUBLIC_ID_LENGTH), max_size=3
)
DAYS = st.none() | st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))
REQUESTS = st.builds(
    SearchRequest,
    text=st.sampled_from(["", "drones", "طائرات مسيّرة", '"a b" -c +d OR e*', "a&b=c#d%?", "100 %"]),
    kinds=st.sampled_from([frozenset(), frozenset({Kind.CLAIM}), frozenset({Kind.ARTICLE})]),
    outlets=IDS,
    people=IDS,
    organisations=IDS,
    verdicts=st.frozensets(st.sampled_from(Verdict.values)),
    years=st.frozensets(st.integers(1, 9999), max_size=3),
    months=st.frozensets(st.sampled_from(["2024-08", "0001-01", "1999-12"])),
    date_from=DAYS,
    date_to=st.none(),
    sort=st.sampled_from(Sort),
    page=st.integers(1, 50),
    page_size=st.sampled_from([1, HITS_PER_PAGE, 100]),
    shown_language=st.just("ar"),
)


def read(query_string: str) -> SearchRequest:
    form = SearchForm(QueryDict(query_string), shown_language="ar")
    assert form.is_valid(), form.errors
    return form.request()


@given(REQUESTS)
def test_a_search_written_as_parameters_is_read_back_as_the_same_search(request):
    assert read(request.query_string()) == request
    assert read(request.query_string()).query_string() == request.query_string()


@given(REQUESTS)
def test_taking_a_value_away_takes_that_one_and_goes_to_the_first_page(request):
    for parameter, value in request.parameters():
        less = request.without(parameter, value)
        assert less.page == 1
        expected = [pair for pair in request.parameters() if pair != (parameter, value) and pair[0] != "page"]
        assert less.parameters() == expected
        if parameter != "page":
            assert parameter not in dict(request.without(parameter).parameters())


def test_the_spelling_is_canonical_whatever_the_order_it_was_typed_in():
    one = read("year=2024&type=claim&year=2021&q=a&page=1&sort=relevance&lang=any")
    other = read("q=a&year=2021&year=2024&type=claim")

    assert one.query_string() == other.query_string() == "q=a&type=claim&year=2021&year=2024"


@pytest.mark.parametrize(
    "wrong",
    [
        "month=2024",
        "month=2024-13",
        "month=0000-01",
        "month=٢٠٢٤-٠٨",
        "month=2024-08-01",
        "year=0",
        "year=10000",
        "year=" + "9" * 18,
        "page=" + "9" * 18,
        "page_size=101",
        "date_from=2024-02-02&date_to=2024-02-01",
        "date_from=10000-01-01",
        "&".join(f"month={year}-01" for year in range(1000, 1021)),
    ],
)
def test_what_cannot_be_asked_is_answered_with_a_sentence(wrong):
    form = SearchForm(QueryDict(wrong), shown_language="en")

    assert not form.is_valid()
    assert form.first_error()[1]
