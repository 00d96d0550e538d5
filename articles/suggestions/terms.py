"""Terms of the desk's glossary that a text has and its translation does not: pure, and quiet where it is not sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsroom.text.analysis import analyse

# More than these are a text that was translated without the glossary, and nobody reads on.
MOST_MISSING = 12
# Words of one expression, common ones apart.
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class TermWords:
    """What a term is called: its expressions by language, the preferred one first."""

    pk: int
    expressions: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class MissingTerm:
    """Words of the text, as they stand there first, and what the glossary would have in the translation."""

    words: str
    start: int
    count: int
    expected: tuple[str, ...]
    terms: tuple[int, ...]


def missing_terms(
    text: str, translation: str, terms: Sequence[TermWords], *, language: str, into: str
) -> list[MissingTerm]:
    """Terms that stand in the text and of whose translations none stands in the translation, in order of the text.

    A term stands in a text in any of its forms, its words one after another. Of two terms at one place the longer is
    meant. A translation counts as soon as all its words stand anywhere, so that another order or form is no finding.
    """
    found = [term for term in analyse(text) if not term.is_stop]
    meant = _by_stems(terms, language)
    there = frozenset(term.stem for term in analyse(translation))
    missing: dict[tuple[str, ...], MissingTerm] = {}
    relative = _relative(terms, language)
    for start, end in _places([term.stem for term in found], meant):
        stems = tuple(term.stem for term in found[start:end])
        if stems in relative and not any(word in found[start].word for word in relative[stems]):
            continue
        if stems in missing:
            known = missing[stems]
            missing[stems] = MissingTerm(
                known.words, known.start, known.count + 1, known.expected, known.terms
            )
            continue
        # One word may stand for several terms; any of their translations will do.
        expected = [expression for term in meant[stems] for expression in term.expressions.get(into, ())]
        if expected and not any(_stands(expression, there) for expression in expected):
            place = found[start].start
            missing[stems] = MissingTerm(
                text[place : found[end - 1].end],
                place,
                1,
                tuple(dict.fromkeys(expected)),
                tuple(term.pk for term in meant[stems]),
            )
    return list(missing.values())[:MOST_MISSING]


def _by_stems(terms: Sequence[TermWords], language: str) -> dict[tuple[str, ...], list[TermWords]]:
    meant: dict[tuple[str, ...], list[TermWords]] = {}
    for term in terms:
        for stems in {_stems(expression) for expression in term.expressions.get(language, ())}:
            if 0 < len(stems) <= _MOST_WORDS:
                meant.setdefault(stems, []).append(term)
    return meant


def _relative(terms: Sequence[TermWords], language: str) -> dict[tuple[str, ...], set[str]]:
    """Single words in ي by their stem, for that takes it off: مدن (cities) is no form of مدني (civilian)."""
    words: dict[tuple[str, ...], set[str]] = {}
    for term in terms:
        for expression in term.expressions.get(language, ()):
            found = [one for one in analyse(expression) if not one.is_stop]
            if len(found) == 1:
                words.setdefault((found[0].stem,), set()).add(found[0].word)
    return {stems: written for stems, written in words.items() if all(word.endswith("ي") for word in written)}


def _places(
    stems: Sequence[str], meant: Mapping[tuple[str, ...], Sequence[TermWords]]
) -> Iterator[tuple[int, int]]:
    longest = max(map(len, meant), default=0)
    start = 0
    while start < len(stems):
        for end in range(min(start + longest, len(stems)), start, -1):
            if tuple(stems[start:end]) in meant:
                yield start, end
                start = end
                break
        else:
            start += 1


def _stands(expression: str, there: frozenset[str]) -> bool:
    stems = _stems(expression)
    return bool(stems) and there.issuperset(stems)


def _stems(expression: str) -> tuple[str, ...]:
    return tuple(term.stem for term in analyse(expression) if not term.is_stop)
