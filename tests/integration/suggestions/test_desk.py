"""Suggestions at the desk: who may answer, what the page shows, and that nothing of it is public before."""

import html
import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from articles.choices import Status, SuggestionState
from articles.importing.cuts import find_cuts
from articles.models import Article, Mention, SuggestionDecision
from articles.roles import PERMISSIONS
from articles.search import documents
from articles.search.engine import Kind
from articles.search.vectors.encoding import Encoding
from articles.suggestions import gathered
from tests.builders import NOON, a_person, a_public_article, a_telling, an_article, an_outlet
from tests.builders import a_public_claim as a_claim_in_public
from tests.integration.desk.editor import Editor, a_user

pytestmark = pytest.mark.django_db

TEXT = "قالت سلمى الكاتبي لصحيفة النهر إن الجسر القديم أغلق مساء الثلاثاء. وأيدها الباحث أحمد الحداد."
LOOKED_OVER = {Status.APPROVED, Status.PUBLISHED, Status.WITHDRAWN}


@pytest.fixture
def editor():
    return Editor(a_user("publisher"))


def page_of(article):
    return f"articles/article/{article.pk}/suggestions/"


def send(editor, article, key, do, **more):
    return editor.post(
        page_of(article), {"version": article.version, "key": key, "do": do, "_fragment": "1", **more}
    )


@pytest.mark.parametrize("role", [*PERMISSIONS, "anonymous"])
@pytest.mark.parametrize("status", list(Status))
def test_only_who_may_change_this_very_article_sees_and_answers(role, status):
    facts = {"status": status}
    if status in {Status.PUBLISHED, Status.WITHDRAWN}:
        facts["publish_at"] = NOON
    if status == Status.WITHDRAWN:
        facts |= {"withdrawn_at": NOON, "withdrawal_reason_ar": "خطأ"}
    person, article = a_person(name_ar="سلمى الكاتبي"), an_article(body_ar=TEXT, **facts)
    client = Client()
    if role != "anonymous":
        client.force_login(a_user(role))
    address = reverse("admin:articles_article_suggestions", args=[article.pk])
    held = PERMISSIONS.get(role, frozenset())
    may = {"articles.change_article", "articles.add_article", "articles.add_mention"} <= held and (
        status not in LOOKED_OVER or "articles.approve_article" in held
    )
    expected = 302 if role == "anonymous" else 200 if may else 403

    assert client.get(f"{address}?_fragment=1").status_code == expected
    sent = {
        "version": article.version,
        "key": f"mention:person:{person.pk}",
        "do": "accept",
        "_fragment": "1",
    }
    assert client.post(address, sent).status_code == expected
    assert Mention.objects.exists() is may


def test_a_post_without_the_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_user("publisher"))
    article = an_article()

    assert client.post(f"/en/admin/{page_of(article)}", {"do": "dismiss"}).status_code == 403


def test_an_article_that_is_none_has_no_suggestions(editor):
    assert editor.open("articles/article/999999/suggestions/").status == 404
    assert editor.client.put(f"/en/admin/{page_of(an_article())}").status_code == 405


def test_the_fragment_answers_and_says_so(editor):
    person, article = a_person(name_ar="سلمى الكاتبي", name_en="Salma Katibi"), an_article(body_ar=TEXT)

    page = editor.open(f"{page_of(article)}?_fragment=1")
    assert "Salma Katibi" in page.text
    assert "<html" not in page.text
    page = send(editor, article, f"mention:person:{person.pk}", "accept")

    assert page.status == 200
    assert 'data-said="Accepted: سلمى الكاتبي"' in page.text
    assert Mention.objects.get().state == SuggestionState.CONFIRMED
    page = send(editor, article, f"mention:person:{person.pk}", "undo")
    assert 'data-said="Taken back: سلمى الكاتبي"' in page.text
    assert not Mention.objects.exists()


