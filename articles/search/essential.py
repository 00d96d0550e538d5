"""Which of a query's words can bring a record among the first: the others need not be looked for by themselves.

A record that has only the commonest words of a long query cannot score more than those words can together. Where the last
hit of a page scores more than that, no such record belongs on it, and the page is exact although only the records with one
of the rarer words were scored. It is MaxScore (Turtle and Flood, 1995) for a whole query; docs/search.md has what it saves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.search.engine import EngineRequest, Match, Searcher, Sort
from articles.search.query import Occurs
from articles.search.terms import TermClause

# Of a pasted text so many words are looked for: each costs a look at every record that has it, the commonest most.
MOST_WORDS = 40
# Fewer words have no common ones to spare.
_FEWEST_WORDS = 3
# As a share of what all words can score together: more the hundredth hit seldom reaches.
_SPARED = 0.4


@dataclass(frozen=True, slots=True)
class Weighed:
    """A clause with the number of records that have it and the most that it can add to a score."""

    clause: TermClause
    having: int
    most: float


def most_telling(index: Searcher, clauses: Sequence[TermClause]) -> list[TermClause]:
    """The clauses without the commonest words of a long query; what must or must not occur stays, and so does what is unknown."""
    if len(clauses) <= MOST_WORDS:
        return list(clauses)
    optional = [clause for clause in clauses if clause.occurs is Occurs.MAY and index.knows([clause])]
    rarest_first = sorted(optional, key=lambda clause: -index.rarity([clause]))
    dropped = frozenset(rarest_first[MOST_WORDS:])
    return [clause for clause in clauses if clause not in dropped]


def has_words_to_spare(request: EngineRequest) -> bool:
    """Whether a record is found by any one of several words and by nothing else."""
    return (
        request.match is Match.ANY
        and request.sort is Sort.RELEVANCE
        and not (request.near or request.favoured or request.linked)
        and request.among is None
        and len(request.clauses) >= _FEWEST_WORDS
        and all(
            clause.occurs is Occurs.MAY
            and len(clause.pieces) == 1
            and clause.pieces[0].is_plain
            and all(piece.is_plain and piece.worth <= 1 for piece in clause.also)
            for clause in request.clauses
        )
    )


def spared(weighed: Sequence[Weighed]) -> tuple[frozenset[TermClause], float]:
    """The commonest of the words, and the most that a record can score which has none of the others."""
    common: set[TermClause] = set()
    reached, enough = 0.0, _SPARED * sum(one.most for one in weighed)
    for one in sorted(weighed, key=lambda one: -one.having):
        if reached + one.most > enough:
            break
        common.add(one.clause)
        reached += one.most
    return frozenset(common), reached
