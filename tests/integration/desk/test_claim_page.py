"""A claim with its tellings and their chains on one page; every wrong input is a sentence beside its field."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.choices import QuoteState
from articles.models import Claim, OutletDomain
from tests.builders import a_claim, a_person, a_telling, an_article, an_outlet
from tests.integration.desk.editor import Editor, Page

pytestmark = pytest.mark.django_db

BODY = "قال مهندس إن السد لم يُفتح منذ عشر سنوات.\n\nوقال سكان إن المياه دخلت بيوتهم."
QUOTE = "السد لم يُفتح منذ عشر سنوات"


def telling(article, **fields) -> dict[str, str]:
    return {
        "appearances-0-article": str(article.pk),
        **{f"appearances-0-{name}": value for name, value in fields.items()},
    }


def source(number: int, **fields) -> dict[str, str]:
    prefix = f"appearances-0-sources-{number}"
    row = {
        "step": "1",
        "outlet": "",
        "person": "",
        "organisation": "",
        "description_ar": "",
        "description_en": "",
    }
    return {f"{prefix}-{name}": str(value) for name, value in (row | fields).items()}


def new_claim(editor: Editor, article, *rows: dict[str, str], query: str = "", **fields) -> Page:
    page = editor.open(f"articles/claim/add/{query}")
    chain = {"appearances-0-sources-TOTAL_FORMS": str(len(rows))}
    for row in rows:
        chain |= row
    return editor.send(
        page, {"statement_ar": "لم يُفتح السد منذ عشر سنوات.", **telling(article, **fields), **chain}
    )


def test_a_claim_is_saved_with_its_telling_its_quote_and_its_ordered_chain(editor):
    daily, agency, engineer = an_outlet(name_ar="الرصيف"), an_outlet(name_ar="الجسر"), a_person()
    article = an_article(outlet=daily, body_ar=BODY)

    new_claim(
        editor,
        article,
        source(0, outlet=agency.pk),
        source(1, step=2, description_ar="مهندسون"),
        source(2, step=2, person=engineer.pk, role_ar="مدير السد"),
        quote_exact=QUOTE,
    )

    told = Claim.objects.get().appearances.get()
    assert (told.article, told.kind, told.certainty) == (article, "paraphrase", "reported")
    assert (told.quote_state, told.quote_language) == (QuoteState.ANCHORED, "ar")
    assert told.quote_start == BODY.index(QUOTE)
    assert [(row.step, row.outlet, row.person, row.description_ar) for row in told.sources.all()] == [
        (1, agency, None, None),
        (2, None, None, "مهندسون"),
        (2, None, engineer, None),
    ]


def test_an_empty_line_of_the_chain_is_no_source_even_if_its_step_was_set(editor):
    new_claim(editor, an_article(body_ar=BODY), source(0, step=3))

    assert Claim.objects.get().appearances.get().sources.count() == 0


def test_a_quote_that_is_not_in_the_text_is_refused_at_its_field_and_kept(editor):
    refused = new_claim(editor, an_article(body_ar=BODY), quote_exact="السد فُتح أمس", quote_language="ar")

    assert refused.status == 200
    assert not Claim.objects.exists()
    assert "not in the saved Arabic text" in refused.text
    assert refused.form["appearances-0-quote_exact"] == "السد فُتح أمس"


def test_a_quote_over_two_paragraphs_is_found_in_spite_of_the_browsers_newlines(editor):
    quote = "منذ عشر سنوات.\r\n\r\nوقال سكان"

    new_claim(editor, an_article(body_ar=BODY), quote_exact=quote)

    assert Claim.objects.get().appearances.get().quote_exact == quote.replace("\r\n", "\n")


def test_the_language_of_a_quote_is_that_of_the_text_it_stands_in(editor):
    article = an_article(body_ar=BODY, body_en="The dam was not opened for ten years.")

    new_claim(editor, article, quote_exact="not opened")

    assert Claim.objects.get().appearances.get().quote_language == "en"


def test_the_context_of_a_selection_tells_repeated_words_apart(editor):
    article = an_article(body_ar="قال أحمد نعم.\n\nوقال سعيد نعم.")

    new_claim(editor, article, quote_exact="نعم", quote_prefix="وقال سعيد ", quote_suffix=".")

    assert Claim.objects.get().appearances.get().quote_start == article.body_ar.rindex("نعم")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"outlet": "OUTLET", "description_ar": "مهندسون"}, "exactly one of"),
        ({"is_document": "on", "outlet": "OUTLET"}, "Describe the document"),
        ({"step": "12", "description_ar": "مهندسون"}, "less than or equal to 9"),
    ],
)
def test_a_source_that_breaks_a_promise_says_so_in_its_line(editor, row, sentence):
    outlet = an_outlet()
    row = {name: outlet.pk if value == "OUTLET" else value for name, value in row.items()}

    refused = new_claim(editor, an_article(), source(0, **row))

    assert refused.status == 200
    assert sentence in refused.text
    assert not Claim.objects.exists()


def test_the_same_words_of_an_article_are_linked_once(editor):
    article, claim = an_article(body_ar=BODY), a_claim()
    a_telling(claim, article, quote=QUOTE)
    page = editor.open(f"articles/claim/{claim.pk}/change/")
    second = {
        "appearances-TOTAL_FORMS": "2",
        "appearances-1-article": str(article.pk),
        "appearances-1-kind": "paraphrase",
        "appearances-1-certainty": "reported",
        "appearances-1-quote_exact": QUOTE,
        "appearances-1-quote_language": "ar",
    }

    refused = editor.send(page, second)

    assert (
        "Two tellings stand at the same words" in refused.text
        or "already linked to these words" in refused.text
    )
    assert claim.appearances.count() == 1


def test_a_claim_needs_a_statement_in_one_language(editor):
    page = editor.open("articles/claim/add/")

    assert "State the claim in Arabic or in English." in editor.send(page).text


def test_the_form_opened_from_an_article_begins_with_its_telling_and_leads_back_to_it(editor):
    article = an_article(body_ar=BODY, original_language="ar")

    page = editor.open(f"articles/claim/add/?article={article.pk}&quote={QUOTE}&language=ar")

    assert page.form["appearances-0-article"] == str(article.pk)
    assert page.form["appearances-0-quote_exact"] == QUOTE
    assert page.form["appearances-0-quote_language"] == "ar"
    saved = editor.send(page, statement_ar="لم يُفتح السد.", follow=False)
    assert saved.response.headers["Location"] == f"/en/admin/articles/article/{article.pk}/change/#claims"
    assert Claim.objects.get().appearances.get().quote_exact == QUOTE


def test_the_form_of_a_known_claim_opened_from_an_article_begins_one_more_telling(editor):
    claim, article, agency = a_claim(), an_article(body_ar=BODY), an_outlet()
    a_telling(claim, an_article(), "حارس")
    chain = json.dumps([{"step": 1, "outlet": agency.pk}])

    page = editor.open(
        f"articles/claim/{claim.pk}/change/?article={article.pk}&quote={QUOTE}&language=ar&sources={chain}"
    )
    saved = editor.send(page, follow=False)

    assert saved.response.headers["Location"] == f"/en/admin/articles/article/{article.pk}/change/#claims"
    added = claim.appearances.get(article=article)
    assert (added.quote_exact, added.sources.get().outlet) == (QUOTE, agency)
    assert claim.appearances.count() == 2


def test_each_saved_chain_reads_as_a_sentence_in_both_languages_without_a_script(editor):
    claim = a_claim()
    paper = an_outlet(name_ar="النهر", name_en="The River")
    agency = an_outlet(name_ar="وكالة الضفاف", name_en="Banks Agency")
    a_telling(claim, an_article(outlet=paper), agency, "حراس السد")

    text = editor.open(f"articles/claim/{claim.pk}/change/").text

    said = [" ".join(one.split()) for one in re.findall(r'class="desk-sentence".*?</div>', text, re.DOTALL)]
    assert "<strong>The River</strong>" in said[0]
    assert '<strong lang="ar" dir="rtl">حراس السد</strong>' in said[0]
    assert said[0].index("النهر") < said[0].index("وكالة الضفاف") < said[0].index("حراس السد")


@pytest.mark.parametrize(
    "query", ["?article=٣", "?article=999999999", "?article=x&language=fr", "?restore=x"]
)
def test_a_wrong_prefill_is_passed_over(editor, query):
    assert editor.open(f"articles/claim/add/{query}").status in {200, 400}


@pytest.mark.parametrize("key", ["abc", "1,2", "1.5", "\x00", "9" * 18])
def test_a_choice_that_no_record_can_have_is_an_error_of_the_form_and_never_a_broken_page(editor, key):
    page = editor.open("articles/claim/add/")

    refused = editor.send(
        page, {"appearances-0-article": key, "appearances-0-quote_exact": "x"}, statement_en="x"
    )

    assert refused.status == 200
    assert Claim.objects.count() == 0
    if key.isprintable():
        assert editor.open(f"articles/article/add/?outlet={key}").status == 200


def test_without_javascript_native_lists_and_three_lines_wait(editor):
    outlet = an_outlet(name_en="Jisr")

    page = editor.open("articles/claim/add/?plain=1")

    assert page.form["appearances-0-sources-TOTAL_FORMS"] == "3"
    assert f'<option value="{outlet.pk}">Jisr</option>' in page.text
    assert "admin-autocomplete" not in page.text


def test_every_field_of_a_language_says_which_it_is(editor):
    page = editor.open("articles/claim/add/")

    for language, way in (("ar", "rtl"), ("en", "ltr")):
        for name in (
            f"statement_{language}",
            f"context_{language}",
            f"appearances-0-sources-0-description_{language}",
        ):
            tag = next(part for part in page.text.split("<") if f'name="{name}"' in part)
            assert f'lang="{language}"' in tag
            assert f'dir="{way}"' in tag
    quote = next(part for part in page.text.split("<") if 'name="appearances-0-quote_exact"' in part)
    assert 'dir="auto"' in quote


def test_the_language_of_the_page_comes_first(editor):
    for language, first, second in (
        ("ar", "statement_ar", "statement_en"),
        ("en", "statement_en", "statement_ar"),
    ):
        text = Editor(editor.user, language).open("articles/claim/add/").text
        assert text.index(f'name="{first}"') < text.index(f'name="{second}"')


def test_a_moved_quote_stays_marked_until_an_editor_says_its_place_is_right(editor):
    claim, article = a_claim(), an_article(body_ar=BODY)
    told = a_telling(claim, article, quote=QUOTE)
    editor.send(editor.open(f"articles/article/{article.pk}/change/"), body_ar="مقدمة جديدة.\n\n" + BODY)
    told.refresh_from_db()
    assert told.quote_state == QuoteState.MOVED

    page = editor.open(f"articles/claim/{claim.pk}/change/")
    editor.send(page, statement_ar="قول آخر")
    told.refresh_from_db()
    assert told.quote_state == QuoteState.MOVED

    editor.send(editor.open(f"articles/claim/{claim.pk}/change/"), {"appearances-0-is_place_right": "on"})
    told.refresh_from_db()
    assert told.quote_state == QuoteState.ANCHORED


def test_an_article_save_tells_how_many_quotes_moved_and_were_lost(editor):
    article = an_article(body_ar=BODY)
    a_telling(a_claim(), article, quote=QUOTE)
    a_telling(a_claim(), article, quote="المياه دخلت بيوتهم")

    page = editor.send(
        editor.open(f"articles/article/{article.pk}/change/"),
        body_ar="مقدمة. وقال سكان إن المياه دخلت بيوتهم.",
    )

    assert "1 quote moved with the text." in page.text
    assert "1 quote is no longer in the text." in page.text
    assert "appearance/?todo=orphaned&amp;article__id__exact=" in page.text
    assert editor.open(f"articles/appearance/?todo=orphaned&article__id__exact={article.pk}").status == 200


def test_an_orphaned_quote_can_be_left_for_later(editor):
    claim, article = a_claim(), an_article(body_ar=BODY)
    told = a_telling(claim, article, quote=QUOTE)
    editor.send(editor.open(f"articles/article/{article.pk}/change/"), body_ar="نص آخر.")

    editor.send(editor.open(f"articles/claim/{claim.pk}/change/"), statement_ar="قول آخر")

    told.refresh_from_db()
    claim.refresh_from_db()
    assert claim.statement_ar == "قول آخر"
    assert (told.quote_state, told.quote_exact) == (QuoteState.ORPHANED, QUOTE)


def test_a_pasted_address_finds_the_outlet_and_says_so(editor):
    outlet = an_outlet(name_en="Rasif")
    OutletDomain.objects.create(outlet=outlet, domain="rasif.example")

    page = editor.send(
        editor.open("articles/article/add/"), url="https://www.rasif.example/1", headline_ar="عنوان"
    )

    assert "recognised by the address: Rasif" in page.text
    assert outlet.articles.count() == 1


def test_what_only_the_database_sees_broken_is_a_sentence_too(editor, monkeypatch):
    an_outlet()
    first, second = an_outlet(), an_outlet()
    OutletDomain.objects.create(outlet=first, domain="rasif.example")
    # As if the other outlet were saved between check and save.
    monkeypatch.setattr(OutletDomain, "validate_unique", lambda *args, **kwargs: None)
    page = editor.open(f"articles/outlet/{second.pk}/change/")

    refused = editor.send(page, {"domains-TOTAL_FORMS": "1", "domains-0-domain": "rasif.example"})

    assert refused.status == 200
    assert "This domain already belongs to an outlet." in refused.text


def test_a_published_article_cannot_be_emptied(editor):
    from tests.builders import a_public_article

    article = a_public_article(body_ar="نص")

    refused = editor.send(
        editor.open(f"articles/article/{article.pk}/change/"),
        headline_ar="",
        headline_en="",
        body_ar="",
        body_en="",
    )

    assert "A published article needs a headline or a body." in refused.text


def test_the_page_of_a_claim_costs_the_same_queries_for_two_tellings_and_for_twelve(editor):
    small, large = a_claim(), a_claim()
    for claim, number in ((small, 2), (large, 12)):
        for _each in range(number):
            a_telling(
                claim,
                an_article(outlet=an_outlet(), body_ar=BODY),
                an_outlet(),
                ["مهندسون", a_person()],
                quote=QUOTE,
            )
    editor.open(f"articles/claim/{small.pk}/change/")

    counts = []
    for claim in (small, large):
        with CaptureQueriesContext(connection) as queries:
            editor.open(f"articles/claim/{claim.pk}/change/")
        counts.append(len(queries))

    assert counts[0] == counts[1]
