"""Every version can be read in both languages, and an old one opens in the ordinary form."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import workflow
from articles.models import Article
from tests.builders import (
    NOON,
    a_claim,
    a_person,
    a_public_article,
    a_telling,
    an_article,
    an_organisation,
    an_outlet,
)
from tests.integration.desk.editor import Editor, a_user

pytestmark = pytest.mark.django_db


def test_the_history_shows_both_languages_and_the_status_in_either_interface(editor):
    article = an_article(headline_ar="عنوان", headline_en="Headline")
    editor.send(
        editor.open(f"articles/article/{article.pk}/change/"),
        headline_ar="عنوان جديد",
        headline_en="New headline",
    )
    workflow.submit(article.__class__.objects.get(pk=article.pk), by=editor.user)

    for language in ("ar", "en"):
        page = Editor(editor.user, language).open(f"articles/article/{article.pk}/history/")
        assert '<dd class="desk-text" lang="ar" dir="rtl">' in page.text
        assert re.search(r'<ins dir="rtl"><bdi[^>]*>[^<]*</bdi> ?جديد</ins>', page.text)
        assert re.search(r'<del dir="ltr"><bdi[^>]*>[^<]*</bdi>Headline</del>', page.text)
        assert f"/{language}/admin/articles/article/{article.pk}/history/" in page.text
        # The list of keys, on every page, has terms of its own.
        assert page.text.partition('<dialog id="desk-keys"')[0].count("<dt>") == 4


def test_the_history_of_a_claim_holds_its_tellings_and_sources_removed_ones_included(editor):
    claim = a_claim()
    a_telling(claim, an_article(), "مهندسون")
    page = editor.open(f"articles/claim/{claim.pk}/change/")
    page = editor.send(page, {"appearances-0-sources-0-description_ar": "مهندسون في السد"})
    editor.send(editor.open(f"articles/claim/{claim.pk}/change/"), {"appearances-0-DELETE": "on"})

    text = editor.open(f"articles/claim/{claim.pk}/history/").text

    assert re.search(r'<dd class="desk-text" lang="ar" dir="rtl">.*في السد</ins>', text)
    assert "Appearance:" in text
    assert "Source:" in text


def test_an_old_version_opens_in_the_form_and_is_saved_like_any_change(editor):
    article = an_article(headline_en="First", body_en="First body")
    editor.send(
        editor.open(f"articles/article/{article.pk}/change/"), headline_en="Second", body_en="Second body"
    )
    first = article.history.order_by("history_id").first()

    page = editor.open(f"articles/article/{article.pk}/history/{first.pk}/")
    assert (
        page.response.headers["Location"]
        == f"/en/admin/articles/article/{article.pk}/change/?restore={first.pk}"
    )
    form = editor.open(page.response.headers["Location"])
    assert form.form["headline_en"] == "First"
    article.refresh_from_db()
    assert article.headline_en == "Second"

    editor.send(form)
    article.refresh_from_db()
    assert (article.headline_en, article.body_en, article.version) == ("First", "First body", 3)


def test_restoring_touches_no_status_and_passes_no_permission():
    article = an_article(headline_en="First")
    first = article.history.first()
    workflow.publish(article, by=None, at=article.created_at)
    writer = Editor(a_user("writer"))

    page = writer.open(f"articles/article/{article.pk}/history/{first.pk}/")
    posted = writer.post(
        f"articles/article/{article.pk}/history/{first.pk}/", {"_save": "Revert"}, follow=False
    )

    assert "restore" not in page.response.headers["Location"]
    assert posted.status == 302
    article.refresh_from_db()
    assert article.status == "published"


def test_an_old_version_of_another_record_is_not_opened(editor):
    article, other = an_article(headline_en="Mine"), an_article(headline_en="Other")

    page = editor.open(f"articles/article/{article.pk}/change/?restore={other.history.first().pk}")

    assert page.form["headline_en"] == "Mine"


def test_a_save_that_met_a_restored_form_is_refused_too(editor):
    article = an_article(headline_en="First")
    first = article.history.first()
    editor.send(editor.open(f"articles/article/{article.pk}/change/"), headline_en="Second")
    form = editor.open(f"articles/article/{article.pk}/change/?restore={first.pk}")
    editor.send(editor.open(f"articles/article/{article.pk}/change/"), headline_en="Third")

    refused = editor.send(form)

    assert refused.status == 409
    assert "Third" in refused.text
    assert refused.form["headline_en"] == "First"


def test_every_save_names_who_made_it(editor):
    article = a_public_article()

    editor.send(editor.open(f"articles/article/{article.pk}/change/"), headline_en="New")

    assert article.history.latest().history_user == editor.user


def a_history(article: Article, number: int) -> list[int]:
    """Versions of the article whose headlines count; their ids, the oldest first."""
    for each in range(number):
        article.headline_ar, article.headline_en = f"عنوان {each}", f"Headline {each}"
        article.save()
    return list(article.history.order_by("history_id").values_list("pk", flat=True))


def compare(editor: Editor, article: Article, query: str = ""):
    return editor.open(f"articles/article/{article.pk}/history/compare/{query}")


def test_any_two_versions_are_compared_word_by_word_whichever_comes_first(editor):
    article = an_article(headline_ar="عنوان", headline_en="Headline", body_ar="النص كما هو.")
    versions = a_history(article, 4)

    page = compare(editor, article, f"?from={versions[3]}&to={versions[1]}")

    assert page.response.context["older"].pk == versions[1]
    fields = [str(change["field"]) for change in page.response.context["changes"]]
    assert fields == ["Headline (Arabic)", "Headline (English)"]
    assert re.search(
        r"<del[^>]*><bdi[^>]*>removed: </bdi>0</del><ins[^>]*><bdi[^>]*>added: </bdi>2</ins>", page.text
    )
    # By itself: the last step.
    assert compare(editor, article).response.context["older"].pk == versions[3]


def test_a_version_of_another_record_is_not_compared(editor):
    article, other = an_article(), an_article()

    for query in (f"?from={other.history.first().pk}", "?from=0", "?to=x", "?from=٣"):
        assert compare(editor, article, query).status in {400, 404}, query


def test_what_was_published_is_compared_with_what_is_there_now(editor):
    article = workflow.publish(an_article(headline_en="River rises, as published"), by=None, at=NOON)
    article.headline_en = "River rises, as it is now"
    article.save()

    history = editor.open(f"articles/article/{article.pk}/history/")
    (version, label), *_more = history.response.context["public_versions"]
    page = compare(editor, article, f"?from={version.pk}")

    assert str(label) == "Compare with what was published first"
    assert "published without a second person" in history.text
    assert page.response.context["is_present"]
    assert ">published</del>" in page.text


def test_markup_in_a_version_stays_text(editor):
    article = an_article(headline_en="<script>alert(1)</script>")
    article.headline_en = "<img src=x> & more"
    article.save()

    text = compare(editor, article).text

    assert "<script>alert(1)" not in text
    assert "&lt;img src=x&gt;" in text.replace("</span>", "")


def test_a_history_of_five_hundred_versions_is_read_in_pages_and_constant_queries(editor):
    short, long = an_article(), an_article()
    a_history(short, 30)
    stored = long.history.first()
    rows = []
    for number in range(500):
        row = type(stored).objects.get(pk=stored.pk)
        row.pk, row.headline_ar = None, f"عنوان {number}"
        rows.append(row)
    type(stored).objects.bulk_create(rows)
    counts = []
    for article in (short, short, long):
        address = f"articles/article/{article.pk}/history/"
        with CaptureQueriesContext(connection) as queries:
            page = editor.open(address)
        counts.append(len(queries))
        assert page.text.count('name="from"') == 25
        with CaptureQueriesContext(connection) as queries:
            assert compare(editor, article).status == 200
        counts.append(len(queries))

    assert counts[2:4] == counts[4:6]
    assert counts[4] <= 16


def test_the_people_of_a_claim_are_compared_and_restored_with_it(editor):
    one, other = a_person(name_ar="الأول"), a_person(name_ar="الثاني")
    claim = a_claim()
    page = editor.open(f"articles/claim/{claim.pk}/change/")
    editor.send(page, people=[str(one.pk)])
    with_one = claim.history.first()
    editor.send(editor.open(f"articles/claim/{claim.pk}/change/"), people=[str(other.pk)])

    compared = editor.open(f"articles/claim/{claim.pk}/history/compare/?from={with_one.pk}")
    (change,) = compared.response.context["changes"]
    assert (change["removed"], change["added"]) == (["الأول"], ["الثاني"])

    editor.send(editor.open(f"articles/claim/{claim.pk}/change/?restore={with_one.pk}"))
    assert list(claim.people.all()) == [one]


@pytest.mark.parametrize("role", ["writer", "editor", "publisher", "translator", "administrator", ""])
def test_every_record_can_be_compared_by_whoever_sees_it(role):
    editor = Editor(a_user(role) if role else a_user(username="nobody", is_superuser=False))
    telling = a_telling(a_claim(), an_article())
    for record in (telling.article, telling.claim, telling, an_outlet(), a_person(), an_organisation()):
        opts = record._meta
        page = editor.open(f"{opts.app_label}/{opts.model_name}/{record.pk}/history/compare/")
        assert page.status == (200 if role else 403), opts.label
