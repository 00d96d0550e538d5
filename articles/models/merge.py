"""Two records that were one: which of them is kept, what moved, and how that is taken back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.choices import MergedKind


class Merge(models.Model):
    """One merge. The address of what was merged leads to what was kept, for as long as the merge is not undone."""

    kind = models.CharField(_("kind"), max_length=12, choices=MergedKind)
    kept_public_id = models.CharField(_("kept"), max_length=10)
    merged_public_id = models.CharField(_("merged"), max_length=10)
    # As it was called: after the merge nothing else says so.
    words = models.CharField(_("words"), max_length=300)
    # What moved, what was left out as double and what was filled in; see articles.merging.
    undo = models.JSONField(_("undo"), default=dict)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("merged by")
    )
    merged_at = models.DateTimeField(_("merged at"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="merge_of_two",
                condition=~Q(kept_public_id=F("merged_public_id")),
                violation_error_message=_("A record cannot be merged into itself."),
            ),
            models.UniqueConstraint(
                name="merged_once",
                fields=["kind", "merged_public_id"],
                condition=Q(undone_at__isnull=True),
                violation_error_message=_("This record was merged already."),
            ),
        ]

    def __str__(self) -> str:
        return self.words
