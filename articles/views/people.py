"""The pages of people and organisations: who they are, what is said of them and what they say."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from articles.choices import SuggestionState
from articles.models import Appearance, Article, Claim, Mention
from articles.querysets import publicly_named, sees_drafts
from articles.views.common import (
    moved_or_missing,
    page_language,
    public_page,
    public_read,
    redirect_to_address,
)
from articles.views.summaries import articles_for_list, lend_openings, summarise
from people.models import Organisation, Person, Position

# A page shows the newest; the lists, narrowed to the record, show them all.
MOST_SHOWN = 10
MOST_HOLDERS = 30


@public_read
def person(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    at = timezone.now()
    visible = seen(Person.objects.all(), user=request.user, at=at)
    shown = visible.filter(public_id=public_id).first()
    if shown is None:
        return moved_or_missing(request, visible, public_id)
    if elsewhere := redirect_to_address(request, shown):
        return elsewhere
    positions = list(Position.objects.filter(person=shown).select_related("organisation"))
    employers = {position.organisation_id for position in positions if position.organisation_id}
    return public_page(
        request,
        "people/person.html",
        {
            "person": shown,
            "names": shown.names.shown().order_by("language", "text"),
            "positions": positions,
            "public_organisations": public_keys(Organisation, employers, user=request.user, at=at),
            **record_of("person", shown, user=request.user, at=at),
        },
        address=shown.get_absolute_url,
    )


@public_read
def organisation(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    at = timezone.now()
    visible = seen(Organisation.objects.all(), user=request.user, at=at)
    shown = visible.filter(public_id=public_id).first()
    if shown is None:
        return moved_or_missing(request, visible, public_id)
    if elsewhere := redirect_to_address(request, shown):
        return elsewhere
    # Only holders who are public themselves: an office must not show whom the desk is working on.
    holders = publicly_named(Person.objects.all(), at=at)
    positions = Position.objects.filter(organisation=shown, person__in=holders).select_related("person")
    return public_page(
        request,
        "people/organisation.html",
        {
            "organisation": shown,
            "names": shown.names.shown().order_by("language", "text"),
            "positions": positions[:MOST_HOLDERS],
            **record_of("organisation", shown, user=request.user, at=at),
        },
        address=shown.get_absolute_url,
    )


def seen(named: QuerySet, *, user: Any, at: datetime.datetime) -> QuerySet:
    """Those that something public names; all of them for a user who sees drafts."""
    return named if sees_drafts(user, "article") else publicly_named(named, at=at)


def public_keys(model: type[Model], keys: set[int], *, user: Any, at: datetime.datetime) -> set[int]:
    """Those of the records that have a page for this user; the others are written without a link."""
    if not keys or sees_drafts(user, "article"):
        return keys
    named = publicly_named(model._default_manager.filter(pk__in=keys), at=at)
    return set(named.values_list("pk", flat=True))


def record_of(kind: str, named: Person | Organisation, *, user: Any, at: datetime.datetime) -> dict[str, Any]:
    """Claims that go back to the record, claims about it, and articles that name it: the newest of each."""
    language = page_language()
    tellings = Appearance.objects.visible_to(user, at=at).filter(claim=OuterRef("pk"))
    claims = Claim.objects.visible_to(user, at=at).newest_first()
    said = claims.filter(Exists(tellings.filter(**{f"sources__{kind}": named})))
    about = claims.about(named)
    # What stands on their own word is not told twice.
    said_claims, about_claims = (
        list(said[:MOST_SHOWN]),
        list(about.exclude(pk__in=said.values("pk"))[:MOST_SHOWN]),
    )
    # One reading of the tellings serves both.
    summarise([*said_claims, *about_claims], language, user=user, at=at)
    naming = Mention.objects.filter(article=OuterRef("pk"), state=SuggestionState.CONFIRMED, **{kind: named})
    citing = (
        Appearance.objects.visible_to(user, at=at)
        .filter(article=OuterRef("pk"))
        .filter(
            Q(**{f"sources__{kind}": named})
            | Q(**{"claim__people" if kind == "person" else "claim__organisations": named})
        )
    )
    articles = Article.objects.visible_to(user, at=at).filter(Exists(naming) | Exists(citing)).newest_first()
    speaker = {"person": "speaker", "organisation": "body"}[kind]
    return {
        "most_shown": MOST_SHOWN,
        "said_query": f"{speaker}={named.public_id}",
        "about_query": f"{kind}={named.public_id}",
        "article_query": f"{kind}={named.public_id}",
        "said": said_claims,
        "about": about_claims,
        "articles": lend_openings(articles_for_list(articles)[:MOST_SHOWN]),
    }
