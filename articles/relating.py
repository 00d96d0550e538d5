"""Which claims may stand in a relation to a claim: near in meaning, with what they say differently, for a person to decide.

Nothing here writes a relation that a person did not accept; what was dismissed is a relation in the state "dismissed" and is
not proposed again.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Q

from articles.choices import Aspect, RelationType, Status, SuggestionState
from articles.models import Claim, ClaimRelation
from articles.search.vectors.encoder import EncoderMissing, encode, query_vector
from articles.search.vectors.similar import similar_claims
from articles.suggestions.facts import NUMBER, Fact
from articles.suggestions.names import Names
from articles.suggestions.opposing import (
    AT_ODDS,
    LEAST_OF_ONE_DEED,
    SIMILAR,
    Comparison,
    Statement,
    comparison,
)
from newsroom.text.languages import LANGUAGES

logger = logging.getLogger(__name__)

MOST_PROPOSED = 12
# Claims of the same people, published or not, whose statements are compared.
MOST_COMPARED = 60
# Statements as near as this that differ in no number, date or name may be one claim told twice.
PERHAPS_ONE = 0.75


@dataclass(frozen=True, slots=True)
class Side:
    """One statement in runs: each with whether the other statement says that differently."""

    language: str
    runs: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class ProposedRelation:
    """A claim that may contradict, corroborate or update this one, both statements with the differing words marked."""

    other: Claim
    nearness: float
    type: RelationType
    aspect: Aspect | None
    mine: Side
    theirs: Side
    is_perhaps_one: bool

    @property
    def weight(self) -> float:
        """What comes first: the nearest, and before others as near what is at odds."""
        return self.nearness + (AT_ODDS if self.type != RelationType.CORROBORATES else 0)


def proposed_relations(
    claim: Claim, *, user: Any, at: datetime.datetime, names: Names | None = None
) -> list[ProposedRelation]:
    """Claims this user may see that may stand in a relation to the claim, nearest first; empty without an encoder."""
    known = set(
        chain.from_iterable(ClaimRelation.objects.touching(claim).values_list("claim_id", "other_id"))
    )
    try:
        near = _near(claim, user=user, at=at, leave_out=known | {claim.pk})
    except EncoderMissing as reason:
        logger.warning("%s No relations are proposed.", reason)
        return []
    read: dict[tuple[int, str], Statement] = {}
    proposed = [_proposed(claim, other, nearness, names, read) for other, nearness in near]
    # What is at odds is not to be lost among what only says the same.
    found = sorted((one for one in proposed if one is not None), key=lambda one: -one.weight)
    return found[:MOST_PROPOSED]


def accept(
    claim: Claim,
    other: Claim,
    *,
    type: RelationType,  # noqa: A002 - the column's name
    aspect: str = "",
    note_ar: str = "",
    note_en: str = "",
) -> ClaimRelation:
    """State the relation. An earlier dismissal of the same is taken back by it."""
    return _decided(claim, other, type, aspect, SuggestionState.CONFIRMED, note_ar=note_ar, note_en=note_en)


def dismiss(claim: Claim, other: Claim, *, type: RelationType, aspect: str = "") -> ClaimRelation:  # noqa: A002
    """Remember that the two do not stand in this relation: they are not proposed again."""
    return _decided(claim, other, type, aspect, SuggestionState.DISMISSED)


def _decided(
    claim: Claim, other: Claim, type_: RelationType, aspect: str, state: SuggestionState, **notes: str
) -> ClaimRelation:
    both = Q(claim=claim, other=other) | Q(claim=other, other=claim)
    relation = ClaimRelation.objects.filter(both, type=type_, aspect=aspect).first()
    relation = relation or ClaimRelation(claim=claim, other=other, type=type_, aspect=aspect)
    relation.state = state
    for name, text in notes.items():
        setattr(relation, name, text)
    relation.full_clean(exclude={"note"})
    relation.save()
    return relation


# Finding ---------------------------------------------------------------------------------------------------------------


def _near(
    claim: Claim, *, user: Any, at: datetime.datetime, leave_out: set[int]
) -> list[tuple[Claim, float]]:
    """Published claims near in meaning, and claims of the same people in any state that are as near."""
    near = {
        one.claim: one.nearness for one in similar_claims(claim, user=user, at=at, count=MOST_PROPOSED * 2)
    }
    for other, nearness in _compared(claim, _of_the_same(claim, user=user, at=at)):
        near[other] = max(nearness, near.get(other, 0.0))
    found = ((other, nearness) for other, nearness in near.items() if other.pk not in leave_out)
    return sorted(found, key=lambda pair: (-pair[1], pair[0].pk))


def _of_the_same(claim: Claim, *, user: Any, at: datetime.datetime) -> Iterable[Claim]:
    """The newest claims that name somebody whom this one names, or are told in an article that tells it."""
    same = (
        Q(people__in=claim.people.all())
        | Q(organisations__in=claim.organisations.all())
        | Q(appearances__article__in=claim.appearances.values("article"))
    )
    found = Claim.objects.visible_to(user, at=at).filter(same).exclude(status=Status.WITHDRAWN)
    keys = found.order_by("-pk").values_list("pk", flat=True).distinct()[:MOST_COMPARED]
    return Claim.objects.filter(pk__in=list(keys)).exclude(pk=claim.pk)


def _compared(claim: Claim, others: Iterable[Claim]) -> list[tuple[Claim, float]]:
    written = [(other, text) for other in others for text in _statements(other)]
    if not written:
        return []
    mine = [query_vector(text) for text in _statements(claim)]
    theirs = encode([text for _other, text in written])
    best: dict[Claim, float] = {}
    for (other, _text), vector in zip(written, theirs, strict=True):
        nearness = max(float(vector @ own) for own in mine)
        best[other] = max(nearness, best.get(other, 0.0))
    return [(other, nearness) for other, nearness in best.items() if nearness >= LEAST_OF_ONE_DEED]


def _statements(claim: Claim) -> list[str]:
    return [text for language in LANGUAGES if (text := getattr(claim, f"statement_{language}"))]


# Telling apart ---------------------------------------------------------------------------------------------------------


def _proposed(
    claim: Claim,
    other: Claim,
    nearness: float,
    names: Names | None,
    read: dict[tuple[int, str], Statement],
) -> ProposedRelation | None:
    language, other_language = _languages(claim, other)
    mine, theirs = _read(claim, language, names, read), _read(other, other_language, names, read)
    found = comparison(mine, theirs, nearness, alike=_alike)
    conflict = found.conflict
    if conflict is None and nearness < (SIMILAR + PERHAPS_ONE) / 2:
        # Near, but neither at odds nor the same: two claims of one subject are no relation.
        return None
    return ProposedRelation(
        other=other,
        nearness=nearness,
        type=_type(claim, other, found),
        aspect=_aspect(found),
        mine=Side(language, marked(mine.text, [fact for one in found.differences for fact in one.only_a])),
        theirs=Side(
            other_language, marked(theirs.text, [fact for one in found.differences for fact in one.only_b])
        ),
        is_perhaps_one=conflict is None and nearness >= PERHAPS_ONE,
    )


def _read(
    claim: Claim, language: str, names: Names | None, read: dict[tuple[int, str], Statement]
) -> Statement:
    key = (claim.pk, language)
    if key not in read:
        read[key] = Statement.of(getattr(claim, f"statement_{language}"), names)
    return read[key]


def _alike(one: str, other: str) -> float:
    """How near two descriptions are in meaning."""
    return float(query_vector(one) @ query_vector(other))


def _aspect(found: Comparison) -> Aspect | None:
    if found.conflict is not None:
        return found.conflict.aspect
    return Aspect.SOURCE if found.has_other_source else None


def _languages(claim: Claim, other: Claim) -> tuple[str, str]:
    """One language that both are stated in, or else each its own."""
    for language in LANGUAGES:
        if getattr(claim, f"statement_{language}") and getattr(other, f"statement_{language}"):
            return language, language
    first = [
        next(language for language in LANGUAGES if getattr(one, f"statement_{language}"))
        for one in (claim, other)
    ]
    return first[0], first[1]


def _type(claim: Claim, other: Claim, found: Comparison) -> RelationType:
    days = [one.occurred_on for one in (claim, other)]
    if found.conflict is not None and found.conflict.kind == NUMBER and all(days) and days[0] != days[1]:
        # A toll that rose from one day to the next contradicts nobody.
        return RelationType.UPDATES
    return found.type


def marked(text: str, facts: Sequence[Fact]) -> list[tuple[str, bool]]:
    """The text in runs, those of the facts marked."""
    runs, at = [], 0
    for fact in sorted(facts, key=lambda fact: fact.start):
        if fact.start < at:
            continue
        runs += [(text[at : fact.start], False), (text[fact.start : fact.end], True)]
        at = fact.end
    return [run for run in [*runs, (text[at:], False)] if run[0]]
