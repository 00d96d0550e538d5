"""Records by date: the bars of the histogram and the months to narrow by, from the counts of one state of the index."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from articles.search.engine import FacetCounts, FacetField
from articles.search.forms import FIRST_YEAR, LAST_YEAR, SearchRequest
from articles.search.results import Bar, FacetValue, Histogram, Unit

# Over so many years chosen the histogram has a bar for each month.
MOST_YEARS_BY_MONTH = 3
# Between the bars there are no empty ones where there would be more than this in all.
MOST_BARS_FILLED = 120


def month_number(month: str) -> int:
    """The month "2024-08" as the index counts it."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def month_of(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def is_by_month(request: SearchRequest) -> bool:
    """Whether at most three years are chosen, by years, by months or by days."""
    return _span(request) is not None


def histogram(counts: FacetCounts, request: SearchRequest) -> Histogram:
    span = _span(request)
    if span is None:
        return Histogram(Unit.YEAR, _bars(_numbers(counts, FacetField.YEARS), request, Unit.YEAR))
    within = {
        number: count
        for number, count in _numbers(counts, FacetField.MONTHS).items()
        if span[0] <= number <= span[1]
    }
    return Histogram(Unit.MONTH, _bars(within, request, Unit.MONTH))


def month_values(counts: FacetCounts, request: SearchRequest) -> list[FacetValue]:
    """The months that have records, newest first, and those chosen; none where more than three years are chosen."""
    values = {bar.value: bar.count for bar in histogram(counts, request).bars} if is_by_month(request) else {}
    listed = {value: count for value, count in values.items() if count}
    listed |= {value: values.get(value, 0) for value in request.months}
    return [
        FacetValue(value, listed[value], value in request.months, code=value)
        for value in sorted(listed, reverse=True)
    ]


def _span(request: SearchRequest) -> tuple[int, int] | None:
    """The first and last month of the years chosen, where they are few enough."""
    spans = []
    if request.years:
        spans.append((min(request.years) * 12, max(request.years) * 12 + 11))
    if request.date_from or request.date_to:
        first = request.date_from or datetime.date(FIRST_YEAR, 1, 1)
        last = request.date_to or datetime.date(LAST_YEAR, 12, 31)
        spans.append((first.year * 12 + first.month - 1, last.year * 12 + last.month - 1))
    if request.months and not spans:
        years = sorted(int(month[:4]) for month in request.months)
        spans.append((years[0] * 12, years[-1] * 12 + 11))
    if not spans:
        return None
    first_month, last_month = max(span[0] for span in spans), min(span[1] for span in spans)
    return (first_month, last_month) if last_month - first_month < MOST_YEARS_BY_MONTH * 12 else None


def _numbers(counts: FacetCounts, facet: FacetField) -> dict[int, int]:
    return {int(number): count for number, count in counts[facet]}


def _bars(counts: Mapping[int, int], request: SearchRequest, unit: Unit) -> list[Bar]:
    if not counts:
        return []
    first, last = min(counts), max(counts)
    numbers = range(first, last + 1) if last - first < MOST_BARS_FILLED else sorted(counts)
    return [_bar(number, counts.get(number, 0), request, unit) for number in numbers]


def _bar(number: int, count: int, request: SearchRequest, unit: Unit) -> Bar:
    if unit is Unit.YEAR:
        return Bar(datetime.date(number, 1, 1), count, str(number), number in request.years)
    value = month_of(number)
    return Bar(datetime.date(number // 12, number % 12 + 1, 1), count, value, value in request.months)
