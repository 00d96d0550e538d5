"""The drawing of dates: bars in percent, empty stretches, and where each bar leads."""

import datetime

import pytest
from django.utils.translation import override

from articles.search.forms import SearchRequest
from articles.search.results import Bar, Histogram, Unit
from articles.views.timeline import GAP, MOST_BARS, timeline


def by_year(counts: dict[int, int], chosen: int | None = None) -> Histogram:
    return Histogram(
        Unit.YEAR,
        [Bar(datetime.date(year, 1, 1), count, str(year), year == chosen) for year, count in counts.items()],
    )


def by_month(first: datetime.date, counts: list[int], chosen: str = "") -> Histogram:
    bars = []
    for offset, count in enumerate(counts):
        month = first.year * 12 + first.month - 1 + offset
        value = f"{month // 12}-{month % 12 + 1:02}"
        bars.append(Bar(datetime.date(month // 12, month % 12 + 1, 1), count, value, value == chosen))
    return Histogram(Unit.MONTH, bars)


def drawn(histogram: Histogram, language: str = "en", **request):
    with override(language):
        return timeline(histogram, SearchRequest(text="bridge", **request))


def test_a_single_year_is_no_drawing():
    assert drawn(by_year({2021: 9})) is None
    assert drawn(Histogram()) is None
    assert drawn(by_year({2020: 0, 2021: 9}, chosen=2021)) is not None


def test_the_highest_bar_fills_the_drawing_and_the_lowest_is_seen():
    drawing = drawn(by_year({2019: 1, 2020: 1000, 2021: 0, 2022: 500}))

    heights = [bar.height for bar in drawing.stretches]
    assert heights[1] == drawing.baseline
    assert heights[0] == 3
    assert heights[2] == 0
    assert 0 < heights[0] < heights[3] < heights[1]
    assert [bar.top + bar.height for bar in drawing.stretches] == [drawing.baseline] * 4


def test_time_runs_the_way_the_page_reads():
    years = {2020: 1, 2021: 2, 2022: 3}

    assert [bar.slot for bar in drawn(by_year(years)).stretches] == ["0%", "33.333%", "66.667%"]
    arabic = drawn(by_year(years), "ar")
    assert [bar.slot for bar in arabic.stretches] == ["66.667%", "33.333%", "0%"]
    assert arabic.stretches[0].name == "٢٠٢٠"


def test_an_old_date_leaves_a_gap_instead_of_pressing_the_others_together():
    drawing = drawn(by_year({1967: 1} | dict.fromkeys(range(1968, 2020), 0) | {2020: 4, 2021: 5}))

    assert [bar.label for bar in drawing.stretches] == ["1967", GAP, "2020", "2021"]
    assert drawing.stretches[1].address == ""


@pytest.mark.parametrize("last", [1060, 1500, 9999])
def test_many_years_are_gathered_until_they_can_be_pressed(last):
    drawing = drawn(by_year(dict.fromkeys(range(1001, last + 1), 1)))

    assert len(drawing.stretches) <= MOST_BARS
    assert sum(bar.count for bar in drawing.stretches) == last - 1000
    assert "date_from=" in drawing.stretches[0].address


def test_a_year_leads_to_itself_and_back():
    assert drawn(by_year({2020: 1, 2021: 2})).stretches[1].address == "?q=bridge&year=2021"
    chosen = drawn(by_year({2020: 1, 2021: 2}, chosen=2021), years=frozenset({2021}), page=3)
    assert chosen.stretches[0].address == "?q=bridge&year=2020"
    assert chosen.stretches[1].address == "?q=bridge"
    assert chosen.all_years == "?q=bridge"


def test_within_a_year_a_month_leads_to_itself_and_back():
    months = by_month(datetime.date(2021, 1, 1), [1, 2, 3], chosen="2021-02")
    drawing = drawn(months, years=frozenset({2021}), months=frozenset({"2021-02"}))

    assert drawing.is_by_month
    assert [bar.address for bar in drawing.stretches] == [
        "?q=bridge&year=2021&month=2021-01",
        "?q=bridge&year=2021",
        "?q=bridge&year=2021&month=2021-03",
    ]
    assert drawing.all_years == "?q=bridge"


def test_months_are_numbered_in_arabic_and_years_named_where_there_are_several():
    assert {bar.label for bar in drawn(by_month(datetime.date(2021, 1, 1), [1] * 6), "ar").stretches} == set(
        "١٢٣٤٥٦"
    )
    labels = [
        bar.label for bar in drawn(by_month(datetime.date(2020, 1, 1), [1] * 24)).stretches if bar.label
    ]
    assert labels == ["2020", "2021"]
