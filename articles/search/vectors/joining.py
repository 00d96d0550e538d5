"""How meaning joins the words: one order of what matches by words and what is near in meaning, and one exact total.

The words' part of a score is a share of what a record could reach that has every word of the query, so that a single
shared number or name does not look like a good answer. The meaning's part is how much nearer a record is than the
farthest one listed of its kind and language. Across languages meaning weighs more, for words have little to say there.
docs/search.md has the figures these weights were chosen by.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import Any

from articles.search.engine import EngineHit, EngineRequest, EngineResult, Kind, Match, Searcher, Sort
from articles.search.query import Occurs
from articles.search.recency import level, with_recency
from articles.search.translation import Translated, translate
from articles.search.vectors import store
from articles.search.vectors.encoder import EncoderMissing, encoder_name, query_vector
from articles.search.vectors.store import Key, Near, VectorsUnavailable, warn_once
from newsroom.text.analysis import form_of
from newsroom.text.languages import LANGUAGES, detect_language
from newsroom.text.tokens import tokenize

# So many hits by words are put in a new order; those after them keep theirs.
WORDS_LISTED = 100
# So many of each kind and language are listed as near in meaning.
NEAR_LISTED = 50
# Less than this is near to nothing: the nearest to a string of random letters is about as near. Where none of the query's
# words stands anywhere in the index it may well be such a string.
NEAR_ENOUGH = {Kind.ARTICLE: 0.15, Kind.CLAIM: 0.28}
NEAR_TO_THE_UNKNOWN = {Kind.ARTICLE: 0.25, Kind.CLAIM: 0.35}
# How near the farthest of a full list usually is: where fewer records are there to be listed, nearness begins here.
USUALLY_LOWEST = {Kind.ARTICLE: 0.22, Kind.CLAIM: 0.35}
# To words that are known the nearest of each kind and language are shown however far, rather than nothing.
ALWAYS_SHOWN = 3
# What a record with every word once is scored, for one unit of the words' rarity.
FULL_MATCH = 1.6
# The weight of meaning where query and record are in one language: of Arabic articles the encoder knows less than words do.
WEIGHT = {
    (Kind.ARTICLE, "ar"): 0.25, (Kind.ARTICLE, "en"): 0.5,
    (Kind.CLAIM, "ar"): 0.75, (Kind.CLAIM, "en"): 0.75,
}  # fmt: skip
# Across languages meaning weighs more, and approaches 1 the nearer it comes: what a record gets that has every word.
WEIGHT_ACROSS = 6.0


class Joined:
    """Hits by words and by meaning in one order, the same for every page: the listed ones, then the rest by words."""

    def __init__(self, index: Searcher, asked: EngineRequest, listed: _Listed, raised: int) -> None:
        self._index, self._asked, self._hits = index, asked, listed.hits
        self._raised = raised
        self.total = listed.total
        # The words by which records in the other language were found, to be marked like the query's own.
        self.stems = listed.stems
        # Of the total, those that have none of the words asked for.
        self.by_meaning = listed.by_meaning
        # The request whose facets count exactly the hits of all pages.
        self.counted = replace(asked, near=listed.near)

    def page(self, offset: int, limit: int) -> list[EngineHit]:
        hits = self._hits[offset : offset + limit]
        if len(hits) < limit and offset + len(hits) < self.total:
            # Without those that meaning has put into the list; of the rest by words the list has the first.
            after = max(offset - len(self._hits), 0) + WORDS_LISTED - self._raised
            rest = replace(
                self._asked,
                without=self.counted.near | self._asked.without,
                offset=after,
                limit=limit - len(hits),
            )
            hits = hits + [replace(hit, score=0.0) for hit in self._index.search(rest).hits]
        return hits


def is_asked(asked: EngineRequest) -> bool:
    """Whether meaning has a say: not where the reader insists on words, nor in an order by date."""
    return (
        asked.sort is Sort.RELEVANCE
        and bool(asked.clauses)
        and all(clause.occurs is Occurs.MAY for clause in asked.clauses)
    )


def join(
    index: Searcher, asked: EngineRequest, text: str, *, found: EngineResult, at: datetime.datetime
) -> Joined | None:
    """The hits of `asked` and those near in meaning; None where there is no meaning to ask, and the words stand alone.

    `found` are the first WORDS_LISTED hits by words.
    """
    language = detect_language(text)
    nearness, translated = (
        _Nearness(index, asked, found, text=text, language=language, at=at),
        translate(index, asked, language),
    )
    if not (nearness.near or translated.shares):
        return None
    listed = _Listed(index, asked, found, nearness, translated)
    return Joined(index, asked, listed, raised=sum((hit.kind, hit.pk) in listed.near for hit in found.hits))


class _Nearness:
    """What lies near the query, and how near: nothing where there are no vectors to ask."""

    def __init__(
        self,
        index: Searcher,
        asked: EngineRequest,
        found: EngineResult,
        *,
        text: str,
        language: str,
        at: datetime.datetime,
    ) -> None:
        self._language = language
        self._cosines: dict[Key, dict[str, float]] = {}
        self._lowest: dict[tuple[Kind, str], float] = {}
        self.near: frozenset[Key] = frozenset()
        keys = [(hit.kind, hit.pk) for hit in found.hits]
        encoder = encoder_name()
        # A name is translated by its sound; what is near in meaning to it is chance.
        if not encoder or asked.is_name:
            return
        try:
            # Of all kinds and languages whatever the filters: what is near must not change with them, or facets would
            # not add up.
            listed, others = store.nearest(
                _meaning(text), encoder=encoder, count=NEAR_LISTED, at=at, and_also=keys
            )
        except (EncoderMissing, VectorsUnavailable) as reason:
            warn_once(f"{reason} Search goes by words alone.")
            return
        # They come in order: the last of a kind and language is the farthest listed.
        self._lowest = {(one.kind, one.language): one.cosine for one in listed}
        # A list that is not full goes down to records that have nothing to do with the query.
        for of, count in Counter((one.kind, one.language) for one in listed).items():
            if count < NEAR_LISTED:
                self._lowest[of] = max(self._lowest[of], USUALLY_LOWEST[of[0]])
        near = _near_enough(listed, is_known=index.knows(asked.clauses))
        self.near = frozenset((one.kind, one.pk) for one in near)
        for one in [*listed, *others]:
            self._cosines.setdefault((one.kind, one.pk), {})[one.language] = one.cosine

    def cosine(self, key: Key) -> float:
        return max(self._cosines.get(key, {}).values(), default=-1.0)

    def adds(self, key: Key) -> float:
        """What nearness adds to a record's score: the most that one of its texts gives."""
        added, kind = 0.0, key[0]
        for language, cosine in self._cosines.get(key, {}).items():
            nearer = max(cosine - self._lowest.get((kind, language), cosine), 0.0)
            # A query of signs and numbers is of no language, and as much at home in one as in the other.
            is_across = self._language in LANGUAGES and language != self._language
            within = WEIGHT[kind, language] * nearer
            added = max(added, 1 - math.exp(-WEIGHT_ACROSS * nearer) if is_across else within)
        return added


