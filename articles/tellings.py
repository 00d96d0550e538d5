"""From records to attribution: appearances with their articles and sources, as the plain tellings it reads."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from articles.attribution import Publication, Speaker, SpeakerKind, Telling

if TYPE_CHECKING:
    from articles.models import Appearance, Article, Outlet, Source
    from articles.querysets import AppearanceQuerySet
    from people.models import Person

# One text in both languages, Arabic first; either may be empty.
type BothLanguages = tuple[str, str]

# A copy of a copy of a copy: beyond this the last one known stands as the original.
MOST_COPIES = 5


def tellings(appearances: AppearanceQuerySet, *, user: Any, at: datetime.datetime) -> list[Telling]:
    """The appearances as tellings, in their order; `user` and `at` decide whether a copied original may be named.

    A constant number of queries, whatever the number of appearances. Each telling, publication's outlet and speaker
    carries its record.
    """
    return tellings_of(list(appearances.with_chain()), user=user, at=at)


def tellings_of(found: list[Appearance], *, user: Any, at: datetime.datetime) -> list[Telling]:
    """The same of appearances that were read `with_chain` already."""
    desk = _Desk.for_articles([appearance.article for appearance in found], user=user, at=at)
    return [desk.telling(appearance) for appearance in found]


def draft_telling(
    appearance: Appearance, sources: Iterable[Source], *, user: Any, at: datetime.datetime
) -> Telling:
    """The telling of an appearance that is not saved, with these sources for its chain."""
    return _Desk.for_articles([appearance.article], user=user, at=at).telling(appearance, sources)


def by_claim(tellings: Iterable[Telling]) -> dict[int, list[Telling]]:
    """The tellings of each claim, by its primary key."""
    claims: dict[int, list[Telling]] = defaultdict(list)
    for telling in tellings:
        claims[telling.record.claim_id].append(telling)
    return dict(claims)


@dataclass
class _Desk:
    """What must be looked up beside the appearances: the houses of outlets, and the originals of copies."""

    houses: dict[int, int]
    articles: dict[int, Article]
    nameable: set[int]
    publications: dict[int, Publication] = field(default_factory=dict)

    @classmethod
    def for_articles(cls, articles: list[Article], *, user: Any, at: datetime.datetime) -> _Desk:
        if not articles:
            return cls({}, {}, set())
        records = type(articles[0])._default_manager
        outlets = records.model._meta.get_field("outlet").related_model._default_manager
        known = {article.pk: article for article in articles}
        nameable = set(known)
        for _generation in range(MOST_COPIES):
            wanted = {article.copy_of_id for article in known.values() if article.copy_of_id} - known.keys()
            if not wanted:
                break
            originals = records.filter(pk__in=wanted)
            known |= {article.pk: article for article in originals.select_related("outlet")}
            nameable |= set(originals.visible_to(user, at=at).values_list("pk", flat=True))
        return cls(outlets.families(), known, nameable)

    def telling(self, appearance: Appearance, sources: Iterable[Source] | None = None) -> Telling:
        sources = appearance.sources.all() if sources is None else sources
        article = appearance.article
        day = timezone.localtime(article.published_at).date() if article.published_at else None
        steps = groupby(sorted(sources, key=lambda source: source.step), key=lambda source: source.step)
        return Telling(
            key=str(appearance.pk),
            publication=self._publication(article.pk, frozenset()),
            kind=appearance.kind,
            certainty=appearance.certainty,
            chain=tuple(tuple(self._source(source, day) for source in step) for _number, step in steps),
            language=appearance.quote_language or article.original_language,
            published_on=day,
            record=appearance,
        )

    def _publication(self, pk: int, copies: frozenset[int]) -> Publication:
        if pk not in self.publications:
            article = self.articles[pk]
            copied = article.copy_of_id
            goes_on = copied in self.articles and copied not in copies | {pk}
            self.publications[pk] = Publication(
                key=str(pk),
                # That two articles reprint one original counts even while the original may not be shown.
                outlet=self._outlet(article.outlet) if article.outlet and pk in self.nameable else None,
                copy_of=self._publication(copied, copies | {pk}) if copied is not None and goes_on else None,
            )
        return self.publications[pk]

    def _outlet(self, outlet: Outlet, role: BothLanguages = ("", "")) -> Speaker:
        house = self.houses.get(outlet.pk)
        return self._named(SpeakerKind.OUTLET, outlet, role, house=f"outlet:{house}" if house else "")

    def _source(self, source: Source, day: datetime.date | None) -> Speaker:
        role = (source.role_ar or "", source.role_en or "")
        if source.outlet:
            return self._outlet(source.outlet, role)
        if source.person:
            return self._named(
                SpeakerKind.PERSON, source.person, role if any(role) else _office(source.person, day)
            )
        if source.organisation:
            return self._named(SpeakerKind.ORGANISATION, source.organisation, role)
        return Speaker(
            kind=SpeakerKind.DOCUMENT if source.is_document else SpeakerKind.UNNAMED,
            name_ar=source.description_ar or "",
            name_en=source.description_en or "",
            role_ar=role[0],
            role_en=role[1],
            record=source,
        )

    def _named(self, kind: SpeakerKind, record: Any, role: BothLanguages, *, house: str = "") -> Speaker:
        return Speaker(
            kind=kind,
            key=f"{kind}:{record.pk}",
            name_ar=record.name_ar or "",
            name_en=record.name_en or "",
            role_ar=role[0],
            role_en=role[1],
            house=house,
            record=record,
        )


def _office(person: Person, day: datetime.date | None) -> BothLanguages:
    """The title of the position the person held on that day, in both languages; empty where none is known."""
    if day:
        for position in person.positions.all():
            if position.is_in_force(on=day):
                return position.title_ar or "", position.title_en or ""
    return "", ""
