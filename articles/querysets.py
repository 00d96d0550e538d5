"""The questions asked about articles, claims and outlets; above all: who may see what, at which moment.

Every page, feed, search, count and export starts from `visible_to` (or, for people and organisations, from
`publicly_named`), so that a late job cannot publish late and nothing unpublished can leak.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from articles.attribution import Origin, Telling, origins
from articles.choices import QuoteState, Status, SuggestionState
from articles.tellings import by_claim, tellings
from newsroom.text.languages import LANGUAGES
from newsroom.text.names import name_key
from people.querysets import NamedQuerySet

if TYPE_CHECKING:
    from articles.models import Outlet

# Whoever may look at drafts in the admin may be shown them elsewhere too.
SEES_DRAFTS = {"article": "articles.view_article", "claim": "articles.view_claim"}

# A claim with those merged into it, and those merged into these. UNION ends at a circle.
_ONE_CLAIM = """
    WITH RECURSIVE one (public_id) AS (
        SELECT %s::varchar
        UNION
        SELECT merged.merged_public_id::varchar FROM articles_merge AS merged
            JOIN one ON merged.kept_public_id = one.public_id
            WHERE merged.kind = 'claim' AND merged.undone_at IS NULL
    )
    SELECT claim.id FROM articles_claim AS claim JOIN one ON claim.public_id = one.public_id
"""


def is_public(*, at: datetime.datetime, via: str = "") -> Q:
    """True for what any reader may open at that moment; `via` leads to the record, as in `article__`."""
    return Q(**{f"{via}status": Status.PUBLISHED, f"{via}publish_at__lte": at})


def may_read(user: Any, model: str, *, at: datetime.datetime, via: str = "") -> Q:
    """True for what a reader may open at that moment, and for the one record that a preview link opens to them."""
    readable = is_public(at=at, via=via)
    previewed = getattr(user, "previewed", None)
    if previewed is not None and previewed._meta.model_name == model:
        readable |= Q(**{f"{via}pk": previewed.pk})
    return readable


def lacks_text(field: str) -> Q:
    """True where one of the two language columns is empty."""
    lacking = Q()
    for language in LANGUAGES:
        lacking |= Q(**{f"{field}_{language}__isnull": True}) | Q(**{f"{field}_{language}": ""})
    return lacking


def has_text(language: str, fields: tuple[str, ...]) -> Q:
    """True where one of the fields is written in that language."""
    written = Q()
    for field in fields:
        written |= Q(**{f"{field}_{language}__isnull": False}) & ~Q(**{f"{field}_{language}": ""})
    return written


def is_stale(*fields: str) -> Q:
    """True where the original was changed after the translation was; the fields are those that tell of a translation.

    The other way round is how a translation comes about.
    """
    arabic = Q(original_language="ar", arabic_changed_at__gt=F("english_changed_at")) & has_text("en", fields)
    english = Q(original_language="en", english_changed_at__gt=F("arabic_changed_at")) & has_text(
        "ar", fields
    )
    return (arabic | english) & ~Q(status=Status.WITHDRAWN)


def sees_drafts(user: Any, model: str) -> bool:
    return bool(user is not None and user.is_active and user.is_staff and user.has_perm(SEES_DRAFTS[model]))


class PublishableQuerySet(models.QuerySet):
    def published(self, *, at: datetime.datetime) -> Self:
        """Those any reader may open at that moment."""
        return self.filter(is_public(at=at))

    def visible_to(self, user: Any, *, at: datetime.datetime) -> Self:
        """Those this user may open at that moment: readers what is published, the desk everything."""
        name = self.model._meta.model_name or ""
        return self if sees_drafts(user, name) else self.filter(may_read(user, name, at=at))

    def withdrawn(self) -> Self:
        """Those that were public once and are not any more: their pages say so."""
        return self.filter(status=Status.WITHDRAWN, publish_at__lte=F("withdrawn_at"))

    def in_status(self, *statuses: Status) -> Self:
        return self.filter(status__in=statuses)

    def drafts_of(self, user: Any) -> Self:
        """The drafts that this user started or took up; what was returned to them is among them."""
        return self.filter(status=Status.DRAFT, author=user)

    def returned_to(self, user: Any) -> Self:
        return self.drafts_of(user).filter(returned_at__isnull=False)

    def waiting_for(self, user: Any) -> Self:
        """Those in review that are not this user's own work: four eyes."""
        return self.in_status(Status.IN_REVIEW).exclude(author=user).exclude(submitted_by=user)

    def scheduled(self, *, at: datetime.datetime) -> Self:
        """Those whose publication is decided and lies ahead."""
        return self.filter(status=Status.PUBLISHED, publish_at__gt=at)

    def stale(self) -> Self:
        """Those whose translation is older than the last change of the original."""
        return self.filter(is_stale(*self.model.main_texts))

    def newest_first(self) -> Self:
        return self.order_by(F("publish_at").desc(nulls_last=True), "-pk")

    def missing_translation(self) -> Self:
        """Those with an empty headline or statement in one of the two languages."""
        return self.filter(lacks_text(self.model.title_field))


