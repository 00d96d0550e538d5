"""People and organisations, every name they go by, and the offices they held and when."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from newsroom.records import NameKeyField, PublicRecord, Versioned
from newsroom.text.dates import DatePrecision
from newsroom.text.fragments import Fragment, fragment
from newsroom.text.languages import LANGUAGES
from newsroom.text.slugs import slug
from people.choices import NameKind, NameLanguage, OrganisationKind
from people.countries import country_choices
from people.querysets import NamedQuerySet, NameQuerySet, PositionQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WIKIDATA_ID = RegexValidator(
    r"^Q[1-9]\d{0,11}$", _("A Wikidata id is the letter Q and a number, such as Q796.")
)


def written_in_any_language(field: str) -> Q:
    """True where at least one language column of the field holds text. NULL would slip through a plain test."""
    written = Q()
    for language in LANGUAGES:
        column = f"{field}_{language}"
        written |= Q(**{f"{column}__isnull": False}) & ~Q(**{column: ""})
    return written


def date_and_precision_agree(field: str) -> Q:
    """True where the date and its precision are both given or both missing."""
    date, precision = f"{field}_on", f"{field}_precision"
    return Q(**{f"{date}__isnull": True, precision: ""}) | (
        Q(**{f"{date}__isnull": False}) & ~Q(**{precision: ""})
    )


def trigram_index(column: str, name: str) -> GinIndex:
    """An index for the keys of names: any part of a name is looked for, so a plain one would be passed over."""
    return GinIndex(fields=[column], opclasses=["gin_trgm_ops"], name=name)


def precision_field(label: str | _StrPromise) -> models.CharField:
    return models.CharField(label, max_length=10, choices=DatePrecision.choices, blank=True)


class Named(PublicRecord, Versioned):
    """A record with a name in two languages, a page whose URL carries that name, and a key to find it by."""

    name = models.CharField(_("name"), max_length=200)
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("One line that tells them apart.")
    )
    country = models.CharField(_("country"), max_length=2, choices=country_choices, blank=True)
    wikidata_id = models.CharField(_("Wikidata id"), max_length=13, blank=True, validators=[WIKIDATA_ID])
    name_keys = NameKeyField(of=("name_ar", "name_en"))

    url_name: str

    objects = NamedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_in(get_language() or LANGUAGES[0]).text

    def name_in(self, language: str) -> Fragment:
        """The name in that language, or in the other one where it has none."""
        return fragment(self, "name", language)

    def get_absolute_url(self, language: str | None = None) -> str:
        """The page in that language (the active one by default), with the name as its slug."""
        language = language or get_language() or LANGUAGES[0]
        address = {"public_id": self.public_id}
        if words := slug(self.name_in(language).text):
            address["slug"] = words
        with override(language):
            return reverse(self.url_name, kwargs=address)


class Organisation(Named):
    """A body that speaks or is spoken of: ministry, armed group, party, company."""

    kind = models.CharField(
        _("kind"), max_length=20, choices=OrganisationKind, default=OrganisationKind.OTHER
    )

    url_name = "organisation"

    class Meta(Named.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [trigram_index("name_keys", "organisation_key_trigrams")]
        constraints = [
            models.CheckConstraint(
                name="organisation_has_name",
                condition=written_in_any_language("name"),
                violation_error_message=_("Give the organisation a name in Arabic or in English."),
            ),
            models.UniqueConstraint(
                name="organisation_wikidata_once",
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
                violation_error_message=_(
                    "Another organisation already has this Wikidata id; it may be the same one."
                ),
            ),
        ]


class Person(Named):
    biography = models.TextField(_("biography"), blank=True)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    born_precision = precision_field(_("precision of the birth date"))
    died_on = models.DateField(_("died on"), null=True, blank=True)
    died_precision = precision_field(_("precision of the date of death"))

    url_name = "person"

    class Meta(Named.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [trigram_index("name_keys", "person_key_trigrams")]
        constraints = [
            models.CheckConstraint(
                name="person_has_name",
                condition=written_in_any_language("name"),
                violation_error_message=_("Give the person a name in Arabic or in English."),
            ),
            models.CheckConstraint(
                name="person_birth_has_precision",
                condition=date_and_precision_agree("born"),
                violation_error_message=_(
                    "A birth date and its precision go together: give both or neither."
                ),
            ),
            models.CheckConstraint(
                name="person_death_has_precision",
                condition=date_and_precision_agree("died"),
                violation_error_message=_(
                    "A date of death and its precision go together: give both or neither."
                ),
            ),
            models.CheckConstraint(
                name="person_born_before_death",
                condition=Q(born_on__isnull=True) | Q(died_on__isnull=True) | Q(died_on__gte=F("born_on")),
                violation_error_message=_("The date of death is before the date of birth."),
            ),
            models.UniqueConstraint(
                name="person_wikidata_once",
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
                violation_error_message=_(
                    "Another person already has this Wikidata id; it may be the same one."
                ),
            ),
        ]


class AnyName(models.Model):
    """One more name somebody goes by, in the language it is written in."""

    text = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=3, choices=NameLanguage)
    kind = models.CharField(_("kind"), max_length=20, choices=NameKind, default=NameKind.ALIAS)
    key = NameKeyField(of=("text",))

    objects = NameQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text


class Name(AnyName):
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="names", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="names",
        verbose_name=_("organisation"),
    )

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.CheckConstraint(
                name="name_belongs_to_one",
                condition=Q(person__isnull=True) ^ Q(organisation__isnull=True),
                violation_error_message=_("A name belongs to one person or to one organisation."),
            ),
            models.CheckConstraint(
                name="name_has_text", condition=~Q(text=""), violation_error_message=_("Type the name.")
            ),
            models.UniqueConstraint(
                name="name_once",
                fields=["person", "organisation", "text"],
                nulls_distinct=False,
                violation_error_message=_("This name is already listed here."),
            ),
        ]
        indexes = [trigram_index("key", "name_key_trigrams")]


class Position(models.Model):
    """An office somebody held, and when: the one in force on the day is shown beside a source."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="positions", verbose_name=_("person"))
    title = models.CharField(_("title"), max_length=200)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("organisation"),
    )
    started_on = models.DateField(_("started on"), null=True, blank=True)
    started_precision = precision_field(_("precision of the start"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_precision = precision_field(_("precision of the end"))

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = [Coalesce("started_on", "ended_on").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="position_has_title",
                condition=written_in_any_language("title"),
                violation_error_message=_("Give the position a title in Arabic or in English."),
            ),
            models.CheckConstraint(
                name="position_start_has_precision",
                condition=date_and_precision_agree("started"),
                violation_error_message=_("A start and its precision go together: give both or neither."),
            ),
            models.CheckConstraint(
                name="position_end_has_precision",
                condition=date_and_precision_agree("ended"),
                violation_error_message=_("An end and its precision go together: give both or neither."),
            ),
            models.CheckConstraint(
                name="position_ends_after_start",
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("The position ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.title_in(get_language() or LANGUAGES[0]).text

    def title_in(self, language: str) -> Fragment:
        return fragment(self, "title", language)

    def is_in_force(self, *, on: datetime.date) -> bool:
        """What `PositionQuerySet.in_force` asks, of a position already read."""
        if not (self.started_on or self.ended_on):
            return False
        return (self.started_on or on) <= on <= (self.ended_on or on)
