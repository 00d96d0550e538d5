"""Claims that are one, and claims that contradict each other, measured against annotated relations.

What the desk would show beside a claim: the few nearest by meaning and by the words of both statements; and as at odds the few
nearest of those that tell it otherwise, with another number, date, name, place or doer, or that deny it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from articles.bench.scores import Score
from articles.choices import RelationType
from articles.search.vectors.encoder import EncoderMissing, encode, query_vector
from articles.suggestions.names import Names
from articles.suggestions.opposing import Statement, comparison
from newsroom.text.analysis import analyse
from newsroom.text.languages import LANGUAGES

# So many are shown beside a claim.
SHOWN = 5
# Below this two statements are not shown beside each other.
LEAST_CLOSE = 0.25
CONTRADICTS, SAME, UPDATES = "contradicts", "same-claim", "updates"

type Row = dict[str, Any]
type Pair = frozenset[str]


def relation_scores(annotation: Mapping[str, Any], names: Names) -> list[Score]:
    """How many annotated pairs are among those shown, and how many of those shown are annotated.

    Empty where nothing is annotated, or where there is no encoder.
    """
    claims = {claim["id"]: claim for claim in annotation.get("claims", []) if "id" in claim}
    annotated: dict[str, set[Pair]] = {SAME: set(), CONTRADICTS: set(), UPDATES: set()}
    for relation in annotation.get("relations", []):
        if relation["type"] in annotated and {relation["a"], relation["b"]} <= claims.keys():
            annotated[relation["type"]].add(frozenset((relation["a"], relation["b"])))
    if not any(annotated.values()):
        return []
    rows = list(claims.values())
    try:
        close = closeness(rows)
        near = _nearest(rows, close)
        odd = _at_odds(rows, close, names)
    except EncoderMissing:
        return []
    differing = set(odd)
    contradicting = {pair for pair, type_ in odd.items() if type_ == RelationType.CONTRADICTS}
    scores = []
    for part, wanted, shown in (
        (f"same claim, among the {SHOWN} nearest", annotated[SAME], near),
        ("same claim, and nothing sets them at odds", annotated[SAME], near - differing),
        (f"contradicting, among the {SHOWN} nearest", annotated[CONTRADICTS], near),
        (f"contradicting, the {SHOWN} nearest at odds", annotated[CONTRADICTS], contradicting),
        (f"updating, the {SHOWN} nearest at odds", annotated[UPDATES], differing),
    ):
        if wanted:
            right = len(wanted & shown)
            scores.append(Score(part, len(wanted), len(shown), right, right))
    return scores


def closeness(rows: Sequence[Row]) -> Any:
    """How close each claim is to each other, from 0 to 1: half by meaning, half by the words that both statements have."""
    import numpy

    total, counted = numpy.zeros((len(rows), len(rows))), 0
    for language in LANGUAGES:
        texts = [row.get(f"statement_{language}") or "" for row in rows]
        if not any(texts):
            continue
        vectors = encode(texts)
        total += (vectors @ vectors.T + _shared_words(texts)) / 2
        counted += 1
    return total / max(counted, 1)


def _shared_words(texts: Sequence[str]) -> Any:
    import numpy

    stems = [{term.stem for term in analyse(text) if not term.is_stop} for text in texts]
    shared = numpy.zeros((len(texts), len(texts)))
    for a, ours in enumerate(stems):
        for b, theirs in enumerate(stems):
            if ours and theirs:
                shared[a, b] = len(ours & theirs) / min(len(ours), len(theirs))
    return shared


def _nearest(rows: Sequence[Row], close: Any) -> set[Pair]:
    found = set()
    for a, row in enumerate(rows):
        nearest = sorted((-close[a, b], b) for b in range(len(rows)) if b != a)
        found |= {frozenset((row["id"], rows[b]["id"])) for far, b in nearest[:SHOWN] if -far >= LEAST_CLOSE}
    return found


def _at_odds(rows: Sequence[Row], close: Any, names: Names) -> dict[Pair, RelationType]:
    """The pairs that the desk would show as at odds, by the rule of `articles.relating`."""
    read = [
        {code: Statement.of(text, names) for code in LANGUAGES if (text := row.get(f"statement_{code}"))}
        for row in rows
    ]
    types: dict[tuple[int, int], RelationType] = {}
    for a in range(len(rows)):
        for b in range(a):
            shared = [code for code in LANGUAGES if code in read[a] and code in read[b]]
            for code in shared:
                mine, theirs = read[a][code], read[b][code]
                found = comparison(mine, theirs, _nearness(mine.text, theirs.text), alike=_nearness)
                if found.conflict is not None:
                    types[a, b] = types[b, a] = found.type
                    break
    shown = {}
    for a, row in enumerate(rows):
        beside = sorted((-close[a, b], b) for one, b in types if one == a)
        for _far, b in beside[:SHOWN]:
            shown[frozenset((row["id"], rows[b]["id"]))] = types[a, b]
    return shown


def _nearness(one: str, other: str) -> float:
    return float(query_vector(one) @ query_vector(other))
