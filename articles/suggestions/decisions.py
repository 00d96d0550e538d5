"""Answers to suggestions: each one transaction, refused on a stale version, and taken back by `undo`.

Nothing here publishes: a confirmed mention or a changed body is what the same change in the article's form would be.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles import workflow
from articles.choices import QuoteState, SuggestionAnswer, SuggestionKind, SuggestionState
from articles.importing.cuts import Cut, cuts_from_json
from articles.models import Article, Mention, SuggestionDecision
from articles.suggestions.gathered import MODELS, gather, text_language
from articles.suggestions.items import CopyFound, CutFound, NameFound, Suggestion
from articles.suggestions.recut import BodyWasEdited, recut

_LONGEST_WORDS = 300
# A chain of copies is followed no further; longer ones are refused as a circle would be.
_MOST_COPIES = 20


class Refused(Exception):
    """Nothing was changed; the message says why and what to do."""


class QuotesWouldBeLost(Refused):
    """The passage to be cut holds quotes of claims: the editor must say that it is meant."""

    def __init__(self, number: int, message: str) -> None:
        self.number = number
        super().__init__(message)


def accept(article: Article, key: str, *, version: int, by: Any, sure: bool = False) -> Suggestion:
    """Do what is suggested: confirm the mention, keep the cut, set what it is a copy of."""
    return _decide(article, key, SuggestionAnswer.ACCEPTED, version=version, by=by, sure=sure)


def dismiss(article: Article, key: str, *, version: int, by: Any) -> Suggestion:
    """Remember that it is not so. Of a cut: put the passage back into the body."""
    return _decide(article, key, SuggestionAnswer.DISMISSED, version=version, by=by)


def change(article: Article, key: str, chosen: Any, *, version: int, by: Any) -> Suggestion:
    """Confirm that the name means another record, `chosen`, a person, organisation or outlet."""
    return _decide(article, key, SuggestionAnswer.CHANGED, version=version, by=by, chosen=chosen)


@transaction.atomic
def undo(article: Article, key: str, *, version: int, by: Any) -> SuggestionDecision:
    """Take the answer back, with what it did."""
    article = _locked(article, version)
    kind, _colon, fingerprint = key.partition(":")
    decision = article.suggestion_decisions.filter(kind=kind, fingerprint=fingerprint).first()
    if decision is None:
        raise Refused(_("There is no answer to take back any more: somebody was quicker."))
    _take_back(article, decision, by)
    decision.delete()
    return decision


def _locked(article: Article, version: int) -> Article:
    fresh = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if fresh.version != version:
        raise Refused(
            _(
                "The article was changed meanwhile, so nothing was done. The suggestions are read from it as it is now."
            )
        )
    return fresh


@transaction.atomic
def _decide(
    article: Article,
    key: str,
    answer: SuggestionAnswer,
    *,
    version: int,
    by: Any,
    sure: bool = False,
    chosen: Any = None,
) -> Suggestion:
    article = _locked(article, version)
    suggestion = gather(article, user=by).find(key)
    if suggestion is None:
        raise Refused(_("This is not suggested any more, so nothing was done."))
    if suggestion.decision is not None:
        raise Refused(_("“%(words)s” was answered already.") % {"words": suggestion.words})
    restores = _carry_out(article, suggestion, answer, by=by, sure=sure, chosen=chosen)
    SuggestionDecision.objects.create(
        article=article,
        kind=suggestion.kind,
        fingerprint=suggestion.fingerprint,
        answer=answer,
        words=(suggestion.words or str(getattr(suggestion, "message", "")))[:_LONGEST_WORDS],
        undo=restores,
        decided_by=by,
    )
    return suggestion


def _carry_out(
    article: Article, suggestion: Suggestion, answer: SuggestionAnswer, *, by: Any, sure: bool, chosen: Any
) -> dict[str, Any]:
    """Do what the answer says; returns what taking it back restores."""
    dismissed = answer == SuggestionAnswer.DISMISSED
    if isinstance(suggestion, CutFound):
        if answer == SuggestionAnswer.CHANGED:
            raise Refused(_("A cut is kept or taken back; to cut otherwise, change the text itself."))
        return _cut(article, suggestion.cut, is_cut=not dismissed, by=by, sure=sure or dismissed)
    if dismissed:
        return {}
    if isinstance(suggestion, NameFound):
        return _confirm(article, chosen if answer == SuggestionAnswer.CHANGED else suggestion.record)
    if isinstance(suggestion, CopyFound) and answer == SuggestionAnswer.ACCEPTED:
        return _copy_of(article, suggestion.other, by)
    raise Refused(_("This suggestion is followed by hand: open it, or dismiss it."))


def _take_back(article: Article, decision: SuggestionDecision, by: Any) -> None:
    restores = decision.undo
    if decision.kind == SuggestionKind.MENTION and "mention" in restores:
        mentions = Mention.objects.filter(pk=restores["mention"], article=article)
        if restores["state"]:
            for mention in mentions:
                mention.state = restores["state"]
                mention.save(update_fields=["state"])
        else:
            mentions.delete()
    elif decision.kind == SuggestionKind.CUT and "was_cut" in restores:
        cut = Cut(restores["start"], restores["end"], restores["cut_kind"])
        _cut(article, cut, is_cut=restores["was_cut"], by=by, sure=True)
    # Only if nobody has said otherwise since.
    elif decision.kind == SuggestionKind.COPY and article.copy_of_id == restores.get("set_to", -1):
        article.copy_of = Article.objects.filter(pk=restores["copy_of"]).first()
        _save(article, by, "copy: taken back")


# Mentions


def _confirm(article: Article, record: Any) -> dict[str, Any]:
    kind = record._meta.model_name
    if kind not in MODELS:
        raise Refused(_("Choose a person, an organisation or an outlet."))
    mention, is_new = Mention.objects.get_or_create(
        article=article, **{kind: record}, defaults={"state": SuggestionState.CONFIRMED}
    )
    before = None if is_new else mention.state
    if mention.state != SuggestionState.CONFIRMED:
        mention.state = SuggestionState.CONFIRMED
        mention.save(update_fields=["state"])
    return {"mention": mention.pk, "state": before}


# Cuts


def _cut(article: Article, cut: Cut, *, is_cut: bool, by: Any, sure: bool) -> dict[str, Any]:
    """Make the cut, or take it back, in the list of cuts and in the body; the raw text stays as it is."""
    before = cuts_from_json(article.cuts)
    was_cut = cut in before
    restores = {"was_cut": was_cut, "start": cut.start, "end": cut.end, "cut_kind": cut.kind}
    if was_cut == is_cut:
        return restores
    after = sorted([*before, cut]) if is_cut else [other for other in before if other != cut]
    column = f"body_{text_language(article)}"
    try:
        body = recut(article.raw_text, getattr(article, column) or "", before, after)
    except BodyWasEdited:
        raise Refused(
            _("The body was edited at this passage, so it was left as it is. Change it there, by hand.")
        ) from None
    with transaction.atomic():
        setattr(article, column, body)
        article.cuts = [one.as_json() for one in after]
        _save(article, by, "cut" if is_cut else "cut: taken back")
        changed = workflow.reanchor_quotes(article, by=by)
        lost = [telling for telling in changed if telling.quote_state == QuoteState.ORPHANED]
        if lost and not sure:
            raise QuotesWouldBeLost(
                len(lost),
                _(
                    "Quotes of claims stand in this passage: “%(quote)s”. They would be kept as quotes that are no longer "
                    "in the text. Cut it all the same?"
                )
                % {"quote": lost[0].quote_exact[:120]},
            )
    return restores


# Copies


def _copy_of(article: Article, other: Article, by: Any) -> dict[str, Any]:
    seen, origin = {article.pk}, other
    for _step in range(_MOST_COPIES):
        if origin.pk in seen:
            raise Refused(_("“%(other)s” is itself a copy of this article.") % {"other": other})
        seen.add(origin.pk)
        if origin.copy_of is None:
            break
        origin = origin.copy_of
    restores = {"copy_of": article.copy_of_id, "set_to": other.pk}
    article.copy_of = other
    _save(article, by, "copy of another")
    return restores


def _save(article: Article, by: Any, reason: str) -> None:
    article._history_user = by
    article._change_reason = reason
    article.save()
