"""The tellings on one side of a claim, read together as one graph of voices."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
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
        self._original = {t.publication.key: originals.key(t.publication) for t in self.tellings}
        self._by_article = _grouped(self.tellings, lambda telling: telling.publication.key)
        copies = _grouped(self._by_article, self._original.__getitem__)
        self._counted = {
            original: self._counted_of(original, articles) for original, articles in copies.items()
        }
        self.voices = Voices(self.witnesses, originals)

    @cached_property
    def witnesses(self) -> list[Telling]:
        """The tellings whose chains count: of an article and its copies, those in one article alone."""
        return [telling for telling in self.tellings if self._counted_for(telling) == telling.publication.key]

    def witnesses_for(self, telling: Telling) -> list[Telling]:
        """The telling itself, or for a copy those in the article that is counted in its place."""
        counted = self._counted_for(telling)
        return [telling] if counted == telling.publication.key else self._by_article[counted]

    def beside(self, telling: Telling) -> list[Telling]:
        """The tellings in the same article, itself included."""
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
        for witness in self.witnesses_for(telling):
            for voice in self.voices.path(witness)[-1]:
                behind |= self.reach[voice]
        return [end for end in self.ends if end <= behind]

    def _counted_for(self, telling: Telling) -> str:
        return self._counted[self._original[telling.publication.key]]

    def _counted_of(self, original: str, articles: Iterable[str]) -> str:
        """Of an article and its copies, as far as they are told: the original, else the one naming most sources."""
        articles = sorted(articles)
        return original if original in articles else max(articles, key=self._source_count)

    def _source_count(self, article: str) -> int:
        return sum(len(step) for telling in self._by_article[article] for step in telling.steps)


def _grouped[Item, Key](items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def _closure(voice: Voice, rests_on: Mapping[Voice, set[Voice]]) -> frozenset[Voice]:
    reached = {voice}
    waiting = [voice]
    while waiting:
        new = rests_on.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return frozenset(reached)
