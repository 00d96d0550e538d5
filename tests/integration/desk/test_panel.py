"""The claim panel beside an article's text: the form as a fragment, what an address fills in, and who is refused."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin.panel import as_statement
from articles.choices import QuoteState, Status
from articles.models import Claim
from articles.roles import PERMISSIONS
from tests.builders import NOON, a_claim, a_person, a_telling, an_article, an_organisation, an_outlet
from tests.integration.desk.editor import Editor, Page, a_user

pytestmark = pytest.mark.django_db

BODY = "ذكرت وكالة الضفاف أن السد لم يُفتح منذ عشر سنوات.\n\nوقال سكان إن المياه دخلت بيوتهم."
QUOTE = "السد لم يُفتح منذ عشر سنوات"
SENTENCE = "articles/claim/sentence/"


def panel(editor: Editor, article: Any = None, *, claim: Any = None, **query: Any) -> Page:
    place = f"{claim.pk}/change" if claim else "add"
    given = {"article": article.pk} if article else {}
    page = editor.open(f"articles/claim/{place}/?{urlencode({'_panel': 1, **given, **query})}")
    # The editor of the tests takes the first form of a page whose id says so; a fragment has one form alone.
    page.text = page.text.replace('class="panel-form"', 'class="panel-form" id="panel_form"', 1)
    return page


def test_the_panel_opens_with_the_words_their_article_and_a_first_wording(editor):
    article = an_article(body_ar=BODY)

    page = panel(editor, article, quote=QUOTE, language="ar", prefix="أن ", suffix=" منذ")

    assert page.status == 200
    assert "<html" not in page.text
    assert page.form["appearances-0-quote_exact"] == QUOTE
    assert page.form["appearances-0-article"] == str(article.pk)
    assert (page.form["statement_ar"], page.form["statement_en"]) == (QUOTE, "")


def test_a_claim_saved_in_the_panel_is_saved_as_in_the_full_form(editor):
    article, agency = an_article(body_ar=BODY), an_outlet(name_ar="الضفاف")
    page = panel(editor, article, quote=QUOTE, language="ar")

    saved = editor.send(page, {"appearances-0-sources-0-outlet": str(agency.pk)})

    claim = Claim.objects.get()
    told = claim.appearances.get()
    assert saved.status == 201
    assert f'data-telling="{told.pk}"' in saved.text
    assert f'data-start="{BODY.index(QUOTE)}" data-end="{BODY.index(QUOTE) + len(QUOTE)}"' in saved.text
    assert (claim.statement_ar, claim.original_language) == (QUOTE, article.original_language)
    assert (told.quote_state, told.sources.get().outlet) == (QuoteState.ANCHORED, agency)
    assert claim.history.get().history_user == editor.user
    assert LogEntry.objects.get().object_id == str(claim.pk)
    # What the panel says itself is not said again on the next page.
    assert editor.open("articles/claim/").messages == []


def test_words_that_are_not_in_the_saved_text_are_refused_with_a_sentence_and_kept(editor):
    page = panel(editor, an_article(body_ar=BODY), quote="السد فُتح أمس", language="ar")
    refused = editor.send(page, statement_ar="فُتح السد أمس.")

    assert "not in the saved text: save the article first" in page.text
    assert refused.status == 422
    assert "not in the saved Arabic text" in refused.text
    assert "السد فُتح أمس" in refused.text
    assert not Claim.objects.exists()


def test_an_address_fills_in_the_statements_the_manner_and_the_chain(editor):
    article, agency, engineer = an_article(body_ar=BODY), an_outlet(), a_person()
    ministry = an_organisation()
    chain = [
        {"step": 1, "outlet": agency.pk},
        {"step": 2, "person": engineer.pk, "role_ar": "مدير السد"},
        {"step": 2, "organisation": ministry.pk},
        {"step": 3, "description_ar": "بيان", "description_en": "a statement", "is_document": True},
    ]

    page = panel(
        editor,
        article,
        quote=QUOTE,
        language="ar",
        statement_ar="٢٠٢١",
        statement_en="Closed.",
        certainty="alleged",
        kind="direct_quote",
        sources=json.dumps(chain),
    )
    editor.send(page)

    told = Claim.objects.get().appearances.get()
    assert (told.claim.statement_ar, told.claim.statement_en) == ("٢٠٢١", "Closed.")
    assert (told.kind, told.certainty) == ("direct_quote", "alleged")
    assert [
        (row.step, row.outlet, row.person, row.organisation, row.description_en or "", row.is_document)
        for row in told.sources.all()
    ] == [
        (1, agency, None, None, "", False),
        (2, None, engineer, None, "", False),
        (2, None, None, ministry, "", False),
        (3, None, None, None, "a statement", True),
    ]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"sources": "{"}, "could not be read"),
        ({"sources": "[" * 2_000}, "could not be read"),
        ({"sources": '{"outlet": 1}'}, "could not be read"),
        ({"sources": "[7]"}, "passed over"),
        ({"sources": '[{"outlet": 987654}]'}, "passed over"),
        ({"sources": '[{"outlet": "٣"}]'}, "passed over"),
        ({"sources": '[{"outlet": {"a": []}}]'}, "passed over"),
        ({"sources": '[{"step": 10, "description_ar": "x"}]'}, "passed over"),
        ({"sources": '[{"step": true, "description_ar": "x"}]'}, "passed over"),
        ({"sources": json.dumps([{"description_ar": "x" * 301}])}, "passed over"),
        ({"sources": "[{}]"}, "passed over"),
        ({"kind": "gossip"}, "“gossip” is no choice"),
        ({"certainty": "rumour"}, "“rumour” is no choice"),
        ({"article": "987654"}, "does not exist"),
    ],
)
@pytest.mark.parametrize("is_panel", [True, False], ids=["panel", "full form"])
def test_what_an_address_cannot_fill_in_is_passed_over_with_a_sentence(editor, query, sentence, is_panel):
    given = {"article": an_article(body_ar=BODY).pk, "quote": QUOTE, "language": "ar", **query}
    if is_panel:
        given["_panel"] = 1

    page = editor.open(f"articles/claim/add/?{urlencode(given)}")

    assert page.status == 200
    assert sentence in page.text


def test_one_more_telling_of_a_claim_changes_nothing_else_of_it(editor):
    claim = a_claim(statement_ar="لم يُفتح السد.")
    a_telling(claim, an_article(), "حارس")
    article = an_article(body_ar=BODY)
    page = panel(
        editor, article, claim=claim, quote=QUOTE, language="ar", sources='[{"description_ar": "سكان"}]'
    )
    # Somebody else saves it meanwhile: nothing of theirs is overwritten.
    claim.context_ar = "سياق"
    claim.save()

    saved = editor.send(page)

    claim.refresh_from_db()
    assert saved.status == 201
    assert (claim.statement_ar, claim.context_ar) == ("لم يُفتح السد.", "سياق")
    assert [
        (told.quote_exact, told.sources.get().description_ar) for told in claim.appearances.order_by("pk")
    ] == [("", "حارس"), (QUOTE, "سكان")]


def test_a_telling_is_changed_alone_and_its_lost_quote_finds_a_place_again(editor):
    claim, article = a_claim(), an_article(body_ar=BODY)
    other, lost = a_telling(claim, an_article()), a_telling(claim, article, "سكان", quote=QUOTE)
    article.body_ar = BODY.replace("لم يُفتح", "ما فُتح")
    article.save()
    lost.quote_state, lost.quote_start = QuoteState.ORPHANED, None
    lost.save()
    page = panel(editor, claim=claim, telling=lost.pk)
    assert page.form["appearances-0-id"] == str(lost.pk)

    saved = editor.send(
        page, {"appearances-0-quote_exact": "السد ما فُتح", "appearances-0-quote_language": "ar"}
    )

    lost.refresh_from_db()
    assert saved.status == 201
    assert (lost.quote_exact, lost.quote_state) == ("السد ما فُتح", QuoteState.ANCHORED)
    assert claim.appearances.filter(pk=other.pk).exists()
    assert lost.sources.get().description_ar == "سكان"


def test_a_telling_that_was_changed_meanwhile_is_not_overwritten(editor):
    claim = a_claim()
    told = a_telling(claim, an_article(), "سكان")
    page = panel(editor, claim=claim, telling=told.pk)
    editor.send(panel(editor, claim=claim, telling=told.pk), {"appearances-0-certainty": "denied"})

    refused = editor.send(page, {"appearances-0-certainty": "alleged"})

    told.refresh_from_db()
    assert refused.status == 409
    assert told.certainty == "denied"


@pytest.mark.parametrize(
    ("role", "status", "may_add", "may_change"),
    [
        ("writer", Status.DRAFT, True, True),
        ("writer", Status.PUBLISHED, True, False),
        ("editor", Status.PUBLISHED, True, True),
        ("translator", Status.DRAFT, False, False),
    ],
)
def test_the_panel_is_open_to_whom_the_claim_is(role, status, may_add, may_change):
    editor, article = Editor(a_user(role)), an_article(body_ar=BODY)
    claim = a_claim(status=status, publish_at=NOON if status == Status.PUBLISHED else None)
    told = a_telling(claim, article, quote=QUOTE)

    list_of_claims = editor.open(f"articles/article/{article.pk}/change/").text
    assert ('data-add="/en/' in list_of_claims) == may_add
    assert (f'data-change="/en/admin/articles/claim/{claim.pk}/' in list_of_claims) == may_change
    assert panel(editor, article).status == (200 if may_add else 403)
    for page in (panel(editor, article, claim=claim), panel(editor, claim=claim, telling=told.pk)):
        assert page.status == (200 if may_change else 403)
        assert (editor.post(page.url).status == 403) == (not may_change)


def test_a_telling_of_another_claim_is_not_found_in_the_panel(editor):
    claim, told = a_claim(), a_telling(a_claim(), an_article())

    assert panel(editor, claim=claim, telling=told.pk).status == 404
    assert panel(editor, claim=claim, telling=10**17).status == 404


# The sentence


def test_the_chain_reads_as_a_sentence_in_both_languages_before_it_is_saved(editor):
    article = an_article(outlet=an_outlet(name_ar="الرصيف", name_en="The Quay"))
    agency = an_outlet(name_ar="الضفاف", name_en="Banks")
    row = "appearances-0"
    sources = {
        "0-step": "1",
        "0-outlet": agency.pk,
        "1-step": "2",
        "1-description_ar": "مهندسين",
        "2-step": "3",
    }

    said = editor.post(
        SENTENCE,
        {
            "row": row,
            f"{row}-article": article.pk,
            f"{row}-sources-TOTAL_FORMS": "3",
            "statement_en": "The dam was <b>shut</b>.",
            **{f"{row}-sources-{name}": value for name, value in sources.items()},
        },
    ).text

    assert "<strong>الرصيف</strong> نقلاً عن <strong>الضفاف</strong> عن <strong>مهندسين</strong>" in said
    assert '<strong>Banks</strong>, citing <strong lang="ar" dir="rtl">مهندسين</strong>' in said
    assert ": The dam was &lt;b&gt;shut&lt;/b&gt;." in said
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"row": "appearances-0"},
        {"row": "x' or 1", "x' or 1-article": "1"},
        {"row": "appearances-0", "appearances-0-article": "٣"},
        {"row": "appearances-0", "appearances-0-article": "9" * 40},
    ],
)
def test_a_sentence_of_nothing_is_empty(editor, data):
    answer = editor.post(SENTENCE, data)

    assert (answer.status, answer.text.strip()) == (200, "")


def test_a_source_that_is_no_source_yet_is_passed_over_in_the_sentence(editor):
    article, row = an_article(outlet=an_outlet(name_en="The Quay")), "appearances-0"
    fields = {"outlet": "9" * 40, "person": "٣", "step": "x"}

    said = editor.post(
        SENTENCE,
        {
            "row": row,
            f"{row}-article": article.pk,
            f"{row}-sources-TOTAL_FORMS": "99999999999",
            **{f"{row}-sources-0-{name}": value for name, value in fields.items()},
        },
    )

    assert "The Quay</strong>, naming no source" in said.text


@pytest.mark.parametrize("role", list(PERMISSIONS))
def test_the_sentence_is_said_to_exactly_whom_the_table_lets_work_on_claims(role):
    may = {"articles.view_article"} <= PERMISSIONS[role] and bool(
        {"articles.add_claim", "articles.change_claim"} & PERMISSIONS[role]
    )

    assert Editor(a_user(role)).post(SENTENCE, {"row": "appearances-0"}).status == (200 if may else 403)


def test_the_sentence_is_said_to_no_outsider():
    outsider = Editor(a_user("writer", is_staff=False))
    without = Editor(a_user("writer", username="nobody"))
    without.user.groups.clear()

    assert outsider.post(SENTENCE, {"row": "appearances-0"}, follow=False).status == 302
    assert without.post(SENTENCE, {"row": "appearances-0"}).status == 403


def test_a_long_chain_costs_no_more_queries_than_a_short_one(editor):
    article = an_article(body_ar=BODY)

    def queries(*chain: Any) -> int:
        given = [{"outlet": one.pk} for one in chain]
        panel(editor, article, quote=QUOTE, language="ar", sources=json.dumps(given))
        with CaptureQueriesContext(connection) as asked:
            panel(editor, article, quote=QUOTE, language="ar", sources=json.dumps(given))
        return len(asked)

    outlets = [an_outlet() for _number in range(6)]
    assert queries(*outlets) == queries(outlets[0]) <= 16


def test_an_article_of_many_tellings_opens_in_as_many_queries_as_one_of_few(editor):
    def queries(number: int) -> int:
        article = an_article(body_ar=BODY)
        for _number in range(number):
            a_telling(a_claim(), article)
        editor.open(f"articles/article/{article.pk}/change/")
        with CaptureQueriesContext(connection) as asked:
            editor.open(f"articles/article/{article.pk}/change/")
        return len(asked)

    assert queries(5) == queries(1)


@pytest.mark.parametrize(
    ("quote", "statement"),
    [
        ("«أُغلق الجسر»", "أُغلق الجسر"),
        ("أُغلق الجسر،\n\nوقال", "أُغلق الجسر، وقال"),
        ("«أُغلق» ثم «فُتح»", "«أُغلق» ثم «فُتح»"),
        ("“It closed,”", "It closed,"),
        ("أن الجسر أُغلق", "الجسر أُغلق"),
        ("that it closed", "it closed"),
        ("أن يعود الوفد", "أن يعود الوفد"),
        ("That evening it closed", "That evening it closed"),
        ("", ""),
    ],
)
def test_a_quote_becomes_a_statement_on_one_line_without_its_quotation_marks(quote, statement):
    assert as_statement(quote) == statement
