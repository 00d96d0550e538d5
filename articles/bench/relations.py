"""Claims that are one, and claims that contradict each other, measured against annotated relations.

What the desk would show beside a claim: the few nearest by meaning and by the words of both statements, and of those the
ones that say another number, date or name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from articles.bench.scores import Score
from articles.search.vectors.encoder import EncoderMissing, encode
from articles.suggestions.differences import differences
from articles.suggestions.names import Names
from newsroom.text.analysis import analyse
from newsroom.text.languages import LANGUAGES

# So many are shown beside a claim.
SHOWN = 5
# Below this two statements are not shown beside each other.
LEAST_CLOSE = 0.25
CONTRADICTS, SAME = "contradicts", "same-claim"

type Row = dict[str, Any]
type Pair = frozenset[str]


def relation_scores(annotation: Mapping[str, Any], names: Names) -> list[Score]:
    """How many annotated pairs are among those shown, and how many of those shown are annotated.

    Empty where nothing is annotated, or where there is no encoder.
    """
    claims = {claim["id"]: claim for claim in annotation.get("claims", []) if "id" in claim}
    annotated: dict[str, set[Pair]] = {SAME: set(), CONTRADICTS: set()}
    for relation in annotation.get("relations", []):
        if relation["type"] in annotated and {relation["a"], relation["b"]} <= claims.keys():
            annotated[relation["type"]].add(frozenset((relation["a"], relation["b"])))
    if not any(annotated.values()):
        return []
    rows = list(claims.values())
    try:
        near = _nearest(rows)
    except EncoderMissing:
        return []
    differing = {pair for pair in near if _differ([claims[key] for key in pair], names)}
    scores = []
    for part, wanted, shown in (
        (f"same claim, among the {SHOWN} nearest", annotated[SAME], near),
        ("same claim, and no number, date or name differs", annotated[SAME], near - differing),
        (f"contradicting, among the {SHOWN} nearest", annotated[CONTRADICTS], near),
        ("contradicting, and a number, date or name differs", annotated[CONTRADICTS], differing),
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


def _nearest(rows: Sequence[Row]) -> set[Pair]:
    close = closeness(rows)
    found = set()
    for a, row in enumerate(rows):
        nearest = sorted((-close[a, b], b) for b in range(len(rows)) if b != a)
        found |= {frozenset((row["id"], rows[b]["id"])) for far, b in nearest[:SHOWN] if -far >= LEAST_CLOSE}
    return found


def _differ(two: Sequence[Row], names: Names) -> bool:
    """Whether both state a number, a date or a name of one kind, and not the same."""
    return any(
        difference.is_conflict
        for language in LANGUAGES
        for difference in differences(
            two[0].get(f"statement_{language}") or "", two[1].get(f"statement_{language}") or "", names
        )
    )
