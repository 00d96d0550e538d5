"""Groups of words that stand for one: a query translated word by word, each word with all that it may mean."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import tantivy
from tantivy import Occur, Query

# What a record gets for having a word of the group at all, as a share of the group's rarity.
_COVERAGE_WEIGHT = 0.8


def groups_query(
    schema: tantivy.Schema, searcher: tantivy.Searcher, field: str, groups: Iterable[Sequence[str]]
) -> tuple[Query | None, float]:
    """A query for records with words of the groups, and how much the groups say together; None where none is known.

    The words of a group count as one word that all the records with any of them have: a rare word among them, often a
    wrong translation, is worth no more than the others, and the best of those that a record has counts. A member of
    several stems, divided by spaces, is found where all of them are.
    """
    parts: list[tuple[Occur, Query]] = []
    rarity = 0.0
    for group in groups:
        stems = {word: [searcher.doc_freq(field, stem) for stem in word.split()] for word in group}
        frequencies = {word: min(each, default=0) for word, each in stems.items()}
        group_rarity = _rarity(min(sum(frequencies.values()), searcher.num_docs), searcher.num_docs)
        rarity += group_rarity
        terms = [
            (
                _all_of(schema, field, word.split()),
                sum(_rarity(having, searcher.num_docs) for having in stems[word]),
            )
            for word, frequency in frequencies.items()
            if frequency
        ]
        if terms:
            ranked = [Query.boost_query(term, group_rarity / word_rarity) for term, word_rarity in terms]
            having = Query.boolean_query([(Occur.Should, term) for term, _rarity_of_word in terms])
            parts.append((Occur.Should, Query.disjunction_max_query(ranked)))
            parts.append((Occur.Should, Query.const_score_query(having, _COVERAGE_WEIGHT * group_rarity)))
    return (Query.boolean_query(parts) if parts else None), rarity


def _all_of(schema: tantivy.Schema, field: str, stems: Sequence[str]) -> Query:
    each = [Query.term_query(schema, field, stem, "freq") for stem in stems]
    return each[0] if len(each) == 1 else Query.boolean_query([(Occur.Must, query) for query in each])


def _rarity(having: int, count: int) -> float:
    """Inverse document frequency as BM25 has it, and never nothing: it divides."""
    return max(math.log(1 + (count - having + 0.5) / (having + 0.5)), 1e-3)
