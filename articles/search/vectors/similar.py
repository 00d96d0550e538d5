"""Claims near in meaning, to be shown beside a claim on its page."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from articles.models import Claim
from articles.search.engine import Kind
from articles.search.vectors import store
from articles.search.vectors.encoder import EncoderMissing, encoder_name, query_vector
from articles.search.vectors.store import VectorsUnavailable, warn_once
from articles.suggestions.opposing import SIMILAR
from newsroom.text.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class SimilarClaim:
    claim: Claim
    # The cosine of the two that are nearest, in whichever languages they are.
    nearness: float


def similar_claims(
    claim: Claim, *, user: Any = None, at: datetime.datetime | None = None, count: int = 5
) -> list[SimilarClaim]:
    """Other claims on the same subject that this user may see, nearest first; empty where meaning cannot be asked."""
    statements = [text for language in LANGUAGES if (text := getattr(claim, f"statement_{language}"))]
    nearest = _nearest(
        statements, at=at or timezone.now(), user=user, floor=SIMILAR, count=count, but=claim.pk
    )
    return [SimilarClaim(found, nearness) for found, nearness, _language in nearest]


def _nearest(
    texts: Sequence[str],
    *,
    at: datetime.datetime,
    user: Any,
    floor: float,
    count: int,
    but: int | None = None,
) -> list[tuple[Claim, float, str]]:
    best: dict[int, tuple[float, str]] = {}
    try:
        for text in texts:
            # One more than asked for: a claim is nearest to itself.
            near, _others = store.nearest(
                query_vector(text), encoder=encoder_name(), count=count + 1, at=at, kinds=[Kind.CLAIM]
            )
            for one in near:
                if one.cosine >= floor and one.pk != but:
                    best[one.pk] = max(best.get(one.pk, (0.0, "")), (one.cosine, one.language))
    except (EncoderMissing, VectorsUnavailable) as reason:
        warn_once(f"{reason} No similar claims are shown.")
        return []
    claims = Claim.objects.visible_to(user, at=at).published(at=at).in_bulk(best)
    ordered = sorted(claims, key=lambda pk: (-best[pk][0], pk))[:count]
    return [(claims[pk], *best[pk]) for pk in ordered]
