"""Claims that may already say what the sentences of a text say: all sentences asked about in one query."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from articles.choices import Status
from articles.models import Claim
from articles.search.engine import Kind
from articles.search.vectors import store
from articles.search.vectors.encoder import EncoderMissing, encoder_name, query_vector
from articles.search.vectors.store import VectorsUnavailable, halfvec, warn_once
from articles.suggestions.opposing import SIMILAR
from newsroom.text.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class NearClaim:
    """A public claim near in meaning to `texts[text]`, by its statement in that language."""

    text: int
    claim: Claim
    language: str
    nearness: float


def told_before(
    texts: Sequence[str], *, at: datetime.datetime, user: Any = None, count: int = 2
) -> list[NearClaim]:
    """For each text the claims that may already say it, in either language, nearest first.

    Two queries, however many the texts. Empty where meaning cannot be asked.
    """
    if not texts:
        return []
    try:
        vectors = [query_vector(text) for text in texts]
        rows = _nearest(vectors, at=at, count=count)
    except (EncoderMissing, VectorsUnavailable) as reason:
        warn_once(f"{reason} No claims told before are shown.")
        return []
    best: dict[tuple[int, int], tuple[float, str]] = {}
    for text, pk, language, nearness in rows:
        if nearness >= SIMILAR:
            best[text, pk] = max(best.get((text, pk), (0.0, "")), (nearness, language))
    if not best:
        return []
    visible = Claim.objects.visible_to(user, at=at).published(at=at)
    claims = visible.in_bulk({pk for _text, pk in best})
    found = [
        NearClaim(text, claims[pk], language, nearness)
        for (text, pk), (nearness, language) in best.items()
        if pk in claims
    ]
    return sorted(found, key=lambda near: (near.text, -near.nearness, near.claim.pk))


def _nearest(
    vectors: Sequence[Any], *, at: datetime.datetime, count: int
) -> list[tuple[int, int, str, float]]:
    asked = ", ".join(["(%s::int, %s::halfvec)"] * len(vectors))
    values: list[Any] = [
        value for number, vector in enumerate(vectors) for value in (number, halfvec(vector))
    ]
    parts = []
    for language in LANGUAGES:
        parts.append(
            f"SELECT asked.number, near.record_id, '{language}', -near.distance FROM asked CROSS JOIN LATERAL ("  # noqa: S608
            f"SELECT record_id, vector <#> asked.vector AS distance FROM {store.TABLE} "
            f"WHERE kind = {int(Kind.CLAIM)} AND language = '{language}' AND encoder = %s "
            "ORDER BY vector <#> asked.vector LIMIT %s) AS near "
            f"JOIN {store.RECORDS[Kind.CLAIM]} AS record ON record.id = near.record_id "
            "WHERE record.status = %s AND record.publish_at <= %s"
        )
        values += [encoder_name(), count, Status.PUBLISHED, at]
    statement = f"WITH asked (number, vector) AS MATERIALIZED (VALUES {asked}) " + " UNION ALL ".join(parts)
    with store.looking() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
