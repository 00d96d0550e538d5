from django.db import models
from django.utils.translation import gettext_lazy as _


class NameKind(models.TextChoices):
    ALIAS = "alias", _("alias")
    TRANSLITERATION = "transliteration", _("transliteration")
    NOM_DE_GUERRE = "nom_de_guerre", _("nom de guerre")
    FORMER = "former", _("former name")
    # Searched, so that a hostile post finds its subject; never shown.
    HOSTILE = "hostile", _("hostile name (searched, never shown)")


class NameLanguage(models.TextChoices):
    ARABIC = "ar", _("Arabic")
    ENGLISH = "en", _("English")
    OTHER = "und", _("another language")


class OrganisationKind(models.TextChoices):
    GOVERNMENT = "government", _("government")
    MINISTRY = "ministry", _("ministry")
    AGENCY = "agency", _("public agency")
    PARLIAMENT = "parliament", _("parliament")
    COURT = "court", _("court")
    ARMED_FORCES = "armed_forces", _("armed or security forces")
    ARMED_GROUP = "armed_group", _("armed group")
    PARTY = "party", _("party or political alliance")
    COMPANY = "company", _("company")
    INTERNATIONAL = "international", _("international organisation")
    RESEARCH = "research", _("university or research institute")
    CIVIL_SOCIETY = "civil_society", _("civil society organisation")
    RELIGIOUS = "religious", _("religious institution")
    SPORT = "sport", _("sports body")
    OTHER = "other", _("other")
