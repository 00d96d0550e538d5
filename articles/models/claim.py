"""Claims and their tellings: what is said, where it appears, and the chain of those who passed it on."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.choices import (
    AppearanceKind,
    Aspect,
    Certainty,
    Language,
    QuoteState,
    RelationType,
    SuggestionState,
    Verdict,
)
from articles.models.article import Article
from articles.models.outlet import Outlet
from articles.models.publishable import (
    Publishable,
    publishable_constraints,
    queue_indexes,
    workflow_permissions,
)
from articles.querysets import AppearanceQuerySet, AssessmentQuerySet, ClaimQuerySet, ClaimRelationQuerySet
from newsroom.records import Versioned
from newsroom.spelling import alike_indexes
from newsroom.text.fragments import Fragment, fragment
from newsroom.text.languages import LANGUAGES
from people.models import (
    Organisation,
    Person,
    date_and_precision_agree,
    precision_field,
    written_in_any_language,
)

LONGEST_CHAIN = 9


class Claim(Publishable):
    """One proposition, stated in both languages. What is told of it where are its appearances."""

    statement = models.CharField(
        _("statement"),
        max_length=1000,
        help_text=_("One sentence that can be true or false, without its source."),
    )
    context = models.TextField(
        _("context"), blank=True, help_text=_("What it does not say, and what to know with it.")
    )
    occurred_on = models.DateField(_("occurred on"), null=True, blank=True)
    occurred_precision = precision_field(_("precision of the date"))
    people = models.ManyToManyField(Person, blank=True, related_name="claims", verbose_name=_("people"))
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="claims", verbose_name=_("organisations")
    )
    # Kept equal to the latest assessment by workflow.assess(), so that lists and facets need no subquery.
    verdict = models.CharField(
        _("verdict"), max_length=12, choices=Verdict, default=Verdict.UNVERIFIED, editable=False
    )

    url_name = "claim"
    title_field = "statement"
    main_texts = ("statement",)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        permissions = workflow_permissions("claim")
        constraints = [
            *publishable_constraints("claim"),
            models.CheckConstraint(
                name="claim_has_statement",
                condition=written_in_any_language("statement"),
                violation_error_message=_("State the claim in Arabic or in English."),
            ),
            models.CheckConstraint(
                name="claim_date_has_precision",
                condition=date_and_precision_agree("occurred"),
                violation_error_message=_("A date and its precision go together: give both or neither."),
            ),
        ]
        indexes = [
            # The order of ClaimQuerySet.newest_first, so that a list of a million reads only its page.
            models.Index(
                F("status"), F("publish_at").desc(nulls_last=True), F("id").desc(), name="claim_newest_first"
            ),
            *queue_indexes("claim", ("statement",)),
            *alike_indexes("claim", ("statement_ar", "statement_en")),
        ]


class Appearance(Versioned):
    """One telling of a claim: this article, these words, this chain. The article's own outlet is step 0 of it."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="appearances", verbose_name=_("claim"))
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="appearances", verbose_name=_("article")
    )
    kind = models.CharField(
        _("kind"), max_length=15, choices=AppearanceKind, default=AppearanceKind.PARAPHRASE
    )
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty, default=Certainty.REPORTED)
    # The quote is a W3C TextQuoteSelector with a position: exact, prefix and suffix together survive small edits.
    quote_language = models.CharField(_("language of the quote"), max_length=2, choices=Language, blank=True)
    quote_exact = models.TextField(
        _("quote"), blank=True, help_text=_("The words as they stand in the article.")
    )
    quote_prefix = models.CharField(_("words before"), max_length=64, blank=True, editable=False)
    quote_suffix = models.CharField(_("words after"), max_length=64, blank=True, editable=False)
    quote_start = models.PositiveIntegerField(
        pgettext_lazy("place in a text", "position"), null=True, blank=True, editable=False
    )
    quote_state = models.CharField(
        _("state of the quote"), max_length=10, choices=QuoteState, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="appearance_quote_has_language_and_state",
                condition=Q(quote_exact="", quote_language="", quote_state="", quote_start__isnull=True)
                | (~Q(quote_exact="") & ~Q(quote_language="") & ~Q(quote_state="")),
                violation_error_message=_("A quote and its language go together: give both or neither."),
            ),
            models.CheckConstraint(
                name="appearance_anchored_quote_has_position",
                condition=Q(quote_state__in=["", QuoteState.ORPHANED]) | Q(quote_start__isnull=False),
                violation_error_message=_("The place of the quote in the article is missing."),
            ),
            models.UniqueConstraint(
                name="appearance_once_at_its_place",
                fields=["claim", "article", "quote_language", "quote_start"],
                violation_error_message=_("This claim is already linked to these words of the article."),
            ),
        ]
        indexes = [
            models.Index(
                F("updated_at").desc(),
                F("id").desc(),
                name="appearance_orphaned",
                condition=Q(quote_state=QuoteState.ORPHANED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} — {self.get_kind_display()}"


class Source(Versioned):
    """One source in a telling's chain. Step 1 is what the outlet cites; sources of one step speak side by side."""

    appearance = models.ForeignKey(
        Appearance, models.CASCADE, related_name="sources", verbose_name=_("appearance")
    )
    step = models.PositiveSmallIntegerField(
        _("step"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_CHAIN)],
        help_text=_("1 is whom the article cites, 2 is whom that source cites, and so on."),
    )
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, null=True, blank=True, related_name="sourced", verbose_name=_("outlet")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="sourced", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sourced",
        verbose_name=_("organisation"),
    )
    description = models.CharField(
        _("described as"),
        max_length=300,
        blank=True,
        help_text=_(
            "An unnamed source or a document, as it reads after “citing”: security officials; a police report."
        ),
    )
    is_document = models.BooleanField(_("is a document"), default=False)
    role = models.CharField(_("role at the time"), max_length=200, blank=True)
    note = models.CharField(
        _("note"), max_length=500, blank=True, help_text=_("For the desk; not shown to readers.")
    )
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["step", "pk"]
        constraints = [
            models.CheckConstraint(
                name="source_is_exactly_one",
                condition=(
                    Q(outlet__isnull=False, person__isnull=True, organisation__isnull=True)
                    & ~written_in_any_language("description")
                )
                | (
                    Q(outlet__isnull=True, person__isnull=False, organisation__isnull=True)
                    & ~written_in_any_language("description")
                )
                | (
                    Q(outlet__isnull=True, person__isnull=True, organisation__isnull=False)
                    & ~written_in_any_language("description")
                )
                | (
                    Q(outlet__isnull=True, person__isnull=True, organisation__isnull=True)
                    & written_in_any_language("description")
                ),
                violation_error_message=_(
                    "A source is exactly one of: an outlet, a person, an organisation, or a description."
                ),
            ),
            models.CheckConstraint(
                name="source_step_in_chain",
                condition=Q(step__gte=1, step__lte=LONGEST_CHAIN),
                violation_error_message=_("The steps of a chain are numbered from 1 to 9."),
            ),
            models.CheckConstraint(
                name="source_document_is_described",
                condition=Q(is_document=False) | written_in_any_language("description"),
                violation_error_message=_("Describe the document."),
            ),
        ]

    def __str__(self) -> str:
        return self.description_in(get_language() or LANGUAGES[0]).text or str(
            self.outlet or self.person or self.organisation
        )

    def description_in(self, language: str) -> Fragment:
        return fragment(self, "description", language)


