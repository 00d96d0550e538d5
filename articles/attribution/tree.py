"""How a claim travelled: from its origins, step by step, to each telling.

The chains of all tellings are turned round and merged where they begin alike. A telling that names less than others
show (a headline without its source, a site that cites an agency and stops there) hangs where the fuller chain passes,
and is marked as stopping short. A copy hangs where its original does.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from articles.attribution.chain import Speaker, SpeakerKind, Stance, Telling
from articles.attribution.places import places
from articles.attribution.reading import Reading
from articles.attribution.voices import Path


@dataclass(frozen=True, slots=True)
class Leaf:
    """A telling in its place in the tree."""

    telling: Telling
    # It does not say itself all that stands above it.
    stops_short: bool = False

    @property
    def is_copy(self) -> bool:
        return self.telling.is_copy


@dataclass(frozen=True, slots=True)
class Node:
    """One step of the way: its sources side by side, what they told themselves, and who passed it on.

    A node without children always has tellings; one without speakers is an article of unknown publisher.
    """

    speakers: tuple[Speaker, ...]
    tellings: tuple[Leaf, ...]
    children: tuple["Node", ...]
    stance: Stance
    # On whose word the unnamed among the speakers are known.
    vouchers: tuple[Speaker, ...]

    @property
    def is_unnamed(self) -> bool:
        """Whether no one is named at this step."""
        return bool(self.speakers) and all(speaker.kind == SpeakerKind.UNNAMED for speaker in self.speakers)


def attribution_tree(tellings: Iterable[Telling]) -> tuple[Node, ...]:
    """The roots of the tree, each telling once in it: first of those who say it, then who deny, then who question it.

    Roots and branches come in the order in which they were first told, undated ones last.
    """
    tellings = list(tellings)
    return tuple(root for stance in Stance for root in _roots(Reading(tellings, stance)))


def _roots(reading: Reading) -> list[Node]:
    hanging: defaultdict[Path, list[Leaf]] = defaultdict(list)
    branches: defaultdict[Path, set[Path]] = defaultdict(set)
    all_places = places(reading)
    for telling in reading.tellings:
        place = all_places[telling.key]
        hanging[place.way].append(Leaf(telling, place.stops_short))
        way = place.way
        while way and way not in branches[way[:-1]]:
            branches[way[:-1]].add(way)
            way = way[:-1]

    nodes: dict[Path, Node] = {}
    first_told: dict[Path, tuple[date, str]] = {}
    # The longest ways first: a node is made when all below it are.
    for way in sorted((way for below in branches.values() for way in below), key=len, reverse=True):
        leaves = sorted(hanging[way], key=lambda leaf: _told(leaf.telling))
        below = sorted(branches[way], key=first_told.__getitem__)
        first_told[way] = min(
            [*(_told(leaf.telling) for leaf in leaves), *(first_told[branch] for branch in below)]
        )
        nodes[way] = Node(
            speakers=reading.voices.speakers(way[-1]),
            tellings=tuple(leaves),
            children=tuple(nodes[branch] for branch in below),
            stance=reading.stance,
            vouchers=reading.voices.vouchers(way[-1]),
        )
    return [nodes[root] for root in sorted(branches[()], key=first_told.__getitem__)]


def _told(telling: Telling) -> tuple[date, str]:
    return telling.published_on or date.max, telling.key
