"""Every change of state of an article or claim: one function each, in one transaction, for admin, import and shell alike.

Each function reads the record again under a lock, refuses with `WrongStatus`, `OwnWork` or `NotReady` and then leaves
everything as it was, and returns the record as saved.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.choices import CorrectionKind, OriginalLanguage, QuoteState, Status, Verdict
from articles.models import Appearance, Article, Assessment, Claim, Correction
from articles.quotes import anchor
from newsroom.text.languages import LANGUAGES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Published, but from a moment on that lies ahead: no reader has seen it, and the moment may still be changed.
SCHEDULED = "scheduled"

# From which state each step may be taken. Publishing includes the approval of whoever may publish.
STEPS: dict[str, frozenset[str]] = {
    "submit": frozenset({Status.DRAFT}),
    "return": frozenset({Status.IN_REVIEW, Status.APPROVED}),
    "approve": frozenset({Status.IN_REVIEW}),
    "publish": frozenset({Status.DRAFT, Status.IN_REVIEW, Status.APPROVED}),
    "reschedule": frozenset({SCHEDULED}),
    "unschedule": frozenset({SCHEDULED}),
    "withdraw": frozenset({Status.PUBLISHED}),
    "reopen": frozenset({Status.WITHDRAWN}),
}

LONGEST_NOTE = 2_000
RETURNED = ("returned_by", "returned_at", "return_note")

# The first holds what the second or third does; modeltranslation keeps it.
REASONS = ("withdrawal_reason", "withdrawal_reason_ar", "withdrawal_reason_en")


def state_name(record: Article | Claim) -> str:
    """Its state in a word, such as “in review” or “scheduled”."""
    return str(_("scheduled") if state_of(record) == SCHEDULED else record.get_status_display())


class WorkflowError(Exception):
    """A step was refused and nothing was changed; the message says why and what to do next."""


class WrongStatus(WorkflowError):
    def __init__(self, record: Article | Claim, step: str) -> None:
        self.record, self.step = record, step
        super().__init__(
            _(
                "“%(record)s” is %(status)s, and that step does not start there. Reload the page to see its state."
            )
            % {"record": record, "status": state_name(record)}
        )


class OwnWork(WorkflowError):
    """Four eyes: nobody approves what they wrote or handed in."""

    def __init__(self, record: Article | Claim) -> None:
        self.record = record
        super().__init__(_("“%(record)s” is your own work: somebody else approves it.") % {"record": record})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in the way of a publication: the form field it concerns and the sentence for the editor."""

    field: str
    message: str | _StrPromise


class NotReady(WorkflowError):
    def __init__(self, record: Article | Claim, problems: list[Problem]) -> None:
        self.record, self.problems = record, problems
        super().__init__(
            _("“%(record)s” was not published: %(problems)s")
            % {"record": record, "problems": " ".join(str(problem.message) for problem in problems)}
        )


def missing_for_publication(record: Article | Claim) -> list[Problem]:
    """What stands in the way of publishing the record; empty when it is ready."""
    if isinstance(record, Claim):
        return [
            Problem(
                f"statement_{language}",
                _("State the claim in its original language."),
            )
            for language in _written_languages(record)
            if not getattr(record, f"statement_{language}")
        ]
    problems = []
    for language in _written_languages(record):
        if not getattr(record, f"headline_{language}"):
            problems.append(
                Problem(f"headline_{language}", _("The headline in the original language is missing."))
            )
        if not getattr(record, f"body_{language}"):
            problems.append(Problem(f"body_{language}", _("The body in the original language is missing.")))
    return problems


def _written_languages(record: Article | Claim) -> tuple[str, ...]:
    """The column that must be filled: the original language's, or, where that is open, the first with text."""
    if record.original_language != OriginalLanguage.UNDETERMINED:
        return (record.original_language,)
    return record.languages[:1] or LANGUAGES[:1]


def state_of(record: Article | Claim, *, at: datetime.datetime | None = None) -> str:
    """The status, or SCHEDULED where the record is published from a later moment on."""
    if record.status == Status.PUBLISHED and record.publish_at and record.publish_at > (at or timezone.now()):
        return SCHEDULED
    return record.status


def is_own_work(record: Article | Claim, user: Any) -> bool:
    """Whether the user started the record or handed it in."""
    return user is not None and user.pk in {record.author_id, record.submitted_by_id} - {None}


def _locked[Record: (Article, Claim)](
    record: Record, step: str, *, at: datetime.datetime | None = None
) -> Record:
    fresh = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    if state_of(fresh, at=at) not in STEPS[step]:
        raise WrongStatus(fresh, step)
    return fresh


