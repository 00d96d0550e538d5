"""Claims at the desk: the statement in both languages, every telling with its chain, relations and assessments."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from articles.admin.columns import number_of
from articles.admin.filters import ClaimToDo
from articles.admin.finding import find
from articles.admin.panel import ClaimPanel
from articles.admin.panel_prefill import article_of
from articles.admin.publishable import PublishableAdmin
from articles.admin.relations import ProposesRelations
from articles.admin.tellings import AppearanceInline, TellingRows
from articles.choices import Status
from articles.exchange.claims import ClaimResource
from articles.forms import ClaimForm
from articles.models import Appearance, Assessment, Claim, ClaimRelation, Source
from newsroom.desk.exchange import ExchangesTables
from newsroom.desk.history import set_changes
from newsroom.desk.named import languages_fieldsets
from newsroom.desk.records import TranslatedRowsInline

STATEMENTS = ("statement_ar", "statement_en")


class RelationInline(TranslatedRowsInline):
    model = ClaimRelation
    fk_name = "claim"
    fields = ["type", "other", "aspect", "note_ar", "note_en", "state"]
    autocomplete_fields = ["other"]
    related_links = frozenset()
    verbose_name = _("relation to another claim")
    verbose_name_plural = _("relations to other claims")


@admin.register(Claim)
class ClaimAdmin(ClaimPanel, ProposesRelations, ExchangesTables, PublishableAdmin):
    exchange = ClaimResource
    form = ClaimForm
    change_form_template = "admin/articles/claim_form.html"
    list_display = [
        "shown_title",
        "shown_status",
        "verdict",
        "shown_languages",
        "appearance_count",
        "changed",
    ]
    list_filter = [ClaimToDo, "status", "verdict", "original_language"]
    search_fields = list(STATEMENTS)
    search_help_text = _("By words of the statement in any spelling, by its id or by its address.")
    ordering = ["-updated_at", "-pk"]
    autocomplete_fields = ["people", "organisations"]
    inlines = [AppearanceInline, RelationInline]
    fieldsets = [
        *languages_fieldsets("statement", "context"),
        (
            _("What it is about"),
            {
                "fields": [
                    ("people", "organisations"),
                    ("occurred_on", "occurred_precision", "original_language"),
                ],
                # Below the tellings: whose word it is comes first.
                "classes": ["last"],
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .annotate(appearance_count=number_of(Appearance.objects.all(), "claim"))
        )

    def find(self, queryset: Any, text: str) -> Any:
        return find(queryset, text, STATEMENTS)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        # The claims of one article, to which its page leads.
        return lookup == "appearances__article" or super().lookup_allowed(lookup, value, request)

    def choice_label(self, claim: Any) -> str:
        return f"{claim} · {Status(claim.status).label}"

    @admin.display(description=_("tellings"), ordering="appearance_count")
    def appearance_count(self, claim: Any) -> int:
        return claim.appearance_count

    # From an article

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        if (article := article_of(request)) and "original_language" not in initial:
            initial["original_language"] = article.original_language
        return initial

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.back_to_the_text(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self.back_to_the_text(request, super().response_change(request, obj))

    def back_to_the_text(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """To the article whose address opened the form: the next claim is a sentence further on."""
        if not isinstance(response, HttpResponseRedirect) or not (article := article_of(request)):
            return response
        if "_addanother" in request.POST:
            query = urlencode(
                {"article": article.pk} | ({"plain": "1"} if request.GET.get("plain") == "1" else {})
            )
            return HttpResponseRedirect(f"{reverse('admin:articles_claim_add')}?{query}")
        if "_continue" not in request.POST:
            return HttpResponseRedirect(
                f"{reverse('admin:articles_article_change', args=[article.pk])}#claims"
            )
        return response

    # The page

    def get_inline_formsets(
        self, request: HttpRequest, formsets: Any, inline_instances: Any, obj: Any = None
    ) -> list:
        rows = super().get_inline_formsets(request, formsets, inline_instances, obj)
        return [
            TellingRows.around(row, row.opts, request) if isinstance(row.opts, AppearanceInline) else row
            for row in rows
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        claim = context.get("original")
        if claim:
            context |= {
                "assessments": Assessment.objects.of(claim)
                .latest_first()
                .select_related("assessed_by", "claim"),
                "inverse_relations": claim.inverse_relations.select_related("claim"),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """With the history of the tellings and their sources, removed ones included."""
        below = []
        if object_id.isdecimal():
            tellings = Appearance.history.filter(claim_id=object_id).select_related("history_user", "article")
            sources_of = Appearance.history.filter(claim_id=object_id).values("id")
            sources = Source.history.filter(appearance_id__in=sources_of).select_related(
                "history_user", "outlet", "person", "organisation"
            )
            for model, rows in ((Appearance, tellings), (Source, sources)):
                by_record: dict[int, list[Any]] = {}
                for row in rows.order_by("-history_date", "-history_id")[:500]:
                    by_record.setdefault(row.id, []).append(row)
                for versions in by_record.values():
                    set_changes(model, versions)
                    below.append({"label": model._meta.verbose_name, "versions": versions})
        return super().history_view(request, object_id, {"below": below, **(extra_context or {})})
