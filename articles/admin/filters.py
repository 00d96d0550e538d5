"""Filters that answer an editor's questions; each is a condition on the row alone, so that its count is one query."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.choices import DateBasis, QuoteState, Status
from articles.models import Appearance, Source
from articles.querysets import lacks_text

# How long what was published stays on the first page.
JUST_PUBLISHED = datetime.timedelta(days=1)


def just_published(records: Any) -> Any:
    now = timezone.now()
    return records.filter(status=Status.PUBLISHED, publish_at__gt=now - JUST_PUBLISHED, publish_at__lte=now)


def _tellings(field: str, **facts: Any) -> Exists:
    return Exists(Appearance.objects.filter(**{field: OuterRef("pk")}, **facts))


# Of articles and claims alike: the queues of the first page lead here.
WAITING: dict[str, tuple[Any, Any]] = {
    "mine": (_("your drafts"), lambda records, user: records.drafts_of(user).filter(returned_at=None)),
    "returned": (_("returned to you"), lambda records, user: records.returned_to(user)),
    "review": (_("waiting for your review"), lambda records, user: records.waiting_for(user)),
    "scheduled": (_("scheduled"), lambda records, user: records.scheduled(at=timezone.now())),
    "just_published": (_("just published"), lambda records, user: just_published(records)),
    "stale": (_("translation older than its original"), lambda records, user: records.stale()),
    "unclaimed": (
        _("taken up by nobody"),
        lambda records, user: records.filter(status=Status.DRAFT, author=None),
    ),
}


class Question(admin.SimpleListFilter):
    """A list of questions, each with its condition; those of WAITING depend on who asks."""

    questions: dict[str, tuple[Any, Any]]
    waiting: dict[str, tuple[Any, Any]] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, label) for name, (label, _condition) in (self.waiting | self.questions).items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = self.value() or ""
        if asked in self.waiting:
            return self.waiting[asked][1](queryset, request.user)
        if asked not in self.questions:
            return queryset
        condition = self.questions[asked][1]
        return queryset.filter(condition() if callable(condition) else condition)


class ArticleToDo(Question):
    title = _("to do")
    waiting = WAITING
    parameter_name = "todo"
    questions = {
        "untranslated": (_("headline not translated"), lacks_text("headline")),
        "no_body": (_("body not translated"), lacks_text("body")),
        "no_headline": (
            _("no headline"),
            (Q(headline_ar__isnull=True) | Q(headline_ar=""))
            & (Q(headline_en__isnull=True) | Q(headline_en="")),
        ),
        "no_outlet": (_("publisher not known"), Q(outlet__isnull=True)),
        "no_date": (_("no date"), Q(published_at__isnull=True)),
        "inferred": (_("date inferred"), Q(published_basis=DateBasis.INFERRED)),
        "no_claims": (_("no claims yet"), lambda: ~_tellings("article")),
        "orphaned": (_("a quote is lost"), lambda: _tellings("article", quote_state=QuoteState.ORPHANED)),
    }


def _linked_to_an_outlet() -> Exists:
    sources = Source.objects.filter(appearance=OuterRef("pk"), outlet__isnull=False)
    tellings = Appearance.objects.filter(claim=OuterRef("pk")).filter(
        Q(article__outlet__isnull=False) | Exists(sources)
    )
    return Exists(tellings)


class ClaimToDo(Question):
    title = _("to do")
    waiting = WAITING | {
        "unlinked": (_("without a telling or a source"), lambda claims, user: claims.unlinked())
    }
    parameter_name = "todo"
    questions = {
        "no_outlet": (_("linked to no outlet"), lambda: ~_linked_to_an_outlet()),
        "no_appearances": (_("told nowhere"), lambda: ~_tellings("claim")),
        "untranslated": (_("statement not translated"), lacks_text("statement")),
        "orphaned": (_("a quote is lost"), lambda: _tellings("claim", quote_state=QuoteState.ORPHANED)),
        "moved": (_("a quote has moved"), lambda: _tellings("claim", quote_state=QuoteState.MOVED)),
    }


class AppearanceToDo(Question):
    title = _("to do")
    parameter_name = "todo"
    questions = {
        "orphaned": (_("quote lost"), Q(quote_state=QuoteState.ORPHANED)),
        "moved": (_("quote moved"), Q(quote_state=QuoteState.MOVED)),
        "no_quote": (_("no quote"), Q(quote_exact="")),
        "no_source": (
            _("neither publisher nor source"),
            lambda: (
                Q(article__outlet__isnull=True) & ~Exists(Source.objects.filter(appearance=OuterRef("pk")))
            ),
        ),
    }


class OutletToDo(Question):
    title = _("to do")
    parameter_name = "todo"
    questions = {
        "no_arabic": (_("no Arabic name"), Q(name_ar__isnull=True) | Q(name_ar="")),
        "no_english": (_("no English name"), Q(name_en__isnull=True) | Q(name_en="")),
        "no_domain": (_("no domain"), Q(domains__isnull=True)),
    }
