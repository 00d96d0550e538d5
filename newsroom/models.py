"""What the frame itself keeps in the database: who has which record open at the desk, and who tried to log in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Presence(models.Model):
    """Somebody has a record open at the desk; `newsroom.desk.presence` writes and forgets it.

    The table is unlogged: it is written every few seconds, and after a crash of the database nobody is there.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user")
    )
    # As in `articles.article`; a key of django_content_type would cost a query a beat.
    model = models.CharField(_("kind of record"), max_length=100)
    record = models.BigIntegerField(_("record"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now, db_index=True)
    has_unsaved = models.BooleanField(_("has unsaved changes"), default=False)

    class Meta:
        verbose_name = _("presence at a record")
        verbose_name_plural = _("presences at records")
        constraints = [
            models.UniqueConstraint(
                fields=["model", "record", "user"],
                name="presence_one_a_user",
                violation_error_message=_("A person is at a record once, in however many tabs."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.model} {self.record}"


class LoginAttempt(models.Model):
    """A log-in that was tried; `key` is a keyed hash, for people type passwords in the wrong box."""

    key = models.CharField(_("key"), max_length=64)
    tried_at = models.DateTimeField(_("tried at"), db_index=True)

    class Meta:
        verbose_name = _("attempt to log in")
        verbose_name_plural = _("attempts to log in")
        indexes = [models.Index(fields=["key", "tried_at"], name="login_attempt_key")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.tried_at:%Y-%m-%d %H:%M}"
