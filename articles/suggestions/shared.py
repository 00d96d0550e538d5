"""Passages that two articles share, found word by word, and robust to small changes of wording.

Two articles are first laid over each other by the word pairs and triples that both have; what lies on one line grows to
a passage as long as most words in it agree. Words are compared by stem, so an ending changed is no difference.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from newsroom.text.analysis import Term, analyse

# A passage of fewer words than this is a turn of phrase.
LEAST_WORDS = 8
# At least this share of a passage's words stands in both.
LEAST_AGREEMENT = 0.6
_SEED = 3
# Words that may be put in, taken out or changed before a passage ends.
_MOST_SKIPPED = 4
# A run of words that occurs so often says nothing about where it comes from.
_MOST_PLACES = 8
SHINGLE_WORDS = 4
KEYS_OF_AN_ARTICLE = 64
# Longer texts are compared by their beginnings.
MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of each text that tells the same in nearly the same words."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int
    # The share of its words that agree.
    agreement: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share: the passages in the order of the first, and how much of each text lies in them."""

    passages: tuple[Passage, ...]
    share_of_a: float
    share_of_b: float

    @property
    def is_copy(self) -> bool:
        """Whether one of them is likely the other, or a piece of it."""
        return max(self.share_of_a, self.share_of_b) >= 0.5


def overlap(text_a: str, text_b: str) -> Overlap:
    """The passages that both texts have. Never raises, whatever the texts."""
    a, b = analyse(text_a)[:MOST_WORDS], analyse(text_b)[:MOST_WORDS]
    pairs = _chains(_seeds(a, b))
    passages = sorted((p for p in (_passage(a, b, chain) for chain in pairs) if p), key=lambda p: p.start_a)
    kept = _without_repeats(passages)
    return Overlap(
        tuple(kept),
        _share(((p.start_a, p.end_a) for p in kept), a),
        _share(((p.start_b, p.end_b) for p in kept), b),
    )


def near_duplicate_keys(text: str) -> list[int]:
    """The same few numbers for the same text, and mostly the same for a text that differs a little.

    The smallest hashes of its runs of four stems: two articles that share a fifth of their runs have with near
    certainty a key in common. As an array column with a GIN index they find copies without comparing all pairs.
    """
    stems = [term.stem for term in analyse(text)[:MOST_WORDS] if not term.is_stop]
    hashes = {
        zlib.crc32(" ".join(stems[at : at + SHINGLE_WORDS]).encode()) & 0x7FFFFFFF
        for at in range(len(stems) - SHINGLE_WORDS + 1)
    }
    return sorted(hashes)[:KEYS_OF_AN_ARTICLE]


def resemblance(keys_a: Iterable[int], keys_b: Iterable[int]) -> float:
    """An estimate of the share of runs that two texts have in common, from their keys alone."""
    a, b = set(keys_a), set(keys_b)
    smallest = set(sorted(a | b)[:KEYS_OF_AN_ARTICLE])
    return len(smallest & a & b) / len(smallest) if smallest else 0.0


def _seeds(a: list[Term], b: list[Term]) -> list[tuple[int, int]]:
    """The places at which both texts have the same three words, of which at least one says something."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(b) - _SEED + 1):
        run = b[at : at + _SEED]
        if not all(term.is_stop for term in run):
            places[tuple(term.stem for term in run)].append(at)
    found = []
    for at in range(len(a) - _SEED + 1):
        there = places.get(tuple(term.stem for term in a[at : at + _SEED]), ())
        if len(there) <= _MOST_PLACES:
            found += [(at, other) for other in there]
    return found


def _chains(seeds: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Seeds that follow each other closely in both texts, together."""
    chains: list[list[tuple[int, int]]] = []
    open_chains: list[list[tuple[int, int]]] = []
    for seed in seeds:
        open_chains = [chain for chain in open_chains if seed[0] - chain[-1][0] <= _SEED + 2 * _MOST_SKIPPED]
        best = None
        for chain in open_chains:
            step_a, step_b = seed[0] - chain[-1][0], seed[1] - chain[-1][1]
            fits = (
                0 < step_b <= _SEED + 2 * _MOST_SKIPPED
                and step_a > 0
                and abs(step_a - step_b) <= _MOST_SKIPPED
            )
            if fits and (
                best is None or abs(step_a - step_b) < abs(seed[0] - best[-1][0] - seed[1] + best[-1][1])
            ):
                best = chain
        if best is not None:
            best.append(seed)
        else:
            chains.append([seed])
            open_chains.append(chains[-1])
    return chains


def _passage(a: list[Term], b: list[Term], chain: list[tuple[int, int]]) -> Passage | None:
    first_a, first_b = chain[0]
    last_a, last_b = chain[-1][0] + _SEED, chain[-1][1] + _SEED
    first_a, first_b = _grown(a, b, first_a, first_b, -1)
    last_a, last_b = _grown(a, b, last_a - 1, last_b - 1, 1)
    last_a, last_b = last_a + 1, last_b + 1
    words_a = {term.stem for term in a[first_a:last_a]}
    agreeing = sum(term.stem in words_a for term in b[first_b:last_b])
    length = max(last_a - first_a, last_b - first_b)
    agreement = agreeing / length
    telling = sum(not term.is_stop for term in a[first_a:last_a])
    if (
        min(last_a - first_a, last_b - first_b) < LEAST_WORDS
        or agreement < LEAST_AGREEMENT
        or telling < LEAST_WORDS // 2
    ):
        return None
    return Passage(
        a[first_a].start, a[last_a - 1].end, b[first_b].start, b[last_b - 1].end, round(agreement, 3)
    )


def _grown(a: list[Term], b: list[Term], at_a: int, at_b: int, step: int) -> tuple[int, int]:
    """The ends of a passage moved outwards over words that agree, with one that differs between them."""
    while True:
        for skip in (1, 2):
            next_a, next_b = at_a + skip * step, at_b + skip * step
            inside = 0 <= next_a < len(a) and 0 <= next_b < len(b)
            if inside and a[next_a].stem == b[next_b].stem:
                at_a, at_b = next_a, next_b
                break
        else:
            return at_a, at_b


def _without_repeats(passages: list[Passage]) -> list[Passage]:
    """Of passages that lie on the same words of either text, the longer."""
    kept: list[Passage] = []
    for passage in sorted(passages, key=lambda p: p.start_a - p.end_a):
        if not any(
            (passage.start_a < other.end_a and other.start_a < passage.end_a)
            or (passage.start_b < other.end_b and other.start_b < passage.end_b)
            for other in kept
        ):
            kept.append(passage)
    return sorted(kept, key=lambda p: p.start_a)


def _share(spans: Iterable[tuple[int, int]], terms: list[Term]) -> float:
    inside = list(spans)
    if not terms:
        return 0.0
    return sum(any(start <= term.start < end for start, end in inside) for term in terms) / len(terms)
