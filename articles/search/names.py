"""Names across scripts: whom a query names, and what is found because a title sounds like it.

A query of a few words may be a name in another spelling or script than the records have. The index keeps skeletons
(`newsroom.text.skeleton`) of titles and of the names that records are linked to; what shares one with the query is read
from PostgreSQL and compared by its sound. Ordinary words are left alone: what many records have needs no other spelling.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from articles.models import Article, Claim, Outlet, OutletName
from articles.querysets import publicly_named
from articles.search.engine import EngineRequest, FacetField, Filters, Kind, Searcher, Sort, microseconds
from articles.search.query import Occurs
from newsroom.text.analysis import form_of
from newsroom.text.languages import LANGUAGES
from newsroom.text.names import name_key
from newsroom.text.skeleton import MAX_NAME_WORDS, likeness_within, similarity, skeletons, skeletons_by_word
from newsroom.text.tokens import tokenize
from people.models import Name, Organisation, Person

# Of a longer title the end is seldom the name that it is about.
MAX_TITLE_WORDS = 24
# A longer query is a question or a headline: its other words say more than the sound of one.
MOST_NAME_WORDS = 4
LONGEST_NAME = 80
_QUESTION = re.compile("[?؟]")
# A word that more records have than this share, and this number, is no name that needs another spelling.
_COMMON_SHARE, _COMMON_NUMBER = 0.005, 10
# A word that no more records have than this is hardly an ordinary one.
_RARE_NUMBER = 3

# How like the query a title must sound to be found by that; where the words themselves are nowhere, less is enough.
_LIKE_ENOUGH, _LIKE_ENOUGH_FOR_NOTHING = 0.84, 0.6
# How surely a name must be heard within a longer title, and in how many consonants at least.
_HEARD_ENOUGH, _HEARD_LETTERS = 0.86, 3
_WITHIN = 0.8
# A title of so many more words than the name is a sentence, in which the name may be heard.
_MORE_WORDS = 3
# What a title that is the name counts, as a share of a rare word: where the words themselves are elsewhere, that comes first.
_WEIGHT, _WEIGHT_BESIDE_WORDS = 1.0, 0.15

# How like a known name the query must sound to be taken for it, and what records linked to it count.
_KNOWN_ENOUGH, _SURELY_OTHERWISE = 0.8, 0.99
# A surname alone names its bearer, unless there are many of that name.
_PART_OF_NAME = 0.95
_LINKED_WEIGHT = 0.4
MOST_CARDS = 3
_CANDIDATES = 30

_TITLES: dict[Kind, tuple[type[models.Model], str]] = {
    Kind.ARTICLE: (Article, "headline"),
    Kind.CLAIM: (Claim, "statement"),
}
_KNOWN: dict[FacetField, tuple[type[models.Model], type[models.Model], str]] = {
    FacetField.PEOPLE: (Person, Name, "person"),
    FacetField.ORGANISATIONS: (Organisation, Name, "organisation"),
    FacetField.OUTLETS: (Outlet, OutletName, "outlet"),
}


@dataclass(frozen=True, slots=True)
class EntityCard:
    """A person, organisation or outlet that a query names, and how surely: 1 where the name is written so."""

    record: Any
    facet: FacetField
    likeness: float

    @property
    def is_exact(self) -> bool:
        return self.likeness == 1.0

    @property
    def link(self) -> str:
        return self.record.get_absolute_url()


def title_keys(title: str) -> frozenset[str]:
    """The skeletons of a title's words but for the common ones; a title no longer than a name forgives a consonant."""
    words = [token.text for token in tokenize(title) if not form_of(token).is_stop]
    telling = " ".join(words) or title
    is_short = len(words) <= MAX_NAME_WORDS
    return frozenset().union(*skeletons_by_word(telling, MAX_TITLE_WORDS, is_forgiving=is_short))


def name_in(text: str, asked: EngineRequest) -> str:
    """The query where it may be a name; empty where it is longer, asks, steers with signs or is only common words."""
    plain = all(clause.occurs is Occurs.MAY and len(clause.pieces) == 1 for clause in asked.clauses)
    if not plain or not asked.clauses or len(text) > LONGEST_NAME or _QUESTION.search(text):
        return ""
    tokens = list(tokenize(text))
    telling = [token for token in tokens if not form_of(token).is_stop]
    if not telling or len(tokens) > MOST_NAME_WORDS + 1 or any(token.script == "number" for token in telling):
        return ""
    return text.strip()


def with_names(
    index: Searcher, asked: EngineRequest, text: str, cards: Sequence[EntityCard]
) -> EngineRequest:
    """The request, with what is linked to whom it names and what sounds like the query among what is found."""
    name = name_in(text, asked)
    linked = {(card.facet, card.record.pk): _LINKED_WEIGHT * card.likeness for card in cards}
    favoured = _sounding(index, asked, name) if name else {}
    is_name = bool(favoured) and max(_frequencies(index, Filters(), name)) <= _RARE_NUMBER
    return replace(asked, linked=linked, favoured=favoured, is_name=is_name)