def _save(record: Article | Claim, by: Any, reason: str, fields: Iterable[str]) -> None:
    # django-simple-history writes both into the history row of this save.
    record._history_user = by  # type: ignore[union-attr]
    record._change_reason = reason  # type: ignore[union-attr]
    record.save(update_fields=fields)


@transaction.atomic
def submit[Record: (Article, Claim)](record: Record, *, by: Any) -> Record:
    """Hand a draft in for review; the note of an earlier return is answered by that."""
    record = _locked(record, "submit")
    record.status = Status.IN_REVIEW
    record.submitted_by, record.submitted_at = by, timezone.now()
    record.author = record.author or by
    _settle(record)
    _save(record, by, "submitted", ["status", "author", "submitted_by", "submitted_at", *RETURNED])
    return record


@transaction.atomic
def return_to_draft[Record: (Article, Claim)](record: Record, *, by: Any, note: str) -> Record:
    """Give a record in review, or an approved one, back to its writer with what is to be done."""
    record = _locked(record, "return")
    note = note.strip()[:LONGEST_NOTE]
    if not note:
        raise NotReady(record, [Problem("note", _("Say what is to be done before it is submitted again."))])
    record.status = Status.DRAFT
    record.returned_by, record.returned_at, record.return_note = by, timezone.now(), note
    _save(record, by, "returned", ["status", *RETURNED])
    return record


@transaction.atomic
def approve[Record: (Article, Claim)](record: Record, *, by: Any) -> Record:
    """Approve what somebody else wrote; one's own work raises `OwnWork`."""
    record = _locked(record, "approve")
    if is_own_work(record, by):
        raise OwnWork(record)
    record.status = Status.APPROVED
    _save(record, by, "approved", ["status"])
    return record


@transaction.atomic
def publish[Record: (Article, Claim)](
    record: Record, *, by: Any, at: datetime.datetime, publish_at: datetime.datetime | None = None
) -> Record:
    """Publish the record, from `publish_at` on if that lies ahead; raises `NotReady` with what is missing."""
    record = _locked(record, "publish")
    if problems := missing_for_publication(record):
        raise NotReady(record, problems)
    # Whoever may publish may do so without a second person, and the history says so for good.
    reason = "published" if record.status == Status.APPROVED else "published unapproved"
    record.status = Status.PUBLISHED
    # Publishing again keeps the first moment: feeds and citations rely on it.
    record.publish_at = publish_at or record.publish_at or at
    _settle(record)
    _save(record, by, reason, ["status", "publish_at", *RETURNED])
    return record


@transaction.atomic
def reschedule[Record: (Article, Claim)](
    record: Record, *, by: Any, at: datetime.datetime, publish_at: datetime.datetime | None = None
) -> Record:
    """Give a scheduled record another moment, or publish it now."""
    record = _locked(record, "reschedule", at=at)
    if problems := missing_for_publication(record):
        raise NotReady(record, problems)
    record.publish_at = publish_at or at
    _save(record, by, "rescheduled", ["publish_at"])
    return record


@transaction.atomic
def unschedule[Record: (Article, Claim)](record: Record, *, by: Any, at: datetime.datetime) -> Record:
    """Take a publication back before its moment: the record is approved again, and no reader has seen it."""
    record = _locked(record, "unschedule", at=at)
    record.status = Status.APPROVED
    record.publish_at = _first_public(record)
    _save(record, by, "unscheduled", ["status", "publish_at"])
    return record


@transaction.atomic
def withdraw[Record: (Article, Claim)](
    record: Record, *, by: Any, at: datetime.datetime, reason_ar: str = "", reason_en: str = ""
) -> Record:
    """Take a published record from the public; its page then says so and why."""
    record = _locked(record, "withdraw", at=at)
    if not (reason_ar.strip() or reason_en.strip()):
        raise NotReady(
            record, [Problem("reason_ar", _("Give the reason of the withdrawal in Arabic or in English."))]
        )
    record.status = Status.WITHDRAWN
    record.withdrawn_at = at
    record.withdrawal_reason_ar, record.withdrawal_reason_en = reason_ar.strip(), reason_en.strip()
    _save(record, by, "withdrawn", ["status", "withdrawn_at", *REASONS])
    return record


@transaction.atomic
def reopen[Record: (Article, Claim)](record: Record, *, by: Any) -> Record:
    """Make a withdrawn record a draft again; it is reviewed anew before it returns to the public."""
    record = _locked(record, "reopen")
    record.status = Status.DRAFT
    record.withdrawn_at = None
    record.withdrawal_reason_ar = record.withdrawal_reason_en = ""
    _save(record, by, "reopened", ["status", "withdrawn_at", *REASONS])
    return record


