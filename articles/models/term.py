"""The desk's own glossary: what a term is called in each language. Translators own it; search and the desk read it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from articles.querysets import TermQuerySet
from newsroom.records import NameKeyField, PublicRecord, Versioned
from newsroom.text.languages import LANGUAGES
from people.models import trigram_index


def written_in_every_language(field: str) -> Q:
    """True where each language column of the field holds text. NULL would slip through a plain test."""
    written = Q()
    for language in LANGUAGES:
        column = f"{field}_{language}"
        written &= Q(**{f"{column}__isnull": False}) & ~Q(**{column: ""})
    return written


class Term(PublicRecord, Versioned):
    """A term of the news in both languages, as the desk writes it, and the other words that are used for it."""

    term = models.CharField(_("term"), max_length=120)
    further_words = models.TextField(
        _("further words"),
        max_length=2_000,
        blank=True,
        help_text=_("One a line: synonyms, plurals that are words of their own, abbreviations."),
    )
    note = models.TextField(
        _("note for translators"),
        max_length=2_000,
        blank=True,
        help_text=_("When to use it, and what to avoid."),
    )
    is_searched = models.BooleanField(
        _("used in search"),
        default=True,
        help_text=_("Whoever searches for one of these words finds the others, in both languages."),
    )
    name_keys = NameKeyField(of=("term_ar", "term_en", "further_words_ar", "further_words_en"))

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        indexes = [trigram_index("name_keys", "term_key_trigrams")]
        constraints = [
            models.CheckConstraint(
                name="term_in_both_languages",
                condition=written_in_every_language("term"),
                violation_error_message=_("Give the term in Arabic and in English."),
            ),
            models.UniqueConstraint(
                "term_ar",
                Lower("term_en"),
                name="term_pair_once",
                violation_error_message=_("The glossary already has this term with this translation."),
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(text for language in LANGUAGES if (text := getattr(self, f"term_{language}")))

    def expressions(self, language: str) -> list[str]:
        """All that the term is called in that language, the preferred words first."""
        lines = [
            getattr(self, f"term_{language}") or "",
            *(getattr(self, f"further_words_{language}") or "").splitlines(),
        ]
        return list(dict.fromkeys(words for line in lines if (words := " ".join(line.split()))))
