"""The steps of the workflow at the desk: offered where they start, explained where they are refused."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from articles.choices import Status
from articles.models import Article
from tests.builders import NOON, a_claim, a_public_article, a_public_claim, an_article
from tests.integration.desk.editor import Editor, a_user

pytestmark = pytest.mark.django_db


def step(record, name: str) -> str:
    return f"articles/{record._meta.model_name}/{record.pk}/step/{name}/"


def buttons(page) -> set[str]:
    return {item.name for item, _url in page.response.context["steps"]}


def test_the_buttons_are_those_of_the_role_and_the_status():
    draft, waiting, public = an_article(), an_article(status=Status.IN_REVIEW), a_public_article()
    offered = {}
    for role in ("writer", "editor", "publisher", "translator"):
        editor = Editor(a_user(role))
        offered[role] = [
            buttons(editor.open(f"articles/article/{record.pk}/change/"))
            for record in (draft, waiting, public)
        ]

    assert offered == {
        "writer": [{"submit"}, set(), set()],
        "editor": [{"submit"}, {"approve", "return"}, {"correct"}],
        "publisher": [{"submit", "publish"}, {"approve", "return", "publish"}, {"correct", "withdraw"}],
        "translator": [set(), set(), set()],
    }


def test_a_way_through_all_steps(editor):
    article = an_article(headline_ar="عنوان", body_ar="نص")
    writer = Editor(a_user("writer"))
    for who, name, status in (
        (writer, "submit", "in_review"),
        (editor, "approve", "approved"),
        (editor, "publish", "published"),
    ):
        page = who.post(step(article, name))
        article.refresh_from_db()
        assert article.status == status
        assert "1 record " in page.text
    editor.post(step(article, "correct"), {"kind": "correction", "text_en": "It was two metres."})
    assert article.corrections.get().text_en == "It was two metres."
    editor.post(step(article, "withdraw"), {"reason_ar": "نص مغلوط"})
    article.refresh_from_db()
    assert (article.status, article.withdrawal_reason_ar) == ("withdrawn", "نص مغلوط")
    editor.post(step(article, "reopen"))
    article.refresh_from_db()
    assert article.status == "draft"


def test_what_is_missing_is_listed_with_links_to_the_fields(editor):
    article = an_article(headline_ar="", body_ar="نص")

    page = editor.open(f"articles/article/{article.pk}/change/")
    refused = editor.post(step(article, "publish"), follow=True)

    assert '<a href="#id_headline_ar">The headline in the original language is missing.</a>' in page.text
    assert f"/en/admin/articles/article/{article.pk}/change/#id_headline_ar" in refused.text
    article.refresh_from_db()
    assert article.status == "draft"


def test_a_publication_can_lie_ahead_and_the_zone_is_said(editor):
    article = an_article()
    tomorrow = timezone.localtime() + datetime.timedelta(days=1)

    asked = editor.open(step(article, "publish"))
    editor.post(
        step(article, "publish"),
        {"publish_at_0": f"{tomorrow:%Y-%m-%d}", "publish_at_1": f"{tomorrow:%H:%M:%S}"},
    )

    assert "Time zone: Asia/Baghdad." in asked.text
    article.refresh_from_db()
    assert article.publish_at == tomorrow.replace(microsecond=0)
    assert "public from" in editor.open(f"articles/article/{article.pk}/change/").text


def test_a_withdrawal_asks_for_its_reason(editor):
    article = a_public_article()

    asked = editor.post(step(article, "withdraw"), {"reason_ar": "   "})

    assert asked.status == 422
    article.refresh_from_db()
    assert article.status == "published"


def test_an_assessment_or_correction_without_words_says_so(editor):
    claim, article = a_claim(), a_public_article()

    assert (
        "Give the reasons for the verdict" in editor.post(step(claim, "assess"), {"verdict": "disputed"}).text
    )
    assert "Say what was wrong" in editor.post(step(article, "correct"), {"kind": "correction"}).text
    assert not claim.assessments.exists()
    assert not article.corrections.exists()


def test_an_assessment_becomes_the_verdict_and_stays_to_be_read(editor):
    claim = a_public_claim()

    editor.post(step(claim, "assess"), {"verdict": "disputed", "rationale_ar": "تقول المديرية غير ذلك."})

    claim.refresh_from_db()
    assert claim.verdict == "disputed"
    page = editor.open(f"articles/claim/{claim.pk}/change/")
    assert '<div lang="ar" dir="rtl">تقول المديرية غير ذلك.</div>' in page.text


def test_a_step_over_a_version_one_has_not_seen_is_not_taken(editor):
    article = an_article()
    editor.send(editor.open(f"articles/article/{article.pk}/change/"), headline_en="Changed")

    page = editor.post(step(article, "submit"), {"version": "1"})

    article.refresh_from_db()
    assert article.status == "draft"
    assert "was changed meanwhile" in page.text


def test_the_reason_typed_is_kept_when_the_record_changed_meanwhile(editor):
    article = a_public_article()

    page = editor.post(step(article, "withdraw"), {"version": "0", "reason_ar": "نص مغلوط"})

    assert "نص مغلوط" in page.text
    article.refresh_from_db()
    assert article.status == "published"


def test_a_step_that_does_not_start_there_is_explained(editor):
    page = editor.post(step(an_article(), "approve"))

    assert "this step does not start there" in page.text


def act(editor: Editor, name: str, *records, **fields):
    data = {
        "action": f"step_{name}",
        "_selected_action": [record.pk for record in records],
        "index": "0",
        **fields,
    }
    return editor.post("articles/article/", data)


def test_an_action_says_for_how_many_and_why_not_for_the_others(editor):
    ready, bare, public = an_article(), an_article(headline_ar=""), a_public_article()

    page = act(editor, "publish", ready, bare, public, apply="1")

    assert "1 record was published." in page.text
    assert "is not ready:" in page.text
    assert "/change/#id_headline_ar" in page.text
    assert "is published, and that step does not start there" in page.text
    assert Article.objects.get(pk=bare.pk).status == "draft"


def test_an_action_that_asks_for_something_asks_on_its_own_page(editor):
    first, second = a_public_article(), a_public_article()

    asked = act(editor, "withdraw", first, second)
    assert asked.status == 200
    assert {first.status, second.status} == {"published"}
    done = act(editor, "withdraw", first, second, apply="1", reason_ar="نص مغلوط")

    assert "2 records were withdrawn." in done.text
    assert set(Article.objects.values_list("status", flat=True)) == {"withdrawn"}


def test_an_action_checks_every_record_by_itself():
    writer = Editor(a_user("writer"))
    mine, approved = an_article(), an_article(status=Status.APPROVED)

    page = act(writer, "submit", mine, approved)

    assert "1 record was submitted" in page.text
    assert "you may not do this with it" in page.text


def test_the_actions_of_a_list_are_those_of_the_role():
    an_article()
    expected = {
        "writer": {"step_submit", "step_keep-translation"},
        "editor": {
            "step_submit", "step_approve", "step_return", "step_keep-translation", "delete_selected",
        },
        "publisher": {
            "step_submit", "step_approve", "step_return", "step_publish", "step_reschedule", "step_unschedule",
            "step_withdraw", "step_reopen", "step_keep-translation", "delete_selected",
        },
        "translator": {"step_keep-translation"},
    }  # fmt: skip
    for role, names in expected.items():
        form = Editor(a_user(role)).open("articles/article/").response.context["action_form"]
        found = {value for value, _label in form.fields["action"].choices if value} if form else set()
        assert found == names, role


def test_a_status_cannot_be_typed(editor):
    article = an_article()

    editor.send(
        editor.open(f"articles/article/{article.pk}/change/"), status="published", publish_at=NOON.isoformat()
    )

    article.refresh_from_db()
    assert (article.status, article.publish_at) == ("draft", None)


def test_ones_own_work_is_approved_by_somebody_else_and_the_page_says_so(editor):
    article = an_article(author=editor.user)
    editor.post(step(article, "submit"))

    page = editor.open(f"articles/article/{article.pk}/change/")
    refused = editor.post(step(article, "approve"))
    acted = act(editor, "approve", article)

    assert "approve" not in buttons(page)
    assert "This is your own work: somebody else approves it." in page.text
    assert "This is your own work" in refused.text
    assert "is your own work: somebody else approves it." in acted.text
    article.refresh_from_db()
    assert article.status == "in_review"


def test_a_return_needs_a_note_which_its_author_reads_until_it_is_handed_in_again():
    writer, editor = Editor(a_user("writer")), Editor(a_user("editor"))
    article = an_article(author=writer.user)
    address = f"articles/article/{article.pk}/change/"
    writer.post(step(article, "submit"))

    assert editor.post(step(article, "return"), {"note": " "}).status == 422
    done = editor.post(step(article, "return"), {"note": "Name <b>two</b> sources."})
    shown = writer.open(address)
    writer.post(step(article, "submit"))

    assert "1 record was returned to its author with your note." in done.text
    assert "Returned by editor" in shown.text
    assert "Name &lt;b&gt;two&lt;/b&gt; sources." in shown.text
    assert "two&lt;/b&gt;" not in writer.open(address).text
    assert "two&lt;/b&gt;" in writer.open(f"articles/article/{article.pk}/history/").text


def test_a_schedule_is_shown_with_its_zone_changed_and_taken_back(editor):
    article = an_article()
    tomorrow = timezone.localtime().replace(microsecond=0) + datetime.timedelta(days=1)
    later = tomorrow + datetime.timedelta(days=1)
    when = {"publish_at_0": f"{tomorrow:%Y-%m-%d}", "publish_at_1": f"{tomorrow:%H:%M:%S}"}
    editor.post(step(article, "publish"), when)

    page = editor.open(f"articles/article/{article.pk}/change/")
    assert buttons(page) == {"reschedule", "unschedule"}
    assert 'class="status status-scheduled">scheduled</span>' in page.text
    asked = editor.open(step(article, "reschedule"))
    assert f'value="{tomorrow:%Y-%m-%d}"' in asked.text
    assert "Asia/Baghdad" in asked.text
    editor.post(
        step(article, "reschedule"),
        {"publish_at_0": f"{later:%Y-%m-%d}", "publish_at_1": f"{later:%H:%M:%S}"},
    )
    article.refresh_from_db()
    assert article.publish_at == later
    assert "is scheduled: this step does not start there" in editor.post(step(article, "withdraw")).text
    editor.post(step(article, "unschedule"))
    article.refresh_from_db()
    assert (article.status, article.publish_at) == ("approved", None)


def test_a_moment_that_is_past_is_no_schedule(editor):
    article = an_article()

    page = editor.post(step(article, "publish"), {"publish_at_0": "2020-01-01", "publish_at_1": "12:00:00"})

    assert page.status == 422
    assert "This moment is past." in page.text
    article.refresh_from_db()
    assert article.status == "draft"


def test_more_refusals_than_can_be_read_are_counted(editor):
    records = [a_public_article() for _number in range(12)]

    assert "2 more were refused." in act(editor, "submit", *records).text
    assert "1 more was refused." in act(editor, "submit", *records[:11]).text


def test_publishing_what_nobody_approved_is_said_before_it_is_done(editor):
    assert "Nobody else has approved this." in editor.open(step(an_article(), "publish")).text
    approved = an_article(status=Status.APPROVED)
    assert "Nobody else has approved" not in editor.open(step(approved, "publish")).text


def test_a_stale_translation_is_said_and_can_be_confirmed():
    translator = Editor(a_user("translator"))
    article = an_article(headline_ar="أول", headline_en="First", author=translator.user)
    Article.objects.filter(pk=article.pk).update(headline_ar="ثانٍ")
    address = f"articles/article/{article.pk}/change/"

    page = translator.open(address)
    assert "The original was changed after its translation." in page.text
    translator.post(step(article, "keep-translation"))

    assert "The original was changed" not in translator.open(address).text


def test_whoever_first_works_on_an_imported_draft_takes_it_up_and_a_translator_does_not():
    article = an_article()
    for role, author in (("translator", None), ("writer", "writer"), ("editor", "writer")):
        editor = Editor(a_user(role))
        page = editor.open(f"articles/article/{article.pk}/change/")
        assert editor.send(page, headline_en=f"By {role}").status == 200
        article.refresh_from_db()
        assert getattr(article.author, "username", None) == author
