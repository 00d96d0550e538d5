"""Bringing articles in from the desk: a pasted text, files, and what is said of them."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.choices import Status
from articles.models import Article, Outlet
from articles.roles import PERMISSIONS
from tests.builders import an_outlet
from tests.integration.desk.editor import Editor, a_user

pytestmark = pytest.mark.django_db

FORM = "articles/article/import/"
PAGE = (
    "غرق عبّارة قبالة الساحل\n\n"
    "غرقت عبّارة قبالة الساحل مساء الأربعاء، وفق ما ذكرته وكالة رويترز نقلاً عن خفر السواحل.\n\n"
    "اقرأ أيضاً: أسعار الوقود ترتفع من جديد\n\n"
    "وقال ناجون إن القارب كان يحمل أكثر من حمولته."
)


def pasted(editor: Editor, text: str = PAGE, **fields: str):
    names = {f"text-{name}": value for name, value in fields.items()}
    return editor.post(FORM, {"_text": "1", "text-text": text, **names})


def uploaded(editor: Editor, *files: tuple[str, bytes], **fields: str):
    names = {f"files-{name}": value for name, value in fields.items()}
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return editor.post(FORM, {"_files": "1", "files-uploads": sent, **names})


def rows(*facts: dict) -> bytes:
    return "\n".join(json.dumps(fact, ensure_ascii=False) for fact in facts).encode()


def test_a_pasted_text_becomes_a_draft_and_its_page_opens(editor: Editor):
    page = pasted(editor)

    article = Article.objects.get()
    assert page.response.redirect_chain[-1][0].endswith(f"/article/{article.pk}/change/")
    assert article.status == Status.DRAFT
    assert article.headline_ar == "غرق عبّارة قبالة الساحل"
    assert "أسعار الوقود" not in article.body_ar
    assert article.raw_text == PAGE
    assert article.outlet is None
    assert article.published_at is None
    # One message: what to look over is folded behind it, and among the suggestions too.
    (message,) = page.messages
    assert "was left out of the body" in message
    assert "publisher is not known" in message
    assert article.history.get().history_user == editor.user


def test_what_is_known_of_a_pasted_text_is_kept(editor: Editor):
    outlet = an_outlet()
    pasted(
        editor,
        headline="عبّارة تغرق",
        outlet=str(outlet.pk),
        byline="هيئة التحرير",
        published_on="2026-03-04",
        language="ar",
    )

    article = Article.objects.get()
    assert (article.headline_ar, article.outlet, article.byline) == ("عبّارة تغرق", outlet, "هيئة التحرير")
    assert article.published_precision == "day"
    assert article.published_basis == "stated"


def test_a_text_that_is_refused_stays_in_the_form(editor: Editor):
    page = pasted(editor, "12345 67890", url="not an address")

    assert page.status == 422
    assert "12345 67890" in page.text
    assert not Article.objects.exists()


def test_a_text_whose_language_nobody_can_tell_is_refused_with_a_sentence(editor: Editor):
    page = pasted(editor, "1234 5678 9012")

    assert page.status == 422
    assert "anguage" in page.text
    assert not Article.objects.exists()


def test_several_files_are_imported_each_whole_or_not_at_all(editor: Editor):
    good = rows({"id": "a", "title": "غرق عبّارة", "body": "غرقت عبّارة قبالة الساحل.", "language": "ar"})
    bad = rows({"id": "b", "title": "Ferry", "body": "A ferry sank."}, {"title": "no id"})

    page = uploaded(editor, ("good.jsonl", good), ("bad.jsonl", bad), ("page.pdf", b"%PDF"))

    assert [article.external_id for article in Article.objects.all()] == ["a"]
    assert page.status == 422
    assert "bad.jsonl, line 2" in page.text
    assert "page.pdf" in page.text
    assert "غرق عبّارة" in page.text
    assert page.text.count("Nothing of this file was imported.") == 2


def test_a_trial_writes_nothing_and_says_what_it_would(editor: Editor):
    page = uploaded(editor, ("ferry.txt", PAGE.encode()), is_trial="on")

    assert page.status == 200
    assert "nothing was written" in page.text
    assert "1 article imported" in page.text
    assert not Article.objects.exists()


def test_what_somebody_brings_in_is_theirs_unless_they_leave_it_to_others(editor: Editor):
    pasted(editor)
    uploaded(editor, ("ferry.txt", PAGE.encode()))
    uploaded(editor, ("for all.txt", PAGE.encode()), is_for_all="on")

    owners = {article.external_id: article.author for article in Article.objects.all()}
    assert owners == {"": editor.user, "ferry.txt": editor.user, "for all.txt": None}
    assert {article.byline for article in Article.objects.all()} == {""}


def test_the_same_file_again_changes_nothing(editor: Editor):
    uploaded(editor, ("C:\\texts\\ferry.txt", PAGE.encode()))
    page = uploaded(editor, ("ferry.txt", PAGE.encode()))

    assert Article.objects.get().external_id == "ferry.txt"
    assert "1 was there before and is unchanged" in page.text


def test_outlets_are_added_only_by_those_who_may_add_them(db):
    row = rows({"id": "a", "title": "Ferry", "body": "A ferry sank off the coast.", "outlet": "Harbour Post"})
    may = {role: "articles.add_outlet" in names for role, names in PERMISSIONS.items()}
    for role in (role for role, names in PERMISSIONS.items() if "articles.add_article" in names):
        uploaded(Editor(a_user(role)), ("ferry.jsonl", row), create_outlets="on")
        assert Outlet.objects.filter(name_en="Harbour Post").exists() == may[role]
        Article.objects.all().delete()
        Outlet.objects.all().delete()


@pytest.mark.parametrize("role", PERMISSIONS)
def test_the_page_is_open_to_those_who_may_add_articles(db, role):
    may = "articles.add_article" in PERMISSIONS[role]
    someone = Editor(a_user(role))

    assert someone.open(FORM).status == (200 if may else 403)
    assert pasted(someone).status == (200 if may else 403)
    assert Article.objects.exists() == may
    assert ("Import articles" in someone.open("articles/article/").text) == may


def test_more_files_than_a_person_waits_for_are_refused_with_what_to_do(editor: Editor):
    page = uploaded(editor, *((f"{number}.txt", b"x") for number in range(51)))

    assert page.status == 422
    assert "manage.py import_articles" in page.text
