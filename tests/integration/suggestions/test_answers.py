"""Answers to suggestions: what each does, what undoing it restores, and what stays as it was."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles import workflow
from articles.choices import SuggestionAnswer, SuggestionKind, SuggestionState
from articles.models import Article, Mention, SuggestionDecision
from articles.search.vectors import told
from articles.search.vectors.encoder import EncoderMissing
from articles.search.vectors.encoding import Encoding
from articles.suggestions import reading
from articles.suggestions.decisions import Refused, accept, change, dismiss, undo
from articles.suggestions.gathered import gather
from tests.builders import NOON, a_claim, a_person, a_public_claim, a_telling, an_article, an_outlet
from tests.integration.suggestions.answering import an_imported_article, answer, suggested

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TEXT = "قالت سلمى الكاتبي إن الجسر القديم أغلق مساء الثلاثاء."


# Names


def test_an_accepted_name_is_a_confirmed_mention_until_it_is_taken_back(user):
    person, article = a_person(name_ar="سلمى الكاتبي"), an_article(body_ar=TEXT)
    (found,) = suggested(article, SuggestionKind.MENTION)

    assert (found.record, found.words, found.count) == (person, "سلمى الكاتبي", 1)
    answer(accept, article, found, user)

    assert Mention.objects.get(article=article).state == SuggestionState.CONFIRMED
    (found,) = suggested(article, SuggestionKind.MENTION)
    assert found.is_done
    assert not found.is_open
    assert found.decision.decided_by == user
    answer(undo, article, found, user)
    assert not Mention.objects.exists()
    assert suggested(article, SuggestionKind.MENTION)[0].is_open


def test_taking_back_an_acceptance_gives_a_mention_its_former_state(user):
    person, article = a_person(name_ar="سلمى الكاتبي"), an_article(body_ar=TEXT)
    Mention.objects.create(article=article, person=person, state=SuggestionState.SUGGESTED)
    (found,) = suggested(article, SuggestionKind.MENTION)

    answer(accept, article, found, user)
    answer(undo, article, found, user)

    assert Mention.objects.get().state == SuggestionState.SUGGESTED


def test_another_record_may_be_meant(user):
    a_person(name_ar="سلمى الكاتبي")
    other, article = an_outlet(name_ar="صحيفة النهر"), an_article(body_ar=TEXT)
    (found,) = suggested(article, SuggestionKind.MENTION)

    answer(change, article, found, user, chosen=other)

    assert Mention.objects.get().outlet == other
    (found,) = suggested(article, SuggestionKind.MENTION)
    assert found.decision.answer == SuggestionAnswer.CHANGED
    answer(undo, article, found, user)
    assert not Mention.objects.exists()


def test_a_dismissal_survives_an_edit_elsewhere_in_the_text(user):
    a_person(name_ar="سلمى الكاتبي")
    article = an_article(body_ar=TEXT)
    for kind in (SuggestionKind.MENTION, SuggestionKind.ATTRIBUTION):
        (found,) = suggested(article, kind)
        answer(dismiss, article, found, user)

    article.refresh_from_db()
    article.body_ar = f"فقرة جديدة في أول النص.\n\n{TEXT}"
    article.save()

    assert not Mention.objects.exists()
    for kind in (SuggestionKind.MENTION, SuggestionKind.ATTRIBUTION):
        assert [one.is_open for one in suggested(article, kind)] == [False]


def test_a_dismissal_whose_words_are_gone_can_still_be_taken_back(user):
    a_person(name_ar="سلمى الكاتبي")
    article = an_article(body_ar=TEXT)
    (found,) = suggested(article, SuggestionKind.MENTION)
    answer(dismiss, article, found, user)
    article.body_ar = "نص آخر."
    article.save()

    (former,) = gather(article, user=user).former

    assert former.words == "سلمى الكاتبي"
    answer(undo, article, found, user)
    assert not SuggestionDecision.objects.exists()


def test_everyday_words_that_are_names_too_stand_last():
    an_outlet(name_ar="درج")
    a_person(name_ar="سلمى الكاتبي")
    article = an_article(body_ar=f"وضع الورق في درج المكتب. {TEXT}")

    first, last = suggested(article, SuggestionKind.MENTION)

    assert (first.words, first.is_doubtful) == ("سلمى الكاتبي", False)
    assert (last.words, last.is_doubtful) == ("درج", True)


def test_unknown_people_are_proposed_once_and_dismissed_for_good(user):
    article = an_article(body_ar="قال الباحث أحمد الحداد إن الجسر قديم. وأضاف أحمد الحداد أنه طويل.")
    (found,) = suggested(article, SuggestionKind.UNKNOWN)

    assert found.words == "أحمد الحداد"
    answer(dismiss, article, found, user)

    assert not suggested(article, SuggestionKind.UNKNOWN)[0].is_open


def test_the_names_are_built_again_only_when_one_changes(django_assert_num_queries):
    person = a_person(name_ar="سلمى الكاتبي")
    reading.names_now()

    with django_assert_num_queries(1):
        _state, before = reading.names_now()
    person.name_ar = "سلمى الحداد"
    person.save()
    _state, after = reading.names_now()

    assert before is not after


# Sentences


def test_an_attributed_sentence_fills_in_a_claim(user):
    outlet, person = an_outlet(name_ar="صحيفة النهر"), a_person(name_ar="سلمى الكاتبي")
    article = an_article(body_ar="قالت سلمى الكاتبي لصحيفة النهر إن الجسر القديم أغلق مساء الثلاثاء.")

    (found,) = suggested(article, SuggestionKind.ATTRIBUTION)

    assert found.query["statement_ar"] == "الجسر القديم أغلق مساء الثلاثاء"
    assert found.query["certainty"] == "reported"
    assert f'"outlet": {outlet.pk}' in found.query["sources"]
    assert f'"step": 2, "person": {person.pk}' in found.query["sources"]


def test_unnamed_sources_are_described_as_the_text_does():
    article = an_article(body_ar="وقال مسؤولون أمنيون إن الجسر القديم أغلق مساء الثلاثاء.")

    (found,) = suggested(article, SuggestionKind.ATTRIBUTION)

    assert '"description_ar": "مسؤولون أمنيون"' in found.query["sources"]


def test_a_sentence_whose_quote_is_linked_is_done():
    article = an_article(body_ar=TEXT)
    a_telling(a_claim(), article, quote="الجسر القديم أغلق مساء الثلاثاء")

    (found,) = suggested(article, SuggestionKind.ATTRIBUTION)

    assert found.is_done


def test_what_was_told_before_is_shown_with_what_differs():
    known = a_public_claim(statement_ar="أغلقت البلدية الجسر القديم بعد ظهور 3 شقوق فيه.")
    Encoding().everything()
    article = an_article(
        headline_ar="بلا", body_ar="قالت سلمى الكاتبي إن البلدية أغلقت الجسر القديم بعد ظهور 7 شقوق فيه."
    )

    (found,) = gather(article, user=None, at=NOON).of(SuggestionKind.TOLD)

    assert found.claim == known
    assert [(here, there) for _kind, here, there in found.differing] == [(["7"], ["3"])]
    # A claim that the article tells already is no news.
    a_telling(known, article)
    assert gather(article, user=None, at=NOON).of(SuggestionKind.TOLD) == []


def test_without_vectors_nothing_was_told_before(monkeypatch):
    def missing(text: str) -> None:
        raise EncoderMissing("There is no encoder.")

    monkeypatch.setattr(told, "query_vector", missing)
    article = an_article(body_ar=TEXT)

    gathered = gather(article, user=None)

    assert gathered.of(SuggestionKind.TOLD) == []
    assert gathered.of(SuggestionKind.ATTRIBUTION)


# Copies

LONG = (
    "أغلقت البلدية الجسر القديم مساء الثلاثاء بعد أن لاحظ العمال شقوقاً في ثلاث من دعاماته، وطلبت من السائقين سلوك "
    "الطريق الساحلي حتى إشعار آخر."
)


def test_a_copy_is_said_by_a_person_alone(user):
    original, article = an_article(body_ar=LONG), an_article(body_ar=f"عاجل. {LONG}")
    (found,) = suggested(article, SuggestionKind.COPY)
    assert found.other == original
    assert found.share > 80
    assert found.passages[0][0].startswith("أغلقت البلدية")
    assert any(one.target == "copy_of" for one in suggested(article, SuggestionKind.WARNING))

    answer(accept, article, found, user)
    article.refresh_from_db()
    assert article.copy_of == original
    answer(undo, article, found, user)
    article.refresh_from_db()
    assert article.copy_of is None


def test_no_circle_of_copies_is_made(user):
    original = an_article(body_ar=LONG)
    an_article(body_ar=f"عاجل. {LONG}", copy_of=original)
    (found,) = suggested(original, SuggestionKind.COPY)

    with pytest.raises(Refused):
        answer(accept, original, found, user)


# Warnings, and everything


def test_what_is_missing_is_said_and_can_be_dismissed(user):
    article = an_imported_article(headline_ar="")

    warned = suggested(article, SuggestionKind.WARNING)

    assert [one.target for one in warned][:3] == ["headline_ar", "outlet", "published_at"]
    for one in warned:
        answer(dismiss, article, one, user)
    assert not any(one.is_open for one in suggested(article, SuggestionKind.WARNING))


def test_a_date_in_a_cut_is_told_to_belong_elsewhere():
    raw = "إقرأوا أيضاً:\nكاتب | 28.03.2024\nعنوان مقال آخر\nسقطت الطائرة في الحقل ونجا الطيار من الحادث."
    cut = {"start": 0, "end": raw.index("سقطت"), "kind": "related"}
    article = an_article(raw_text=raw, cuts=[cut], body_ar="سقطت الطائرة في الحقل ونجا الطيار من الحادث.")

    assert any("28.03.2024" in str(one.message) for one in suggested(article, SuggestionKind.WARNING))


def test_a_stale_answer_is_refused(user):
    a_person(name_ar="سلمى الكاتبي")
    article = an_article(body_ar=TEXT)
    (found,) = suggested(article, SuggestionKind.MENTION)
    Article.objects.get(pk=article.pk).save()

    with pytest.raises(Refused, match="changed meanwhile"):
        accept(article, found.key, version=article.version, by=user)

    assert not Mention.objects.exists()


def test_an_answer_is_given_once_and_only_to_what_is_suggested(user):
    a_person(name_ar="سلمى الكاتبي")
    article = an_article(body_ar=TEXT)
    (found,) = suggested(article, SuggestionKind.MENTION)
    answer(dismiss, article, found, user)

    with pytest.raises(Refused, match="already"):
        answer(accept, article, found, user)
    with pytest.raises(Refused, match="not suggested"):
        accept(article, "mention:person:999999", version=article.version, by=user)
    with pytest.raises(Refused, match="no answer"):
        undo(article, "mention:person:999999", version=article.version, by=user)


def test_gathering_takes_as_many_queries_for_many_names_as_for_few(django_assert_max_num_queries):
    a_person(name_ar="سلمى الكاتبي")
    for number in range(12):
        a_person(name_ar=f"أحمد الحداد{chr(0x0628 + number)}")
    an_outlet(name_ar="صحيفة النهر")
    few = an_article(body_ar=f"{TEXT} وكتبت صحيفة النهر.")
    many = " ".join(f"قال أحمد الحداد{chr(0x0628 + n)} إن الجسر رقم {n} قديم جداً." for n in range(12))
    article = an_article(body_ar=f"{TEXT} {many} وكتبت صحيفة النهر.")
    gather(few, user=None)

    with django_assert_max_num_queries(16):
        assert len(gather(few, user=None).suggestions) < 8
    with django_assert_max_num_queries(16):
        assert len(gather(article, user=None).suggestions) > 20


def test_a_decision_says_what_it_answers_and_is_made_once():
    article = an_article()
    decision = SuggestionDecision(article=article, kind="mention", answer="dismissed")
    with pytest.raises(ValidationError, match="which suggestion"):
        decision.validate_constraints()
    facts = {"article": article, "kind": "mention", "fingerprint": "x", "answer": "dismissed"}
    SuggestionDecision.objects.create(**facts)
    with pytest.raises(ValidationError, match="answered already"):
        SuggestionDecision(**facts).validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        SuggestionDecision.objects.create(**facts)


def test_an_article_goes_its_way_whatever_is_suggested(user):
    article = an_imported_article()

    workflow.submit(article, by=user)

    assert gather(article, user=user).open
