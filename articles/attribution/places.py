"""Where each telling hangs in the tree: the way from an origin down to its outlet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from articles.attribution.chain import Telling
from articles.attribution.reading import Reading
from articles.attribution.voices import Path, Voice, is_own_reporting, reporter_of


@dataclass(frozen=True, slots=True)
class Place:
    """From the origin down to the outlet that tells."""

    way: Path
    stops_short: bool


def places(reading: Reading) -> dict[str, Place]:
    """The place of each telling, by its key."""
    found: dict[str, Place] = {}
    shallow = []
    for telling in reading.witnesses:
        if _ends_at_origin(reading, telling):
            found[telling.key] = Place(_downward(reading, telling), stops_short=False)
        else:
            shallow.append(telling)
    full_ways = {key: place.way for key, place in found.items()}
    known_ways = _ways_to_voices(reading, full_ways.values())
    for telling in shallow:
        beside = [full_ways[other.key] for other in reading.beside(telling) if other.key in full_ways]
        found[telling.key] = Place(
            _continued(_downward(reading, telling), beside, known_ways), stops_short=True
        )
    for telling in reading.tellings:
        if telling.key not in found:
            found[telling.key] = found[_most_like(telling, reading.witnesses_for(telling)).key]
    return found


def _ends_at_origin(reading: Reading, telling: Telling) -> bool:
    return any(voice in end for voice in reading.voices.path(telling)[-1] for end in reading.ends)


def _downward(reading: Reading, telling: Telling) -> Path:
    path = reading.voices.path(telling)
    # An outlet's own reporting is not drawn apart from the outlet.
    if is_own_reporting(path[-1][0]):
        path = path[:-1]
    return path[::-1]


def _ways_to_voices(reading: Reading, full_ways: Iterable[Path]) -> dict[Voice, Path]:
    """The shortest way from an origin down to each voice; of equally short ones the first in order."""
    origins = {reporter_of(voice) for end in reading.ends for voice in end}
    ways = _first((voice, (way[0],)) for way in full_ways for voice in way[0] if voice in origins)
    links = {link for telling in reading.witnesses for link in pairwise(_downward(reading, telling))}
    newest = ways
    while newest:
        newest = _first(
            (voice, (*newest[source], below))
            for above, below in links
            for source in above
            if source in newest
            for voice in below
            if voice not in ways
        )
        ways = ways | newest
    return ways


def _continued(way: Path, beside: Iterable[Path], known_ways: Mapping[Voice, Path]) -> Path:
    """The way, prolonged upwards to an origin: along a telling in the same article, or else by what is known."""
    top, *rest = way
    alongside = [full[:place] for full in beside for place, step in enumerate(full) if set(step) & set(top)]
    anywhere = [known_ways[voice][:-1] for voice in top if voice in known_ways]
    above = min(alongside or anywhere, key=_shortest)
    return (*above, top, *rest)


def _most_like(copy: Telling, witnesses: Iterable[Telling]) -> Telling:
    """Of the tellings heard in its place, the one that the copy reprints, as far as chains and kinds tell."""
    return max(
        witnesses,
        key=lambda telling: (telling.steps == copy.steps, telling.kind == copy.kind, len(telling.steps)),
    )


def _first(ways: Iterable[tuple[Voice, Path]]) -> dict[Voice, Path]:
    candidates: defaultdict[Voice, set[Path]] = defaultdict(set)
    for voice, way in ways:
        candidates[voice].add(way)
    return {voice: min(found, key=_shortest) for voice, found in candidates.items()}


def _shortest(way: Path) -> tuple[int, Path]:
    return len(way), way
