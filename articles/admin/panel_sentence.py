"""The chain of a form that is being filled in, as one sentence in each language; nothing of it is saved."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.admin.panel_prefill import MOST_SOURCES, NAMED, number
from articles.attribution import Telling
from articles.attribution.sentence import Phrase, chain_phrases
from articles.choices import AppearanceKind, Certainty, Language
from articles.models import Appearance, Article, Source
from articles.models.claim import LONGEST_CHAIN
from articles.tellings import draft_telling, tellings_of
from newsroom.text.languages import LANGUAGES, Direction, direction
from people.models import Person

ROW = re.compile(r"^[a-z_]{1,30}-\d{1,3}$")
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """The chain in one language, and the claim itself in it, which may be missing."""

    language: str
    words: SafeString
    statement: str

    @property
    def direction(self) -> Direction:
        return direction(self.language)


def sentences(data: Mapping[str, Any], *, user: Any, at: datetime.datetime) -> list[Sentence]:
    """What the row named by `row` says so far; empty without an article. Half-typed sources are passed over."""
    row = str(data.get("row", ""))
    if not ROW.match(row):
        return []
    telling = _telling(
        {name: str(data.get(f"{row}-{name}", ""))[:LONGEST] for name in _names(data, row)}, user, at
    )
    if telling is None:
        return []
    return [
        Sentence(
            language,
            _html(chain_phrases(telling, language), language),
            " ".join(str(data.get(f"statement_{language}", ""))[:LONGEST].split()),
        )
        for language in LANGUAGES
    ]


def saved_sentences(
    appearances: list[Appearance], *, user: Any, at: datetime.datetime
) -> dict[int, list[Sentence]]:
    """How the chain of each appearance reads as it is saved, by primary key; they were read `with_chain`."""
    return {
        telling.record.pk: [
            Sentence(language, _html(chain_phrases(telling, language), language), "")
            for language in LANGUAGES
        ]
        for telling in tellings_of(appearances, user=user, at=at)
    }


def _names(data: Mapping[str, Any], row: str) -> list[str]:
    return [name.removeprefix(f"{row}-") for name in data if name.startswith(f"{row}-")]


def _telling(fields: dict[str, str], user: Any, at: datetime.datetime) -> Telling | None:
    article = Article.objects.select_related("outlet").filter(pk=number(fields.get("article")) or 0).first()
    if article is None:
        return None
    language, kind, certainty = (fields.get(name, "") for name in ("quote_language", "kind", "certainty"))
    appearance = Appearance(
        article=article,
        kind=kind if kind in AppearanceKind.values else AppearanceKind.PARAPHRASE,
        certainty=certainty if certainty in Certainty.values else Certainty.REPORTED,
        quote_language=language if language in Language.values else "",
    )
    return draft_telling(appearance, _sources(fields), user=user, at=at)


def _sources(fields: dict[str, str]) -> list[Source]:
    total = min(number(fields.get("sources-TOTAL_FORMS")) or 0, MOST_SOURCES)
    rows = [
        {name: fields.get(f"sources-{place}-{name}", "").strip() for name in (*NAMED, "step", *_WORDS)}
        for place in range(total)
        if not fields.get(f"sources-{place}-DELETE")
    ]
    known = {
        name: _records(name, [key for row in rows if (key := number(row[name])) is not None])
        for name in NAMED
    }
    made = []
    for row in rows:
        named = {name: known[name].get(number(row[name])) for name in NAMED}
        if not any(chain(named.values(), (row["description_ar"], row["description_en"]))):
            continue
        made.append(
            Source(
                step=min(max(number(row["step"]) or 1, 1), LONGEST_CHAIN),
                is_document=bool(row["is_document"]),
                **named,
                **{name: row[name] for name in _WORDS if name != "is_document"},
            )
        )
    return made


_WORDS = ("description_ar", "description_en", "role_ar", "role_en", "is_document")


def _records(name: str, keys: list[int]) -> dict[Any, Any]:
    if not keys:
        return {}
    found = NAMED[name].objects.all()
    if NAMED[name] is Person:
        found = found.prefetch_related("positions")
    return found.in_bulk(keys)


def _html(phrases: tuple[Phrase, ...], language: str) -> SafeString:
    return format_html_join("", "{}", ((_phrase(phrase, language),) for phrase in phrases))


def _phrase(phrase: Phrase, language: str) -> SafeString | str:
    """A speaker stands out; one whose name exists in the other language alone is marked as being in it."""
    if phrase.speaker is None:
        return phrase.text
    if phrase.language != language:
        return format_html(
            '<strong lang="{}" dir="{}">{}</strong>', phrase.language, phrase.direction, phrase.text
        )
    return format_html("<strong>{}</strong>", phrase.text)
