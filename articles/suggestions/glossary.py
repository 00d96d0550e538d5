"""What the glossary has to say about an article or claim and its translation."""

from __future__ import annotations

from articles.models import Article, Claim, Term
from articles.suggestions.terms import MissingTerm, TermWords, missing_terms
from newsroom.text.languages import LANGUAGES, other_language

MOST_TERMS = 5_000
_FIELDS = {"article": ("headline", "standfirst", "body"), "claim": ("statement", "context")}


def missing_from_translation(record: Article | Claim) -> list[MissingTerm]:
    """Terms that stand in the original and not, as the glossary has them, in the translation; one query, or none."""
    language = record.original_language
    if language not in LANGUAGES:
        return []
    into = other_language(language)
    text, translation = _text(record, language), _text(record, into)
    if not (text and translation):
        return []
    return missing_terms(text, translation, _terms(), language=language, into=into)


def _terms() -> list[TermWords]:
    columns = [f"{field}_{language}" for field in ("term", "further_words") for language in LANGUAGES]
    terms = Term.objects.only("pk", *columns).order_by("pk")[:MOST_TERMS]
    return [
        TermWords(term.pk, {language: term.expressions(language) for language in LANGUAGES}) for term in terms
    ]


def _text(record: Article | Claim, language: str) -> str:
    fields = _FIELDS[record._meta.model_name or ""]
    return "\n\n".join(filter(None, (getattr(record, f"{field}_{language}") for field in fields)))