def test_another_record_is_chosen_in_the_form(editor):
    person, other = a_person(name_ar="سلمى الكاتبي"), an_outlet()
    article = an_article(body_ar=TEXT)
    key = f"mention:person:{person.pk}"

    assert "Choose one" in send(editor, article, key, "change").text
    page = send(editor, article, key, "change", **{"chosen-outlet": other.pk})

    assert page.status == 200
    assert Mention.objects.get().outlet == other


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": "0"},
        {"version": "٣"},
        {"version": ""},
        {"do": "publish"},
        {"do": ""},
        {"key": "mention:person:٩"},
        {"key": "x" * 5000},
        {"key": ""},
        {"do": "accept", "key": "warning:x"},
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(editor, wrong):
    person, article = a_person(name_ar="سلمى الكاتبي"), an_article(body_ar=TEXT)
    sent = {
        "version": article.version,
        "key": f"mention:person:{person.pk}",
        "do": "accept",
        "_fragment": "1",
    }

    page = editor.post(page_of(article), {**sent, **wrong})

    assert page.status == 409
    assert 'role="alert"' in page.text
    assert not SuggestionDecision.objects.exists()


def test_without_a_script_the_page_has_forms_and_comes_back_with_a_message(editor):
    person, article = a_person(name_ar="سلمى الكاتبي"), an_article(body_ar=TEXT)
    key = f"mention:person:{person.pk}"
    page = editor.open(page_of(article))
    assert f'value="{key}"' in page.text
    # The claim's own form, filled in by its address.
    assert "/claims/claim/" not in page.text
    assert f"/en/admin/articles/claim/add/?article={article.pk}&amp;language=ar&amp;quote=" in page.text
    assert "/en/admin/people/person/add/?name_ar=" in page.text

    page = editor.post(page_of(article), {"version": article.version, "key": key, "do": "accept"})

    assert page.messages == ["Accepted: سلمى الكاتبي"]
    page = editor.open(f"{page_of(article)}?change={key}&plain=1")
    assert "Who is meant" not in page.text


def test_without_a_script_another_record_is_chosen_from_a_list(editor):
    person, article = a_person(name_ar="سلمى الكاتبي"), an_article(body_ar=TEXT)
    other = a_person(name_ar="هدى", name_en="Huda")

    page = editor.open(f"{page_of(article)}?change=mention:person:{person.pk}&plain=1")

    assert f'<option value="{other.pk}">Huda</option>' in page.text


def test_a_cut_with_a_quote_in_it_asks_first(editor):
    raw = "سقطت الطائرة في الحقل ونجا الطيار من الحادث.\nزر الذهاب إلى الأعلى"
    cuts = [cut.as_json() for cut in find_cuts(raw)]
    assert cuts
    article = an_article(raw_text=raw, cuts=[], body_ar=raw.replace("\n", "\n\n"))
    a_telling(a_claim_in_public(), article, quote="الذهاب إلى الأعلى")
    key = next(one.key for one in gathered.gather(article, user=None).of("cut"))

    page = send(editor, article, key, "accept")
    assert page.status == 409
    assert 'name="sure" value="1"' in page.text
    # The same without a script: the page itself asks.
    asked = editor.post(page_of(article), {"version": article.version, "key": key, "do": "accept"})
    assert 'name="sure" value="1"' in asked.text

    assert send(editor, article, key, "accept", sure="1").status == 200
    article.refresh_from_db()
    assert "الأعلى" not in article.body_ar


def test_the_imported_text_is_shown_with_its_cuts_in_place(editor):
    raw = "سقطت الطائرة في الحقل.,ونجا الطيار من الحادث.,وعاد الناس إلى بيوتهم.\nزر الذهاب إلى الأعلى"
    cuts = [cut.as_json() for cut in find_cuts(raw)]
    article = an_article(raw_text=raw, cuts=cuts, body_ar="سقطت الطائرة في الحقل.")

    page = editor.open(page_of(article))

    assert "<del>زر الذهاب إلى الأعلى</del>" in page.text
    assert page.text.count('class="suggest-glue"') == 2


def test_more_than_are_shown_at_once_are_counted(editor, monkeypatch):
    monkeypatch.setattr("articles.admin.suggested_shown.MOST_SHOWN", 1)
    a_person(name_ar="سلمى الكاتبي")
    an_outlet(name_ar="صحيفة النهر")

    page = editor.open(f"{page_of(an_article(body_ar=TEXT))}?_fragment=1")

    assert "1 more follows when these are answered." in page.text


