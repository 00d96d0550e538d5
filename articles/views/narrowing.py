"""What narrows a search, for the page: the facets to choose from, and a chip to take away for each choice made."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.choices import Verdict
from articles.models import Outlet
from articles.querysets import publicly_named
from articles.search.engine import Kind
from articles.search.forms import SearchForm, SearchRequest
from articles.search.results import FacetValue, SearchPage
from articles.views.common import page_language
from newsroom.gate import BadInput
from newsroom.text.dates import DatePrecision, partial_date
from newsroom.text.fragments import Fragment
from newsroom.text.languages import LANGUAGE_NAMES
from newsroom.text.numbers import localised_digits
from people.models import Organisation, Person

# More values of a facet than this wait behind “more…”.
VALUES_SHOWN = 6

FACETS = {
    "type": gettext_lazy("Kind"),
    "verdict": gettext_lazy("Assessment"),
    "outlet": gettext_lazy("Outlet"),
    "person": gettext_lazy("People"),
    "organisation": gettext_lazy("Organisations"),
    "year": gettext_lazy("Year"),
    "month": gettext_lazy("Month"),
    "lang": gettext_lazy("Language"),
}
KINDS = {Kind.CLAIM.code: gettext_lazy("Claims"), Kind.ARTICLE.code: gettext_lazy("Articles")}
_RECORDS: dict[str, type[Model]] = {"outlet": Outlet, "person": Person, "organisation": Organisation}
_DATES = {"date_from", "date_to"}
_NO_FILTERS = {"q", "sort", "page", "page_size"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet as the page shows it."""

    value: str
    label: Fragment
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    parameter: str
    label: Any
    choices: list[Choice]

    @property
    def is_exclusive(self) -> bool:
        return self.parameter == "lang"

    @property
    def is_chosen(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)

    @property
    def first(self) -> list[Choice]:
        """Those at once in view: a last one alone is not worth a click."""
        return self.choices[: self._shown]

    @property
    def more(self) -> list[Choice]:
        return self.choices[self._shown :]

    @property
    def is_more_chosen(self) -> bool:
        return any(choice.is_chosen for choice in self.more)

    @property
    def _shown(self) -> int:
        return VALUES_SHOWN if len(self.choices) > VALUES_SHOWN + 1 else len(self.choices)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: what it is of, its value, and the address of the same search without it."""

    label: Any
    value: Fragment
    parameter: str
    # What the parameter is set to.
    code: str
    address: str
    # Whether what it is of must be seen: of a name alone nobody knows how the rows hang on it.
    is_labelled: bool = False


def asked_of(request: HttpRequest) -> SearchRequest:
    """The search that the request's parameters ask for; BadInput naming the first that cannot be read."""
    form = SearchForm(request.GET, shown_language=page_language())
    if wrong := form.first_error():
        parameter, sentence = wrong
        raise BadInput(localised_digits(sentence, page_language()), parameter)
    return form.request()


def shown_facets(page: SearchPage) -> list[Facet]:
    """The facets that divide what was found, in the order of the page."""
    facets = [
        Facet(
            parameter,
            label,
            [
                Choice(value.value, value_label(parameter, value), value.count, value.is_chosen)
                for value in page.facets.get(parameter, [])
            ],
        )
        for parameter, label in FACETS.items()
    ]
    return [facet for facet in facets if len(facet.choices) > 1 or facet.is_chosen]


def active_filters(
    request: SearchRequest, facets: Mapping[str, Iterable[FacetValue]], *, at: datetime.datetime
) -> list[Chip]:
    """A chip for each filter of the search, in the order of its address."""
    named = {(parameter, value.value): value for parameter, values in facets.items() for value in values}
    filters = [(name, value) for name, value in request.parameters() if name not in _NO_FILTERS]
    named |= _known(set(filters) - set(named), at=at)
    return [
        Chip(
            SearchForm.base_fields[parameter].label,
            _name(parameter, value, named.get((parameter, value))),
            parameter,
            value,
            address(request, without=[(parameter, value)]),
        )
        for parameter, value in filters
    ]


def _known(filters: Iterable[tuple[str, str]], *, at: datetime.datetime) -> dict[tuple[str, str], FacetValue]:
    """Those of the filters that name a record which a reader may know, though nothing that was found has it."""
    known = {}
    for parameter, model in _RECORDS.items():
        ids = [value for name, value in filters if name == parameter]
        if ids:
            for record in publicly_named(model._default_manager.filter(public_id__in=ids), at=at):
                known[parameter, record.public_id] = FacetValue(record.public_id, 0, True, record)
    return known


def hidden_filters(chips: Iterable[Chip], facets: Iterable[Facet]) -> list[Chip]:
    """The filters that no facet of the form shows: it carries them on unseen."""
    shown = {(facet.parameter, choice.value) for facet in facets for choice in facet.choices}
    return [
        chip for chip in chips if chip.parameter not in _DATES and (chip.parameter, chip.code) not in shown
    ]


def address(
    request: SearchRequest,
    *,
    without: Iterable[tuple[str, str | None]] = (),
    with_: Iterable[tuple[str, str]] = (),
) -> str:
    """The query string of the search on its first page, without some parameters (or values of them) and with others."""
    left_out = {*without, ("page", None)}
    kept = [
        (name, value)
        for name, value in request.parameters()
        if (name, value) not in left_out and (name, None) not in left_out
    ]
    return f"?{urlencode([*kept, *with_])}"


def unnarrowed(request: SearchRequest) -> str:
    """The query string of the same words without any filter."""
    names = {name for name, _value in request.parameters()} - {"q", "sort"}
    return address(request, without=[(name, None) for name in names])


def facet_label(parameter: str, value: FacetValue) -> Any:
    """What a value without a record of its own is called, in the reader's language."""
    if parameter == "type":
        return KINDS.get(value.value, value.value)
    if parameter == "verdict":
        return Verdict(value.value).label if value.value in Verdict.values else value.value
    if parameter == "lang":
        return LANGUAGE_NAMES.get(value.value, value.value)
    return value.value


def value_label(parameter: str, value: FacetValue) -> Fragment:
    """The name of a value in the reader's language, or in the other where it has none in that."""
    language = page_language()
    if value.record is not None:
        return value.record.name_in(language)
    if parameter == "year":
        return Fragment(localised_digits(value.value, language), language)
    if parameter == "month":
        return Fragment(
            partial_date(datetime.date.fromisoformat(f"{value.value}-01"), DatePrecision.MONTH, language),
            language,
        )
    label = str(facet_label(parameter, value))
    return Fragment(label[:1].upper() + label[1:], language)


def _name(parameter: str, value: str, known: FacetValue | None) -> Fragment:
    """What the chip of a filter says."""
    language = page_language()
    if parameter in _DATES:
        day = partial_date(datetime.date.fromisoformat(value), DatePrecision.DAY, language)
        sentence = _("from %(day)s") if parameter == "date_from" else _("until %(day)s")
        return Fragment(sentence % {"day": day}, language)
    if known is None and parameter in _RECORDS:
        # Somebody of whom no reader may know.
        return Fragment(_("not known"), language)
    return value_label(parameter, known or FacetValue(value, 0, True))
