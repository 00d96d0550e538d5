"""Articles as they were published, what was corrected in them, and whom they mention."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from articles.choices import CorrectionKind, DateBasis, SuggestionState
from articles.models.outlet import Outlet
from articles.models.publishable import (
    Publishable,
    publishable_constraints,
    queue_indexes,
    workflow_permissions,
)
from articles.querysets import ArticleQuerySet, CorrectionQuerySet
from newsroom.spelling import alike_indexes
from newsroom.text.fragments import Fragment, fragment
from newsroom.text.languages import LANGUAGES
from newsroom.text.prose import without_marks
from people.models import Organisation, Person, precision_field, written_in_any_language

TITLE_FROM_BODY = 80


class Article(Publishable):
    outlet = models.ForeignKey(
        Outlet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("outlet"),
        help_text=_("Who published it. Leave it empty while the publisher is not known."),
    )
    headline = models.CharField(_("headline"), max_length=500, blank=True)
    standfirst = models.TextField(_("standfirst"), blank=True)
    body = models.TextField(
        _("body"),
        blank=True,
        help_text=_("Plain text, an empty line between paragraphs; “> ” begins a quotation."),
    )
    url = models.URLField(_("address of the original"), max_length=2000, blank=True)
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    published_at = models.DateTimeField(
        _("published by the outlet"), null=True, blank=True, help_text=_("When the outlet published it.")
    )
    published_precision = precision_field(_("precision of the date"))
    published_basis = models.CharField(_("basis of the date"), max_length=10, choices=DateBasis, blank=True)
    copy_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("copy of"),
        help_text=_("The article it reprints, such as an agency's: a copy is no second witness."),
    )
    raw_text = models.TextField(_("text as imported"), blank=True, editable=False)
    # Spans of raw_text left out of the body: [{"start", "end", "kind"}], in characters. A cut can be undone.
    cuts = models.JSONField(_("cuts"), default=list, blank=True, editable=False)

    url_name = "article"
    title_field = "headline"
    # What tells that a translation is out of date.
    main_texts = ("headline", "body")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = workflow_permissions("article")
        constraints = [
            *publishable_constraints("article"),
            models.CheckConstraint(
                name="article_published_has_text",
                condition=~Q(status="published")
                | written_in_any_language("headline")
                | written_in_any_language("body"),
                violation_error_message=_("A published article needs a headline or a body."),
            ),
            models.CheckConstraint(
                name="article_date_has_precision_and_basis",
                condition=Q(published_at__isnull=True, published_precision="", published_basis="")
                | (Q(published_at__isnull=False) & ~Q(published_precision="") & ~Q(published_basis="")),
                violation_error_message=_(
                    "The outlet's date, its precision and its basis go together: give all three or none."
                ),
            ),
            models.CheckConstraint(
                name="article_not_copy_of_itself",
                condition=Q(copy_of__isnull=True) | ~Q(copy_of=F("pk")),
                violation_error_message=_("An article cannot be a copy of itself."),
            ),
        ]
        indexes = [
            # The order of ArticleQuerySet.newest_first, so that a list of a million reads only its page.
            models.Index(
                F("status"),
                Coalesce("published_at", "publish_at").desc(nulls_last=True),
                F("id").desc(),
                name="article_newest_first",
            ),
            models.Index(fields=["outlet", "-published_at"], name="article_outlet_published_at"),
            *queue_indexes("article", ("headline", "body")),
            *alike_indexes("article", ("headline_ar", "headline_en")),
        ]

    def title_in(self, language: str) -> Fragment:
        """The headline, or the first words of the body where there is none."""
        headline = super().title_in(language)
        if headline.text:
            return headline
        body = fragment(self, "body", language)
        # Twice as much as is shown: a link takes more room than its words.
        words = without_marks(body.text[: 2 * TITLE_FROM_BODY]).split("\n")[0]
        if len(words) > TITLE_FROM_BODY:
            words = words.rsplit(" ", 1)[0][:TITLE_FROM_BODY] + "…"
        return Fragment(words, body.language, body.is_fallback)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it has a headline or a body."""
        return tuple(
            code for code in LANGUAGES if getattr(self, f"headline_{code}") or getattr(self, f"body_{code}")
        )


class Mention(models.Model):
    """An article names somebody. Only a confirmed mention is public; a dismissed one is remembered."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="mentions", verbose_name=_("article"))
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="mentions", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("organisation"),
    )
    outlet = models.ForeignKey(
        Outlet, models.CASCADE, null=True, blank=True, related_name="mentions", verbose_name=_("outlet")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=SuggestionState, default=SuggestionState.CONFIRMED
    )

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.CheckConstraint(
                name="mention_names_exactly_one",
                condition=Q(person__isnull=False, organisation__isnull=True, outlet__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False, outlet__isnull=True)
                | Q(person__isnull=True, organisation__isnull=True, outlet__isnull=False),
                violation_error_message=_("Choose one: a person, an organisation or an outlet."),
            ),
            models.UniqueConstraint(
                name="mention_once",
                fields=["article", "person", "organisation", "outlet"],
                nulls_distinct=False,
                violation_error_message=_("This article already has that mention."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.organisation or self.outlet)


class Correction(models.Model):
    """What was wrong and what is right: printed on the page and in the feed, never taken back silently."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="corrections", verbose_name=_("article")
    )
    kind = models.CharField(
        _("kind"), max_length=15, choices=CorrectionKind, default=CorrectionKind.CORRECTION
    )
    text = models.TextField(_("text"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="correction_has_text",
                condition=written_in_any_language("text"),
                violation_error_message=_("Say what was wrong and what is right, in Arabic or in English."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.article}"

    def text_in(self, language: str) -> Fragment:
        return fragment(self, "text", language)
