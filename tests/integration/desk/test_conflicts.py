"""A save that comes too late is refused with both texts shown, and nothing is lost."""

from __future__ import annotations

import json
import re

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import workflow
from articles.models import Article, Claim
from newsroom.records import StaleRecord
from people.models import Person
from tests.builders import a_claim, a_person, a_telling, an_article, an_outlet
from tests.integration.desk.editor import Editor, Page, a_user

pytestmark = pytest.mark.django_db


def two_editors() -> tuple[Editor, Editor]:
    return Editor(a_user("editor", username="mona")), Editor(a_user("editor", username="karim"))


def change(record: object) -> str:
    opts = record._meta
    return f"{opts.app_label}/{opts.model_name}/{record.pk}/change/"


def without_marks(page: Page) -> str:
    return re.sub("</?(ins|del)>", "", page.text)


def test_a_stale_save_is_refused_with_both_texts_and_goes_through_when_sent_again():
    mona, karim = two_editors()
    article = an_article(headline_ar="عنوان أول", headline_en="First headline")
    hers, his = mona.open(change(article)), karim.open(change(article))
    karim.send(his, headline_en="Karim's headline")

    refused = mona.send(hers, headline_en="Mona's headline")

    assert refused.status == 409
    assert "Karim&#x27;s headline" in without_marks(refused)
    assert refused.form["headline_en"] == "Mona's headline"
    assert "karim" in refused.text
    article.refresh_from_db()
    assert article.headline_en == "Karim's headline"

    mona.send(refused)

    article.refresh_from_db()
    assert article.headline_en == "Mona's headline"
    assert article.history.filter(headline_en="Karim's headline").exists()


def test_both_texts_carry_their_language_and_direction():
    mona, karim = two_editors()
    article = an_article(headline_ar="عنوان أول")
    hers, his = mona.open(change(article)), karim.open(change(article))
    karim.send(his, headline_ar="عنوان كريم")

    refused = mona.send(hers, headline_ar="عنوان منى")

    assert '<div lang="ar" dir="rtl">عنوان كريم</div>' in without_marks(refused)
    assert '<div lang="ar" dir="rtl">عنوان منى</div>' in without_marks(refused)
    assert '<div lang="ar" dir="rtl">عنوان أول</div>' in without_marks(refused)
    assert '<div lang="ar" dir="rtl">عنوان <ins>كريم</ins></div>' in refused.text


def test_a_field_only_the_other_changed_is_taken_into_the_form():
    mona, karim = two_editors()
    article = an_article(headline_en="First", body_en="First body.\n\nSecond paragraph.")
    hers, his = mona.open(change(article)), karim.open(change(article))
    karim.send(his, body_en="Karim's body.\n\nSecond paragraph.")

    refused = mona.send(hers, headline_en="Mona's headline")
    mona.send(refused)

    article.refresh_from_db()
    assert refused.status == 409
    assert article.headline_en == "Mona's headline"
    assert article.body_en == "Karim's body.\n\nSecond paragraph."


def test_changes_of_two_paragraphs_are_joined_in_the_form_and_shown():
    mona, karim = two_editors()
    article = an_article(body_en="One.\n\nTwo.\n\nThree.")
    hers, his = mona.open(change(article)), karim.open(change(article))
    karim.send(his, body_en="One by Karim.\n\nTwo.\n\nThree.")

    refused = mona.send(hers, body_en="One.\n\nTwo.\n\nThree by Mona.")

    assert refused.status == 409
    assert 'data-holds="both"' in refused.text
    mona.send(refused)
    article.refresh_from_db()
    assert article.body_en == "One by Karim.\n\nTwo.\n\nThree by Mona."


def test_each_field_can_be_set_to_either_text_or_to_both():
    mona, karim = two_editors()
    article = an_article(headline_en="The bridge was shut", body_en="x")
    hers, his = mona.open(change(article)), karim.open(change(article))
    karim.send(his, headline_en="The bridge was closed")

    refused = mona.send(hers, headline_en="The old bridge was shut")

    source = re.search('<script id="desk-settable" type="application/json">(.*?)</script>', refused.text)
    assert json.loads(source[1])["headline_en"]["choices"] == {
        "mine": ["The old bridge was shut"],
        "theirs": ["The bridge was closed"],
        "both": ["The old bridge was closed"],
    }
    assert refused.form["headline_en"] == "The old bridge was shut"


def test_rows_of_rows_are_set_by_their_name_in_the_form():
    mona, karim = two_editors()
    claim = a_claim()
    a_telling(claim, an_article(), "مهندسون")
    field = "appearances-0-sources-0-description_ar"
    hers, his = mona.open(change(claim)), karim.open(change(claim))
    karim.send(his, {field: "مهندسان"})

    assert f'data-field="{field}"' in mona.send(hers, {field: "ثلاثة مهندسين"}).text


