"""What articles and claims share: a status, the moment from which they are public, and how they left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from articles.choices import OriginalLanguage, Status
from articles.querysets import is_stale
from newsroom.records import PublicRecord, Versioned
from newsroom.text.fragments import Fragment, fragment
from newsroom.text.languages import LANGUAGES, other_language
from newsroom.text.slugs import slug
from people.models import written_in_any_language

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Publishable(PublicRecord, Versioned):
    """Only `articles.workflow` changes the status; who may read it is asked in `articles.querysets`."""

    original_language = models.CharField(
        _("original language"),
        max_length=3,
        choices=OriginalLanguage,
        default=OriginalLanguage.ARABIC,
        help_text=_("The language it was first written in; the other column is a translation."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    publish_at = models.DateTimeField(
        _("public from"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The moment from which readers see it; it may lie ahead."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(
        _("reason of the withdrawal"), max_length=500, blank=True, editable=False
    )
    # Whose work it is: who started it, brought it in at the desk, or took up what was nobody's. Nobody approves their own.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("author"),
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("returned by"),
    )
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True, editable=False)
    return_note = models.TextField(_("note of the return"), blank=True, editable=False)
    # Kept by a trigger, whoever writes: the moment the text of the language last changed. Never moves back.
    arabic_changed_at = models.DateTimeField(_("Arabic text changed at"), null=True, editable=False)
    english_changed_at = models.DateTimeField(_("English text changed at"), null=True, editable=False)
    external_id = models.CharField(
        _("external id"),
        max_length=200,
        blank=True,
        editable=False,
        help_text=_("Its id where it was imported from: a second import finds it by this."),
    )

    url_name: str
    title_field: str
    main_texts: tuple[str, ...]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title_in(get_language() or LANGUAGES[0]).text or f"[{self.public_id}]"

    def title_in(self, language: str) -> Fragment:
        """What it is called in lists and links, in that language or else in the other one; its text may be empty."""
        return fragment(self, self.title_field, language)

    def withdrawal_reason_in(self, language: str) -> Fragment:
        return fragment(self, "withdrawal_reason", language)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it has a title."""
        return tuple(code for code in LANGUAGES if getattr(self, f"{self.title_field}_{code}"))

    @property
    def is_translation_stale(self) -> bool:
        """Whether the original was changed after its translation; for a list, ask `stale()`."""
        if self.original_language not in LANGUAGES or self.status == Status.WITHDRAWN:
            return False
        changed = {"ar": self.arabic_changed_at, "en": self.english_changed_at}
        original, translated = (
            changed[self.original_language],
            changed[other_language(self.original_language)],
        )
        is_translated = any(
            getattr(self, f"{text}_{other_language(self.original_language)}") for text in self.main_texts
        )
        return bool(is_translated and original and translated and original > translated)

    def get_absolute_url(self, language: str | None = None) -> str:
        """The page in that language (the active one by default), with the title as its slug."""
        language = language or get_language() or LANGUAGES[0]
        address = {"public_id": self.public_id}
        if words := slug(self.title_in(language).text):
            address["slug"] = words
        with override(language):
            return reverse(self.url_name, kwargs=address)


def workflow_permissions(name: str) -> list[tuple[str, str | _StrPromise]]:
    """The permissions, beside Django's four, that steps of the workflow ask for (see `articles.roles`)."""
    return [
        (f"approve_{name}", f"Can approve {name}"),
        (f"publish_{name}", f"Can publish {name}"),
        (f"withdraw_{name}", f"Can withdraw {name}"),
    ]


def publishable_constraints(name: str) -> list[models.BaseConstraint]:
    """The promises of every publishable model; `name` is the model's and starts each constraint's."""
    return [
        models.CheckConstraint(
            name=f"{name}_published_has_moment",
            condition=~Q(status=Status.PUBLISHED) | Q(publish_at__isnull=False),
            violation_error_message=_("What is published needs the moment from which it is public."),
        ),
        models.CheckConstraint(
            name=f"{name}_withdrawn_has_reason",
            condition=~Q(status=Status.WITHDRAWN)
            | (Q(withdrawn_at__isnull=False) & written_in_any_language("withdrawal_reason")),
            violation_error_message=_("What is withdrawn needs the moment and the reason."),
        ),
        models.CheckConstraint(
            name=f"{name}_returned_with_note",
            condition=Q(returned_at__isnull=True, return_note="")
            | (Q(returned_at__isnull=False, status=Status.DRAFT) & ~Q(return_note="")),
            violation_error_message=_("What is returned is a draft with a note that says what to do."),
        ),
        models.UniqueConstraint(
            name=f"{name}_external_id_once",
            fields=["external_id"],
            condition=~Q(external_id=""),
            violation_error_message=_("Something with this external id was imported already."),
        ),
    ]


def queue_indexes(name: str, texts: tuple[str, ...]) -> list[models.Index]:
    """For the questions of the desk's first page (articles.admin.queues): each index holds only what waits."""
    newest = (F("updated_at").desc(), F("id").desc())
    return [
        models.Index("author", *newest, name=f"{name}_drafts_of_author", condition=Q(status=Status.DRAFT)),
        models.Index("submitted_at", "id", name=f"{name}_waiting", condition=Q(status=Status.IN_REVIEW)),
        models.Index("publish_at", "id", name=f"{name}_due", condition=Q(status=Status.PUBLISHED)),
        models.Index(*newest, name=f"{name}_stale", condition=is_stale(*texts)),
        # The order of the lists at the desk.
        models.Index(*newest, name=f"{name}_last_changed"),
    ]
