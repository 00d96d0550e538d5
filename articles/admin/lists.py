"""Lists across records: every quote, relation, assessment and correction. They are changed on the pages they belong to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.admin.columns import shown, title
from articles.admin.filters import AppearanceToDo
from articles.models import Appearance, Assessment, ClaimRelation, Correction
from newsroom.desk.history import DeskHistory
from newsroom.spelling import spelled_like
from newsroom.templatetags.desk import moment
from newsroom.text.languages import LANGUAGES, direction


class ListAdmin(admin.ModelAdmin):
    """A list whose rows lead to the page of the record that they are part of."""

    # The relation to that record, and the part of its page.
    owner = "claim"
    anchor = ""
    columns: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False
    # On demand: each count reads the whole table.
    show_facets = admin.ShowFacets.ALLOW
    actions = None
    search_help_text = _("By words in any spelling.")
    # Where its rows come from: said while there is none.
    empty_hint: Any = ""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404
        owner = getattr(row, self.owner)
        address = reverse(f"admin:articles_{owner._meta.model_name}_change", args=[owner.pk])
        return HttpResponseRedirect(f"{address}#{self.anchor}")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return spelled_like(queryset, tuple(self.search_fields), search_term), False


@admin.register(Appearance)
class AppearanceAdmin(DeskHistory, ListAdmin):
    """Every telling with its quote, above all those whose quote is lost or has moved."""

    anchor = "appearances-group"
    empty_hint = _("Open an article, select words in its text and press Alt+C.")
    list_display = [
        "shown_quote",
        "shown_claim",
        "shown_article",
        "outlet",
        "kind",
        "certainty",
        "state",
        "source_count",
    ]
    list_select_related = ["claim", "article__outlet"]
    list_filter = [AppearanceToDo, "kind", "certainty"]
    search_fields = [
        "quote_exact",
        "claim__statement_ar",
        "claim__statement_en",
        "article__headline_ar",
        "article__headline_en",
    ]
    search_help_text = _("By words of the quote, the claim or the headline, in any spelling.")
    ordering = ["-updated_at", "-pk"]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup in {"article__id__exact", "claim__id__exact"} or super().lookup_allowed(
            lookup, value, request
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(source_count=Count("sources"))

    @admin.display(description=_("quote"))
    def shown_quote(self, telling: Any) -> SafeString | str:
        if not telling.quote_exact:
            return "—"
        return format_html(
            '<span lang="{}" dir="{}">{}</span>',
            telling.quote_language,
            direction(telling.quote_language),
            Truncator(telling.quote_exact).chars(120),
        )

    @admin.display(description=_("claim"))
    def shown_claim(self, telling: Any) -> SafeString:
        return title(telling.claim)

    @admin.display(description=_("article"))
    def shown_article(self, telling: Any) -> SafeString:
        return title(telling.article)

    @admin.display(description=_("outlet"), ordering="article__outlet__name_keys")
    def outlet(self, telling: Any) -> Any:
        return telling.article.outlet

    @admin.display(description=_("state"), ordering="quote_state")
    def state(self, telling: Any) -> SafeString | str:
        if not telling.quote_state:
            return "—"
        return format_html(
            '<span class="quote-state quote-{}">{}</span>',
            telling.quote_state,
            telling.get_quote_state_display(),
        )

    @admin.display(description=_("sources"), ordering="source_count")
    def source_count(self, telling: Any) -> int:
        return telling.source_count


@admin.register(ClaimRelation)
class ClaimRelationAdmin(ListAdmin):
    anchor = "relations-group"
    empty_hint = _("Open a claim and choose “Claims that may be related”.")
    list_display = ["shown_claim", "type", "shown_other", "aspect", "state"]
    list_select_related = ["claim", "other"]
    list_filter = ["state", "type", "aspect"]
    search_fields = [
        "claim__statement_ar",
        "claim__statement_en",
        "other__statement_ar",
        "other__statement_en",
    ]
    ordering = ["-pk"]

    @admin.display(description=_("claim"))
    def shown_claim(self, relation: Any) -> SafeString:
        return title(relation.claim)

    @admin.display(description=_("other claim"))
    def shown_other(self, relation: Any) -> SafeString:
        return title(relation.other)


@admin.register(Assessment)
class AssessmentAdmin(ListAdmin):
    anchor = "assessments"
    empty_hint = _("A published claim is assessed on its own page.")
    list_display = ["shown_claim", "verdict", "rationale_shown", "assessed_by", "assessed"]
    list_select_related = ["claim", "assessed_by"]
    list_filter = ["verdict"]
    date_hierarchy = "assessed_at"
    search_fields = ["claim__statement_ar", "claim__statement_en", "rationale_ar", "rationale_en"]
    ordering = ["-assessed_at", "-pk"]

    @admin.display(description=_("claim"))
    def shown_claim(self, assessment: Any) -> SafeString:
        return title(assessment.claim)

    @admin.display(description=_("rationale"))
    def rationale_shown(self, assessment: Any) -> SafeString:
        return shown(assessment.rationale_in(_language()))

    @admin.display(description=Assessment._meta.get_field("assessed_at").verbose_name, ordering="assessed_at")
    def assessed(self, assessment: Any) -> str:
        return moment(assessment.assessed_at)


@admin.register(Correction)
class CorrectionAdmin(ListAdmin):
    owner = "article"
    anchor = "corrections"
    empty_hint = _("A published article is corrected on its own page.")
    list_display = ["shown_article", "kind", "text_shown", "made_by", "made"]
    list_select_related = ["article", "made_by"]
    list_filter = ["kind"]
    date_hierarchy = "made_at"
    search_fields = ["article__headline_ar", "article__headline_en", "text_ar", "text_en"]
    ordering = ["-made_at", "-pk"]

    @admin.display(description=Correction._meta.get_field("made_at").verbose_name, ordering="made_at")
    def made(self, correction: Any) -> str:
        return moment(correction.made_at)

    @admin.display(description=_("article"))
    def shown_article(self, correction: Any) -> SafeString:
        return title(correction.article)

    @admin.display(description=_("text"))
    def text_shown(self, correction: Any) -> SafeString:
        return shown(correction.text_in(_language()))


def _language() -> str:
    return get_language() or LANGUAGES[0]
