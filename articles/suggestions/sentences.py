"""Sentences on somebody's word as suggestions, and the claims that may already say what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.choices import AppearanceKind, QuoteState
from articles.models import Appearance, Article
from articles.search.vectors.told import NearClaim
from articles.suggestions.attributed import Attribution, without_publisher
from articles.suggestions.differences import differences
from articles.suggestions.facts import DATE, DOER, NAME, NUMBER, PLACE, SENSE, SOURCE
from articles.suggestions.holders import DOCUMENT, NOBODY, SourceFound
from articles.suggestions.items import ClaimFound, Place, ToldSentence, around, fingerprint_of
from articles.suggestions.names import ORGANISATION, OUTLET, PERSON, Names, Record

# So many sentences are compared with the claims that exist.
MOST_ASKED = 24
# So much of the shorter of two stretches lies in the other: then they are one telling.
LEAST_SHARED = 0.5
LONGEST_STATEMENT = 1_000
LONGEST_ROLE = 100
_MARKS = '“”„"«»‹›" \n'

# «أن الجسر قديم», "that the bridge is old": the word that hangs it on the verb is no part of a statement.
_COMPLEMENT = re.compile(r"^(?:(?:إلى|الى|عن|على|من)\s+(?=[أإا]ن))?(?:ب?[أإا]نّ?\s+|that\s+)?", re.IGNORECASE)

FACTS = {
    NUMBER: _("numbers"),
    DATE: _("dates"),
    DOER: _("who did it"),
    NAME: _("names"),
    PLACE: _("places"),
    SENSE: _("opposite words"),
    SOURCE: _("who says so"),
}


def told_sentences(
    article: Article, language: str, attributions: Iterable[Attribution]
) -> list[ToldSentence]:
    """The attributed sentences of the body, each with the telling that already has its words. One query."""
    tellings = [
        telling
        for telling in Appearance.objects.filter(article=article, quote_language=language)
        .exclude(quote_state=QuoteState.ORPHANED)
        .order_by("pk")
        if telling.quote_start is not None
    ]
    text = getattr(article, f"body_{language}") or ""
    found = []
    publisher = Record(OUTLET, article.outlet_id) if article.outlet_id else None
    for one in (without_publisher(attribution, publisher) for attribution in attributions):
        quoted = text[one.quote.start : one.quote.end]
        telling = next((telling for telling in tellings if _is_same(telling, one)), None)
        before, after = around(text, one.start, one.end)
        found.append(
            ToldSentence(
                fingerprint=fingerprint_of(text[one.cue.start : one.cue.end], quoted),
                words=quoted,
                language=language,
                places=[Place(one.quote.start, one.quote.end)],
                before=before,
                after=after,
                is_done=telling is not None,
                attribution=one,
                cue=text[one.cue.start : one.cue.end],
                chain=[[(source.text, source.record is not None) for source in step] for step in one.steps],
                query=query_of(one, language, quoted),
                telling=telling,
            )
        )
    return found


def _is_same(telling: Appearance, one: Attribution) -> bool:
    start = telling.quote_start or 0
    end = start + len(telling.quote_exact)
    shared = min(end, one.quote.end) - max(start, one.quote.start)
    return shared > 0 and shared >= LEAST_SHARED * min(end - start, one.quote.end - one.quote.start)


def query_of(one: Attribution, language: str, quoted: str) -> dict[str, str]:
    """The fields of a new claim that the sentence fills in, as the claim form takes them from its address."""
    statement = _COMPLEMENT.sub("", quoted.strip(_MARKS), count=1)[:LONGEST_STATEMENT]
    query = {"certainty": str(one.certainty), "kind": str(one.kind), "sources": sources_json(one, language)}
    # What somebody says of himself is no statement yet: «لن نتراجع».
    if one.kind != AppearanceKind.DIRECT_QUOTE:
        query[f"statement_{language}"] = statement
    return query


def sources_json(one: Attribution, language: str) -> str:
    """The chain as the claim form reads it: known holders by key, others as they are described."""
    sources = [
        {"step": step, **source_fields(source, language)}
        for step, holders in enumerate(one.steps, start=1)
        for source in holders
        if source.kind != NOBODY
    ]
    return json.dumps(sources, ensure_ascii=False)


def source_fields(source: SourceFound, language: str) -> dict[str, Any]:
    if source.record is not None and source.record.kind in {PERSON, ORGANISATION, OUTLET}:
        role = {f"role_{language}": source.role} if 0 < len(source.role) <= LONGEST_ROLE else {}
        return {source.record.kind: source.record.key, **role}
    fields: dict[str, Any] = {f"description_{language}": source.text[:300]}
    if source.kind == DOCUMENT:
        fields["is_document"] = True
    return fields


def to_ask(article: Article, language: str, told: Iterable[ToldSentence]) -> list[tuple[str, Place | None]]:
    """The words to look for among the claims, each with its place in the body; the headline has none."""
    asked: list[tuple[str, Place | None]] = []
    if headline := getattr(article, f"headline_{language}"):
        asked.append((headline, None))
    asked += [(one.words[:LONGEST_STATEMENT], one.places[0]) for one in told if not one.is_done]
    return asked[:MOST_ASKED]


def claims_found(
    article: Article,
    language: str,
    asked: list[tuple[str, Place | None]],
    near: Iterable[NearClaim],
    names: Names,
) -> Iterator[ClaimFound]:
    """Each claim once, beside the words that are nearest to it."""
    best: dict[int, NearClaim] = {}
    for one in near:
        if one.claim.pk not in best or one.nearness > best[one.claim.pk].nearness:
            best[one.claim.pk] = one
    body = getattr(article, f"body_{language}") or ""
    for one in sorted(best.values(), key=lambda item: (item.text, -item.nearness)):
        words, place = asked[one.text]
        statement = getattr(one.claim, f"statement_{one.language}") or ""
        before, after = around(body, place.start, place.end) if place else ("", "")
        yield ClaimFound(
            # By what is told, not by where: the same claim beside other words is another suggestion.
            fingerprint=fingerprint_of(one.claim.pk, words),
            words=words,
            language=language,
            places=[place] if place else [],
            before=before,
            after=after,
            claim=one.claim,
            statement=statement,
            statement_language=one.language,
            differing=[
                (
                    FACTS[difference.kind],
                    list(dict.fromkeys(words[fact.start : fact.end] for fact in difference.only_a)),
                    list(dict.fromkeys(statement[fact.start : fact.end] for fact in difference.only_b)),
                )
                for difference in differences(words, statement, names)
            ],
        )
