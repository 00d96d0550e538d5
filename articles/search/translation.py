"""A query asked in the other language too, word by word, each word with everything that it may mean.

The desk's glossary is asked first, for terms of several words too; then dictionaries; then what was learnt from the texts themselves: words of one meaning, and words of one sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from articles.search.crossing import meanings, sounding
from articles.search.engine import EngineRequest, Kind, Searcher
from articles.search.glossary import glossary
from articles.search.lexicon import translations
from articles.search.query import Occurs
from articles.search.terms import Term
from newsroom.text.languages import LANGUAGES, other_language

# Of a pasted text so many words are translated: each costs a look at all that it may mean.
MOST_WORDS = 24
# So many records of each kind are listed as found by translation.
LISTED = 50
# What a record with every word, translated, counts beside one that has the words themselves: some were meant otherwise.
WEIGHT = 0.8
# What a record with every word once is scored, for one unit of the words' rarity.
FULL_MATCH = 1.6
# A record must have about this share of the words, by what they say.
ENOUGH = 0.2


@dataclass(frozen=True, slots=True)
class Translated:
    # Records in the other language, each with the share of the query's words it has.
    shares: Mapping[tuple[Kind, int], float] = field(default_factory=dict)
    # The words they were found by.
    stems: frozenset[str] = frozenset()


def translate(index: Searcher, asked: EngineRequest, language: str) -> Translated:
    """What the query finds in the other language; nothing where no word of it has one there."""
    if language not in LANGUAGES:
        return Translated()
    groups: dict[str, tuple[str, ...]] = {}
    stems: set[str] = set()
    for words, known in _expressions(asked, language):
        if len(groups) >= MOST_WORDS:
            break
        meant = list(known)
        if len(words) == 1:
            (term,) = words
            # A stem may be another word's too, as of مدن (cities) and مدني (civilian): so the others are heard as well.
            meant.extend(translations(term.stem, language) or meanings(term.stem, language))
            meant.extend(() if meant else sounding(term.word, language))
        stems.update(stem for one in meant for stem in one.split())
        # Numbers and many names are written alike in both languages.
        own = " ".join(word.stem for word in words)
        groups[own] = (*dict.fromkeys((*meant, own)),)
    if not stems:
        return Translated()
    shares: dict[tuple[Kind, int], float] = {}
    for kind in Kind:
        hits, rarity = index.of_groups(
            list(groups.values()), language=other_language(language), kind=kind, at=asked.at, limit=LISTED
        )
        full = max(FULL_MATCH * rarity, hits[0].score if hits else 0.0)
        for hit in hits:
            if hit.score >= ENOUGH * full:
                shares[hit.kind, hit.pk] = WEIGHT * hit.score / full
    return Translated(shares, frozenset(stems))


def _expressions(asked: EngineRequest, language: str) -> Iterator[tuple[Sequence[Term], Sequence[str]]]:
    """The query's words one by one, those of a glossary term together, each with what the glossary calls it."""
    words = [
        term
        for clause in asked.clauses
        if clause.occurs is not Occurs.MUST_NOT
        for piece in clause.pieces
        for term in piece.terms
    ]
    stems, place, known = [word.stem for word in words], 0, glossary()
    for start, end in known.spans(stems):
        if found := known.translations(tuple(stems[start:end]), language):
            yield from (((word,), ()) for word in words[place:start])
            yield words[start:end], [" ".join(one) for one in found]
            place = end
    yield from (((word,), ()) for word in words[place:])
