"""What two statements say differently: numbers, dates, names, places, who did it and whether it is so; in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from articles.choices import Aspect
from articles.suggestions.amounts import WEEKDAY, dates, numbers
from articles.suggestions.attributed import attributed_in
from articles.suggestions.doers import are_one, doers
from articles.suggestions.facts import DATE, DOER, NAME, NUMBER, PLACE, SENSE, SOURCE, Fact
from articles.suggestions.lists import spelled
from articles.suggestions.mentions import MentionFound, mentions_in
from articles.suggestions.names import Names
from articles.suggestions.opposites import opposed, senses
from articles.suggestions.places import PLAIN, places
from articles.suggestions.scene import Scene
from articles.suggestions.words import Reading
from newsroom.text.languages import detect_language
from newsroom.text.skeleton import similarity

_KNOWN = re.compile(r"(?:person|organisation|outlet):")


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands on one side and not on the other. Where both sides have something of a kind, they disagree in it."""

    kind: str
    only_a: tuple[Fact, ...]
    only_b: tuple[Fact, ...]

    @property
    def is_conflict(self) -> bool:
        """Whether both say something, and not the same; of a denial, whether one says it and the other does not."""
        if self.kind == SENSE:
            return True
        if self.kind == SOURCE:
            # Another who says so contradicts nobody.
            return False
        if self.kind == PLACE:
            return any(a.of == b.of != PLAIN for a in self.only_a for b in self.only_b)
        return bool(self.only_a and self.only_b)

    @property
    def aspect(self) -> Aspect | None:
        """The aspect of a contradiction that this may be."""
        return _ASPECTS.get(self.kind) if self.is_conflict else None


_ASPECTS = {
    NUMBER: Aspect.NUMBER,
    DATE: Aspect.DATE,
    DOER: Aspect.PERPETRATOR,
    NAME: Aspect.PERPETRATOR,
    PLACE: Aspect.PLACE,
    SENSE: Aspect.WORDING,
}
# In this order what differs is told, and the first conflict is the aspect.
KINDS = (NUMBER, DATE, DOER, NAME, PLACE, SENSE, SOURCE)
# How near two descriptions are in meaning, from 0 to 1, where both are in words of different languages.
type Nearness = Callable[[str, str], float]
# Two doers as near as this are likelier one, told in two languages.
LEAST_ALIKE = 0.5


def differences(
    text_a: str, text_b: str, names: Names | None = None, *, nearness: Nearness | None = None
) -> list[Difference]:
    """What only one of two statements has, or has otherwise; empty where they agree. Never raises.

    The two may be in different languages. Names of records are compared by record, others by their sound; doers that are
    no record by their words, and across languages only with `nearness`.
    """
    return compared((text_a, facts(text_a, names)), (text_b, facts(text_b, names)), nearness=nearness)


type Read = tuple[str, list[Fact]]


def compared(one: Read, other: Read, *, nearness: Nearness | None = None) -> list[Difference]:
    """As `differences`, of two texts with what `facts` found in each: one text is often compared with many."""
    (text_a, a), (text_b, b) = one, other
    found = []
    for kind in KINDS:
        ours, theirs = [f for f in a if f.kind == kind], [f for f in b if f.kind == kind]
        if kind == SENSE:
            only_a, only_b = opposed(ours, theirs)
        elif kind == DOER:
            only_a, only_b = _other_doers((text_a, ours), (text_b, theirs), nearness)
        else:
            only_a = [fact for fact in ours if not _is_among(fact, theirs)]
            only_b = [fact for fact in theirs if not _is_among(fact, ours)]
        if only_a or only_b:
            found.append(Difference(kind, tuple(only_a), tuple(only_b)))
    return found


