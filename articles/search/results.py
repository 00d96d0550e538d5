"""What a search answers: a page of hits, and what is said beside it. docs/search.md says what is counted."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from articles.models import Article, Claim, Outlet
from articles.search.engine import Kind
from articles.search.forms import SearchRequest
from articles.search.names import EntityCard
from articles.search.shown import Shown


@dataclass(frozen=True, slots=True)
class AlsoIn:
    """Another public article with nearly the same text as a hit, such as a second outlet's copy of an agency's report.

    It has what is needed to name and open it: its headline, dates and outlet, not its text.
    """

    article: Article

    @property
    def outlet(self) -> Outlet | None:
        """Its publisher; None where that is not known."""
        return self.article.outlet


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found, with its title and the passage that matches, words marked, in the language shown.

    An article's `body_*` hold only its opening: of a long text nobody reads more on a page of results.
    """

    record: Article | Claim
    kind: Kind
    score: float
    shown: Shown
    # Public articles with nearly the same text, in the order of their dates; they are no hits of their own on any page.
    also_in: Sequence[AlsoIn] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value to narrow by: what the parameter is set to, the record or word that names it, the number of records."""

    value: str
    count: int
    is_chosen: bool
    record: Any = None
    # The stored value: a verdict, a year, a language, a kind; of a month the text of its value.
    code: str | int = ""


@dataclass(frozen=True, slots=True)
class SuggestedPart:
    """A stretch of a suggested query, and whether it was changed."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Did you mean: the query with its unknown words corrected. The parts put together are its text."""

    text: str
    parts: Sequence[SuggestedPart]


class Unit(StrEnum):
    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Bar:
    """How many of the records have their date in the year or month that begins on that day."""

    start: datetime.date
    count: int
    # What the parameter named by the histogram's unit is set to for this bar, and whether it is.
    value: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Histogram:
    """The records by date, earliest first; one bar a month where a year or at most three years are chosen.

    Like a facet's counts they are exact under all other filters, those of the unit left out. Empty years and months
    between two bars are bars too, unless there would be too many.
    """

    unit: Unit = Unit.YEAR
    bars: Sequence[Bar] = ()

    @property
    def highest(self) -> int:
        return max((bar.count for bar in self.bars), default=0)


@dataclass(frozen=True, slots=True)
class SearchPage:
    request: SearchRequest
    # How many records match at this moment, exactly; copies count, like in the facets.
    total: int
    hits: Sequence[Hit]
    # Of the total, those shown below another hit as its copies: total - copies is how many hits all pages have.
    copies: int = 0
    # By parameter: type, lang, outlet, person, organisation, verdict, year, month.
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    histogram: Histogram = field(default_factory=Histogram)
    # Too few records were found as asked: those with only some of the words follow. `total_with_all` match as asked.
    is_loosened: bool = False
    total_with_all: int = 0
    # Of the total, those that have none of the words but are near in meaning.
    total_by_meaning: int = 0
    # Whom the query names, in any spelling or script, surest first; on the first page only.
    entities: Sequence[EntityCard] = ()
    # Another spelling of the query, where nothing public has all its words and the other spelling finds something.
    did_you_mean: Suggestion | None = None

    @property
    def page_count(self) -> int:
        return -(-(self.total - self.copies) // self.request.page_size)
