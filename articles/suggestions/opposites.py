"""Whether a statement denies what it speaks of, and words with which another may say the opposite."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from articles.suggestions.facts import SENSE, Fact
from articles.suggestions.lists import rows, spelled
from articles.suggestions.words import Reading

NOT = "not"
CONTRADICTS, UPDATES = "contradicts", "updates"
_DENYING = frozenset(
    spelled(word)
    for word in "لا لم لن ليس ليست ليسوا ما غير عدم بلا دون نفى نفت ينفي تنفي not never no cannot without".split()
)
# «ما» is a relative pronoun too; it denies only right before a perfect, which is told by what stands before it.
_AFTER_NOUNS = frozenset(spelled(word) for word in ("ما", "غير", "دون", "بلا", "no", "without"))
_CONJUNCTIONS = ("", "و", "ف", "ب", "وب")


@lru_cache(maxsize=1)
def _pairs() -> dict[str, tuple[str, str, str]]:
    """Each listed word, with the pair it belongs to, its side there, and what the opposition makes of two claims."""
    found: dict[str, tuple[str, str, str]] = {}
    for number, row in enumerate(rows("opposites")):
        for side, listed in enumerate(row[1:3]):
            for word in listed.split():
                found.setdefault(spelled(word), (str(number), str(side), row[0]))
    return found


def senses(reading: Reading) -> Iterator[Fact]:
    """Denials, each as "not", and listed words as "pair:side"."""
    for word in reading.words:
        if word.spelled in _DENYING - _AFTER_NOUNS or word.spelled.removeprefix("و") in {
            "لم",
            "لن",
            "ليس",
            "ليست",
        }:
            yield Fact(SENSE, NOT, word.start, word.end, CONTRADICTS)
            continue
        if word.spelled.endswith(("n't", "n’t")):
            yield Fact(SENSE, NOT, word.start, word.end, CONTRADICTS)
            continue
        for conjunction in _CONJUNCTIONS:
            listed = (
                _pairs().get(word.spelled.removeprefix(conjunction))
                if word.spelled.startswith(conjunction)
                else None
            )
            if listed is not None:
                yield Fact(SENSE, f"{listed[0]}:{listed[1]}", word.start, word.end, listed[2])
                break


def opposed(ours: list[Fact], theirs: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The facts of either side in which the two say the opposite of each other; both empty where they do not."""
    only_a: list[Fact] = []
    only_b: list[Fact] = []
    here, there = {fact.value for fact in ours}, {fact.value for fact in theirs}
    for side, other, kept in ((ours, there, only_a), (theirs, here, only_b)):
        own = here if side is ours else there
        for fact in side:
            pair, _colon, number = fact.value.partition(":")
            opposite = f"{pair}:{1 - int(number)}" if number else ""
            if opposite and opposite in other and opposite not in own and fact.value not in other:
                kept.append(fact)
    denials = [fact for fact in ours if fact.value == NOT], [fact for fact in theirs if fact.value == NOT]
    # «لم ترفض» and «وافقت» agree: one denial beside one opposite is none.
    if bool(denials[0]) != bool(denials[1]):
        if only_a and only_b:
            return [], []
        return denials[0], denials[1]
    return only_a, only_b
