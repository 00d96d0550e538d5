"""Outlets at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.columns import number_of
from articles.admin.filters import OutletToDo
from articles.admin.finding import is_address
from articles.exchange.outlets import OutletResource
from articles.forms import OutletForm
from articles.models import Article, Outlet, OutletDomain, OutletName, Source
from newsroom.desk.exchange import ExchangesTables
from newsroom.desk.named import NamedAdmin, languages_fieldsets
from newsroom.desk.records import RowsInline


class OutletNameInline(RowsInline):
    model = OutletName
    fields = ["text", "language", "kind"]


class OutletDomainInline(RowsInline):
    model = OutletDomain
    fields = ["domain"]


@admin.register(Outlet)
class OutletAdmin(ExchangesTables, NamedAdmin):
    exchange = OutletResource
    form = OutletForm
    search_help_text = _("By any of its names, in any spelling and either language, or by a pasted address.")
    list_display = ["kind", "country", "parent", "article_count", "cited_count"]
    list_select_related = ["parent"]
    list_filter = [OutletToDo, "kind", "country"]
    autocomplete_fields = ["parent"]
    inlines = [OutletDomainInline, OutletNameInline]
    fieldsets = [
        *languages_fieldsets("name", "description"),
        (
            _("Facts"),
            {"fields": [("kind", "parent", "country"), ("homepage", "wikidata_id", "languages")]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .annotate(
                article_count=number_of(Article.objects.all(), "outlet"),
                cited_count=number_of(Source.objects.all(), "outlet"),
            )
        )

    def find(self, queryset: Any, text: str) -> Any:
        if is_address(text):
            outlet = Outlet.objects.for_url(text if "://" in text else f"https://{text}")
            return queryset.filter(pk=outlet.pk if outlet else None)
        return super().find(queryset, text)

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, outlet: Any) -> int:
        return outlet.article_count

    @admin.display(description=_("times cited"), ordering="cited_count")
    def cited_count(self, outlet: Any) -> int:
        return outlet.cited_count
