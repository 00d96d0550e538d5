"""What became of a suggestion: who accepted, changed or dismissed it, and how that is taken back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.choices import SuggestionAnswer, SuggestionKind
from articles.models.article import Article


class SuggestionDecision(models.Model):
    """One answer to one suggestion. Suggestions themselves are never stored: they are read from the text each time.

    `fingerprint` names what was suggested without its place, so that an edit elsewhere in the text changes nothing.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="suggestion_decisions", verbose_name=_("article")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=SuggestionKind)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    answer = models.CharField(_("answer"), max_length=10, choices=SuggestionAnswer)
    # What was suggested, in words: a dismissal is still readable when the text no longer says it.
    words = models.CharField(_("words"), max_length=300, blank=True)
    # What taking the answer back restores; see articles.suggestions.decisions.
    undo = models.JSONField(_("undo"), default=dict, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), auto_now_add=True)

    class Meta:
        verbose_name = _("decision on a suggestion")
        verbose_name_plural = _("decisions on suggestions")
        constraints = [
            models.CheckConstraint(
                name="suggestion_decision_has_fingerprint",
                condition=~models.Q(fingerprint=""),
                violation_error_message=_("A decision says which suggestion it answers."),
            ),
            models.UniqueConstraint(
                name="suggestion_decided_once",
                fields=["article", "kind", "fingerprint"],
                violation_error_message=_("This suggestion has been answered already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}: {self.words}"
