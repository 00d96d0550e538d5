"""Everything the desk proposes of one article, with what became of it: a bounded number of queries, whatever the text."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from articles.choices import SuggestionState
from articles.models import Article, Mention, Outlet, SuggestionDecision
from articles.search.vectors.told import told_before
from articles.suggestions import alike, cut_pieces, sentences
from articles.suggestions.items import NameFound, Place, Suggestion, UnknownFound, around, fingerprint_of
from articles.suggestions.names import ORGANISATION, OUTLET, PERSON, Names, Record
from articles.suggestions.reading import LEAST_CONFIDENCE, TextRead, names_now, read
from articles.suggestions.warned import warnings
from newsroom.text.languages import LANGUAGES, detect_language
from people.models import Organisation, Person

MODELS: dict[str, Any] = {PERSON: Person, ORGANISATION: Organisation, OUTLET: Outlet}
# So many of a kind are shown at once; the others follow when these are answered.
MOST_SHOWN = 100
_FIELDS = ("headline", "standfirst", "body")


@dataclass
class Gathered:
    """The suggestions of an article, by kind, in the order in which they are shown."""

    article: Article
    language: str
    suggestions: list[Suggestion] = field(default_factory=list)
    # Answers to what is not suggested any more: they can be taken back all the same.
    former: list[SuggestionDecision] = field(default_factory=list)

    def of(self, kind: str) -> list[Suggestion]:
        return [one for one in self.suggestions if one.kind == kind]

    @property
    def open(self) -> list[Suggestion]:
        return [one for one in self.suggestions if one.is_open]

    @property
    def answered(self) -> list[Suggestion]:
        return [one for one in self.suggestions if one.decision is not None]

    def find(self, key: str) -> Suggestion | None:
        return next((one for one in self.suggestions if one.key == key), None)


def text_language(article: Article) -> str:
    """The column that holds the text the article was written in."""
    if article.original_language in LANGUAGES:
        return article.original_language
    guessed = detect_language(article.raw_text or article.body_ar or article.body_en or "")
    return guessed if guessed in LANGUAGES else LANGUAGES[0]


def gather(article: Article, *, user: Any, at: datetime.datetime | None = None) -> Gathered:
    """Read the article and what is stored about it. Nothing is written."""
    at = at or timezone.now()
    language = text_language(article)
    state, names = names_now()
    readings = {
        (name, code): read(text, code, state, names)
        for code in (language, *(other for other in LANGUAGES if other != language))
        for name in _FIELDS
        if (text := getattr(article, f"{name}_{code}") or "")
    }
    gathered = Gathered(article, language)
    body = readings.get(("body", language), TextRead((), (), ()))
    told = sentences.told_sentences(article, language, body.attributions)
    copies = list(alike.copies(article))
    gathered.suggestions = [
        *warnings(article, language, copies),
        *cut_pieces.cuts(article),
        *_names_found(article, readings),
        *_unknown(article, readings),
        *copies,
        *told,
        *_told_before(article, language, told, names, user=user, at=at),
    ]
    _answer(gathered)
    return gathered


def _answer(gathered: Gathered) -> None:
    """Lay the stored answers onto the suggestions."""
    decisions = {
        (decision.kind, decision.fingerprint): decision
        for decision in gathered.article.suggestion_decisions.select_related("decided_by").order_by("pk")
    }
    for one in gathered.suggestions:
        one.decision = decisions.pop((one.kind, one.fingerprint), None)
    gathered.former = list(decisions.values())


# Names


def _names_found(article: Article, readings: dict[tuple[str, str], TextRead]) -> Iterator[NameFound]:
    spellings: dict[Record, Counter[str]] = defaultdict(Counter)
    places: dict[Record, list[tuple[str, Place]]] = defaultdict(list)
    confidence: dict[Record, float] = defaultdict(float)
    for (name, code), reading in readings.items():
        for mention in reading.mentions:
            spellings[mention.record][mention.surface] += 1
            places[mention.record].append((code, Place(mention.start, mention.end, name)))
            confidence[mention.record] = max(confidence[mention.record], mention.confidence)
    stored = {
        Record(kind, getattr(mention, f"{kind}_id")): mention.state
        for mention in Mention.objects.filter(article=article)
        for kind in MODELS
        if getattr(mention, f"{kind}_id")
    }
    records = _records(spellings)
    # Those that are everyday words too come last; then whoever is named first, as the text goes.
    for record in sorted(spellings, key=lambda one: confidence[one] < LEAST_CONFIDENCE):
        if record not in records:
            continue
        # Of the places those in the body come first: it is the body that is shown beside the list.
        own = sorted(places[record], key=lambda place: place[1].field != "body")
        language = own[0][0]
        shown = [place for code, place in own if code == language]
        text = getattr(article, f"{shown[0].field}_{language}")
        before, after = around(text, shown[0].start, shown[0].end)
        yield NameFound(
            fingerprint=f"{record.kind}:{record.key}",
            words=text[shown[0].start : shown[0].end],
            language=language,
            places=shown,
            before=before,
            after=after,
            is_done=stored.get(record) in {SuggestionState.CONFIRMED, SuggestionState.DISMISSED},
            is_doubtful=confidence[record] < LEAST_CONFIDENCE,
            record=records[record],
            spellings=spellings[record].most_common(),
        )


def _records(wanted: Iterable[Record]) -> dict[Record, Any]:
    """The records by kind and key; always one query a kind."""
    keys: dict[str, set[Any]] = {kind: set() for kind in MODELS}
    for record in wanted:
        keys[record.kind].add(record.key)
    return {
        Record(kind, key): found
        for kind, model in MODELS.items()
        if keys[kind]
        for key, found in model._default_manager.in_bulk(keys[kind]).items()
    }


def _unknown(article: Article, readings: dict[tuple[str, str], TextRead]) -> Iterator[UnknownFound]:
    seen = set()
    for (name, code), reading in readings.items():
        if name != "body":
            continue
        text = getattr(article, f"body_{code}")
        for found in reading.unknown:
            fingerprint = fingerprint_of(found.surface)
            if fingerprint in seen:
                continue
            seen.add(fingerprint)
            before, after = around(text, found.start, found.end)
            yield UnknownFound(
                fingerprint=fingerprint,
                words=found.surface,
                language=code,
                places=[Place(found.start, found.end)],
                before=before,
                after=after,
                role=found.role,
            )


def _told_before(
    article: Article,
    language: str,
    told: list[Any],
    names: Names,
    *,
    user: Any,
    at: datetime.datetime,
) -> Iterator[Suggestion]:
    """Claims near to the sentences that are not linked yet, and to the headline."""
    asked = sentences.to_ask(article, language, told)
    near = told_before([text for text, _place in asked], user=user, at=at) if asked else []
    # A claim that this article tells already is no news.
    linked = set(article.appearances.values_list("claim_id", flat=True)) if near else set()
    others = [one for one in near if one.claim.pk not in linked]
    yield from sentences.claims_found(article, language, asked, others, names)