def test_a_form_without_a_version_is_not_trusted():
    mona, _karim = two_editors()
    article = an_article(headline_en="First")

    refused = mona.send(mona.open(change(article)), version=None, headline_en="Second")

    assert refused.status == 409
    assert refused.form["headline_en"] == "Second"


def test_a_save_that_changes_nothing_makes_no_version():
    mona, _karim = two_editors()
    claim = a_claim(context_ar="سطر\n\nوسطر آخر")
    a_telling(claim, an_article(), an_outlet(), quote="فقرة أولى")

    mona.send(mona.open(change(claim)))

    claim.refresh_from_db()
    assert claim.version == 1
    assert claim.history.count() == 1


def test_changing_only_a_source_is_a_version_of_the_claim():
    mona, _karim = two_editors()
    claim = a_claim()
    a_telling(claim, an_article(), "مهندسون")

    mona.send(mona.open(change(claim)), {"appearances-0-sources-0-description_ar": "مهندسون في السد"})

    claim.refresh_from_db()
    assert claim.version == 2
    assert claim.appearances.get().sources.get().description_ar == "مهندسون في السد"


def test_two_changes_of_one_source_are_put_side_by_side():
    mona, karim = two_editors()
    claim = a_claim()
    a_telling(claim, an_article(), "مهندسون")
    field = "appearances-0-sources-0-description_ar"
    hers, his = mona.open(change(claim)), karim.open(change(claim))
    karim.send(his, {field: "مهندسان"})

    refused = mona.send(hers, {field: "ثلاثة مهندسين"})

    assert refused.status == 409
    assert "مهندسان" in refused.text
    assert refused.form[field] == "ثلاثة مهندسين"
    mona.send(refused)
    assert claim.appearances.get().sources.get().description_ar == "ثلاثة مهندسين"


def test_a_row_added_meanwhile_joins_the_form():
    mona, karim = two_editors()
    person = a_person(name_en="Salim")
    names = {"names-TOTAL_FORMS": "1", "names-0-language": "en", "names-0-kind": "alias"}
    hers, his = mona.open(change(person)), karim.open(change(person))
    karim.send(his, {**names, "names-0-text": "Abu Salim"})

    refused = mona.send(hers, {**names, "names-0-text": "Saleem"})
    mona.send(refused)

    assert refused.status == 409
    assert set(person.names.values_list("text", flat=True)) == {"Abu Salim", "Saleem"}


def test_a_row_removed_meanwhile_stays_if_it_was_worked_on():
    mona, karim = two_editors()
    person = a_person(name_en="Salim")
    person.names.create(text="Saleem", language="en")
    person.names.create(text="Abu Salim", language="en")
    hers, his = mona.open(change(person)), karim.open(change(person))
    karim.send(his, {"names-0-DELETE": "on", "names-1-DELETE": "on"})
    assert person.names.count() == 0

    refused = mona.send(hers, {"names-0-text": "Saleem Rawi"})
    mona.send(refused)

    assert refused.status == 409
    assert list(person.names.values_list("text", flat=True)) == ["Saleem Rawi"]


def test_a_telling_removed_meanwhile_keeps_the_words_typed_into_its_chain():
    mona, karim = two_editors()
    claim = a_claim()
    a_telling(claim, an_article(), "مهندسون")
    hers, his = mona.open(change(claim)), karim.open(change(claim))
    karim.send(his, {"appearances-0-DELETE": "on"})
    assert not claim.appearances.exists()

    refused = mona.send(hers, {"appearances-0-sources-0-description_ar": "مهندسون في السد"})
    mona.send(refused)

    assert refused.status == 409
    assert claim.appearances.get().sources.get().description_ar == "مهندسون في السد"


def test_people_added_by_both_are_shown_and_none_is_dropped_unseen():
    mona, karim = two_editors()
    claim, first, second = a_claim(), a_person(name_ar="سليم"), a_person(name_ar="ندى")
    hers, his = mona.open(change(claim)), karim.open(change(claim))
    karim.send(his, people=[str(first.pk)])

    refused = mona.send(hers, people=[str(second.pk)])

    assert refused.status == 409
    assert "سليم" in refused.text
    assert list(claim.people.all()) == [first]


def test_a_change_of_status_alone_is_told():
    mona, karim = two_editors()
    article = an_article(headline_en="First")
    hers = mona.open(change(article))
    karim.post(f"articles/article/{article.pk}/step/submit/")

    refused = mona.send(hers)

    assert refused.status == 409
    assert "only the state of the record changed" in refused.text


