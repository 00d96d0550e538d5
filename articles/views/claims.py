"""The page of a claim: who says it, on whose word, in which words, and who says otherwise."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.attribution import Node, Stance, Tally, Telling, attribution_tree, tally
from articles.attribution.sentence import chain_phrases, chain_sentence
from articles.attribution.summary import summary_sentence
from articles.choices import RelationType
from articles.merging import kept_in_place_of
from articles.models import Appearance, Assessment, Claim, ClaimRelation
from articles.search.vectors.similar import similar_claims
from articles.views.common import (
    page_language,
    public_page,
    public_read,
    redirect_to_address,
    redirect_to_kept,
    rows,
)
from articles.views.structured import claim_data
from articles.views.summaries import fullest, light_tellings, summarise
from newsroom.errors import gone
from newsroom.text.fragments import Fragment, fragment

TELLINGS_PER_PAGE = 20
MOST_RELATIONS = 40
MOST_SIMILAR = 5

HEADINGS = {
    Stance.SAID: _("Who says so"),
    Stance.DENIED: _("Who denies it"),
    Stance.QUESTIONED: _("Who questions it"),
}
# Said of the other claim: first where this one stands in the relation to it, then where it does to this one.
_LABELS: dict[str, tuple[Any, Any]] = {
    RelationType.UPDATES: (_("updated by this claim"), _("updates this claim")),
    RelationType.PART_OF: (_("this claim is a part of it"), _("a part of this claim")),
    RelationType.CORROBORATES: (_("corroborated by this claim"), _("corroborates this claim")),
}


@dataclass(frozen=True, slots=True)
class Related:
    """Another claim and how it stands to this one, told from this one's side."""

    claim: Claim
    relation: ClaimRelation
    # This claim updates, corroborates or is a part of the other; False where it is the other way round.
    is_ours: bool

    @property
    def label(self) -> str:
        """How the other claim stands to this one."""
        ours, theirs = _LABELS.get(self.relation.type, ("", ""))
        return str((ours if self.is_ours else theirs) or self.relation.get_type_display())


@public_read
def claim(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    at = timezone.now()
    visible = Claim.objects.visible_to(request.user, at=at)
    shown = visible.filter(public_id=public_id).first()
    if shown is None:
        return redirect_to_kept(request, visible, public_id) or withdrawn(request, public_id)
    if elsewhere := redirect_to_address(request, shown):
        return elsewhere

    language = page_language()
    appearances = Appearance.objects.visible_to(request.user, at=at).filter(claim=shown)
    told = light_tellings(appearances, user=request.user, at=at)
    page = rows(request, sorted(told, key=_order), per_page=TELLINGS_PER_PAGE)
    related = relations(shown, language, user=request.user, at=at)
    assessments = list(Assessment.objects.of(shown).standing(at=at).latest_first())
    disputes = [other for other in related if other.relation.type == RelationType.CONTRADICTS]
    return public_page(
        request,
        "articles/claim.html",
        {
            "claim": shown,
            "statement": shown.title_in(language),
            "context": fragment(shown, "context", language),
            "sentence": chain_phrases(fullest(told), language) if told else (),
            "description": in_short(told, language) if told else "",
            "figures": figures(told),
            "denials": denials(told),
            "trees": trees(told),
            "structured": claim_data(request, shown, language, told=told, assessments=assessments),
            "page": page,
            "tellings": [(telling, chain_phrases(telling, language)) for telling in page],
            "disputes": disputes,
            "related": [other for other in related if other not in disputes],
            "similar": similar(shown, language, but=related, user=request.user, at=at),
            "assessments": assessments,
            "people": shown.people.order_by(f"name_{language}", "pk"),
            "organisations": shown.organisations.order_by(f"name_{language}", "pk"),
        },
        address=shown.get_absolute_url,
    )


def in_short(told: list[Telling], language: str) -> str:
    """Who says it and how widely it is told, in plain text: for the lists of search engines and for shared links."""
    return f"{chain_sentence(fullest(told), language)}. {capfirst(summary_sentence(told, language))}."


def trees(told: list[Telling]) -> list[tuple[Any, list[Node]]]:
    """The ways the claim took, under the heading of those who say it, deny it or question it."""
    by_stance: dict[Stance, list[Node]] = {}
    for root in attribution_tree(told):
        by_stance.setdefault(root.stance, []).append(root)
    return [(HEADINGS[stance], by_stance[stance]) for stance in Stance if stance in by_stance]


def withdrawn(request: HttpRequest, public_id: str) -> HttpResponse:
    """410 with the reason for a claim that was public once, 404 for any other."""
    claim = Claim.objects.withdrawn().filter(public_id=public_id).first()
    if claim is None:
        raise Http404
    # A merge gives the other claim's title as the reason. Where that is not public itself, nobody is told it here.
    is_merged = kept_in_place_of(Claim, public_id) is not None
    return gone(
        request,
        kind="claim",
        reason=Fragment("", page_language()) if is_merged else claim.withdrawal_reason_in(page_language()),
        withdrawn_at=claim.withdrawn_at,
    )


def figures(told: list[Telling]) -> Tally | None:
    return tally(told) if told else None


def denials(told: list[Telling]) -> Tally | None:
    """The figures of those who deny it; None where nobody does."""
    denied = tally(told, stance=Stance.DENIED)
    return denied if denied.tellings else None


def relations(claim: Claim, language: str, *, user: Any, at: datetime.datetime) -> list[Related]:
    """The claims confirmed to stand in a relation to this one, each with its summary, contradictions first."""
    found = ClaimRelation.objects.visible_to(user, at=at).touching(claim).select_related("claim", "other")
    relations = list(found.order_by("type", "aspect", "pk")[:MOST_RELATIONS])
    others = {
        relation.pk: relation.other if relation.claim_id == claim.pk else relation.claim
        for relation in relations
    }
    summarise(others.values(), language, user=user, at=at)
    related = [
        Related(others[relation.pk], relation, is_ours=relation.claim_id == claim.pk)
        for relation in relations
    ]
    return sorted(related, key=lambda other: other.relation.type != RelationType.CONTRADICTS)


def similar(
    claim: Claim, language: str, *, but: list[Related], user: Any, at: datetime.datetime
) -> list[Claim]:
    """The claims nearest in meaning, each with its summary, but for those whose relation the page tells already."""
    told = {other.claim.pk for other in but}
    near = similar_claims(claim, user=user, at=at, count=MOST_SIMILAR + len(told))
    return summarise(
        [one.claim for one in near if one.claim.pk not in told][:MOST_SIMILAR], language, user=user, at=at
    )


def _order(telling: Telling) -> tuple[datetime.date, str]:
    return telling.published_on or datetime.date.max, telling.key