def _other_doers(
    a: tuple[str, list[Fact]], b: tuple[str, list[Fact]], nearness: Nearness | None
) -> tuple[list[Fact], list[Fact]]:
    """The doers of either side that are nobody on the other; none where one side names nobody, or all are alike."""
    (text_a, ours), (text_b, theirs) = a, b
    if not ours or not theirs:
        return [], []

    def alike(one: Fact, other: Fact) -> bool:
        words_a, words_b = text_a[one.start : one.end], text_b[other.start : other.end]
        if are_one(one.value, other.value):
            return True
        if ":" in one.value and ":" in other.value:
            return False
        if detect_language(words_a) == detect_language(words_b):
            return False
        return nearness is None or nearness(words_a, words_b) >= LEAST_ALIKE

    only_a = [one for one in ours if not any(alike(one, other) for other in theirs)]
    only_b = [other for other in theirs if not any(alike(one, other) for one in ours)]
    return (only_a, only_b) if only_a and only_b else ([], [])


def facts(text: str, names: Names | None = None) -> list[Fact]:
    """Everything that `KINDS` names in the text, in order."""
    reading = Reading(text)
    found_names = mentions_in(reading, names) if names is not None else []
    scene = Scene(reading, tuple(found_names))
    sources = list(_sources(scene))
    days = list(dates(reading))
    taken = [(day.start, day.end) for day in days]
    # Digits in a name («كوب 28», "F-16") count nothing.
    named = [(mention.start, mention.end) for mention in found_names]
    amounts = [n for n in numbers(reading) if not _inside(n, taken) and not _inside(n, named)]
    told = [(source.start, source.end) for source in sources]
    # Who says so is no part of what is said.
    who = [fact for fact in [*_named(found_names, scene), *doers(scene)] if not _inside(fact, told)]
    where = [place for place in places(reading) if not _inside(place, [*named, *told])]
    every = [*amounts, *days, *who, *where, *senses(reading), *sources]
    return sorted(every, key=lambda fact: (fact.start, fact.end))


def _sources(scene: Scene) -> Iterator[Fact]:
    """Those on whose word the statement itself puts what it says."""
    for attribution in attributed_in(scene, ""):
        for step in attribution.steps:
            for source in step:
                known = f"{source.record.kind}:{source.record.key}" if source.record else spelled(source.text)
                if source.text:
                    yield Fact(SOURCE, known, source.start, source.end)


def _inside(fact: Fact, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < fact.end and fact.start < end for start, end in spans)


def _is_among(fact: Fact, others: list[Fact]) -> bool:
    if fact.kind == DATE:
        return any(_same_date(fact.value, other.value) for other in others)
    if fact.kind == NAME:
        return any(_same_name(fact.value, other.value) for other in others)
    return any(fact.value == other.value for other in others)


# As in search: names of one sound in two scripts are seldom less alike.
_ONE_SOUND = 0.8


def _same_name(a: str, b: str) -> bool:
    """Whether the names are one: by record, or where neither has one by their sound, a part for the whole."""
    if a == b:
        return True
    if _KNOWN.match(a) or _KNOWN.match(b):
        return False
    shorter, longer = sorted((a.split(), b.split()), key=len)
    return set(shorter) <= set(longer) or similarity(a, b) >= _ONE_SOUND


def _same_date(a: str, b: str) -> bool:
    """Whether the dates agree as far as both say them; a day of the week agrees with a date that may be one."""
    days = [value for value in (a, b) if value.startswith(WEEKDAY)]
    if days:
        return a == b or len(days) == 1
    return all(x == y or "?" in x or "?" in y for x, y in zip(a.split("-"), b.split("-"), strict=True))


# Names


def _named(found: list[MentionFound], scene: Scene) -> Iterator[Fact]:
    for mention in found:
        yield Fact(NAME, f"{mention.record.kind}:{mention.record.key}", mention.start, mention.end)
    reached = 0
    for person in scene.people:
        if person.record is None:
            yield Fact(NAME, spelled(person.text), person.start, person.end)
            reached = max(reached, person.end)
    for at, word in enumerate(scene.words):
        # «سامي النجار»: a given name and what follows it, without a title.
        if not word.is_arabic or word.start < reached or at in scene.mention_of_word:
            continue
        end = scene.name_at(at, len(scene.words), after_title=False)
        if end > at + 1:
            reached = scene.words[end - 1].end
            yield Fact(NAME, spelled(scene.text[word.start : reached]), word.start, reached)
