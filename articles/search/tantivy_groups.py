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
    wrong translation, is worth no more than the others, and the best of those that a record has counts.
    """
    parts: list[tuple[Occur, Query]] = []
    rarity = 0.0
    for group in groups:
        frequencies = {word: searcher.doc_freq(field, word) for word in group}
        group_rarity = _rarity(min(sum(frequencies.values()), searcher.num_docs), searcher.num_docs)
        rarity += group_rarity
        terms = [
            (Query.term_query(schema, field, word, "freq"), _rarity(frequency, searcher.num_docs))
            for word, frequency in frequencies.items()
            if frequency
        ]
        if terms:
            ranked = [Query.boost_query(term, group_rarity / word_rarity) for term, word_rarity in terms]
            having = Query.boolean_query([(Occur.Should, term) for term, _rarity_of_word in terms])
            parts.append((Occur.Should, Query.disjunction_max_query(ranked)))
            parts.append((Occur.Should, Query.const_score_query(having, _COVERAGE_WEIGHT * group_rarity)))
    return (Query.boolean_query(parts) if parts else None), rarity


def _rarity(having: int, count: int) -> float:
    """Inverse document frequency as BM25 has it, and never nothing: it divides."""
    return max(math.log(1 + (count - having + 0.5) / (having + 0.5)), 1e-3)
