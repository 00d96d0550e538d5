"""The page of an unpublished article or claim, opened by a signed link to somebody without an account.

The link holds what it opens, until when, and a fingerprint of the text it was made for; nothing is stored. The page is
rendered by the public view itself for a reader to whom that one record counts as public, and no other.
"""

from __future__ import annotations

import copy
import datetime
import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from articles.choices import Status
from articles.models import Article, Claim
from articles.views import articles, claims
from articles.views.common import page_language, public_read
from articles.workflow import state_name
from newsroom.text.languages import LANGUAGES

SALT = "articles.preview"
LIFETIME = datetime.timedelta(days=3)
LONGEST_TOKEN = 300

_KINDS: dict[str, tuple[Any, Any]] = {"article": (Article, articles.article), "claim": (Claim, claims.claim)}
# What a reader of the page reads as its text; the link ends when any of it changes.
_TEXTS = {"article": ("headline", "standfirst", "body"), "claim": ("statement", "context")}


class PreviewReader(AnonymousUser):
    """A reader to whom one unpublished record is open (see articles.querysets.may_read)."""

    def __init__(self, record: Article | Claim) -> None:
        super().__init__()
        self.previewed = record


@dataclass(frozen=True, slots=True)
class Preview:
    """What the page says of itself."""

    until: datetime.datetime
    status: str
    # Code and path of the same preview in the other language.
    alternates: list[tuple[str, str]]


def preview_path(record: Article | Claim, language: str, *, at: datetime.datetime) -> str:
    """The path of a preview that works for three days, while the text stays as it is and the record is not withdrawn."""
    return _path(
        signing.dumps(
            {
                "kind": record._meta.model_name,
                "id": record.public_id,
                "text": fingerprint(record),
                "until": int((at + LIFETIME).timestamp()),
            },
            salt=SALT,
        ),
        language,
    )


def fingerprint(record: Article | Claim) -> str:
    """A short hash of the record's words in both languages."""
    texts = _TEXTS[record._meta.model_name or ""]
    words = "\x00".join(
        getattr(record, f"{text}_{language}") or "" for text in texts for language in LANGUAGES
    )
    return hashlib.blake2b(words.encode(), digest_size=9).hexdigest()


@csrf_exempt
def preview(request: HttpRequest, token: str) -> HttpResponse:
    response = _preview(request, token)
    # Whoever holds the address may read: it goes to no search engine, no cache and no other site.
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@public_read
def _preview(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    try:
        facts = signing.loads(token if len(token) <= LONGEST_TOKEN else "", salt=SALT)
    except signing.BadSignature as damaged:
        raise Http404 from damaged
    model, view = _KINDS[facts["kind"]]
    until = datetime.datetime.fromtimestamp(facts["until"], tz=datetime.UTC)
    record = model.objects.filter(public_id=facts["id"]).first()
    if record is not None and model.objects.published(at=at).filter(pk=record.pk).exists():
        return HttpResponseRedirect(record.get_absolute_url())
    if why := _closed(record, facts["text"], until=until, at=at):
        return render(request, "articles/preview_closed.html", {"why": why}, status=410)
    return view(_as_reader(request, record, token, until), record.public_id)


def _closed(
    record: Article | Claim | None, text: str, *, until: datetime.datetime, at: datetime.datetime
) -> str:
    """Why the link opens nothing any more; empty where it does. An expired one tells nothing of the record."""
    if at >= until or record is None:
        return _("Its time is over.")
    if record.status == Status.WITHDRAWN:
        return _("What it showed was withdrawn.")
    if fingerprint(record) != text:
        return _("The text was changed after the link was made.")
    return ""


def _as_reader(
    request: HttpRequest, record: Article | Claim, token: str, until: datetime.datetime
) -> HttpRequest:
    """The request as the public view would get it from a reader of that record, at the address of its page."""
    reading = copy.copy(request)
    reading.user = PreviewReader(record)
    reading.path = reading.path_info = unquote(record.get_absolute_url())
    reading.preview = Preview(
        until,
        state_name(record),
        [(language, _path(token, language)) for language in LANGUAGES if language != page_language()],
    )
    return reading


def _path(token: str, language: str) -> str:
    with override(language):
        return reverse("preview", args=[token])
