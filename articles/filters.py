"""What each browse list can be narrowed by: shareable GET parameters, each with its label and its valid values."""

from __future__ import annotations

import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.choices import OriginalLanguage, OutletKind, Verdict
from articles.models import Appearance, Article, Claim, Outlet
from articles.querysets import publicly_named
from newsroom.gate import BadInput
from newsroom.records import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH
from people.choices import OrganisationKind
from people.countries import country_choices, country_name
from people.models import Organisation, Person

EVERY = _("all")


class LinkedFilter(django_filters.CharFilter):
    """Narrows to what is linked with the record of that public id; to nothing where no reader may know that record.

    `telling` names the way from a telling to the record, `question` the method of the rows that asks for it.
    """

    field_class = forms.RegexField

    def __init__(self, model: type[Model], *, telling: str = "", question: str = "", **kwargs: Any) -> None:
        # Not `model`: the filter set writes its own model there.
        self.linked_model = model
        self.telling = telling
        self.question = question
        super().__init__(
            regex=rf"^[{PUBLIC_ID_ALPHABET}]{{{PUBLIC_ID_LENGTH}}}$",
            error_messages={"invalid": _("It must be the public id of a record.")},
            widget=forms.HiddenInput,
            **kwargs,
        )

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        if not value:
            return rows
        at = self.parent.at
        linked = (
            publicly_named(self.linked_model._default_manager.all(), at=at).filter(public_id=value).first()
        )
        self.parent.linked.append((self.field_name_in_form, self.label, linked))
        if linked is None:
            return rows.none()
        if self.question:
            return getattr(rows, self.question)(linked)
        # Only tellings in public articles: a draft must not show what the desk is working on.
        tellings = Appearance.objects.published(at=at).filter(claim=OuterRef("pk"), **{self.telling: linked})
        return rows.filter(Exists(tellings))

    @property
    def field_name_in_form(self) -> str:
        return next(name for name, known in self.parent.filters.items() if known is self)


class PublicFilterSet(django_filters.FilterSet):
    """A filter set for readers: what it cannot read is refused by name, not ignored."""

    def __init__(self, data: Any, queryset: QuerySet, *, at: datetime.datetime) -> None:
        self.at = at
        # The records that the rows are narrowed to: parameter, label, record.
        self.linked: list[tuple[str, str, Model | None]] = []
        super().__init__(data, queryset)

    @property
    def rows(self) -> QuerySet:
        """The narrowed rows; BadInput naming the first parameter that is wrong."""
        for name, errors in self.form.errors.items():
            label = self.form.fields[name].label or name
            raise BadInput(
                _("“%(parameter)s”: %(reason)s") % {"parameter": label, "reason": " ".join(errors)}, name
            )
        since, until = (self.form.cleaned_data.get(name) for name in ("since", "until"))
        if since and until and since > until:
            raise BadInput(_("The last day is before the first."), "until")
        return self.qs

    @property
    def is_narrowed(self) -> bool:
        return any(value not in {None, ""} for value in self.form.cleaned_data.values())

    @property
    def has_visible_fields(self) -> bool:
        return bool(self.form.visible_fields())


def day_filter(field: str, lookup: str, label: Any) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        field, lookup, label=label, widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"})
    )


def choice_filter(label: Any, choices: Any, field: str | None = None) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(field, label=label, choices=choices, empty_label=EVERY)


class ClaimFilterSet(PublicFilterSet):
    verdict = choice_filter(_("Assessment"), Verdict.choices)
    since = day_filter("occurred_on", "gte", _("Happened from"))
    until = day_filter("occurred_on", "lte", _("Happened until"))
    told_by = LinkedFilter(Outlet, telling="article__outlet", label=_("Told by"))
    cited = LinkedFilter(Outlet, telling="sources__outlet", label=_("Citing"))
    speaker = LinkedFilter(Person, telling="sources__person", label=_("On the word of"))
    body = LinkedFilter(Organisation, telling="sources__organisation", label=_("On the word of"))
    person = LinkedFilter(Person, question="about", label=_("About"))
    organisation = LinkedFilter(Organisation, question="about", label=_("About"))

    class Meta:
        model = Claim
        fields: list[str] = []


class ArticleFilterSet(PublicFilterSet):
    language = choice_filter(_("Original language"), OriginalLanguage.choices[:2], "original_language")
    since = day_filter("published_at", "date__gte", _("Published from"))
    until = day_filter("published_at", "date__lte", _("Published until"))
    outlet = LinkedFilter(Outlet, question="told_by", label=_("Outlet"))
    person = LinkedFilter(Person, question="mentioning", label=_("Naming"))
    organisation = LinkedFilter(Organisation, question="mentioning", label=_("Naming"))

    class Meta:
        model = Article
        fields: list[str] = []


class NamedFilterSet(PublicFilterSet):
    name = django_filters.CharFilter(
        label=_("Name"),
        method="narrow_by_name",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
    country = choice_filter(_("Country"), country_choices)

    def __init__(self, data: Any, queryset: QuerySet, *, at: datetime.datetime) -> None:
        super().__init__(data, queryset, at=at)
        # Every country is a valid choice, but only those that lead somewhere are offered.
        codes = queryset.exclude(country="").order_by().values_list("country", flat=True).distinct()
        language = get_language() or "ar"
        offered = sorted((country_name(code, language), code) for code in codes)
        self.form.fields["country"].widget.choices = [("", EVERY), *((code, name) for name, code in offered)]

    def narrow_by_name(self, rows: QuerySet, field: str, value: str) -> QuerySet:
        return rows.called(value)


class PersonFilterSet(NamedFilterSet):
    class Meta:
        model = Person
        fields: list[str] = []


class OrganisationFilterSet(NamedFilterSet):
    kind = choice_filter(_("Kind"), OrganisationKind.choices)

    class Meta:
        model = Organisation
        fields: list[str] = []


class OutletFilterSet(NamedFilterSet):
    kind = choice_filter(_("Kind"), OutletKind.choices)

    class Meta:
        model = Outlet
        fields: list[str] = []
