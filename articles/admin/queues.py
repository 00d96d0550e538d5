"""What waits on the desk, in the order in which it should be looked at. Each question is one of `articles.querysets`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.columns import change_link, status_pill, title
from articles.admin.filters import just_published
from articles.choices import Status
from articles.models import Article
from articles.views.summaries import articles_for_list, lend_openings
from newsroom.desk.site import Part, Queue
from newsroom.templatetags.desk import moment

LONGEST_NOTE = 240

type Line = Callable[[Any], str]


def _items(line: Line, note: Line | None = None) -> Callable[[QuerySet], list[dict[str, Any]]]:
    """What is shown of each record: its title, its state, a line about it, and a note where there is one."""

    def items(records: QuerySet) -> list[dict[str, Any]]:
        if records.model is Article:
            found = lend_openings(articles_for_list(records).select_related(*_PEOPLE, "outlet"))
        else:
            found = list(records.select_related(*_PEOPLE))
        return [
            {
                "pk": record.pk,
                "link": change_link(record, title(record)),
                "pill": status_pill(record),
                "line": line(record),
                "note": note(record) if note else "",
            }
            for record in found
        ]

    return items


_PEOPLE = ("submitted_by", "returned_by")


def _changed(record: Any) -> str:
    return _("changed %(when)s") % {"when": moment(record.updated_at)}


def _submitted(record: Any) -> str:
    if not record.submitted_at:
        return ""
    if not record.submitted_by:
        return _("submitted %(when)s") % {"when": moment(record.submitted_at)}
    return _("submitted by %(who)s, %(when)s") % {
        "who": record.submitted_by,
        "when": moment(record.submitted_at),
    }


def _returned(record: Any) -> str:
    if not record.returned_by:
        return _("returned %(when)s") % {"when": moment(record.returned_at)}
    return _("returned by %(who)s, %(when)s") % {
        "who": record.returned_by,
        "when": moment(record.returned_at),
    }


def _note(record: Any) -> str:
    return Truncator(record.return_note).chars(LONGEST_NOTE)


def _public_from(record: Any) -> str:
    return _("public from %(when)s") % {"when": moment(record.publish_at)}


def _public_since(record: Any) -> str:
    return _("public since %(when)s") % {"when": moment(record.publish_at)}


def _both(
    query: str,
    records: Callable[[QuerySet, Any], QuerySet],
    line: Line | None = None,
    note: Line | None = None,
) -> tuple[Part, ...]:
    """Articles and claims of which the same is asked."""
    items = _items(line, note) if line else None
    return tuple(Part(model, query, records, items) for model in ("articles.Article", "articles.Claim"))


def _newest(records: QuerySet) -> QuerySet:
    return records.order_by("-updated_at", "-pk")


def _writes(user: Any) -> bool:
    return user.has_perm("articles.add_article") or user.has_perm("articles.add_claim")


def _approves(user: Any) -> bool:
    return user.has_perm("articles.approve_article") or user.has_perm("articles.approve_claim")


for queue in (
    Queue(
        gettext_lazy("Returned to you"),
        _both(
            "todo=returned",
            lambda records, user: records.returned_to(user).order_by("-returned_at", "-pk"),
            _returned,
            _note,
        ),
        gettext_lazy("Nothing was returned to you. What a reviewer sends back comes here, with the note."),
        _writes,
    ),
    Queue(
        gettext_lazy("Waiting for your review"),
        _both(
            "todo=review",
            lambda records, user: records.waiting_for(user).order_by("submitted_at", "pk"),
            _submitted,
        ),
        gettext_lazy("Nothing waits for your review. What others submit comes here, the oldest first."),
        _approves,
    ),
    Queue(
        gettext_lazy("Your drafts"),
        _both(
            "todo=mine",
            lambda records, user: _newest(records.drafts_of(user).filter(returned_at__isnull=True)),
            _changed,
        ),
        gettext_lazy(
            "You have no drafts. Add or import an article, or open a draft that nobody has taken up."
        ),
        _writes,
    ),
    Queue(
        gettext_lazy("Scheduled"),
        _both(
            "todo=scheduled",
            lambda records, user: records.scheduled(at=timezone.now()).order_by("publish_at", "pk"),
            _public_from,
        ),
        gettext_lazy("Nothing is scheduled. Give a moment when you publish, and it comes here."),
    ),
    Queue(
        gettext_lazy("Published in the last 24 hours"),
        _both(
            "todo=just_published",
            lambda records, user: just_published(records).order_by("-publish_at", "-pk"),
            _public_since,
        ),
        gettext_lazy("Nothing was published in the last 24 hours."),
    ),
    Queue(
        gettext_lazy("Translations older than their original"),
        _both("todo=stale", lambda records, user: _newest(records.stale()), _changed),
        gettext_lazy("Every translation is as new as its original."),
    ),
    Queue(
        gettext_lazy("Quotes no longer in their text"),
        (
            Part(
                "articles.Appearance",
                "todo=orphaned",
                lambda tellings, user: tellings.orphaned().order_by("-updated_at", "-pk"),
            ),
        ),
        gettext_lazy("Every quote stands in its text."),
        shown=0,
    ),
    Queue(
        gettext_lazy("Claims without a telling or a source"),
        (Part("articles.Claim", "todo=unlinked", lambda claims, user: claims.unlinked()),),
        gettext_lazy("Every claim has a telling with a publisher or a source."),
        shown=0,
    ),
    Queue(
        gettext_lazy("Drafts that nobody has taken up"),
        _both("todo=unclaimed", lambda records, user: records.filter(status=Status.DRAFT, author=None)),
        gettext_lazy("Every draft has an author."),
        _writes,
        shown=0,
    ),
    Queue(
        gettext_lazy("Headlines not translated"),
        (
            Part(
                "articles.Article",
                "todo=untranslated",
                lambda articles, user: articles.missing_translation(),
            ),
        ),
        gettext_lazy("Every headline is there in both languages."),
        shown=0,
    ),
    Queue(
        gettext_lazy("Statements not translated"),
        (Part("articles.Claim", "todo=untranslated", lambda claims, user: claims.missing_translation()),),
        gettext_lazy("Every claim is stated in both languages."),
        shown=0,
    ),
):
    admin.site.add_queue(queue)
