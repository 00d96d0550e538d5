"""Where each telling hangs in the tree: the way from an origin down to its outlet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from articles.attribution.chain import Telling
from articles.attribution.reading import Reading
from articles.attribution.voices import Path, Step, Voice, is_own_reporting, reporter_of


@dataclass(frozen=True, slots=True)
class Place:
    """From the origin down to the outlet that tells."""

    way: Path
    stops_short: bool


def places(reading: Reading) -> dict[str, Place]:
    """The place of each telling, by its key."""
    ends = {voice for end in reading.ends for voice in end}
    # An outlet's own reporting is not drawn apart from the outlet.
    origins = {reporter_of(voice) for voice in ends}
    ways = {telling.key: _downward(reading, telling) for telling in reading.witnesses}
    full = {
        telling.key: ways[telling.key]
        for telling in reading.witnesses
        if not ends.isdisjoint(reading.voices.path(telling)[-1])
    }
    known = _known_ways(full.values(), ways.values(), origins)

    found: dict[str, Place] = {}
    for telling in reading.witnesses:
        way = ways[telling.key]
        if telling.key in full:
            found[telling.key] = Place(way, stops_short=False)
        else:
            beside = [full[other.key] for other in reading.beside(telling) if other.key in full]
            above = _way_above(way[0], beside, known, origins)
            found[telling.key] = Place((*above, *way), stops_short=True)
    for telling in reading.tellings:
        if telling.key not in found:
            found[telling.key] = found[_most_like(telling, reading.witnesses_for(telling)).key]
    return found


def _downward(reading: Reading, telling: Telling) -> Path:
    path = reading.voices.path(telling)
    if is_own_reporting(path[-1][0]):
        path = path[:-1]
    return path[::-1]


def _known_ways(full: Iterable[Path], ways: Iterable[Path], origins: AbstractSet[Voice]) -> dict[Voice, Path]:
    """The shortest way from an origin down to each voice; of equally short ones the first in order."""
    known = newest = _shortest_of((voice, (way[0],)) for way in full for voice in way[0] if voice in origins)
    links = {link for way in ways for link in pairwise(way)}
    while newest:
        newest = _shortest_of(
            (voice, (*newest[source], below))
            for above, below in links
            for source in above
            if source in newest
            for voice in below
            if voice not in known
        )
        known = known | newest
    return known


def _way_above(
    top: Step, beside: Iterable[Path], known: Mapping[Voice, Path], origins: AbstractSet[Voice]
) -> Path:
    """The way from an origin to just above that step: as another telling in the article has it, or as is known."""
    alongside = [
        way[:place]
        for way in beside
        for place, step in enumerate(way)
        if any(voice in step and (place or voice in origins) for voice in top)
    ]
    anywhere = [known[voice][:-1] for voice in top if voice in known]
    return min(alongside or anywhere, key=_length_and_order)


def _most_like(copy: Telling, witnesses: Iterable[Telling]) -> Telling:
    """Of the tellings heard in its place, the one that the copy reprints, as far as chains and kinds tell."""
    return max(
        witnesses,
        key=lambda telling: (telling.steps == copy.steps, telling.kind == copy.kind, len(telling.steps)),
    )


def _shortest_of(ways: Iterable[tuple[Voice, Path]]) -> dict[Voice, Path]:
    candidates: defaultdict[Voice, set[Path]] = defaultdict(set)
    for voice, way in ways:
        candidates[voice].add(way)
    return {voice: min(found, key=_length_and_order) for voice, found in candidates.items()}


def _length_and_order(way: Path) -> tuple[int, Path]:
    return len(way), way