@transaction.atomic
def keep_translation[Record: (Article, Claim)](record: Record, *, by: Any) -> Record:
    """Say that the translation holds although the original was changed after it."""
    record = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    latest = max(filter(None, (record.arabic_changed_at, record.english_changed_at)), default=None)
    if latest and record.arabic_changed_at != record.english_changed_at:
        record.arabic_changed_at = record.english_changed_at = latest
        _save(record, by, "translation checked", ["arabic_changed_at", "english_changed_at"])
    return record


def _settle(record: Article | Claim) -> None:
    """What a return asked for is done."""
    record.returned_by = record.returned_at = None
    record.return_note = ""


def _first_public(record: Article | Claim) -> datetime.datetime | None:
    """Since when readers saw it before it was withdrawn and scheduled again; None where they never did."""
    history: Any = record.history  # type: ignore[union-attr]
    withdrawn = history.filter(status=Status.WITHDRAWN, publish_at__lte=F("withdrawn_at"))
    return withdrawn.order_by("publish_at").values_list("publish_at", flat=True).first()


@transaction.atomic
def correct(
    article: Article,
    *,
    by: Any,
    at: datetime.datetime,
    kind: CorrectionKind,
    text_ar: str = "",
    text_en: str = "",
) -> Correction:
    """Print a correction with the article; only what readers have seen can be corrected."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if state_of(article, at=at) != Status.PUBLISHED:
        raise WrongStatus(article, "correct")
    correction = Correction(
        article=article, kind=kind, text_ar=text_ar, text_en=text_en, made_at=at, made_by=by
    )
    # modeltranslation's own column stands for the active language, which may be the one left empty.
    correction.full_clean(exclude=["text"])
    correction.save()
    return correction


@transaction.atomic
def assess(
    claim: Claim,
    *,
    by: Any,
    at: datetime.datetime,
    verdict: Verdict,
    rationale_ar: str = "",
    rationale_en: str = "",
) -> Assessment:
    """Add an assessment and make its verdict the claim's. Only a person's decision comes here."""
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    assessment = Assessment(
        claim=claim,
        verdict=verdict,
        rationale_ar=rationale_ar,
        rationale_en=rationale_en,
        assessed_by=by,
        assessed_at=at,
    )
    assessment.full_clean(exclude=["rationale"])
    assessment.save()
    renew_verdict(claim, by=by, reason="assessed")
    return assessment


def renew_verdict(claim: Claim, *, by: Any, reason: str) -> None:
    """Store the verdict of the latest assessment with the claim; without one it is unverified."""
    latest = Assessment.objects.of(claim).latest_first().first()
    verdict = latest.verdict if latest else Verdict.UNVERIFIED
    if verdict != claim.verdict:
        claim.verdict = verdict
        _save(claim, by, reason, ["verdict"])


@transaction.atomic
def reanchor_quotes(article: Article, *, by: Any = None) -> list[Appearance]:
    """Look for the article's quotes in its text as it now is; returns the appearances whose state changed."""
    changed = []
    for appearance in article.appearances.select_for_update().exclude(quote_exact=""):
        if place_quote(appearance, article):
            appearance._history_user = by
            appearance.save()
            changed.append(appearance)
    return changed


def place_quote(appearance: Appearance, article: Article) -> bool:
    """Set where the appearance's quote stands in the article (not saved); true if anything about it changed."""
    columns = ("quote_exact", "quote_prefix", "quote_suffix", "quote_start", "quote_state")
    before = [getattr(appearance, column) for column in columns]
    if not appearance.quote_exact:
        appearance.quote_prefix = appearance.quote_suffix = appearance.quote_state = ""
        appearance.quote_start = None
    else:
        found = anchor(
            getattr(article, f"body_{appearance.quote_language}", "") or "",
            appearance.quote_exact,
            prefix=appearance.quote_prefix,
            suffix=appearance.quote_suffix,
            start=appearance.quote_start,
        )
        # Once moved, it stays marked until an editor has looked; its place is right all the same.
        if found.state == QuoteState.ANCHORED and appearance.quote_state == QuoteState.MOVED:
            state = QuoteState.MOVED
        else:
            state = found.state
        appearance.quote_exact, appearance.quote_state, appearance.quote_start = (
            found.exact,
            state,
            found.start,
        )
        appearance.quote_prefix, appearance.quote_suffix = found.prefix, found.suffix
    return before != [getattr(appearance, column) for column in columns]
