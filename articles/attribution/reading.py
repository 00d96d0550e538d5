"""The tellings on one side of a claim, read together as one graph of voices."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise

from articles.attribution.chain import Stance, Telling
from articles.attribution.originals import Originals
from articles.attribution.voices import Voice, Voices

# The voices each voice goes back to, directly or through others, itself included.
type Reach = Mapping[Voice, frozenset[Voice]]


def of_stance(tellings: Iterable[Telling], stance: Stance) -> list[Telling]:
    """The tellings on that side of the claim, each key once, in the order of their keys."""
    return sorted(
        {t.key: t for t in tellings if t.stance == stance}.values(), key=lambda telling: telling.key
    )


class Reading:
    """Which tellings are witnesses, and where their words end."""

    def __init__(self, tellings: Iterable[Telling], stance: Stance) -> None:
        self.tellings = of_stance(tellings, stance)
        self.stance = stance
        self._originals = Originals(telling.publication for telling in self.tellings)
        self._by_article: defaultdict[str, list[Telling]] = defaultdict(list)
        for telling in self.tellings:
            self._by_article[telling.publication.key].append(telling)
        self.voices = Voices(self.witnesses, self._originals)

    @cached_property
    def witnesses(self) -> list[Telling]:
        """The tellings whose chains count: all but copies of an article that is told here itself."""
        return [telling for telling in self.tellings if not self.told_originals(telling)]

    def told_originals(self, telling: Telling) -> list[Telling]:
        """For a copy, the tellings of the article it copies."""
        original = self._originals.key(telling.publication)
        return [] if original == telling.publication.key else self._by_article.get(original, [])

    def same_article(self, telling: Telling) -> list[Telling]:
        return self._by_article[telling.publication.key]

    @cached_property
    def reach(self) -> Reach:
        rests_on: defaultdict[Voice, set[Voice]] = defaultdict(set)
        for telling in self.witnesses:
            path = self.voices.path(telling)
            for nearer, farther in pairwise(path):
                for voice in nearer:
                    rests_on[voice].update(farther)
        spoken = {voice for telling in self.witnesses for step in self.voices.path(telling) for voice in step}
        return {voice: _closure(voice, rests_on) for voice in spoken}

    @cached_property
    def ends(self) -> list[frozenset[Voice]]:
        """The groups of voices that go back to none but themselves, nearly always of one voice."""
        return sorted(
            {
                group
                for voice, group in self.reach.items()
                if all(voice in self.reach[other] for other in group)
            },
            key=sorted,
        )

    def ends_behind(self, telling: Telling) -> list[frozenset[Voice]]:
        """The ends that the telling goes back to, by its own chain or by what others show of those it names."""
        behind: set[Voice] = set()
        for witness in self.told_originals(telling) or [telling]:
            for voice in self.voices.path(witness)[-1]:
                behind |= self.reach[voice]
        return [end for end in self.ends if end <= behind]


def _closure(voice: Voice, rests_on: Mapping[Voice, set[Voice]]) -> frozenset[Voice]:
    reached = {voice}
    waiting = [voice]
    while waiting:
        new = rests_on.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return frozenset(reached)
