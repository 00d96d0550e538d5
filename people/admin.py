"""People and organisations at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsroom.desk.exchange import ExchangesTables
from newsroom.desk.named import NamedAdmin, languages_fieldsets
from newsroom.desk.records import RowsInline, TranslatedRowsInline
from people.exchange import OrganisationResource, PersonResource
from people.forms import OrganisationForm, PersonForm
from people.models import Name, Organisation, Person, Position


class NameInline(RowsInline):
    model = Name
    fields = ["text", "language", "kind"]
    verbose_name_plural = _("other names")


class PositionInline(TranslatedRowsInline):
    model = Position
    fk_name = "person"
    fields = [
        "title_ar",
        "title_en",
        "organisation",
        "started_on",
        "started_precision",
        "ended_on",
        "ended_precision",
    ]
    autocomplete_fields = ["organisation"]


def names_of(field: str) -> Any:
    """How many other names each record has, without a join that would multiply its rows."""
    counted = (
        Name.objects.filter(**{field: OuterRef("pk")})
        .order_by()
        .values(field)
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counted), 0)


class MissingName(admin.SimpleListFilter):
    title = _("missing name")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("ar", _("no Arabic name")), ("en", _("no English name"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in {"ar", "en"}:
            return queryset
        column = f"name_{self.value()}"
        return queryset.filter(Q(**{f"{column}__isnull": True}) | Q(**{column: ""}))


@admin.register(Person)
class PersonAdmin(ExchangesTables, NamedAdmin):
    exchange = PersonResource
    form = PersonForm
    list_display = ["description", "country", "name_count"]
    list_filter = [MissingName, "country"]
    inlines = [NameInline, PositionInline]
    fieldsets = [
        *languages_fieldsets("name", "description", "biography"),
        (
            _("Facts"),
            {
                "fields": [
                    ("born_on", "born_precision", "died_on", "died_precision"),
                    ("country", "wikidata_id"),
                ]
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(name_count=names_of("person"))

    @admin.display(description=_("other names"), ordering="name_count")
    def name_count(self, person: Any) -> int:
        return person.name_count


@admin.register(Organisation)
class OrganisationAdmin(ExchangesTables, NamedAdmin):
    exchange = OrganisationResource
    form = OrganisationForm
    list_display = ["kind", "description", "country", "name_count"]
    list_filter = [MissingName, "kind", "country"]
    inlines = [NameInline]
    fieldsets = [
        *languages_fieldsets("name", "description"),
        (_("Facts"), {"fields": [("kind", "country", "wikidata_id")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(name_count=names_of("organisation"))

    @admin.display(description=_("other names"), ordering="name_count")
    def name_count(self, organisation: Any) -> int:
        return organisation.name_count
