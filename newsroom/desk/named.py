"""What people, organisations and outlets share at the desk: names in both languages, found in any spelling."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Case, Value, When
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from newsroom.desk.records import RecordAdmin
from newsroom.text.languages import LANGUAGES


def in_its_language(text: str, language: str) -> SafeString:
    """The text marked with its language and direction, or a dash."""
    if not text:
        return format_html('<span class="none">{}</span>', "—")
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', language, "rtl" if language == "ar" else "ltr", text
    )


def languages_fieldsets(*fields: str) -> list[tuple[Any, dict[str, Any]]]:
    """One fieldset a language; the page sets them side by side."""
    names = {"ar": _("Arabic"), "en": _("English")}
    return [
        (
            names[language],
            {
                "fields": [f"{field}_{language}" for field in fields],
                "classes": ["language", f"language-{language}"],
            },
        )
        for language in LANGUAGES
    ]


class NamedAdmin(RecordAdmin):
    search_fields = ["name_ar", "name_en"]
    search_help_text = _("By any of its names, in any spelling and either language.")
    ordering = ["name_keys"]

    def find(self, queryset: Any, text: str) -> Any:
        if not text:
            return queryset
        # Whoever is called exactly that comes first.
        exact = self.model._default_manager.named_exactly(text).values("pk")
        rank = Case(When(pk__in=exact, then=Value(0)), default=Value(1))
        return queryset.called(text).order_by(rank, "name_keys", "pk")

    def choice_label(self, record: Any) -> str:
        """Both names, because either may have been typed, and the line that tells two of one name apart."""
        names = [name for code in LANGUAGES if (name := getattr(record, f"name_{code}"))]
        if get_language() != LANGUAGES[0]:
            names.reverse()
        description = getattr(record, f"description_{get_language()}", "") or ""
        return " · ".join([*names, *([description] if description else [])])

    @admin.display(description=_("name (Arabic)"), ordering="name_ar")
    def arabic_name(self, record: Any) -> SafeString:
        return in_its_language(record.name_ar or "", "ar")

    @admin.display(description=_("name (English)"), ordering="name_en")
    def english_name(self, record: Any) -> SafeString:
        return in_its_language(record.name_en or "", "en")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """The language of the page comes first."""
        names = ["arabic_name", "english_name"]
        return (names if get_language() == "ar" else names[::-1]) + list(self.list_display)
