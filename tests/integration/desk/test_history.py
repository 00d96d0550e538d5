"""Every version can be read in both languages, and an old one opens in the ordinary form."""

from __future__ import annotations

import pytest

from articles import workflow
from tests.builders import a_claim, a_public_article, a_telling, an_article
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
        assert '<div lang="ar" dir="rtl">عنوان جديد</div>' in page.text
        assert '<div lang="en" dir="ltr">New headline</div>' in page.text
        assert f"/{language}/admin/articles/article/{article.pk}/history/" in page.text
        assert page.text.count("<dt>") == 3


def test_the_history_of_a_claim_holds_its_tellings_and_sources_removed_ones_included(editor):
    claim = a_claim()
    a_telling(claim, an_article(), "مهندسون")
    page = editor.open(f"articles/claim/{claim.pk}/change/")
    page = editor.send(page, {"appearances-0-sources-0-description_ar": "مهندسون في السد"})
    editor.send(editor.open(f"articles/claim/{claim.pk}/change/"), {"appearances-0-DELETE": "on"})

    text = editor.open(f"articles/claim/{claim.pk}/history/").text

    assert '<div lang="ar" dir="rtl">مهندسون في السد</div>' in text
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
