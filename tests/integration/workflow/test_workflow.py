import datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles import workflow
from articles.choices import CorrectionKind, OriginalLanguage, QuoteState, Status, Verdict
from articles.models import Article, Assessment, Claim
from articles.workflow import STEPS, NotReady, WorkflowError, WrongStatus
from tests.builders import (
    NOON,
    ONE_SECOND,
    a_claim,
    a_public_article,
    a_public_claim,
    a_telling,
    an_article,
)

pytestmark = pytest.mark.django_db

TOMORROW = NOON + datetime.timedelta(days=1)
# How each step is taken, and where it leads.
TAKEN = {
    "submit": (lambda record: workflow.submit(record, by=None), Status.IN_REVIEW),
    "return": (lambda record: workflow.return_to_draft(record, by=None), Status.DRAFT),
    "approve": (lambda record: workflow.approve(record, by=None), Status.APPROVED),
    "publish": (lambda record: workflow.publish(record, by=None, at=NOON), Status.PUBLISHED),
    "withdraw": (
        lambda record: workflow.withdraw(record, by=None, at=NOON, reason_ar="خطأ"),
        Status.WITHDRAWN,
    ),
    "reopen": (lambda record: workflow.reopen(record, by=None), Status.DRAFT),
}


def _in(status: Status, make):
    facts = {"status": status}
    if status in {Status.PUBLISHED, Status.WITHDRAWN}:
        facts["publish_at"] = NOON
    if status == Status.WITHDRAWN:
        facts |= {"withdrawn_at": NOON, "withdrawal_reason_ar": "خطأ"}
    return make(**facts)


@pytest.mark.parametrize("make", [an_article, a_claim])
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_starts_where_the_table_says_and_nowhere_else(step, status, make) -> None:
    take, target = TAKEN[step]
    record = _in(status, make)

    if status in STEPS[step]:
        assert take(record).status == target
    else:
        with pytest.raises(WrongStatus):
            take(record)
    stored = type(record).objects.get(pk=record.pk).status
    assert stored == (target if status in STEPS[step] else status)


def test_publishing_again_keeps_the_first_moment() -> None:
    article = workflow.publish(an_article(), by=None, at=NOON)
    article = workflow.withdraw(article, by=None, at=NOON, reason_ar="خطأ")
    article = workflow.publish(workflow.reopen(article, by=None), by=None, at=TOMORROW)

    assert article.publish_at == NOON


def test_a_publication_may_lie_ahead() -> None:
    article = workflow.publish(an_article(), by=None, at=NOON, publish_at=TOMORROW)

    assert article not in Article.objects.published(at=TOMORROW - ONE_SECOND)
    assert article in Article.objects.published(at=TOMORROW)


@pytest.mark.parametrize(
    ("make", "facts", "fields"),
    [
        (an_article, {"headline_ar": ""}, ["headline_ar"]),
        (
            an_article,
            {"headline_ar": "", "body_ar": "", "headline_en": "Only the translation"},
            ["headline_ar", "body_ar"],
        ),
        (
            an_article,
            {"original_language": OriginalLanguage.UNDETERMINED, "headline_ar": ""},
            ["headline_ar"],
        ),
        (a_claim, {"original_language": "en"}, ["statement_en"]),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_published(make, facts, fields) -> None:
    record = make(**facts)

    with pytest.raises(NotReady) as refused:
        workflow.publish(record, by=None, at=NOON)

    assert [problem.field for problem in refused.value.problems] == fields
    assert not type(record).objects.published(at=TOMORROW).exists()


def test_a_withdrawal_needs_a_reason() -> None:
    with pytest.raises(NotReady):
        workflow.withdraw(a_public_article(), by=None, at=NOON, reason_ar="  ")


def test_the_history_says_who_did_what() -> None:
    editor = User.objects.create_user("editor")
    article = workflow.submit(an_article(), by=editor)

    latest = article.history.first()
    assert (latest.history_user, latest.history_change_reason) == (editor, "submitted")


def test_only_a_published_article_is_corrected_and_the_correction_needs_words() -> None:
    article = a_public_article()
    workflow.correct(article, by=None, at=NOON, kind=CorrectionKind.CORRECTION, text_ar="الصواب كذا")

    with pytest.raises(ValidationError):
        workflow.correct(article, by=None, at=NOON, kind=CorrectionKind.CORRECTION)
    with pytest.raises(WorkflowError):
        workflow.correct(an_article(), by=None, at=NOON, kind=CorrectionKind.CORRECTION, text_ar="الصواب كذا")
    assert article.corrections.count() == 1


def test_the_latest_assessment_gives_the_verdict_and_none_is_ever_rewritten() -> None:
    claim = a_public_claim()
    workflow.assess(claim, by=None, at=TOMORROW, verdict=Verdict.DISPUTED, rationale_ar="روايتان")
    workflow.assess(claim, by=None, at=NOON, verdict=Verdict.CONFIRMED, rationale_ar="أُدخل متأخراً")

    assert Claim.objects.get(pk=claim.pk).verdict == Verdict.DISPUTED
    for rewriting in (
        lambda: Assessment.objects.update(verdict=Verdict.REFUTED),
        lambda: Assessment.objects.filter(claim=claim)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rewriting()


def test_quotes_follow_their_words_when_the_text_changes() -> None:
    article = an_article(body_ar="فقرة أولى.\n\nفقرة ثانية.")
    moving = a_telling(a_claim(), article, quote="ثانية")
    losing = a_telling(a_claim(), article, quote="أولى")
    article.body_ar = "مقدمة.\n\nفقرة ثانية."
    article.save()

    changed = workflow.reanchor_quotes(article)

    assert {appearance.pk: appearance.quote_state for appearance in changed} == {
        moving.pk: QuoteState.MOVED,
        losing.pk: QuoteState.ORPHANED,
    }
    assert workflow.reanchor_quotes(article) == []