class ArticleQuerySet(PublishableQuerySet):
    def newest_first(self) -> Self:
        """By the outlet's date, where one is known, or else by our own."""
        return self.order_by(Coalesce("published_at", "publish_at").desc(nulls_last=True), "-pk")

    def told_by(self, outlet: Outlet) -> Self:
        return self.filter(outlet=outlet)

    def mentioning(self, named: models.Model) -> Self:
        """Those with a confirmed mention of the person, organisation or outlet."""
        field = named._meta.model_name or ""
        return self.filter(
            Exists(
                self.model.mentions.rel.related_model.objects.filter(
                    article=OuterRef("pk"), state=SuggestionState.CONFIRMED, **{field: named}
                )
            )
        )

    def with_counts(self, *, at: datetime.datetime) -> Self:
        """Each with `claim_count`, the public claims told in it."""
        return self.annotate(
            claim_count=models.Count(
                "appearances__claim", filter=is_public(at=at, via="appearances__claim__"), distinct=True
            )
        )


class ClaimQuerySet(PublishableQuerySet):
    def told_by(self, outlet: Outlet, *, at: datetime.datetime | None = None) -> Self:
        """Claims told in an article of that outlet; with `at`, in one that is public at that moment."""
        return self.filter(Exists(self._appearances(at).filter(article__outlet=outlet)))

    def citing(self, named: models.Model, *, at: datetime.datetime | None = None) -> Self:
        """Claims in whose chain the outlet, person or organisation stands; with `at`, in a public telling."""
        field = named._meta.model_name or ""
        return self.filter(Exists(self._appearances(at).filter(**{f"sources__{field}": named})))

    def unlinked(self) -> Self:
        """Claims told nowhere, or only in tellings with neither a publisher nor a source."""
        sourced = Q(article__outlet__isnull=False) | Q(
            Exists(
                self.model.appearances.rel.related_model.sources.rel.related_model.objects.filter(
                    appearance=OuterRef("pk")
                )
            )
        )
        return self.filter(~Exists(self._appearances().filter(sourced)))

    def about(self, named: models.Model) -> Self:
        """Claims about the person or organisation."""
        field = {"person": "people", "organisation": "organisations"}[named._meta.model_name or ""]
        return self.filter(**{field: named})

    def with_counts(self, *, at: datetime.datetime) -> Self:
        """Each with `telling_count`, its appearances in public articles."""
        return self.annotate(
            telling_count=models.Count("appearances", filter=is_public(at=at, via="appearances__article__"))
        )

    def tellings(self, *, user: Any, at: datetime.datetime) -> dict[int, list[Telling]]:
        """What the user may see told of each of these claims, by the claim's primary key, in constant queries."""
        told = self.model.appearances.rel.related_model.objects.filter(claim__in=self)
        return by_claim(told.visible_to(user, at=at).tellings(user=user, at=at))

    def _appearances(self, at: datetime.datetime | None = None) -> models.QuerySet:
        told = self.model.appearances.rel.related_model.objects.filter(claim=OuterRef("pk"))
        return told.published(at=at) if at else told


class AppearanceQuerySet(models.QuerySet):
    def published(self, *, at: datetime.datetime) -> Self:
        """Tellings whose claim and whose article are both public at that moment."""
        return self.filter(is_public(at=at, via="claim__"), is_public(at=at, via="article__"))

    def visible_to(self, user: Any, *, at: datetime.datetime) -> Self:
        visible = self
        for model in SEES_DRAFTS:
            if not sees_drafts(user, model):
                visible = visible.filter(may_read(user, model, at=at, via=f"{model}__"))
        return visible

    def orphaned(self) -> Self:
        """Those whose quote is no longer in the text of the article."""
        return self.filter(quote_state=QuoteState.ORPHANED)

    def with_chain(self) -> Self:
        """Each with its article, outlet and ordered sources, in six queries whatever their number."""
        return self.select_related("article", "article__outlet").prefetch_related(
            "sources__outlet", "sources__person__positions", "sources__organisation"
        )

    def tellings(self, *, user: Any, at: datetime.datetime) -> list[Telling]:
        """These appearances as tellings for `articles.attribution`; start from `visible_to` for a reader."""
        return tellings(self, user=user, at=at)

    def origins(self, *, user: Any, at: datetime.datetime) -> tuple[Origin, ...]:
        """The independent origins behind these appearances; meant for the appearances of one claim."""
        return origins(self.tellings(user=user, at=at))


