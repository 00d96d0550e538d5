"""What an address fills in of a new telling: the article, the quote, the chain of sources; what it cannot be is said."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.choices import AppearanceKind, Certainty, Language
from articles.models import Article, Outlet, Source
from articles.models.claim import LONGEST_CHAIN
from articles.quotes import anchor, normalise_newlines
from people.models import Organisation, Person

PANEL = "_panel"
# The telling of an existing claim that the panel changes.
TELLING = "telling"
MOST_SOURCES = 30
NAMED: dict[str, Any] = {"outlet": Outlet, "person": Person, "organisation": Organisation}
WORDS = ("description_ar", "description_en", "role_ar", "role_en", "note")
DESCRIPTIONS = WORDS[:2]


@dataclass(slots=True)
class Prefill:
    """The initial values of a telling and of its sources, and a sentence for each thing that was passed over."""

    telling: dict[str, Any] = field(default_factory=dict)
    sources: list[dict[str, Any]] = field(default_factory=list)
    # The records the sources name, so that no widget asks for them again.
    records: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # The quote does not stand in the saved text: saving would be refused.
    is_lost: bool = False


def is_panel(request: HttpRequest) -> bool:
    return request.GET.get(PANEL) == "1"


def number(text: Any) -> int | None:
    """The text as a primary key, or None; "٣" is none."""
    text = str(text if text is not None else "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def telling_named(request: HttpRequest) -> int | None:
    """The telling that the panel is to change, if the address names one."""
    return number(request.GET.get(TELLING)) if is_panel(request) else None


def article_of(request: HttpRequest) -> Article | None:
    """The article from whose page the form was opened."""
    pk = number(request.GET.get("article"))
    return Article.objects.filter(pk=pk).first() if pk is not None else None


def prefill(request: HttpRequest) -> Prefill:
    """Read once a request, whoever asks first."""
    if not hasattr(request, "desk_prefill"):
        request.desk_prefill = _read(request) if request.method == "GET" else Prefill()
    return request.desk_prefill


def _read(request: HttpRequest) -> Prefill:
    found, article = Prefill(), article_of(request)
    if article is None:
        if request.GET.get("article"):
            found.notes.append(_("The article in the address does not exist. Choose it in the form."))
        return found
    language = request.GET.get("language", "")
    found.telling = {
        "article": article.pk,
        "quote_exact": normalise_newlines(request.GET.get("quote", "")),
        "quote_language": language if language in Language.values else "",
        "quote_prefix": request.GET.get("prefix", ""),
        "quote_suffix": request.GET.get("suffix", ""),
    }
    for name, choices in (("kind", AppearanceKind), ("certainty", Certainty)):
        if value := request.GET.get(name):
            if value in choices.values:
                found.telling[name] = value
            else:
                sentence = _("“%(value)s” is no choice here and was passed over.")
                found.notes.append(sentence % {"value": value[:60]})
    _look_for_quote(found, article)
    if sources := request.GET.get("sources"):
        _read_sources(found, sources)
    return found


def _look_for_quote(found: Prefill, article: Article) -> None:
    quote, language = found.telling["quote_exact"], found.telling["quote_language"]
    bodies = [
        normalise_newlines(getattr(article, f"body_{code}") or "")
        for code in ([language] if language else Language.values)
    ]
    found.is_lost = bool(quote.strip()) and not any(
        anchor(body, quote).start is not None or quote.strip() in body for body in bodies
    )


def _read_sources(found: Prefill, text: str) -> None:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        found.notes.append(_("The chain in the address could not be read and was passed over."))
        return
    wanted: dict[str, set[int]] = {name: set() for name in NAMED}
    read = [_source(row) for row in rows[:MOST_SOURCES]]
    for row in read:
        for name in NAMED:
            if row and name in row:
                wanted[name].add(row[name])
    known = {name: NAMED[name].objects.in_bulk(keys) if keys else {} for name, keys in wanted.items()}
    passed = len(rows) - len(read)
    for row in read:
        if row is None or any(row[name] not in known[name] for name in NAMED if name in row):
            passed += 1
            continue
        found.sources.append(row)
        found.records.append({name: known[name][row[name]] for name in NAMED if name in row})
    if passed:
        found.notes.append(
            _("A source in the address could not be read or does not exist any more; it was passed over.")
        )


def _source(row: Any) -> dict[str, Any] | None:
    """The row as initial values of a source, or None unless it is exactly one source."""
    if not isinstance(row, dict):
        return None
    step = number(row.get("step", 1))
    named = {name: number(row[name]) for name in NAMED if row.get(name) not in (None, "")}
    words = {name: row[name] for name in WORDS if isinstance(row.get(name), str) and row[name].strip()}
    described = any(name in words for name in DESCRIPTIONS)
    if step is None or not 1 <= step <= LONGEST_CHAIN or None in named.values():
        return None
    if len(named) + described != 1 or any(not _fits(name, text) for name, text in words.items()):
        return None
    return {"step": step, **named, **words, "is_document": described and row.get("is_document") is True}


def _fits(name: str, text: str) -> bool:
    try:
        # JSON may spell halves of characters, of which no page can be made.
        text.encode()
        cast("models.Field", Source._meta.get_field(name)).run_validators(text)
    except (ValidationError, UnicodeEncodeError):
        return False
    return True
