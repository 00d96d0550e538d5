"""Articles and claims as the index is to hold them, read in batches with a constant number of queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.choices import Status, SuggestionState
from articles.models import Appearance, Article, Claim, Mention, Outlet, OutletName, Source
from articles.querysets import is_public
from articles.search.copies import signature, stated_originals
from articles.search.engine import IndexDocument, Kind, microseconds
from articles.search.names import title_keys
from articles.search.terms import Stream, stream
from newsroom.text.languages import LANGUAGES
from newsroom.text.prose import without_marks
from newsroom.text.skeleton import skeletons
from people.models import Name, Organisation, Person

# A word of the title counts as two: weighting how often a word occurs keeps one field and one length for all of a text.
TITLE_REPEATS = 2
# So do the first words of an article: news says first what it is about. Measured in docs/search.md.
LEAD_WORDS = 100
# Names are found by their sound in titles; a text as short as this (a name, a caption) is one.
LONGEST_HEARD_TEXT = 200

_ARTICLE_TEXTS = ("headline", "standfirst", "body")
_CLAIM_TEXTS = ("statement", "context")


class Links:
    """The outlets, people and organisations that one record is found under."""

    def __init__(self) -> None:
        self.outlets: set[int] = set()
        self.people: set[int] = set()
        self.organisations: set[int] = set()
        # Named in the text but not what the record is filed under.
        self.named_outlets: set[int] = set()

    def add(self, outlet: int | None, person: int | None, organisation: int | None) -> None:
        if outlet:
            self.outlets.add(outlet)
        if person:
            self.people.add(person)
        if organisation:
            self.organisations.add(organisation)


def documents(kind: Kind, keys: Sequence[int], *, at: datetime.datetime) -> list[IndexDocument]:
    """The documents of those records that are published or will be; what is missing from the list is not searchable."""
    if kind is Kind.ARTICLE:
        return list(_article_documents(keys))
    return list(_claim_documents(keys, at=at))


def searchable_keys(kind: Kind) -> Iterator[int]:
    """The keys of all records an index holds, public already or at an hour to come."""
    model = Article if kind is Kind.ARTICLE else Claim
    return (
        model._default_manager.filter(status=Status.PUBLISHED)
        .order_by("pk")
        .values_list("pk", flat=True)
        .iterator()
    )


def searchable_total() -> int:
    return sum(model._default_manager.filter(status=Status.PUBLISHED).count() for model in (Article, Claim))


def _article_documents(keys: Sequence[int]) -> Iterator[IndexDocument]:
    links: dict[int, Links] = defaultdict(Links)
    mentions = Mention.objects.filter(article__in=keys, state=SuggestionState.CONFIRMED)
    for article, outlet, person, organisation in mentions.values_list(
        "article_id", "outlet_id", "person_id", "organisation_id"
    ):
        links[article].add(None, person, organisation)
        if outlet:
            links[article].named_outlets.add(outlet)
    rows = _rows(Article, keys, _ARTICLE_TEXTS, "outlet_id", "published_at", "copy_of_id")
    originals = stated_originals({row["pk"]: row["copy_of_id"] for row in rows if row["copy_of_id"]})
    for row in rows:
        links[row["pk"]].add(row["outlet_id"], None, None)
    names = _Names(links.values())
    for row in rows:
        document = _document(
            Kind.ARTICLE, row, _ARTICLE_TEXTS, links[row["pk"]], names, dated=row["published_at"], verdict=""
        )
        yield replace(document, signatures=_signatures(row, document), original=originals.get(row["pk"]))


def _claim_documents(keys: Sequence[int], *, at: datetime.datetime) -> Iterator[IndexDocument]:
    links: dict[int, Links] = defaultdict(Links)
    for claim, person in Claim.people.through._default_manager.filter(claim__in=keys).values_list(
        "claim_id", "person_id"
    ):
        links[claim].add(None, person, None)
    organisations = Claim.organisations.through._default_manager.filter(claim__in=keys)
    for claim, organisation in organisations.values_list("claim_id", "organisation_id"):
        links[claim].add(None, None, organisation)
    # A telling in an article that is not public yet must not show who is cited in it.
    tellings = Appearance.objects.filter(is_public(at=at, via="article__"), claim__in=keys)
    for claim, outlet in tellings.values_list("claim_id", "article__outlet_id"):
        links[claim].add(outlet, None, None)
    sources = Source.objects.filter(is_public(at=at, via="appearance__article__"), appearance__claim__in=keys)
    for claim, *source in sources.values_list(
        "appearance__claim_id", "outlet_id", "person_id", "organisation_id"
    ):
        links[claim].add(*source)
    rows = _rows(Claim, keys, _CLAIM_TEXTS, "occurred_on", "verdict")
    names = _Names(links[row["pk"]] for row in rows)
    for row in rows:
        yield _document(
            Kind.CLAIM,
            row,
            _CLAIM_TEXTS,
            links[row["pk"]],
            names,
            dated=row["occurred_on"],
            verdict=row["verdict"],
        )


def _rows(
    model: type[models.Model], keys: Sequence[int], texts: tuple[str, ...], *columns: str
) -> list[dict[str, Any]]:
    translated = [f"{text}_{language}" for text in texts for language in LANGUAGES]
    published = model._default_manager.filter(pk__in=keys, status=Status.PUBLISHED)
    return list(published.values("pk", "original_language", "publish_at", *translated, *columns))


def _document(
    kind: Kind,
    row: dict[str, Any],
    texts: tuple[str, ...],
    links: Links,
    names: _Names,
    *,
    dated: datetime.date | None,
    verdict: str,
) -> IndexDocument:
    passages = {language: _passages(row, texts, language) for language in LANGUAGES}
    day = timezone.localtime(dated).date() if isinstance(dated, datetime.datetime) else dated
    publish_at = microseconds(row["publish_at"])
    return IndexDocument(
        kind=kind,
        pk=row["pk"],
        passages=passages,
        names=names.of(links),
        languages=[language for language in LANGUAGES if passages[language]],
        original_language=row["original_language"],
        outlets=links.outlets,
        people=links.people,
        organisations=links.organisations,
        verdict=verdict,
        day=day.toordinal() if day else None,
        year=day.year if day else None,
        month=day.year * 12 + day.month - 1 if day else None,
        moment=_moment(dated) if dated else publish_at,
        publish_at=publish_at,
        sounds=_sounds(row, texts),
        name_sounds=names.sounds_of(links),
        titles=[stream(title).words for language in LANGUAGES if (title := row[f"{texts[0]}_{language}"])],
    )


def _passages(row: dict[str, Any], texts: tuple[str, ...], language: str) -> list[Stream]:
    title, *rest = (row[f"{text}_{language}"] or "" for text in texts)
    if texts == _ARTICLE_TEXTS:
        rest[-1] = without_marks(rest[-1])
    titles = [stream(title)] * TITLE_REPEATS if title.strip() else []
    passages = [stream(text) for text in rest if text.strip()]
    return titles + passages + (_lead(passages) if texts == _ARTICLE_TEXTS else [])


def _lead(passages: Sequence[Stream]) -> list[Stream]:
    """The first words once more, as stems alone: they stand nowhere a second time, so no phrase is found in them."""
    stems = list(islice((stem for passage in passages for stem in passage.stems.split()), LEAD_WORDS))
    return [Stream("", " ".join(stems))] if stems else []


def _signatures(row: dict[str, Any], document: IndexDocument) -> tuple[bytes, ...]:
    """Of the text in each language, its title left out: every outlet writes its own."""
    title, *_texts = _ARTICLE_TEXTS
    signed = []
    for language, passages in document.passages.items():
        titles = TITLE_REPEATS if (row[f"{title}_{language}"] or "").strip() else 0
        # The lead, which is there for a second time, has no words.
        texts = (passage.stems for passage in passages[titles:] if passage.words)
        signed.append(signature(" ".join(texts).split()))
    return tuple(filter(None, signed))


def _sounds(row: dict[str, Any], texts: tuple[str, ...]) -> list[str]:
    """The skeletons of the titles, and of a text that is hardly longer than one."""
    title, *_between, text = texts
    heard: set[str] = set()
    for language in LANGUAGES:
        heard |= title_keys(row[f"{title}_{language}"] or "")
        if len(short := row[f"{text}_{language}"] or "") <= LONGEST_HEARD_TEXT:
            heard |= title_keys(short)
    return sorted(heard)


def _moment(dated: datetime.date) -> int:
    if not isinstance(dated, datetime.datetime):
        dated = datetime.datetime.combine(dated, datetime.time.min, timezone.get_default_timezone())
    return microseconds(dated)


class _Names:
    """All names of what a batch of records is linked to; hostile ones too, for they are searched."""

    def __init__(self, batch: Iterable[Links]) -> None:
        outlets: set[int] = set()
        people: set[int] = set()
        organisations: set[int] = set()
        for links in batch:
            outlets |= links.outlets | links.named_outlets
            people |= links.people
            organisations |= links.organisations
        self._outlets = _named(Outlet, outlets, OutletName.objects.all(), "outlet")
        self._people = _named(Person, people, Name.objects.all(), "person")
        self._organisations = _named(Organisation, organisations, Name.objects.all(), "organisation")

    def of(self, links: Links) -> list[Stream]:
        return [name for name, _keys in self._all(links)]

    def sounds_of(self, links: Links) -> list[str]:
        return sorted(frozenset().union(*(keys for _name, keys in self._all(links))))

    def _all(self, links: Links) -> Iterator[tuple[Stream, frozenset[str]]]:
        for outlet in sorted(links.outlets | links.named_outlets):
            yield from self._outlets.get(outlet, ())
        for person in sorted(links.people):
            yield from self._people.get(person, ())
        for organisation in sorted(links.organisations):
            yield from self._organisations.get(organisation, ())


def _named(
    model: type[models.Model], keys: set[int], others: models.QuerySet, owner: str
) -> dict[int, list[tuple[Stream, frozenset[str]]]]:
    if not keys:
        return {}
    texts: dict[int, set[str]] = defaultdict(set)
    own = [f"name_{language}" for language in LANGUAGES]
    for key, *names in model._default_manager.filter(pk__in=keys).values_list("pk", *own):
        texts[key].update(filter(None, names))
    for key, text in others.filter(Q(**{f"{owner}__in": keys})).values_list(f"{owner}_id", "text"):
        texts[key].add(text)
    return {key: [(stream(text), skeletons(text)) for text in sorted(names)] for key, names in texts.items()}
