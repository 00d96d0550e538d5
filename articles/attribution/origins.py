"""The independent origins behind a claim.

Every telling says "this voice goes back to that one". Put together these links are one graph, and its ends are the
origins: the voices that go back to no other. (Voices that go back to each other in a circle, and to no one outside it,
are one origin.) So a voice that is merely cited is explained by any telling that shows what it rests on, and adds none.

The count is the smallest that agrees with what was read. Which voices are the same `Voices` decides; beyond that:

- Named sources and documents that share a step count each; the unnamed ones of a step count once together.
- An article and its copies are one witness: the original's chain counts, or if the original is not told here, that of
  the copy which names the most sources.
- Denials and questions do not stand behind a claim: its origins are those of the tellings that say it.

The reasons are in docs/decisions/0001-counting-origins.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.attribution.chain import Speaker, Stance, Telling
from articles.attribution.reading import Reading
from articles.attribution.voices import is_own_reporting, is_unnamed


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent voice behind a claim, with the tellings that go back to it.

    It is usually one speaker; several where no reader can tell them apart; none for an article of unknown publisher.
    """

    speakers: tuple[Speaker, ...]
    tellings: tuple[Telling, ...]
    is_unnamed: bool
    is_own_reporting: bool
    # On whose word an unnamed origin is known; empty where the publisher of the article is not known.
    vouchers: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of one side of a claim."""

    tellings: int
    # Outlets that published one of the tellings, each by itself, and articles of which no publisher is known.
    outlets: int
    articles_without_outlet: int
    languages: int
    origins: int
    unnamed_origins: int


def origins(tellings: Iterable[Telling], *, stance: Stance = Stance.SAID) -> tuple[Origin, ...]:
    """The independent voices behind the claim, or behind its denial: named ones first, then the most told."""
    reading = Reading(tellings, stance)
    behind = {telling: reading.ends_behind(telling) for telling in reading.tellings}
    found = [
        Origin(
            speakers=reading.voices.speakers(end),
            tellings=tuple(telling for telling, ends in behind.items() if end in ends),
            is_unnamed=all(map(is_unnamed, end)),
            is_own_reporting=all(map(is_own_reporting, end)),
            vouchers=reading.voices.vouchers(end),
        )
        for end in reading.ends
    ]
    # Sorting is stable: origins that are told equally often stay in the order of their voices.
    return tuple(sorted(found, key=lambda origin: (origin.is_unnamed, -len(origin.tellings))))


def origin_count(tellings: Iterable[Telling], *, stance: Stance = Stance.SAID) -> int:
    """How many independent voices stand behind the claim, or behind its denial; 0 where no one says it."""
    return len(Reading(tellings, stance).ends)


def tally(tellings: Iterable[Telling], *, stance: Stance = Stance.SAID) -> Tally:
    """How often and how widely that side of the claim is told, and on how many independent voices."""
    reading = Reading(tellings, stance)
    publications = {telling.publication.key: telling.outlet for telling in reading.tellings}
    return Tally(
        tellings=len(reading.tellings),
        outlets=len({outlet.key for outlet in publications.values() if outlet}),
        articles_without_outlet=sum(outlet is None for outlet in publications.values()),
        languages=len({telling.language for telling in reading.tellings if telling.language}),
        origins=len(reading.ends),
        unnamed_origins=sum(all(map(is_unnamed, end)) for end in reading.ends),
    )
