"""Articles at the desk: both texts side by side, where they appeared, and the claims told in them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import workflow
from articles.admin.columns import day, number_of
from articles.admin.filters import ArticleToDo
from articles.admin.finding import find
from articles.admin.imported import imported_pieces
from articles.admin.importing import ImportsArticles
from articles.admin.panel import told
from articles.admin.publishable import PublishableAdmin
from articles.admin.suggested import Suggested
from articles.choices import DateBasis, QuoteState
from articles.forms import ArticleForm
from articles.models import Appearance, Article, Mention
from newsroom.desk.named import languages_fieldsets
from newsroom.desk.records import RowsInline

HEADLINES = ("headline_ar", "headline_en")


class MentionInline(RowsInline):
    model = Mention
    fk_name = "article"
    fields = ["person", "organisation", "outlet", "state"]
    autocomplete_fields = ["person", "organisation", "outlet"]
    verbose_name_plural = gettext_lazy("whom it mentions")


@admin.register(Article)
class ArticleAdmin(Suggested, ImportsArticles, PublishableAdmin):
    form = ArticleForm
    change_form_template = "admin/articles/article_form.html"
    list_display = [
        "shown_title",
        "outlet",
        "outlet_date",
        "shown_status",
        "shown_languages",
        "claim_count",
        "changed",
    ]
    list_select_related = ["outlet"]
    list_filter = [ArticleToDo, "status", "original_language", ("outlet", admin.RelatedOnlyFieldListFilter)]
    search_fields = list(HEADLINES)
    search_help_text = gettext_lazy(
        "By words of the headline in any spelling, by its id, or by its address here or there."
    )
    ordering = ["-updated_at", "-pk"]
    autocomplete_fields = ["outlet", "copy_of"]
    inlines = [MentionInline]
    fieldsets = [
        (
            gettext_lazy("Where it appeared"),
            {
                "fields": [
                    ("url", "outlet", "byline", "original_language"),
                    ("published_at", "published_precision", "published_basis", "copy_of"),
                ],
                "classes": ["first"],
            },
        ),
        *languages_fieldsets("headline", "standfirst", "body"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super().get_queryset(request).annotate(claim_count=number_of(Appearance.objects.all(), "article"))
        )

    def find(self, queryset: Any, text: str) -> Any:
        return find(queryset, text, HEADLINES)

    def choice_label(self, article: Any) -> str:
        parts = [
            str(article),
            str(article.outlet or _("publisher not known")),
            day(article.published_at, article.published_precision),
        ]
        return " · ".join(part for part in parts if part != "—")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return found.select_related("outlet").defer("raw_text", "cuts"), may_repeat

    @admin.display(description=gettext_lazy("date"), ordering="published_at")
    def outlet_date(self, article: Any) -> SafeString | str:
        words = day(article.published_at, article.published_precision)
        if article.published_basis == DateBasis.INFERRED:
            return format_html('{} <span class="badge">{}</span>', words, _("inferred"))
        return words

    @admin.display(description=gettext_lazy("claims"), ordering="claim_count")
    def claim_count(self, article: Any) -> int:
        return article.claim_count

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = context.get("original")
        if article:
            imported = imported_pieces(article)
            tellings = article.appearances.select_related("claim").order_by("quote_start", "pk")
            context |= {
                "tellings": [told(telling, request) for telling in tellings],
                "corrections": article.corrections.select_related("made_by"),
                "imported": imported,
                "is_cut": any(piece.is_cut for piece in imported),
                "has_claim_permission": request.user.has_perm("articles.add_claim"),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        article = form.instance
        if getattr(form, "recognised_outlet", None):
            self.message_user(
                request,
                _("The outlet was recognised by the address: %(outlet)s.")
                % {"outlet": form.recognised_outlet},
                messages.INFO,
            )
        if change:
            self.tell_of_quotes(request, article, workflow.reanchor_quotes(article, by=request.user))

    def tell_of_quotes(self, request: HttpRequest, article: Article, changed: list[Appearance]) -> None:
        """Say how many quotes moved with the text and how many are lost, with a link to them."""
        moved = sum(1 for telling in changed if telling.quote_state == QuoteState.MOVED)
        lost = sum(1 for telling in changed if telling.quote_state == QuoteState.ORPHANED)
        address = reverse("admin:articles_appearance_changelist")
        for number, todo, level, sentence in (
            (
                moved,
                "moved",
                messages.INFO,
                ngettext(
                    "%(number)d quote moved with the text.", "%(number)d quotes moved with the text.", moved
                ),
            ),
            (
                lost,
                "orphaned",
                messages.WARNING,
                ngettext(
                    "%(number)d quote is no longer in the text.",
                    "%(number)d quotes are no longer in the text.",
                    lost,
                ),
            ),
        ):
            if number:
                link = format_html(
                    '{} <a href="{}?todo={}&amp;article__id__exact={}">{}</a>',
                    sentence % {"number": number},
                    address,
                    todo,
                    article.pk,
                    _("Show them"),
                )
                self.message_user(request, link, level)