class _Listed:
    """The hits that have a joint score, best first, and how many records match in all."""

    def __init__(
        self,
        index: Searcher,
        asked: EngineRequest,
        found: EngineResult,
        nearness: _Nearness,
        translated: Translated,
    ) -> None:
        words = {(hit.kind, hit.pk): hit for hit in found.hits}
        self.near: frozenset[Key] = nearness.near | translated.shares.keys()
        self.stems = translated.stems
        admitted, with_words = _scored_by_words(index, asked, self.near - words.keys())
        self.by_meaning = len(admitted) - with_words
        self.total = found.total + self.by_meaning
        best = found.hits[0].score if found.hits else 0.0
        full = max(best, FULL_MATCH * index.rarity(asked.clauses)) or 1.0
        joint = []
        for key, hit in (words | admitted).items():
            score = max(hit.score / full, translated.shares.get(key, 0.0)) + nearness.adds(key)
            joint.append(replace(hit, score=with_recency(score, hit.day, at=asked.at)))
        self.hits = sorted(
            joint,
            key=lambda hit: (-level(hit.score), -level(nearness.cosine((hit.kind, hit.pk))), -hit.place),
        )


def _near_enough(listed: list[Near], *, is_known: bool) -> list[Near]:
    seen: Counter[tuple[Kind, str]] = Counter()
    floor = NEAR_ENOUGH if is_known else NEAR_TO_THE_UNKNOWN
    near = []
    for one in listed:
        seen[one.kind, one.language] += 1
        if one.cosine >= floor[one.kind] or (is_known and seen[one.kind, one.language] <= ALWAYS_SHOWN):
            near.append(one)
    return near


def _scored_by_words(
    index: Searcher, asked: EngineRequest, keys: frozenset[Key]
) -> tuple[dict[Key, EngineHit], int]:
    """Those of the records that pass the filters, scored by the words they have, and how many match by words."""
    if not keys:
        return {}, 0
    # All words or some: a record found by meaning is scored by whatever words it has.
    loosely = replace(asked, near=keys, among=keys, match=Match.ANY, offset=0, limit=len(keys))
    admitted = {(hit.kind, hit.pk): hit for hit in index.search(loosely).hits}
    if asked.match is Match.ANY:
        return admitted, sum(hit.score > 0 for hit in admitted.values())
    return admitted, index.search(replace(asked, among=keys, offset=0, limit=1)).total


def _meaning(text: str) -> Any:
    """The query's vector, to which its telling words, in small letters, have spoken once more."""
    telling = _telling_words(text)
    return query_vector(text, telling) if telling else query_vector(text)


@lru_cache(maxsize=256)
def _telling_words(text: str) -> str:
    """The words that say what it is about, where there are others beside them."""
    forms = [(token, form) for token in tokenize(text) if (form := form_of(token)).word]
    telling = [text[token.start : token.end] for token, form in forms if not form.is_stop]
    return " ".join(telling).lower() if len(telling) < len(forms) else ""