class TermQuerySet(models.QuerySet):
    def called(self, text: str) -> Self:
        """Terms that have the text among their words, in either language and any spelling; all of them for an empty text."""
        key = name_key(text)
        return self.filter(name_keys__contains=key) if key else self


class OutletQuerySet(NamedQuerySet):
    def for_url(self, url: str) -> Outlet | None:
        """The outlet to whose domain the address belongs; the longest domain wins, None where there is none."""
        try:
            host = (urlsplit(url.strip()).hostname or "").rstrip(".").lower()
        except ValueError:
            return None
        labels = host.split(".")
        domains = [".".join(labels[first:]) for first in range(len(labels) - 1)]
        owners = self.filter(domains__domain__in=domains)
        return cast(
            "Outlet | None", owners.order_by(models.functions.Length("domains__domain").desc()).first()
        )

    def families(self) -> dict[int, int]:
        """The root of each outlet that has a parent, by primary key; an outlet left out is its own family."""
        parents = dict(self.model.objects.filter(parent__isnull=False).values_list("pk", "parent_id"))
        roots = {}
        for outlet, parent in parents.items():
            seen, root = {outlet}, parent
            while root in parents and root not in seen:
                seen.add(root)
                root = parents[root]
            # A cycle has no root: its smallest member stands for all.
            roots[outlet] = min(seen) if root in seen else root
        return roots

    def visible_to(self, user: Any, *, at: datetime.datetime) -> Self:
        """Outlets with a public article, with a public telling that cites them, or one of whose editions has."""
        if sees_drafts(user, "article"):
            return self
        named = publicly_named(self.model._base_manager.all(), at=at)
        return self.filter(Q(pk__in=named.values("pk")) | Q(editions__in=named.values("pk"))).distinct()


class CorrectionQuerySet(models.QuerySet):
    def visible_to(self, user: Any, *, at: datetime.datetime) -> Self:
        if sees_drafts(user, "article"):
            return self
        return self.filter(may_read(user, "article", at=at, via="article__"), made_at__lte=at)


class ClaimRelationQuerySet(models.QuerySet):
    def confirmed(self) -> Self:
        return self.filter(state=SuggestionState.CONFIRMED)

    def visible_to(self, user: Any, *, at: datetime.datetime) -> Self:
        """Confirmed relations between two public claims."""
        confirmed = self.confirmed()
        if sees_drafts(user, "claim"):
            return confirmed
        return confirmed.filter(
            may_read(user, "claim", at=at, via="claim__"), may_read(user, "claim", at=at, via="other__")
        )

    def touching(self, claim: models.Model) -> Self:
        return self.filter(Q(claim=claim) | Q(other=claim))


class AssessmentQuerySet(models.QuerySet):
    def of(self, claim: Any) -> Self:
        """Those of the claim, and of every claim merged into it and not parted from it since.

        Whoever may see the claim may see them: what was merged is the claim's own now.
        """
        return self.filter(claim__in=RawSQL(_ONE_CLAIM, [claim.public_id]))  # noqa: S611 - the one value is a parameter

    def latest_first(self) -> Self:
        return self.order_by("-assessed_at", "-pk")

    def visible_to(self, user: Any, *, at: datetime.datetime) -> Self:
        if sees_drafts(user, "claim"):
            return self
        return self.filter(may_read(user, "claim", at=at, via="claim__"), assessed_at__lte=at)

    def standing(self, *, at: datetime.datetime) -> Self:
        """Those made by that moment."""
        return self.filter(assessed_at__lte=at)


def publicly_named(named: models.QuerySet, *, at: datetime.datetime) -> models.QuerySet:
    """Of these people, organisations or outlets, those whom something public names.

    They have no status of their own: a name typed in for a draft must not show what the desk is working on.
    """
    model = named.model
    field = model._meta.model_name
    this: Any = {field: OuterRef("pk")}
    sources = model.sourced.rel.related_model.objects.filter(**this).filter(
        is_public(at=at, via="appearance__claim__"), is_public(at=at, via="appearance__article__")
    )
    mentions = model.mentions.rel.related_model.objects.filter(
        state=SuggestionState.CONFIRMED, **this
    ).filter(is_public(at=at, via="article__"))
    public = Q(Exists(sources)) | Q(Exists(mentions))
    if field == "outlet":
        articles = model.articles.rel.related_model.objects.published(at=at)
        public |= Q(Exists(articles.filter(outlet=OuterRef("pk"))))
    else:
        claims = model.claims.rel.related_model
        about: Any = {"people" if field == "person" else "organisations": OuterRef("pk")}
        public |= Q(Exists(claims.objects.published(at=at).filter(**about)))
    return named.filter(public)
