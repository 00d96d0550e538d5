"""Working side by side: who else has a record open, and words that were typed and not saved."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.choices import Status
from articles.models import Article
from newsroom.desk.presence import MOST_A_USER, arrive, leave, others_at
from newsroom.models import Presence
from tests.builders import NOON, a_claim, a_person, a_telling, an_article, an_outlet
from tests.integration.desk.editor import Editor, a_user

pytestmark = pytest.mark.django_db


def two_editors() -> tuple[Editor, Editor]:
    return (
        Editor(a_user("editor", username="mona", first_name="Mona", last_name="Rawi")),
        Editor(a_user("editor", username="karim")),
    )


def change(record: object) -> str:
    opts = record._meta
    return f"{opts.app_label}/{opts.model_name}/{record.pk}/change/"


def beat(editor: Editor, record: object, **data: str):
    return editor.post(change(record).replace("/change/", "/presence/"), data)


# Presence


def test_who_opened_a_record_is_shown_to_the_next_without_a_script():
    mona, karim = two_editors()
    for record in (an_article(), a_claim(), an_outlet(), a_person()):
        mona.open(change(record))

        page = karim.open(change(record))

        assert "Mona Rawi" in page.text
        assert "has this open too" in page.text
        assert "karim</bdi> has this open" not in page.text


def test_unsaved_changes_are_told_and_a_closed_tab_is_forgotten():
    mona, karim = two_editors()
    article = an_article()
    beat(mona, article, unsaved="1")

    assert "With unsaved changes." in beat(karim, article).text
    assert beat(mona, article, leaving="1").status == 204
    assert "Mona" not in beat(karim, article).text


def test_whoever_sends_nothing_for_a_minute_is_gone():
    mona, karim = two_editors()
    article = an_article()
    beat(mona, article)
    Presence.objects.update(seen_at=timezone.now() - datetime.timedelta(seconds=61))

    assert "Mona" not in beat(karim, article).text
    assert Presence.objects.count() == 1


def test_a_page_learns_that_its_record_was_saved():
    mona, karim = two_editors()
    article = an_article(headline_en="First")
    karim.send(karim.open(change(article)), headline_en="Second")

    assert "saved by someone after you opened it" in beat(mona, article, version="1").text
    assert "saved by someone after you opened it" not in beat(mona, article, version="2").text


def test_one_person_is_there_once_and_at_a_bounded_number_of_records():
    user = a_user("editor")
    for number in range(MOST_A_USER + 5):
        arrive(user, Article(pk=number + 1))
        arrive(user, Article(pk=number + 1))

    assert Presence.objects.count() == MOST_A_USER
    leave(user, Article(pk=MOST_A_USER + 5))
    assert Presence.objects.count() == MOST_A_USER - 1
    assert others_at(user, Article(pk=MOST_A_USER)) == []


def test_a_beat_costs_the_same_however_many_are_there():
    mona, _karim = two_editors()
    article = an_article()
    costs = []
    for number in range(3):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            beat(mona, article)
        costs.append(len(queries))
        for other in range(4):
            arrive(a_user("writer", username=f"writer{number}{other}"), article)
    assert costs[1] == costs[2]


def test_a_beat_is_only_ever_sent_and_only_for_a_record_that_is_there():
    mona, _karim = two_editors()
    article = an_article()

    assert mona.open(change(article).replace("/change/", "/presence/")).status == 405
    assert beat(mona, Article(pk=999_999)).status == 404
    assert mona.post("articles/article/9999999999999999999999/presence/").status == 400
    assert mona.post("articles/article/x/presence/").status == 404


def test_the_table_is_not_logged():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'newsroom_presence'")
        assert cursor.fetchone() == ("u",)


# Drafts

NAME = "abcdef123456"


def test_a_draft_is_shown_in_the_form_and_nothing_is_saved():
    mona, _karim = two_editors()
    article = an_article(headline_en="First", body_en="Body")

    shown = mona.send(
        mona.open(change(article)), {"_restore_draft": "1", "desk_draft": NAME}, headline_en="Second"
    )

    assert shown.status == 200
    assert shown.form["headline_en"] == "Second"
    assert shown.form["desk_draft"] == NAME
    assert "Your unsaved words are in the form" in shown.text
    assert "errornote" not in shown.text
    article.refresh_from_db()
    assert (article.headline_en, article.version) == ("First", 1)
    mona.send(shown)
    article.refresh_from_db()
    assert article.headline_en == "Second"


def test_a_draft_of_an_older_version_is_put_beside_what_was_saved_since():
    mona, karim = two_editors()
    article = an_article(headline_en="First", standfirst_en="Old")
    hers = mona.open(change(article))
    karim.send(karim.open(change(article)), headline_en="Karim's", standfirst_en="New")

    shown = mona.send(hers, {"_restore_draft": "1", "desk_draft": NAME}, headline_en="Mona's")

    assert shown.form["headline_en"] == "Mona's"
    assert shown.form["standfirst_en"] == "New"
    assert "Changed by someone else meanwhile" in shown.text
    article.refresh_from_db()
    assert article.headline_en == "Karim's"


def test_a_draft_of_a_new_record_comes_back_with_its_rows():
    mona, _karim = two_editors()
    person = {
        "names-TOTAL_FORMS": "1",
        "names-0-language": "en",
        "names-0-kind": "alias",
        "names-0-text": "Abu Salim",
    }

    shown = mona.send(mona.open("people/person/add/"), {**person, "_restore_draft": "1", "desk_draft": NAME})

    assert shown.form["names-0-text"] == "Abu Salim"
    assert "errornote" not in shown.text


def test_the_browser_is_told_which_draft_was_saved_and_only_then():
    mona, karim = two_editors()
    article = an_article(headline_en="First")
    hers = mona.open(change(article))
    karim.send(karim.open(change(article)), headline_en="Second")

    refused = mona.send(hers, {"desk_draft": NAME}, headline_en="Third")
    assert "desk_saved" not in mona.client.cookies
    mona.send(refused, follow=False)

    assert mona.client.cookies["desk_saved"].value == NAME
    assert mona.client.cookies["desk_saved"]["path"] == "/en/admin/"


def test_a_name_that_no_script_made_is_not_sent_back():
    mona, _karim = two_editors()
    article = an_article(headline_en="First")

    saved = mona.send(
        mona.open(change(article)), {"desk_draft": "a;b\u2028<script>"}, headline_en="Second", follow=False
    )

    assert saved.status == 302
    assert "desk_saved" not in mona.client.cookies


def test_nothing_is_kept_for_whoever_may_not_save():
    writer, translator = Editor(a_user("writer")), Editor(a_user("translator"))
    public = an_article(status=Status.PUBLISHED, publish_at=NOON)

    assert "desk-drafts" not in writer.open(change(public)).text
    assert "desk-drafts" in translator.open(change(public)).text
    assert writer.send(translator.open(change(public)), {"_restore_draft": "1"}).status == 403


def test_a_draft_of_a_claim_brings_its_chain_back():
    mona, _karim = two_editors()
    claim = a_claim()
    a_telling(claim, an_article(), "مهندسون")
    field = "appearances-0-sources-0-description_ar"

    shown = mona.send(mona.open(change(claim)), {field: "مهندسان", "_restore_draft": "1"})

    assert shown.form[field] == "مهندسان"
    assert f'data-field="{field}"' in shown.text
    assert claim.appearances.get().sources.get().description_ar == "مهندسون"


def test_words_in_the_claim_panel_are_kept_as_those_of_a_new_claim():
    mona, _karim = two_editors()
    article = an_article()

    panel = mona.open(f"articles/claim/add/?_panel=1&article={article.pk}")

    assert 'data-record="articles.claim:add"' in panel.text
