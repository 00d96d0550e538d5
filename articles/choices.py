from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Language(models.TextChoices):
    ARABIC = "ar", _("Arabic")
    ENGLISH = "en", _("English")


class OriginalLanguage(models.TextChoices):
    ARABIC = "ar", _("Arabic")
    ENGLISH = "en", _("English")
    UNDETERMINED = "und", _("not determined")


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class OutletKind(models.TextChoices):
    AGENCY = "agency", _("news agency")
    NEWSPAPER = "newspaper", _("newspaper")
    BROADCASTER = "broadcaster", _("broadcaster")
    WEBSITE = "website", _("news website")
    STATE_MEDIA = "state_media", _("state media")
    OFFICIAL_CHANNEL = "official_channel", _("official channel")
    SOCIAL_ACCOUNT = "social_account", _("social media account")


class DateBasis(models.TextChoices):
    STATED = "stated", _("stated by the outlet")
    INFERRED = "inferred", _("inferred by the desk")


class CorrectionKind(models.TextChoices):
    CLARIFICATION = "clarification", _("clarification")
    CORRECTION = "correction", _("correction")
    RETRACTION = "retraction", _("retraction")


class SuggestionState(models.TextChoices):
    SUGGESTED = "suggested", _("suggested")
    CONFIRMED = "confirmed", _("confirmed")
    DISMISSED = "dismissed", _("dismissed")


class SuggestionKind(models.TextChoices):
    MENTION = "mention", _("name in the text")
    UNKNOWN = "unknown", _("unknown name")
    CUT = "cut", _("cut")
    ATTRIBUTION = "attribution", _("sentence on somebody’s word")
    COPY = "copy", _("copy of another article")
    TOLD = "told", _("already told")
    WARNING = "warning", _("warning")


class SuggestionAnswer(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    # Another record was chosen than the one proposed.
    CHANGED = "changed", _("chosen otherwise")
    DISMISSED = "dismissed", _("dismissed")


class MergedKind(models.TextChoices):
    """The kinds of record of which two may turn out to be one."""

    CLAIM = "claim", _("claim")
    OUTLET = "outlet", _("outlet")
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")


class AppearanceKind(models.TextChoices):
    DIRECT_QUOTE = "direct_quote", _("direct quote")
    PARAPHRASE = "paraphrase", _("paraphrase")
    OWN_REPORTING = "own_reporting", _("own reporting")
    HEADLINE = "headline", pgettext_lazy("manner of telling", "headline")


class Certainty(models.TextChoices):
    ASSERTED = "asserted", _("asserted")
    REPORTED = "reported", _("reported")
    ALLEGED = "alleged", _("alleged")
    DENIED = "denied", _("denied")
    QUESTIONED = "questioned", _("questioned")


class QuoteState(models.TextChoices):
    ANCHORED = "anchored", _("anchored")
    # Found again at another place after the text changed.
    MOVED = "moved", _("moved")
    # No longer in the text; kept as it was until an editor decides.
    ORPHANED = "orphaned", _("orphaned")


class RelationType(models.TextChoices):
    CONTRADICTS = "contradicts", _("contradicts")
    CORROBORATES = "corroborates", _("corroborates")
    UPDATES = "updates", _("updates")
    PART_OF = "part_of", _("is part of")


class Aspect(models.TextChoices):
    NUMBER = "number", _("number")
    DATE = "date", _("date")
    PLACE = "place", _("place")
    DISTANCE = "distance", _("distance")
    PERPETRATOR = "perpetrator", _("perpetrator")
    CHRONOLOGY = "chronology", _("order of events")
    WORDING = "wording", _("wording")
    SOURCE = "source", pgettext_lazy("point of difference", "source")
    ASSESSMENT = "assessment", pgettext_lazy("point of difference", "assessment")


class Verdict(models.TextChoices):
    UNVERIFIED = "unverified", _("unverified")
    CORROBORATED = "corroborated", _("corroborated")
    DISPUTED = "disputed", _("disputed")
    CONFIRMED = "confirmed", _("confirmed")
    REFUTED = "refuted", _("refuted")
