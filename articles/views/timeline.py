"""The dates of what was found as a drawing: bars in percent of its width, so that it fits any screen unscaled."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.search.forms import FIRST_YEAR, LAST_YEAR, SearchRequest
from articles.search.results import Histogram, Unit
from articles.views.common import page_language
from articles.views.narrowing import address
from newsroom.text.dates import DatePrecision, month_name, partial_date
from newsroom.text.languages import ARABIC, direction
from newsroom.text.numbers import localised_digits

# In the drawing's own units, which are pixels.
HEIGHT, BASELINE, LABELS_AT = 72, 56, 69
# What is there must be seen, however little beside the highest.
LOWEST = 3
# Beyond so many bars years are gathered: a bar must be wide enough to be pressed.
MOST_BARS = 40
# So many empty years in a row are drawn as one gap: an old date must not press the others together.
LEAST_GAP = 6
GAP = "…"
MOST_LABELS = 6
MONTHS = 12
_SPANS = (1, 10, 100, 1000, 10_000)
_DATES = ("year", "month", "date_from", "date_to")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A month, a year or several years: how many records, and the search for them alone."""

    name: str
    # What stands below its bar; empty where there is no room for that on every screen.
    label: str
    count: int
    is_chosen: bool
    address: str
    # Of the drawing's width, in percent; of its height, in its own units.
    slot: str
    slot_width: str
    left: str
    width: str
    middle: str
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Timeline:
    stretches: Sequence[Stretch]
    is_by_month: bool
    # The years or months from the first to the last, in words.
    first: str
    last: str
    # Back to all years, where some are chosen.
    all_years: str
    height: int = HEIGHT
    baseline: int = BASELINE
    labels_at: int = LABELS_AT


@dataclass(slots=True)
class _Span:
    first: datetime.date
    years: int
    count: int = 0
    is_chosen: bool = False
    # Stands for a row of empty ones.
    is_gap: bool = False


def timeline(histogram: Histogram, request: SearchRequest) -> Timeline | None:
    """The drawing of a histogram; None where there is nothing to compare."""
    if sum(bar.count > 0 for bar in histogram.bars) < 2 and not any(bar.is_chosen for bar in histogram.bars):
        return None
    language = page_language()
    is_by_month = histogram.unit is Unit.MONTH
    spans = _by_month(histogram) if is_by_month else _by_years(histogram)
    highest = max(span.count for span in spans)
    labels = _labels(spans, language)
    stretches = [
        _stretch(
            span,
            position,
            len(spans),
            label=labels.get(position, ""),
            share=span.count / highest if highest else 0,
            request=request,
        )
        for position, span in enumerate(spans)
    ]
    is_dated = any(name in _DATES for name, _value in request.parameters())
    return Timeline(
        stretches,
        is_by_month,
        partial_date(histogram.bars[0].start, histogram.unit.value, language),
        partial_date(histogram.bars[-1].start, histogram.unit.value, language),
        address(request, without=[(name, None) for name in _DATES]) if is_dated else "",
    )


def _by_month(histogram: Histogram) -> list[_Span]:
    return [_Span(bar.start, 0, bar.count, bar.is_chosen) for bar in histogram.bars]


def _by_years(histogram: Histogram) -> list[_Span]:
    """A span for each year, or for as many years as make the bars few enough."""
    drawings = (_with_gaps(_gathered(histogram, size)) for size in _SPANS)
    return next(spans for spans in drawings if len(spans) <= MOST_BARS)


def _gathered(histogram: Histogram, size: int) -> list[_Span]:
    """The bars by so many years each, those without a record left out."""
    spans: dict[int, _Span] = {}
    for bar in histogram.bars:
        if bar.count or bar.is_chosen:
            number = bar.start.year // size
            start = datetime.date(max(number * size, FIRST_YEAR), 1, 1)
            span = spans.setdefault(number, _Span(start, size))
            span.count += bar.count
            span.is_chosen = span.is_chosen or bar.is_chosen
    return [spans[number] for number in sorted(spans)]


