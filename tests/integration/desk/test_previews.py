"""What is not published is shown by a signed link: to anybody who has it, for a while, and nothing beside it."""

from __future__ import annotations

import datetime

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.choices import SuggestionState
from articles.models import Article, Claim, Mention
from articles.views.preview import LIFETIME, SALT, preview_path
from tests.builders import (
    a_claim,
    a_person,
    a_public_article,
    a_public_claim,
    a_telling,
    an_article,
    an_outlet,
)
from tests.integration.desk.editor import Editor, a_user

pytestmark = pytest.mark.django_db


def link(record: Article | Claim, language: str = "en", *, ago: datetime.timedelta | None = None) -> str:
    return preview_path(record, language, at=timezone.now() - (ago or datetime.timedelta()))


def test_a_draft_is_shown_as_its_public_page_would_be_with_only_what_is_public_beside_it():
    draft = an_article(
        outlet=an_outlet(name_en="Rasif"),
        headline_en="River rises",
        body_en="The river rose. Nobody was hurt.",
    )
    public, secret = a_public_claim(statement_en="It rose."), a_claim(statement_en="A claim in the making.")
    a_telling(public, draft, "مهندسون", quote="The river rose", language="en")
    a_telling(secret, draft, quote="Nobody", language="en")
    Mention.objects.create(
        article=draft, person=a_person(name_en="Somebody Suggested"), state=SuggestionState.SUGGESTED
    )

    page = Client().get(link(draft))
    text = page.content.decode()

    assert page.status_code == 200
    assert page.templates[0].name == "articles/article.html"
    assert "River rises" in text
    assert ">It rose.<" in text
    assert "A claim in the making." not in text
    assert secret.public_id not in text
    assert "Somebody Suggested" not in text
    assert "This is not published (its state: draft)." in text
    assert 'rel="canonical"' not in text
    assert "ld+json" not in text
    # The other language is the same preview.
    assert link(draft, "ar").split("/preview/")[0] + "/preview/" in text
    assert Client().get(draft.get_absolute_url("en")).status_code == 404


def test_a_claim_is_shown_with_its_tellings_in_public_articles():
    claim = a_claim(statement_en="It rose.")
    a_telling(claim, a_public_article(outlet=an_outlet(name_en="Rasif"), headline_en="Seen by all"))
    a_telling(claim, an_article(outlet=an_outlet(name_en="Hidden Post"), headline_en="Seen by none"))

    text = Client().get(link(claim)).content.decode()

    assert "Rasif" in text
    assert "Hidden Post" not in text
    assert "Seen by none" not in text


def test_a_preview_is_kept_from_search_engines_caches_and_other_sites():
    page = Client().get(link(an_article()))

    assert page.headers["Cache-Control"] == "no-store, private"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert '<meta name="robots" content="noindex, nofollow">' in page.content.decode()
    assert not page.cookies


def test_a_link_ends_with_its_time_with_another_text_and_with_a_withdrawal():
    article = an_article(headline_en="First")
    late, changed = link(article, ago=LIFETIME), link(article)
    article.headline_en = "Second"
    article.save()
    withdrawn = an_article()
    revoked = link(withdrawn)
    published = workflow.publish(withdrawn, by=None, at=timezone.now())
    workflow.withdraw(published, by=None, at=timezone.now(), reason_ar="خطأ")
    deleted = an_article()
    gone = link(deleted)
    deleted.delete()

    for address, why in (
        (late, "Its time is over."),
        (changed, "The text was changed after the link was made."),
        (revoked, "What it showed was withdrawn."),
        (gone, "Its time is over."),
    ):
        page = Client().get(address)
        assert (page.status_code, page.context["why"]) == (410, why)
        assert page.headers["Cache-Control"] == "no-store, private"
        assert "Second" not in page.content.decode()


def test_a_step_of_the_workflow_ends_no_link():
    article = an_article()
    address = link(article)
    workflow.submit(article, by=None)

    assert "its state: in review" in Client().get(address).content.decode()


def test_the_link_to_what_is_published_meanwhile_leads_to_its_page():
    article = an_article()
    address = link(article)
    scheduled = workflow.publish(
        article, by=None, at=timezone.now(), publish_at=timezone.now() + datetime.timedelta(days=1)
    )
    assert Client().get(address).status_code == 200
    workflow.reschedule(scheduled, by=None, at=timezone.now())

    assert Client().get(address).headers["Location"] == article.get_absolute_url("en")


def test_a_link_nobody_here_signed_opens_nothing():
    article = an_article()
    facts = {"kind": "article", "id": article.public_id, "text": "", "until": 9_999_999_999}
    with_other_salt = signing.dumps(facts, salt="other")
    signed = link(article)

    for token in (with_other_salt, "x", "a:b:c", "x" * 900, signed.strip("/").split("/")[-1][:-1]):
        page = Client().get(reverse("preview", args=[token]))
        assert page.status_code == 404, token
    assert signing.loads(signed.strip("/").split("/")[-1], salt=SALT)["id"] == article.public_id
    assert Client().post(signed).status_code == 405


@pytest.mark.parametrize("role", ["writer", "editor", "publisher", "translator", "administrator", ""])
def test_the_links_are_given_to_whoever_may_see_the_record(role):
    editor = Editor(a_user(role) if role else a_user(username="nobody", is_superuser=False))
    for record in (an_article(headline_en="x"), a_claim()):
        name = record._meta.model_name
        page = editor.open(f"articles/{name}/{record.pk}/preview/")

        assert page.status == (200 if role else 403)
        if not role:
            continue
        for shown in page.response.context["links"]:
            assert shown["url"].startswith("http://testserver/")
            assert Client().get(shown["path"]).status_code == 200
        assert 'class="desk-step" href="' in editor.open(f"articles/{name}/{record.pk}/change/").text


def test_what_is_public_needs_no_preview_and_what_was_withdrawn_has_none(editor):
    public = a_public_article()
    assert editor.open(f"articles/article/{public.pk}/preview/").response.headers[
        "Location"
    ] == public.get_absolute_url("en")
    workflow.withdraw(public, by=None, at=timezone.now(), reason_ar="خطأ")

    page = editor.client.get(f"/en/admin/articles/article/{public.pk}/preview/", follow=True)
    assert "What was withdrawn has no preview." in page.content.decode()
