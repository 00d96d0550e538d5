"""What a search may be asked with: each parameter with its label, its limits and a sentence for what it cannot be."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.choices import Verdict
from articles.search.engine import Kind, Sort
from articles.search.query import MAXIMUM_LENGTH
from newsroom.records import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH
from newsroom.text.languages import LANGUAGE_NAMES, LANGUAGES

ANY = "any"
DEEPEST_PAGE = 50
HITS_PER_PAGE = 20
MOST_HITS_PER_PAGE = 100
MOST_CHOSEN = 20
FIRST_YEAR, LAST_YEAR = 1, 9999

_public_id = RegexValidator(
    rf"\A[{PUBLIC_ID_ALPHABET}]{{{PUBLIC_ID_LENGTH}}}\Z", _("It must be the public id of a record.")
)
_month = RegexValidator(
    r"\A(?!0000)[0-9]{4}-(0[1-9]|1[0-2])\Z", _("It must be a year and a month, such as 2024-08.")
)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as the form understood it. Records are named by their public ids; an empty filter narrows nothing."""

    text: str = ""
    # The language that records must have text in; None for either.
    language: str | None = None
    kinds: frozenset[Kind] = frozenset()
    outlets: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    # As "2024-08".
    months: frozenset[str] = frozenset()
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = HITS_PER_PAGE
    # Where a record has both languages, the one its title and snippet are shown in.
    shown_language: str = field(default=LANGUAGES[0], kw_only=True)

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set, the text apart."""
        return bool(
            self.language or self.kinds or self.outlets or self.people or self.organisations or self.verdicts
            or self.years or self.months or self.date_from or self.date_to
        )  # fmt: skip

    def parameters(self) -> list[tuple[str, str]]:
        """The URL parameters of this search, spelled in the one canonical way: in this order, defaults left out."""
        given: list[tuple[str, Iterable[Any]]] = [
            ("q", [self.text]),
            ("lang", [self.language or ""]),
            ("type", sorted(kind.code for kind in self.kinds)),
            ("outlet", sorted(self.outlets)),
            ("person", sorted(self.people)),
            ("organisation", sorted(self.organisations)),
            ("verdict", [verdict for verdict in Verdict.values if verdict in self.verdicts]),
            ("year", sorted(self.years)),
            ("month", sorted(self.months)),
            ("date_from", [self.date_from or ""]),
            ("date_to", [self.date_to or ""]),
            ("sort", [self.sort.value if self.sort is not Sort.RELEVANCE else ""]),
            ("page", [self.page if self.page > 1 else ""]),
            ("page_size", [self.page_size if self.page_size != HITS_PER_PAGE else ""]),
        ]
        return [(name, str(value)) for name, values in given for value in values if value != ""]

    def query_string(self) -> str:
        """The parameters as they stand behind the question mark of a URL."""
        return urlencode(self.parameters())

    def without(self, parameter: str, value: str | None = None) -> SearchRequest:
        """The same search, on its first page, without that value of the parameter, or without the parameter at all."""
        kept = [
            (name, given)
            for name, given in self.parameters()
            if name not in (parameter, "page") or (name == parameter and value not in (None, given))
        ]
        return self._of(kept)

    def _of(self, parameters: Iterable[tuple[str, str]]) -> SearchRequest:
        form = SearchForm(QueryDict(urlencode(list(parameters))), shown_language=self.shown_language)
        if not form.is_valid():
            raise ValueError(f"no search has the parameters {parameters}: {form.errors.as_text()}")
        return form.request()


class ManyField(forms.Field):
    """A parameter that may be given several times; each value is cleaned by the one field."""

    widget = forms.MultipleHiddenInput

    def __init__(self, one: forms.Field, **kwargs: Any) -> None:
        self.one = one
        super().__init__(required=False, **kwargs)

    def clean(self, value: Iterable[str] | None) -> frozenset[Any]:
        given = [text for text in dict.fromkeys(value or ()) if text.strip()]
        if len(given) > MOST_CHOSEN:
            raise forms.ValidationError(_("Choose at most %(most)s.") % {"most": MOST_CHOSEN})
        return frozenset(self.one.clean(text) for text in given)


class KindsField(ManyField):
    """`article`, `claim`, or `any` for both; given together they are both too."""

    def clean(self, value: Iterable[str] | None) -> frozenset[Kind]:
        chosen = super().clean(value)
        kinds = frozenset(kind for kind in Kind if kind.code in chosen)
        return frozenset() if ANY in chosen or len(kinds) == len(Kind) else kinds


class SearchForm(forms.Form):
    """Every parameter of a search. `request()` after `is_valid()`; otherwise `errors` has a sentence for each."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=MAXIMUM_LENGTH,
        widget=forms.TextInput(
            attrs={"type": "search", "dir": "auto", "enterkeyhint": "search", "autocomplete": "off"}
        ),
    )
    lang = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[(ANY, _("either")), *((code, LANGUAGE_NAMES[code]) for code in LANGUAGES)],
    )
    type = KindsField(
        forms.ChoiceField(choices=[("article", _("articles")), ("claim", _("claims")), (ANY, _("both"))]),
        label=_("Kind"),
    )
    outlet = ManyField(forms.CharField(validators=[_public_id]), label=_("Outlet"))
    person = ManyField(forms.CharField(validators=[_public_id]), label=_("Person"))
    organisation = ManyField(forms.CharField(validators=[_public_id]), label=_("Organisation"))
    verdict = ManyField(forms.ChoiceField(choices=Verdict.choices), label=_("Assessment"))
    year = ManyField(forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR), label=_("Year"))
    month = ManyField(forms.CharField(validators=[_month]), label=_("Month"))
    date_from = forms.DateField(
        label=_("From"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    date_to = forms.DateField(
        label=_("Until"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[(Sort.RELEVANCE.value, _("most relevant first")), (Sort.DATE.value, _("newest first"))],
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=DEEPEST_PAGE, widget=forms.HiddenInput)
    page_size = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_HITS_PER_PAGE, widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict, *, shown_language: str) -> None:
        self._shown_language = shown_language
        super().__init__(data)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("date_from"), cleaned.get("date_to")
        if first and last and first > last:
            self.add_error("date_to", _("The last day is before the first."))
        return cleaned

    def request(self) -> SearchRequest:
        """The search the parameters ask for; only of a valid form."""
        cleaned = self.cleaned_data
        language = cleaned["lang"] if cleaned["lang"] in LANGUAGES else None
        return SearchRequest(
            text=cleaned["q"].strip(),
            language=language,
            kinds=cleaned["type"],
            outlets=cleaned["outlet"],
            people=cleaned["person"],
            organisations=cleaned["organisation"],
            verdicts=cleaned["verdict"],
            years=cleaned["year"],
            months=cleaned["month"],
            date_from=cleaned["date_from"],
            date_to=cleaned["date_to"],
            sort=Sort(cleaned["sort"] or Sort.RELEVANCE),
            page=cleaned["page"] or 1,
            page_size=cleaned["page_size"] or HITS_PER_PAGE,
            shown_language=language or self._shown_language,
        )

    def first_error(self) -> tuple[str, str] | None:
        """The first parameter that cannot be read, and what to do about it, in the reader's language."""
        for name, errors in self.errors.items():
            label = self.fields[name].label or name if name in self.fields else name
            return name, str(
                _("“%(parameter)s”: %(reason)s") % {"parameter": label, "reason": " ".join(map(str, errors))}
            )
        return None