class ClaimRelation(models.Model):
    """How one claim stands to another. Only a confirmed relation is public; a dismissed one is remembered."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="relations", verbose_name=_("claim"))
    other = models.ForeignKey(
        Claim, models.CASCADE, related_name="inverse_relations", verbose_name=_("other claim")
    )
    type = models.CharField(_("type"), max_length=15, choices=RelationType)
    aspect = models.CharField(_("aspect"), max_length=15, choices=Aspect, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=SuggestionState, default=SuggestionState.CONFIRMED
    )

    objects = ClaimRelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation between claims")
        verbose_name_plural = _("relations between claims")
        constraints = [
            models.CheckConstraint(
                name="claim_relation_of_two",
                condition=~Q(claim=F("other")),
                violation_error_message=_("A claim cannot stand in a relation to itself."),
            ),
            models.UniqueConstraint(
                Least("claim", "other"),
                Greatest("claim", "other"),
                "type",
                "aspect",
                name="claim_relation_once",
                violation_error_message=_("These two claims already stand in this relation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim} · {self.get_type_display()} · {self.other}"


class Assessment(models.Model):
    """A verdict with its reasons, by a person. A new one is added; none is ever changed or set by a program."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="assessments", verbose_name=_("claim"))
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict)
    rationale = models.TextField(_("rationale"))
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("assessed by"),
    )
    assessed_at = models.DateTimeField(_("assessed at"), editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-assessed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="assessment_has_rationale",
                condition=written_in_any_language("rationale"),
                violation_error_message=_("Give the reasons for the verdict in Arabic or in English."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.claim}"

    def rationale_in(self, language: str) -> Fragment:
        return fragment(self, "rationale", language)
