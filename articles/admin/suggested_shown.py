"""Suggestions as the page shows them: in groups, with what each is called and counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from articles.choices import SuggestionKind
from articles.quotes import CONTEXT
from articles.roles import may_change, translates_only
from articles.suggestions.cut_pieces import pieces
from articles.suggestions.gathered import MOST_SHOWN, Gathered
from articles.suggestions.items import ClaimFound, Place, Suggestion, ToldSentence, UnknownFound

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from articles.models import Article

HEADINGS = {
    SuggestionKind.WARNING: _("To know before you go on"),
    SuggestionKind.CUT: _("Cut from the imported text"),
    SuggestionKind.MENTION: _("Named in it"),
    SuggestionKind.UNKNOWN: _("Named in it, and in no record"),
    SuggestionKind.COPY: _("Shares passages with"),
    SuggestionKind.ATTRIBUTION: _("On somebody’s word"),
    SuggestionKind.TOLD: _("Perhaps told already"),
}
# Longer words fit into no address.
LONGEST_PREFILL = 1_500


@dataclass(slots=True)
class Group:
    """The open suggestions of a kind; `more` are not shown yet."""

    kind: str
    heading: str | _StrPromise
    items: list[Any] = field(default_factory=list)
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.items) + self.more


def shown(gathered: Gathered, user: Any) -> dict[str, Any]:
    """The context of the templates: open suggestions in groups, and the answers given, the last one first."""
    # What a sentence says of its chain holds for the claim it may tell, too.
    chains = {one.places[0]: one for one in gathered.of(SuggestionKind.ATTRIBUTION) if one.places}
    groups = []
    for kind, heading in HEADINGS.items():
        waiting = [one for one in gathered.of(kind) if one.is_open]
        if waiting:
            groups.append(Group(kind, heading, waiting[:MOST_SHOWN], len(waiting[MOST_SHOWN:])))
    for group in groups:
        for one in group.items:
            _link(gathered.article, one)
            if isinstance(one, ClaimFound):
                _link_claim(gathered.article, one, chains, user)  # type: ignore[arg-type]
    answered = [one.decision for one in gathered.suggestions if one.decision] + gathered.former
    cuts = gathered.of(SuggestionKind.CUT)
    return {
        "groups": groups,
        "open_count": sum(group.count for group in groups),
        "answered": sorted(answered, key=lambda decision: (decision.decided_at, decision.pk), reverse=True),
        "linked_count": sum(one.is_done for one in gathered.of(SuggestionKind.ATTRIBUTION)),
        "confirmed_count": sum(one.is_done for one in gathered.of(SuggestionKind.MENTION)),
        "pieces": pieces(gathered.article, cuts),  # type: ignore[arg-type]
        "text_language": gathered.language,
    }


def _link(article: Article, one: Suggestion) -> None:
    """Where a suggestion leads that is followed by hand."""
    if isinstance(one, ToldSentence):
        one.url = f"{reverse('admin:articles_claim_add')}?{urlencode({**_quote(article, one), **one.query})}"
    elif isinstance(one, UnknownFound):
        one.url = f"?{urlencode({f'name_{one.language}': one.words})}"


def _quote(article: Article, one: Suggestion) -> dict[str, Any]:
    """The words of a suggestion with those around them, as the address of a claim's form takes them."""
    text = getattr(article, f"body_{one.language}") or ""
    place = one.places[0]
    return {
        "article": article.pk,
        "language": one.language,
        "quote": one.words[:LONGEST_PREFILL],
        "prefix": text[max(0, place.start - CONTEXT) : place.start],
        "suffix": text[place.end : place.end + CONTEXT],
    }


def _link_claim(article: Article, one: ClaimFound, chains: dict[Place, ToldSentence], user: Any) -> None:
    """To the claim with this telling of it begun, where this user may add one; else to the claim alone."""
    one.url = reverse("admin:articles_claim_change", args=[one.claim.pk])
    may_add = (
        user.has_perm("articles.change_claim")
        and user.has_perm("articles.add_appearance")
        and not translates_only(user, "articles.claim")
        and may_change(user, one.claim)
    )
    if not one.places or not may_add:
        return
    told = chains.get(one.places[0])
    # The claim has its statement; of the sentence it is the manner and the chain that are this telling's.
    one.query = {
        name: value
        for name, value in (told.query if told else {}).items()
        if not name.startswith("statement_")
    }
    one.telling_url = f"{one.url}?{urlencode({**_quote(article, one), **one.query})}"
