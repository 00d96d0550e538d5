import datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles import workflow
from articles.choices import CorrectionKind, OriginalLanguage, QuoteState, Status, Verdict
from articles.models import Article, Assessment, Claim
from articles.workflow import SCHEDULED, STEPS, NotReady, OwnWork, WorkflowError, WrongStatus
from tests.builders import (
    NOON,
    ONE_SECOND,
    a_claim,
    a_public_article,
    a_public_claim,
    a_telling,
    an_article,
    an_outlet,
)

pytestmark = pytest.mark.django_db

FAR_AHEAD = NOON.replace(year=9999)
TOMORROW = NOON + datetime.timedelta(days=1)
# How each step is taken, and where it leads.
TAKEN = {
    "submit": (lambda record: workflow.submit(record, by=None), Status.IN_REVIEW),
    "return": (lambda record: workflow.return_to_draft(record, by=None, note="مصدر ثانٍ"), Status.DRAFT),
    "approve": (lambda record: workflow.approve(record, by=None), Status.APPROVED),
    "publish": (lambda record: workflow.publish(record, by=None, at=NOON), Status.PUBLISHED),
    "reschedule": (
        lambda record: workflow.reschedule(record, by=None, at=NOON, publish_at=TOMORROW),
        Status.PUBLISHED,
    ),
    "unschedule": (lambda record: workflow.unschedule(record, by=None, at=NOON), Status.APPROVED),
    "withdraw": (
        lambda record: workflow.withdraw(record, by=None, at=NOON, reason_ar="خطأ"),
        Status.WITHDRAWN,
    ),
    "reopen": (lambda record: workflow.reopen(record, by=None), Status.DRAFT),
}


def _in(status: str, make):
    if status == SCHEDULED:
        return make(status=Status.PUBLISHED, publish_at=FAR_AHEAD)
    facts = {"status": status}
    if status in {Status.PUBLISHED, Status.WITHDRAWN}:
        facts["publish_at"] = NOON
    if status == Status.WITHDRAWN:
        facts |= {"withdrawn_at": NOON, "withdrawal_reason_ar": "خطأ"}
    return make(**facts)


@pytest.mark.parametrize("make", [an_article, a_claim])
@pytest.mark.parametrize("status", [*Status, SCHEDULED])
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
    assert stored == (target if status in STEPS[step] else record.status)


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


def two_people() -> tuple[User, User]:
    return User.objects.create(username="writer"), User.objects.create(username="reviewer")


@pytest.mark.parametrize("make", [an_article, a_claim])
def test_nobody_approves_what_they_started_or_handed_in(make) -> None:
    writer, reviewer = two_people()
    started = make(author=writer, status=Status.IN_REVIEW, submitted_by=reviewer)
    for own in (writer, reviewer):
        with pytest.raises(OwnWork):
            workflow.approve(started, by=own)

    third = User.objects.create(username="third")
    assert workflow.approve(started, by=third).status == Status.APPROVED


def test_whoever_hands_in_what_nobody_took_up_is_its_author() -> None:
    writer, _reviewer = two_people()

    assert workflow.submit(an_article(), by=writer).author == writer


def test_a_note_of_return_stays_until_the_record_is_handed_in_again() -> None:
    writer, reviewer = two_people()
    article = workflow.submit(an_article(), by=writer)
    with pytest.raises(NotReady):
        workflow.return_to_draft(article, by=reviewer, note="  ")

    article = workflow.return_to_draft(article, by=reviewer, note="أضف مصدراً ثانياً")
    assert (article.return_note, article.returned_by) == ("أضف مصدراً ثانياً", reviewer)
    assert list(Article.objects.returned_to(writer)) == [article]
    article = workflow.submit(article, by=writer)

    assert (article.return_note, article.returned_by, article.returned_at) == ("", None, None)
    notes = article.history.exclude(return_note="").values_list("return_note", "history_user")
    assert list(notes) == [("أضف مصدراً ثانياً", reviewer.pk)]


def test_a_scheduled_record_gets_another_moment_or_none() -> None:
    article = workflow.publish(an_article(), by=None, at=NOON, publish_at=TOMORROW)
    later = TOMORROW + datetime.timedelta(days=1)

    article = workflow.reschedule(article, by=None, at=NOON, publish_at=later)
    assert article.publish_at == later
    article = workflow.unschedule(article, by=None, at=NOON)
    assert (article.status, article.publish_at) == (Status.APPROVED, None)
    article = workflow.publish(article, by=None, at=NOON, publish_at=TOMORROW)
    article = workflow.reschedule(article, by=None, at=NOON)

    assert article in Article.objects.published(at=NOON)


def test_what_is_public_has_no_schedule_any_more() -> None:
    article = workflow.publish(an_article(), by=None, at=NOON, publish_at=TOMORROW)

    with pytest.raises(WrongStatus):
        workflow.unschedule(article, by=None, at=TOMORROW)


def test_a_schedule_taken_back_remembers_that_readers_saw_it_once() -> None:
    article = workflow.publish(an_article(), by=None, at=NOON)
    article = workflow.withdraw(article, by=None, at=TOMORROW, reason_ar="خطأ")
    article = workflow.reopen(article, by=None)
    article = workflow.publish(article, by=None, at=TOMORROW, publish_at=FAR_AHEAD)

    assert workflow.unschedule(article, by=None, at=TOMORROW).publish_at == NOON


def test_the_history_says_when_nobody_approved_what_was_published() -> None:
    reviewed = workflow.publish(an_article(status=Status.APPROVED), by=None, at=NOON)
    alone = workflow.publish(an_article(), by=None, at=NOON)

    assert reviewed.history.first().history_change_reason == "published"
    assert alone.history.first().history_change_reason == "published unapproved"


@pytest.mark.parametrize("make", [an_article, a_claim])
def test_a_translation_is_stale_when_the_original_changed_after_it(make) -> None:
    text = "headline" if make is an_article else "statement"
    record = make(**{f"{text}_ar": "أول", f"{text}_en": "First"})
    model = type(record)

    def save(**texts: str) -> bool:
        model.objects.filter(pk=record.pk).update(
            **{f"{text}_{language}": words for language, words in texts.items()}
        )
        record.refresh_from_db()
        assert record.is_translation_stale == model.objects.stale().exists()
        return record.is_translation_stale

    assert not save(en="Better")
    assert save(ar="ثانٍ")
    assert not save(en="Second")
    assert not save(ar="ثالث", en="Third")
    assert save(ar="رابع")
    workflow.keep_translation(record, by=None)
    assert not save()
    assert save(ar="خامس")
    assert not save(en="")


def test_an_old_copy_in_memory_takes_no_moment_of_a_language_back() -> None:
    article = an_article(headline_en="First")
    article.headline_ar = "جديد"
    article.save()
    # The object still holds the moments it was made with.
    article.byline = "x"
    article.save()

    assert Article.objects.stale().exists()


def test_unlinked_claims_are_those_told_nowhere_or_on_nobodys_word() -> None:
    nowhere, nobody, outlet, source = a_claim(), a_claim(), a_claim(), a_claim()
    a_telling(nobody, an_article())
    a_telling(outlet, an_article(outlet=an_outlet()))
    a_telling(source, an_article(), "مهندسون")

    assert set(Claim.objects.unlinked()) == {nowhere, nobody}
