"""The glossary at the desk: both languages side by side, found by any of its words."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.forms import Textarea
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.exchange.terms import TermResource
from articles.models import Term
from newsroom.desk.exchange import ExchangesTables
from newsroom.desk.named import in_its_language, languages_fieldsets
from newsroom.desk.records import RecordAdmin


class FurtherWords(admin.SimpleListFilter):
    """Terms that have only one word in a language: the next to be worked on."""

    title = _("further words")
    parameter_name = "further"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none_ar", _("none in Arabic")), ("none_en", _("none in English"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        column = {"none_ar": "further_words_ar", "none_en": "further_words_en"}.get(self.value() or "")
        if not column:
            return queryset
        return queryset.filter(Q(**{f"{column}__isnull": True}) | Q(**{column: ""}))


@admin.register(Term)
class TermAdmin(ExchangesTables, RecordAdmin):
    exchange = TermResource
    search_fields = ["term_ar", "term_en"]
    search_help_text = _("By any of its words, in any spelling and either language.")
    ordering = ["name_keys"]
    list_display = ["is_searched", "short_note"]
    list_filter = ["is_searched", FurtherWords]
    fieldsets = [
        *languages_fieldsets("term", "further_words"),
        (_("Use"), {"fields": ["is_searched", "note"]}),
    ]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, Textarea):
            # Lists of some lines, not bodies of articles.
            field.widget.attrs["rows"] = 5
        return field

    def get_view_on_site_url(self, obj: Any = None) -> None:
        """Readers see no glossary."""

    def find(self, queryset: Any, text: str) -> Any:
        return queryset.called(text)

    def get_list_display(self, request: Any) -> list[Any]:
        """The language of the page comes first."""
        terms = ["arabic_term", "english_term"]
        return (terms if get_language() == "ar" else terms[::-1]) + list(self.list_display)

    @admin.display(description=_("Arabic"), ordering="term_ar")
    def arabic_term(self, term: Term) -> SafeString:
        return in_its_language("، ".join(term.expressions("ar")), "ar")

    @admin.display(description=_("English"), ordering="term_en")
    def english_term(self, term: Term) -> SafeString:
        return in_its_language(", ".join(term.expressions("en")), "en")

    @admin.display(description=_("note for translators"))
    def short_note(self, term: Term) -> str:
        return term.note.partition("\n")[0][:120]
