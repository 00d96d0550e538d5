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
        originals = Originals(telling.publication for telling in self.tellings)
        self._by_article: defaultdict[str, list[Telling]] = defaultdict(list)
        self._by_original: defaultdict[str, set[str]] = defaultdict(set)
        self._original: dict[str, str] = {}
        for telling in self.tellings:
            article = telling.publication.key
            original = self._original[article] = originals.key(telling.publication)
            self._by_article[article].append(telling)
            self._by_original[original].add(article)
        self.voices = Voices(self.witnesses, originals)

    @cached_property
    def witnesses(self) -> list[Telling]:
        """The tellings whose chains count: of an article and its copies, those of one article alone."""
        return [telling for telling in self.tellings if self._is_witness(telling)]

    def witnesses_for(self, telling: Telling) -> list[Telling]:
        """The telling itself, or for a copy those of the article that is heard in its place."""
        return [telling] if self._is_witness(telling) else self._by_article[self._heard_for(telling)]

    def beside(self, telling: Telling) -> list[Telling]:
        """The tellings in the same article, itself included."""
        return self._by_article[telling.publication.key]

    def _is_witness(self, telling: Telling) -> bool:
        return self._heard_for(telling) == telling.publication.key

    def _heard_for(self, telling: Telling) -> str:
        """The key of the original, or where that is not told here, of the copy that names the most sources."""
        original = self._original[telling.publication.key]
        if original in self._by_article:
            return original
        return max(sorted(self._by_original[original]), key=self._source_count)

    def _source_count(self, article: str) -> int:
        return sum(len(step) for telling in self._by_article[article] for step in telling.steps)

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
        for witness in self.witnesses_for(telling):
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
