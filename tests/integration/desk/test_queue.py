"""The first page of the desk: what waits for whoever opens it, exact up to a hundred, each number a link to its list."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.choices import Status
from articles.models import Article, Claim
from tests.builders import a_claim, a_telling, an_article, an_outlet
from tests.integration.desk.editor import Editor, a_user

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def queues(editor: Editor) -> dict[str, dict]:
    return {str(queue["label"]): queue for queue in editor.open("").response.context["waiting"]}


def counts(editor: Editor) -> dict[str, int]:
    return {label: queue["count"] for label, queue in queues(editor).items() if queue["count"]}


def test_every_number_is_that_of_the_list_it_leads_to():
    writer, editor = Editor(a_user("writer")), Editor(a_user("editor"))
    mine = an_article(author=editor.user)
    returned = workflow.submit(a_claim(author=editor.user), by=editor.user)
    workflow.return_to_draft(returned, by=writer.user, note="Name two sources.")
    workflow.submit(an_article(author=writer.user), by=writer.user)
    workflow.submit(an_article(author=editor.user), by=editor.user)
    workflow.publish(an_article(), by=None, at=timezone.now(), publish_at=timezone.now() + HOUR)
    workflow.publish(an_article(), by=None, at=timezone.now() - HOUR)
    Article.objects.filter(pk=mine.pk).update(headline_en="Old")
    Article.objects.filter(pk=mine.pk).update(headline_ar="جديد")
    told = a_telling(a_claim(), an_article(outlet=an_outlet()), quote="فقرة أولى")
    Article.objects.filter(pk=told.article_id).update(body_ar="آخر")
    workflow.reanchor_quotes(Article.objects.get(pk=told.article_id))

    found = queues(editor)

    assert {label: queue["count"] for label, queue in found.items()} == {
        "Returned to you": 1,
        "Waiting for your review": 1,
        "Your drafts": 1,
        "Scheduled": 1,
        "Published in the last 24 hours": 1,
        "Translations older than their original": 1,
        "Quotes no longer in their text": 1,
        "Claims without a telling or a source": 1,
        "Drafts that nobody has taken up": 2,
        "Headlines not translated": Article.objects.count() - 1,
        "Statements not translated": Claim.objects.count(),
    }
    for queue in found.values():
        for part in queue["parts"]:
            rows = editor.client.get(part["url"])
            assert rows.context["cl"].result_count == part["count"], part["url"]


def test_a_returned_record_is_there_with_its_note_for_its_author_alone():
    writer, editor = Editor(a_user("writer")), Editor(a_user("editor"))
    article = workflow.submit(an_article(), by=writer.user)
    workflow.return_to_draft(article, by=editor.user, note="Name <b>two</b> sources.")

    (item,) = queues(writer)["Returned to you"]["items"]

    assert item["note"] == "Name <b>two</b> sources."
    assert "returned by editor" in item["line"]
    assert "Name &lt;b&gt;two" in writer.open("").text
    assert counts(editor).get("Returned to you") is None
    # Not twice: it is no other draft of theirs.
    assert counts(writer).get("Your drafts") is None


def test_what_a_person_wrote_waits_for_the_review_of_others():
    editor, other = Editor(a_user("editor")), Editor(a_user("publisher"))
    workflow.submit(an_article(), by=editor.user)

    assert counts(editor).get("Waiting for your review") is None
    assert counts(other)["Waiting for your review"] == 1


def test_each_role_has_the_queues_that_are_its_own():
    shown = {role: set(queues(Editor(a_user(role)))) for role in ("writer", "editor", "translator")}

    assert "Waiting for your review" not in shown["writer"]
    assert "Waiting for your review" in shown["editor"]
    assert not {"Your drafts", "Returned to you", "Waiting for your review"} & shown["translator"]
    assert "Translations older than their original" in shown["translator"]


def test_the_schedule_says_when_and_in_which_zone_and_what_came_due_is_published(editor):
    soon = timezone.now() + HOUR
    article = workflow.publish(an_article(headline_en="Soon"), by=None, at=timezone.now(), publish_at=soon)
    assert "Baghdad" in queues(editor)["Scheduled"]["items"][0]["line"]

    # Its hour comes: nothing is switched, only the clock.
    Article.objects.filter(pk=article.pk).update(publish_at=timezone.now())

    assert counts(editor).get("Scheduled") is None
    assert counts(editor)["Published in the last 24 hours"] == 1
    assert editor.client.get(article.get_absolute_url("en")).status_code == 200


def test_an_empty_queue_says_what_to_do(editor):
    text = editor.open("").text

    assert "You have no drafts. Add or import an article" in text
    assert "Nothing waits for your review." in text


def test_counting_stops_at_a_hundred(editor):
    Claim.objects.bulk_create(
        Claim(public_id=f"{number:010}", statement_ar="قول", status=Status.DRAFT) for number in range(101)
    )

    page = editor.open("")
    found = queues(editor)["Drafts that nobody has taken up"]

    assert (found["count"], found["is_more"]) == (100, True)
    assert ">100+</span>" in page.text


def test_the_first_page_costs_the_same_queries_however_much_waits(editor):
    def wait(number: int) -> None:
        for _each in range(number):
            for make in (an_article, a_claim):
                make(author=editor.user, **({"headline_ar": ""} if make is an_article else {}))
                workflow.submit(make(), by=None)
                workflow.return_to_draft(
                    workflow.submit(make(author=editor.user), by=editor.user), by=editor.user, note="x"
                )
                workflow.publish(make(), by=None, at=timezone.now())
                workflow.publish(make(), by=None, at=timezone.now(), publish_at=timezone.now() + HOUR)
                stale = make(**{"headline_en" if make is an_article else "statement_en": "Old"})
                type(stale).objects.filter(pk=stale.pk).update(
                    **{"headline_ar" if make is an_article else "statement_ar": "جديد"}
                )

    spent = []
    for number in (1, 1, 5):
        wait(number)
        with CaptureQueriesContext(connection) as queries:
            editor.open("")
        spent.append(len(queries))

    assert spent[1] == spent[2]
    assert spent[2] <= 40
