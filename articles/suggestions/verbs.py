"""The verbs of telling in all their forms, from the lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from articles.choices import Certainty
from articles.suggestions.lists import column, rows, spelled

_OBJECTS = ("ه", "ها", "هم", "هما", "نا", "ني")
_CONJUNCTIONS = ("", "و", "ف")
# The verb's ending before an object pronoun.
_WEAK = ("ى", "ا")
OBJECT = "object"
PAST_OBJECT = "past-object"
NONE = "-"


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a verb of telling, and what follows from it."""

    verb: str
    family: str
    certainty: str
    # What may open what is told, besides a complement, a colon or a quotation: «object», prepositions.
    openings: frozenset[str]
    is_imperfect: bool = False
    # «مؤكداً», "adding": goes on with the one who spoke before.
    is_participle: bool = False
    # «اتهمته»: whom it is about is written onto it.
    has_object: bool = False
    # «قالت», «تقول»: of a woman, or of a body or of many.
    is_feminine: bool = False
    # «قالوا», «يقولون».
    is_plural: bool = False


@lru_cache(maxsize=1)
def arabic_verbs() -> dict[str, Cue]:
    """Every form, as `spelled`, with its cue; of two verbs with a form in common the first in the list has it."""
    forms: dict[str, Cue] = {}
    for row in rows("arabic_verbs"):
        perfect, imperfect, participle = (spelled(word) for word in row[:3])
        openings = frozenset(spelled(word) for word in column(row, 5).split())
        Certainty(row[4])

        def cue(
            verb: str = row[0],
            family: str = row[3],
            certainty: str = row[4],
            openings: frozenset[str] = openings,
            **how: bool,
        ) -> Cue:
            return Cue(verb, family, certainty, openings, **how)

        made: list[tuple[str, Cue]] = []
        made += [(form, cue(has_object=suffixed)) for form, suffixed in perfect_forms(perfect)]
        if imperfect != NONE:
            made += [
                (form, cue(is_imperfect=True, has_object=suffixed))
                for form, suffixed in imperfect_forms(imperfect)
            ]
        if participle != NONE:
            stem = participle.removesuffix("ا")
            made += [(stem + ending, cue(is_participle=True)) for ending in ("ا", "ه", "ة", "ين")]
        for form, of_form in made:
            known = of_form
            if not known.is_participle and not known.has_object:
                is_feminine = form.startswith(("ت", "ست")) if known.is_imperfect else form.endswith("ت")
                known = replace(known, is_feminine=is_feminine, is_plural=form.endswith(("وا", "ون")))
            for conjunction in _CONJUNCTIONS:
                forms.setdefault(conjunction + form, known)
    return forms


def perfect_forms(perfect: str) -> Iterator[tuple[str, bool]]:
    """The forms of the perfect, each with whether an object is written onto it."""
    if perfect.endswith(_WEAK):
        stem = perfect[:-1]
        yield from ((form, False) for form in (perfect, stem + "ت", stem + "وا", stem + "ا"))
        yield from ((stem + "ا" + pronoun, True) for pronoun in _OBJECTS)
        yield from ((stem + "ت" + pronoun, True) for pronoun in _OBJECTS)
        return
    yield from ((perfect + ending, False) for ending in ("", "ت", "وا", "ا", "تا"))
    yield from ((perfect + middle + pronoun, True) for middle in ("", "ت") for pronoun in _OBJECTS)


def imperfect_forms(imperfect: str) -> Iterator[tuple[str, bool]]:
    """The forms of the imperfect and the future, each with whether an object is written onto it."""
    rest = imperfect[1:]
    stem = rest[:-1] if rest.endswith(("ى", "و", "ي")) else rest
    for person in ("ي", "ت", "سي", "ست"):
        yield person + rest, False
        yield person + stem + "ون", False
        yield person + rest.replace("ى", "ي") + "ان", False
        for pronoun in _OBJECTS[:4]:
            yield person + rest.replace("ى", "ا") + pronoun, True


@lru_cache(maxsize=1)
def english_verbs() -> dict[str, Cue]:
    """Every form, as `spelled`."""
    forms: dict[str, Cue] = {}
    for row in rows("english_verbs"):
        openings = frozenset(column(row, 4).split())
        Certainty(row[3])
        past, present, participle = row[0].split(), row[1].split()[0], row[1].split()[-1]
        base = Cue(present, row[2], row[3], openings)
        for form in past:
            forms.setdefault(form, base)
        third = present + ("es" if present.endswith(("s", "sh", "ch", "x")) else "s")
        if present.endswith("y") and present[-2] not in "aeou":
            third = present[:-1] + "ies"
        for form in (present, third):
            forms.setdefault(form, Cue(present, row[2], row[3], openings, is_imperfect=True))
        forms.setdefault(participle, Cue(present, row[2], row[3], openings, is_participle=True))
    return forms


def is_telling_verb(word: str) -> bool:
    """Whether the word, as `spelled`, is a form of a verb of telling in either language."""
    return word in arabic_verbs() or word in english_verbs()
