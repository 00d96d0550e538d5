"""Suggestions as the page shows them: in groups, with what each is called and counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from articles.choices import SuggestionKind
from articles.quotes import CONTEXT
from articles.suggestions.cut_pieces import pieces
from articles.suggestions.gathered import MOST_SHOWN, Gathered
from articles.suggestions.items import ClaimFound, Suggestion, ToldSentence, UnknownFound

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


def shown(gathered: Gathered) -> dict[str, Any]:
    """The context of the templates: open suggestions in groups, and the answers given, the last one first."""
    groups = []
    for kind, heading in HEADINGS.items():
        waiting = [one for one in gathered.of(kind) if one.is_open]
        if waiting:
            groups.append(Group(kind, heading, waiting[:MOST_SHOWN], len(waiting[MOST_SHOWN:])))
    for group in groups:
        for one in group.items:
            _link(gathered.article, one)
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
        text = getattr(article, f"body_{one.language}") or ""
        place = one.places[0]
        query = {
            "article": article.pk,
            "language": one.language,
            "quote": one.words[:LONGEST_PREFILL],
            "prefix": text[max(0, place.start - CONTEXT) : place.start],
            "suffix": text[place.end : place.end + CONTEXT],
            **one.query,
        }
        one.url = f"{reverse('admin:articles_claim_add')}?{urlencode(query)}"
    elif isinstance(one, ClaimFound):
        one.url = reverse("admin:articles_claim_change", args=[one.claim.pk])
    elif isinstance(one, UnknownFound):
        one.url = f"?{urlencode({f'name_{one.language}': one.words})}"
