"""The language columns of articles, claims and outlets, and their history (see people.translation for why here)."""

import simple_history
from modeltranslation.translator import TranslationOptions, register

from articles.models import (
    Appearance,
    Article,
    Assessment,
    Claim,
    ClaimRelation,
    Correction,
    Outlet,
    Source,
    Term,
)


@register(Outlet)
class OutletTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Article)
class ArticleTranslation(TranslationOptions):
    fields = ("headline", "standfirst", "body", "withdrawal_reason")


@register(Correction)
class CorrectionTranslation(TranslationOptions):
    fields = ("text",)


@register(Claim)
class ClaimTranslation(TranslationOptions):
    fields = ("statement", "context", "withdrawal_reason")


@register(Source)
class SourceTranslation(TranslationOptions):
    fields = ("description", "role")


@register(ClaimRelation)
class ClaimRelationTranslation(TranslationOptions):
    fields = ("note",)


@register(Assessment)
class AssessmentTranslation(TranslationOptions):
    fields = ("rationale",)


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("term", "further_words")


simple_history.register(Outlet, app="articles", excluded_fields=["name_keys"])
# Kept by the database, from what the history itself shows.
DERIVED = ["arabic_changed_at", "english_changed_at"]
# raw_text never changes and is long: one copy is enough.
simple_history.register(Article, app="articles", excluded_fields=["raw_text", *DERIVED])
simple_history.register(
    Claim, app="articles", m2m_fields=["people", "organisations"], excluded_fields=DERIVED
)
simple_history.register(Appearance, app="articles")
simple_history.register(Source, app="articles")
simple_history.register(Term, app="articles", excluded_fields=["name_keys"])