def test_a_save_that_is_overtaken_while_it_is_checked_gets_the_same_answer(monkeypatch):
    mona, _karim = two_editors()
    claim = a_claim(statement_en="First")
    hers = mona.open(change(claim))
    save, overtaken = Claim.save, []

    def overtaken_save(record, *args, **kwargs):
        if not overtaken:
            overtaken.append(True)
            # What another process does between the check of the version and this save.
            Claim.objects.filter(pk=record.pk).update(
                version=record.version + 1, statement_en="Karim's statement"
            )
            raise StaleRecord(record)
        return save(record, *args, **kwargs)

    monkeypatch.setattr(Claim, "save", overtaken_save)
    # The update above belongs to the transaction that is rolled back: it is repeated as the other's own.
    monkeypatch.setattr(transaction.Atomic, "__exit__", _keeping_updates(transaction.Atomic.__exit__, claim))

    refused = mona.send(hers, statement_en="Mona's statement")

    assert refused.status == 409
    assert "Karim&#x27;s statement" in refused.text
    assert refused.form["statement_en"] == "Mona's statement"


def _keeping_updates(leave, claim):
    def leave_and_repeat(atomic, kind, value, trace):
        result = leave(atomic, kind, value, trace)
        if kind is StaleRecord:
            Claim.objects.filter(pk=claim.pk, version=1).update(version=2, statement_en="Karim's statement")
        return result

    return leave_and_repeat


FIELDS = ["statement_en", "context_en", "statement_ar", "appearances-0-sources-0-description_en"]
MOVES = st.lists(
    st.tuples(
        st.sampled_from([0, 1]), st.sampled_from(["open", "type", "type", "save"]), st.sampled_from(FIELDS)
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_in_no_order_of_saves_is_a_word_replaced_by_somebody_who_did_not_see_it(moves, db):
    with transaction.atomic():
        claim = a_claim(statement_en="word0")
        a_telling(claim, an_article(), "كلمة")
        _play(claim, moves)
        transaction.set_rollback(True)


def _play(claim: Claim, moves: list[tuple[int, str, str]]) -> None:
    editors = [Editor(a_user("editor", username=f"editor{number}")) for number in (0, 1)]
    pages: list[Page] = [editor.open(change(claim)) for editor in editors]
    seen = [page.text for page in pages]
    typed: list[dict[str, str]] = [{}, {}]
    for number, (who, move, field) in enumerate(moves, start=1):
        if move == "open":
            pages[who], typed[who] = editors[who].open(change(claim)), {}
            seen[who] += pages[who].text
        elif move == "type":
            typed[who][field] = f"word{number}word"
        else:
            before = _words(claim)
            answer = editors[who].send(pages[who], typed[who])
            lost = before - _words(claim)
            assert all(word in seen[who] for word in lost)
            seen[who] += answer.text
            if answer.status == 409:
                kept = answer.form
                assert all(kept[name] == text for name, text in typed[who].items())
                pages[who], typed[who] = answer, {}
            else:
                pages[who], typed[who] = editors[who].open(change(claim)), {}
                seen[who] += pages[who].text


def _words(claim: Claim) -> set[str]:
    stored = Claim.objects.get(pk=claim.pk)
    texts = [stored.statement_en, stored.context_en, stored.statement_ar]
    texts += [
        source.description_en for telling in stored.appearances.all() for source in telling.sources.all()
    ]
    return {text for text in texts if text}


def test_a_broken_management_form_is_an_error_and_no_crash():
    mona, _karim = two_editors()
    claim = a_claim()

    page = mona.send(mona.open(change(claim)), {"appearances-TOTAL_FORMS": "many", "version": "0"})

    assert page.status in {200, 409}


def test_the_stored_text_of_every_kind_of_record_is_guarded():
    mona, karim = two_editors()
    for record, field in (
        (a_person(name_en="A"), "name_en"),
        (an_outlet(name_en="A"), "name_en"),
        (a_claim(statement_en="A"), "statement_en"),
    ):
        hers, his = mona.open(change(record)), karim.open(change(record))
        karim.send(his, {field: "B"})
        assert mona.send(hers, {field: "C"}).status == 409
    assert Person.objects.get().name_en == "B"
    assert not Article.objects.exists()


def test_words_typed_while_somebody_approved_the_record_are_handed_back():
    article = an_article(headline_en="First")
    a_telling(a_claim(), article)
    writer = Editor(a_user("writer"))
    page = writer.open(change(article))
    workflow.submit(article, by=None)
    workflow.approve(Article.objects.get(pk=article.pk), by=None)

    refused = writer.send(page, headline_en="The writer's late headline", body_ar="فقرة متأخرة.")

    assert refused.status == 403
    assert "The writer&#x27;s late headline" in refused.text
    assert "فقرة متأخرة." in refused.text
    article.refresh_from_db()
    assert article.headline_en == "First"