@pytest.mark.parametrize(("role", "may_add"), [("publisher", True), ("writer", False)])
def test_a_claim_told_before_takes_one_more_telling_with_the_chain_of_its_sentence(role, may_add):
    known = a_claim_in_public(statement_ar="أغلقت البلدية الجسر القديم بعد ظهور 3 شقوق فيه.")
    person = a_person(name_ar="سلمى الكاتبي")
    Encoding().everything()
    article = an_article(body_ar="قالت سلمى الكاتبي إن البلدية أغلقت الجسر القديم بعد ظهور 7 شقوق فيه.")

    text = html.unescape(Editor(a_user(role)).open(f"{page_of(article)}?_fragment=1").text)

    # A claim that is public is changed by those who may approve it alone.
    assert (f'data-known="{known.pk}"' in text) == may_add
    assert (f"/claim/{known.pk}/change/?article={article.pk}&language=ar&quote=" in text) == may_add
    if may_add:
        told = re.search(rf'data-act="accept" data-claim="([^>]*)" data-known="{known.pk}"', text)[1]
        assert json.loads(json.loads(told)["sources"]) == [{"step": 1, "person": person.pk}]
        assert "statement_ar" not in json.loads(told)


def test_the_articles_page_only_says_where_the_suggestions_are(editor):
    article = an_article(body_ar=TEXT)

    page = editor.open(f"articles/article/{article.pk}/change/")

    assert f'data-address="/en/admin/{page_of(article)}"' in page.text
    assert "suggest-item" not in page.text
    translator = Editor(a_user("translator"))
    assert 'id="suggestions"' not in translator.open(f"articles/article/{article.pk}/change/").text


def test_the_fragment_takes_as_many_queries_for_many_suggestions_as_for_few(
    editor, django_assert_max_num_queries
):
    for number in range(10):
        a_person(name_ar=f"أحمد الحداد{chr(0x0628 + number)}")
    names = " ".join(f"قال أحمد الحداد{chr(0x0628 + n)} إن الجسر رقم {n} قديم جداً." for n in range(10))
    few, many = an_article(body_ar=TEXT), an_article(body_ar=f"{TEXT} {names}")
    editor.open(f"{page_of(few)}?_fragment=1")

    for article in (few, many):
        with django_assert_max_num_queries(24):
            editor.open(f"{page_of(article)}?_fragment=1")


# Nothing public comes of what nobody accepted.


def test_no_page_feed_index_or_answer_of_the_api_knows_what_is_only_suggested(editor, client):
    person = a_person(name_ar="سلمى الكاتبي", name_en="Salma Katibi")
    outlet = an_outlet(name_ar="صحيفة النهر")
    other = a_public_article(body_ar=TEXT)
    article = a_public_article(body_ar=f"{TEXT} خبر عاجل.", outlet=an_outlet())
    Mention.objects.create(article=article, outlet=outlet, state=SuggestionState.SUGGESTED)
    found = gathered.gather(article, user=editor.user)
    assert {one.kind for one in found.open} >= {"mention", "unknown", "attribution", "copy", "warning"}
    key = next(one.key for one in found.of("unknown"))
    send(editor, article, key, "dismiss")

    def public_words():
        pages = [
            client.get(article.get_absolute_url("en")).text.replace(TEXT, ""),
            client.get("/en/people/").text,
            client.get("/en/outlets/").text,
            client.get("/en/claims/").text,
        ]
        return " ".join(pages)

    assert client.get(person.get_absolute_url("en")).status_code == 404
    assert client.get(outlet.get_absolute_url("en")).status_code == 404
    assert "Salma Katibi" not in public_words()
    assert not any(found.people for found in documents.documents(Kind.ARTICLE, [article.pk], at=NOON))
    article.refresh_from_db()
    assert (article.copy_of_id, article.appearances.count()) == (None, 0)

    send(editor, Article.objects.get(pk=article.pk), f"mention:person:{person.pk}", "accept")
    assert client.get(person.get_absolute_url("en")).status_code == 200
    assert "Salma Katibi" in public_words()
    assert any(found.people for found in documents.documents(Kind.ARTICLE, [article.pk], at=NOON))
    assert other.copies.count() == 0
