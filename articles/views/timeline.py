"""The dates of what was found as a drawing: bars in percent of its width, so that it fits any screen unscaled."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

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
MOST_BARS = 36
MOST_LABELS = 6
_SPANS = (1, 10, 100, 1000, 10_000)
_DATES = ("year", "month", "date_from", "date_to")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A month, a year or several years: how many records, and the search for them alone."""

    name: str
    # As it stands below its bar, and whether there is room for that on every screen.
    short: str
    is_marked: bool
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


def timeline(histogram: Histogram, request: SearchRequest) -> Timeline | None:
    """The drawing of a histogram; None where there is nothing to compare."""
    if sum(bar.count > 0 for bar in histogram.bars) < 2 and not any(bar.is_chosen for bar in histogram.bars):
        return None
    is_by_month = histogram.unit is Unit.MONTH
    spans = _by_month(histogram) if is_by_month else _by_years(histogram)
    highest = max(span.count for span in spans)
    every = -(-len(spans) // MOST_LABELS)
    stretches = [
        _stretch(
            span,
            position,
            len(spans),
            # Counted from the newest, which is the one looked for most.
            is_marked=(len(spans) - 1 - position) % every == 0,
            share=span.count / highest if highest else 0,
            request=request,
        )
        for position, span in enumerate(spans)
    ]
    is_dated = any(name in _DATES for name, _value in request.parameters())
    return Timeline(
        stretches,
        is_by_month,
        stretches[0].name,
        stretches[-1].name,
        address(request, without=[(name, None) for name in _DATES]) if is_dated else "",
    )


def _by_month(histogram: Histogram) -> list[_Span]:
    return [_Span(bar.start, 0, bar.count, bar.is_chosen) for bar in histogram.bars]


def _by_years(histogram: Histogram) -> list[_Span]:
    """A span for each year, or for as many as make the bars few enough; empty ones between them too."""
    years = [bar.start.year for bar in histogram.bars]
    size = next(size for size in _SPANS if max(years) // size - min(years) // size < MOST_BARS)
    spans = {
        number: _Span(datetime.date(max(number * size, FIRST_YEAR), 1, 1), size)
        for number in range(min(years) // size, max(years) // size + 1)
    }
    for bar in histogram.bars:
        span = spans[bar.start.year // size]
        span.count += bar.count
        span.is_chosen = span.is_chosen or bar.is_chosen
    return list(spans.values())


def _stretch(
    span: _Span, position: int, number: int, *, is_marked: bool, share: float, request: SearchRequest
) -> Stretch:
    language = page_language()
    slot = 100 / number
    # Time runs as the page's language does.
    place = number - 1 - position if direction(language) == "rtl" else position
    height = max(round(share * (BASELINE - LOWEST)) + LOWEST, LOWEST) if span.count else 0
    name, short = _names(span, language)
    return Stretch(
        name=name,
        short=short,
        is_marked=is_marked,
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


def _names(span: _Span, language: str) -> tuple[str, str]:
    """The stretch in full, and as short as it is still understood."""
    if not span.years:
        name = partial_date(span.first, DatePrecision.MONTH, language)
        # The names of months are long in Arabic, where newspapers number them too.
        short = str(span.first.month) if language == ARABIC else month_name(span.first.month, language)[:3]
        return name, localised_digits(short, language)
    first, last = span.first.year, _last_year(span)
    name = str(first) if first == last else f"{first}–{last}"
    return localised_digits(name, language), localised_digits(str(first), language)


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
