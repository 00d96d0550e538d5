"""What waits on the desk, in the order in which it should be looked at."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.admin.filters import ClaimToDo
from articles.choices import Status
from newsroom.desk.site import Queue


def _without_outlet(claims: QuerySet) -> QuerySet:
    return claims.filter(ClaimToDo.questions["no_outlet"][1]())


for queue in (
    Queue(
        _("Quotes no longer in their text"),
        "articles.Appearance",
        "todo=orphaned",
        lambda tellings: tellings.orphaned(),
    ),
    Queue(
        _("Articles waiting for review"),
        "articles.Article",
        f"status__exact={Status.IN_REVIEW}",
        lambda articles: articles.in_status(Status.IN_REVIEW),
    ),
    Queue(
        _("Claims waiting for review"),
        "articles.Claim",
        f"status__exact={Status.IN_REVIEW}",
        lambda claims: claims.in_status(Status.IN_REVIEW),
    ),
    Queue(_("Claims linked to no outlet"), "articles.Claim", "todo=no_outlet", _without_outlet),
    Queue(
        _("Article drafts"),
        "articles.Article",
        f"status__exact={Status.DRAFT}",
        lambda articles: articles.in_status(Status.DRAFT),
    ),
    Queue(
        _("Claim drafts"),
        "articles.Claim",
        f"status__exact={Status.DRAFT}",
        lambda claims: claims.in_status(Status.DRAFT),
    ),
    Queue(
        _("Headlines not translated"),
        "articles.Article",
        "todo=untranslated",
        lambda articles: articles.missing_translation(),
    ),
    Queue(
        _("Statements not translated"),
        "articles.Claim",
        "todo=untranslated",
        lambda claims: claims.missing_translation(),
    ),
):
    admin.site.add_queue(queue)