def _with_gaps(spans: list[_Span]) -> list[_Span]:
    """The same with the empty ones between them, each on its own where they are few."""
    drawn = spans[:1]
    for before, span in pairwise(spans):
        size = span.years
        empty = range(before.first.year // size + 1, span.first.year // size)
        if len(empty) >= LEAST_GAP:
            drawn.append(_Span(datetime.date(empty[0] * size, 1, 1), size, is_gap=True))
        else:
            drawn += [_Span(datetime.date(number * size, 1, 1), size) for number in empty]
        drawn.append(span)
    return drawn


def _stretch(
    span: _Span, position: int, number: int, *, label: str, share: float, request: SearchRequest
) -> Stretch:
    language = page_language()
    slot = 100 / number
    # Time runs as the page's language does.
    place = number - 1 - position if direction(language) == "rtl" else position
    height = max(round(share * (BASELINE - LOWEST)) + LOWEST, LOWEST) if span.count else 0
    return Stretch(
        name=_name(span, language),
        label=label,
        count=span.count,
        is_chosen=span.is_chosen,
        address=_address(span, request) if span.count or span.is_chosen else "",
        slot=_percent(place * slot),
        slot_width=_percent(slot),
        left=_percent((place + 0.12) * slot),
        width=_percent(0.76 * slot),
        middle=_percent((place + 0.5) * slot),
        top=BASELINE - height,
        height=height,
    )


def _name(span: _Span, language: str) -> str:
    if not span.years:
        return partial_date(span.first, DatePrecision.MONTH, language)
    first, last = span.first.year, _last_year(span)
    return localised_digits(str(first) if first == last else f"{first}–{last}", language)


def _labels(spans: Sequence[_Span], language: str) -> dict[int, str]:
    """What stands below the bars, as short as it is still understood, by position."""
    if not spans[0].years and len(spans) > MONTHS:
        # Over several years the months need not be told apart, but the years.
        return {
            position: localised_digits(str(span.first.year), language)
            for position, span in enumerate(spans)
            if span.first.month == 1
        }
    every = -(-len(spans) // MOST_LABELS)
    gaps = {position for position, span in enumerate(spans) if span.is_gap}
    # Counted from the newest, which is the one looked for most.
    marked = [position for position in range(len(spans) - 1, -1, -every) if position not in gaps]
    labels = {position: localised_digits(_short(spans[position], language), language) for position in marked}
    return labels | dict.fromkeys(gaps, GAP)


def _short(span: _Span, language: str) -> str:
    if span.years:
        return str(span.first.year)
    # The names of months are long in Arabic, where newspapers number them too.
    return str(span.first.month) if language == ARABIC else month_name(span.first.month, language)[:3]


def _last_year(span: _Span) -> int:
    return min(span.first.year // span.years * span.years + span.years - 1, LAST_YEAR)


def _address(span: _Span, request: SearchRequest) -> str:
    """The search for this stretch alone; where it is chosen already, the search without it."""
    if not span.years:
        month = (
            f"{span.first:%Y-%m}" if span.first.year > 999 else f"{span.first.year:04}-{span.first.month:02}"
        )
        if span.is_chosen:
            return address(request, without=[("month", month)])
        return address(request, without=[("month", None)], with_=[("month", month)])
    if span.years == 1:
        year = str(span.first.year)
        if span.is_chosen:
            return address(request, without=[("year", year)])
        return address(request, without=[("year", None), ("month", None)], with_=[("year", year)])
    first, last = span.first, datetime.date(_last_year(span), 12, 31)
    without = [(name, None) for name in _DATES]
    return address(
        request, without=without, with_=[("date_from", first.isoformat()), ("date_to", last.isoformat())]
    )


def _percent(share: float) -> str:
    return f"{share:.3f}".rstrip("0").rstrip(".") + "%"
