"""Outlets: who publishes, with the names and the domains they go by."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.choices import Language, OutletKind
from articles.querysets import OutletQuerySet
from people.models import AnyName, Named, trigram_index, written_in_any_language

DOMAIN = RegexValidator(
    r"^([a-z0-9-]+\.)+[a-z0-9-]{2,}$",
    _("A domain is written like example.com: small letters, no https:// and no path."),
)


class Outlet(Named):
    kind = models.CharField(_("kind"), max_length=20, choices=OutletKind, default=OutletKind.WEBSITE)
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language),
        verbose_name=_("languages"),
        default=list,
        blank=True,
        size=len(Language),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name=_("parent outlet"),
        help_text=_("The house it belongs to: outlets of one house count as one origin."),
    )
    homepage = models.URLField(_("homepage"), max_length=300, blank=True)

    url_name = "outlet"

    # The stubs take a manager made from a queryset for an instance's attribute.
    objects = OutletQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Named.Meta):
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        indexes = [trigram_index("name_keys", "outlet_key_trigrams")]
        constraints = [
            models.CheckConstraint(
                name="outlet_has_name",
                condition=written_in_any_language("name"),
                violation_error_message=_("Give the outlet a name in Arabic or in English."),
            ),
            models.CheckConstraint(
                name="outlet_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                violation_error_message=_("An outlet cannot be its own parent."),
            ),
            models.UniqueConstraint(
                name="outlet_wikidata_once",
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
                violation_error_message=_(
                    "Another outlet already has this Wikidata id; it may be the same one."
                ),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        seen, ancestor = {self.pk}, self.parent
        while self.pk and ancestor:
            if ancestor.pk in seen:
                raise ValidationError(
                    {"parent": _("“%(outlet)s” already belongs to this outlet.") % {"outlet": self.parent}}
                )
            seen.add(ancestor.pk)
            ancestor = ancestor.parent


class OutletName(AnyName):
    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="names", verbose_name=_("outlet"))

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(
                name="outlet_name_once",
                fields=["outlet", "text"],
                violation_error_message=_("This name is already listed here."),
            )
        ]
        indexes = [trigram_index("key", "outlet_name_key_trigrams")]


class OutletDomain(models.Model):
    """A domain whose addresses are this outlet's: a pasted URL finds its outlet."""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="domains", verbose_name=_("outlet"))
    domain = models.CharField(
        _("domain"),
        max_length=253,
        unique=True,
        validators=[DOMAIN],
        error_messages={"unique": _("This domain already belongs to an outlet.")},
    )

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        constraints = [
            models.CheckConstraint(
                name="outlet_domain_is_plain",
                condition=Q(domain__regex=r"^([a-z0-9-]+\.)+[a-z0-9-]{2,}$"),
                violation_error_message=_(
                    "A domain is written like example.com: small letters, no https:// and no path."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.domain