def _sounding(index: Searcher, asked: EngineRequest, name: str) -> dict[tuple[Kind, int], float]:
    """Records whose titles sound like the name, each with what that counts."""
    frequencies = _frequencies(index, asked.filters, name)
    if min(frequencies) > max(_COMMON_NUMBER, _COMMON_SHARE * index.document_count):
        return {}
    nowhere = frequencies.count(0) / len(frequencies)
    is_nowhere = nowhere == 1
    # By date, what is hardly alike would stand first.
    is_lenient = is_nowhere and asked.sort is Sort.RELEVANCE
    enough = _LIKE_ENOUGH_FOR_NOTHING if is_lenient else _LIKE_ENOUGH
    weight = _WEIGHT_BESIDE_WORDS + (_WEIGHT - _WEIGHT_BESIDE_WORDS) * nowhere
    keys = skeletons(name)
    if not keys or (not is_nowhere and not _is_telling(keys)):
        return {}
    heard = index.heard(keys, asked)
    return {
        record: weight * len(frequencies) * likeness
        for record, likeness in _likeness(name, heard).items()
        if likeness >= enough
    }


def _frequencies(index: Searcher, filters: Filters, name: str) -> list[int]:
    """How many records have each word, in the languages asked for."""
    languages = filters.languages or frozenset(LANGUAGES)
    words = [form.word for token in tokenize(name) if not (form := form_of(token)).is_stop]
    return [sum(index.frequency(word, language) for language in languages) for word in words]


def _is_telling(keys: Iterable[str]) -> bool:
    return any(len(key) >= _HEARD_LETTERS for key in keys)


def _likeness(name: str, records: Iterable[tuple[Kind, int]]) -> dict[tuple[Kind, int], float]:
    """How like the name the likest title of each record sounds."""
    by_kind: dict[Kind, list[int]] = {kind: [] for kind in Kind}
    for kind, pk in records:
        by_kind[kind].append(pk)
    is_telling = _is_telling(skeletons(name))
    found: dict[tuple[Kind, int], float] = {}
    for kind, keys in by_kind.items():
        model, title = _TITLES[kind]
        columns = [f"{title}_{language}" for language in LANGUAGES]
        for pk, *titles in (
            model._default_manager.filter(pk__in=keys).values_list("pk", *columns) if keys else ()
        ):
            found[kind, pk] = max(
                _title_likeness(name, text, is_telling=is_telling) for text in titles if text
            )
    return found


def _title_likeness(name: str, title: str, *, is_telling: bool) -> float:
    if title.count(" ") <= name.count(" ") + _MORE_WORDS:
        return similarity(name, title)
    within = likeness_within(name, title) if is_telling else 0.0
    return _WITHIN * within if within >= _HEARD_ENOUGH else 0.0


def entity_cards(index: Searcher, query: str, *, at: datetime.datetime) -> list[EntityCard]:
    """The people, organisations and outlets, three at most, that the query is the name of, in any spelling or script.

    Only those whom something public names. A hostile name finds its bearer, who is shown under the proper one.
    """
    name = query.strip()
    words = skeletons_by_word(name) if len(name) <= LONGEST_NAME else []
    # What is public and names somebody is in the index, under the skeletons of all their names.
    if not words or not all(words):
        return []
    heard = index.heard_names(words, EngineRequest((), microseconds(at)))
    cards = [card for facet, counts in heard.items() for card in _cards(facet, counts, name, at=at)]
    exact = [card for card in cards if card.is_exact]
    if len(words) == 1 and len(cards) > MOST_CARDS and not exact:
        # A name that many have in part names none of them.
        return []
    return sorted(exact or cards, key=lambda card: (-card.likeness, card.facet, card.record.pk))[:MOST_CARDS]


def _cards(
    facet: FacetField, counts: Sequence[tuple[str | int, int]], name: str, *, at: datetime.datetime
) -> Iterator[EntityCard]:
    keys = [int(key) for key, _count in counts[:_CANDIDATES]]
    likeness = {
        pk: max(_name_likeness(name, text) for text in texts) for pk, texts in _names(facet, keys).items()
    }
    likely = {pk: value for pk, value in likeness.items() if value >= _KNOWN_ENOUGH}
    if likely:
        for record in publicly_named(_KNOWN[facet][0]._default_manager.filter(pk__in=likely), at=at):
            yield EntityCard(record, facet, likely[record.pk])


def _name_likeness(name: str, text: str) -> float:
    if name_key(name) == name_key(text):
        return 1.0
    if not _is_telling(skeletons(name)):
        # Of so short a name another spelling is anybody's.
        return 0.0
    likeness = max(similarity(name, text), _PART_OF_NAME * likeness_within(name, text))
    # Another spelling is never as sure as the name itself.
    return min(likeness, _SURELY_OTHERWISE)


def _names(facet: FacetField, keys: list[int]) -> dict[int, set[str]]:
    """All names of those records, hostile ones too."""
    if not keys:
        return {}
    model, others, owner = _KNOWN[facet]
    texts: dict[int, set[str]] = {}
    for pk, *own in model._default_manager.filter(pk__in=keys).values_list(
        "pk", *(f"name_{code}" for code in LANGUAGES)
    ):
        texts[pk] = set(filter(None, own))
    for pk, text in others._default_manager.filter(**{f"{owner}__in": keys}).values_list(
        f"{owner}_id", "text"
    ):
        texts.setdefault(pk, set()).add(text)
    return {pk: names for pk, names in texts.items() if names}
