"""The glossary at the desk: found in any spelling, and a quiet note where a translation leaves a term out."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.exchange.terms import TermResource
from articles.models import Term
from tests.builders import a_claim, a_term, an_article
from tests.integration.desk.editor import Editor, a_user

pytestmark = pytest.mark.django_db


def notes(page) -> list[str]:
    block = re.search(r'<details class="desk-terms".*?</details>', page.text, re.DOTALL)
    return re.findall(r"<li><bdi[^>]*>([^<]*)</bdi>", block[0]) if block else []


def test_a_term_is_found_by_any_of_its_words_in_any_spelling():
    a_term("الحشد الشعبي\nهيئة الحشد", "Popular Mobilisation Forces\nPMF")
    a_term("هدنة", "truce")
    desk = Editor(a_user("writer"), "en")

    for typed in ("حشد شعبى", "pmf", "popular  mobilisation"):
        found = desk.open(f"articles/term/?q={typed}").text
        assert "Popular Mobilisation Forces" in found, typed
        assert "truce" not in found, typed
    assert "truce" in desk.open("articles/term/?further=none_ar").text


def test_a_translator_adds_a_term_and_both_languages_are_asked_for():
    desk = Editor(a_user("translator"), "en")

    page = desk.open("articles/term/add/")
    refused = desk.send(page, term_ar="هدنة")
    assert "Give the term in Arabic and in English." in refused.text
    assert not Term.objects.exists()

    desk.send(desk.open("articles/term/add/"), term_ar="هدنة", term_en="truce", further_words_ar="هُدَن")
    term = Term.objects.get()
    assert term.expressions("ar") == ["هدنة", "هُدَن"]
    assert term.history.get().history_user == desk.user


def test_a_table_of_terms_needs_two_columns_and_both_languages():
    outcome = TermResource().bring_in(
        [["id", "term_ar", "term_en"], ["", "هدنة", "truce"], ["", "", "curfew"], ["", "انقلاب", ""]]
    )
    assert {problem.line for problem in outcome.problems} == {3, 4}
    assert not Term.objects.exists()

    outcome = TermResource().bring_in([["id", "term_ar", "term_en"], ["", "هدنة", "truce"]])
    assert [(term.term_en, term.is_searched) for term in outcome.added] == [("truce", True)]


def test_terms_that_the_translation_leaves_out_stand_above_the_form():
    a_term("الحشد الشعبي", "Popular Mobilisation Forces")
    a_term("هدنة", "truce")
    article = an_article(
        headline_ar="هدنة مع الحشد الشعبي",
        headline_en="A truce with the militias",
        body_en="Nothing more.",
        original_language="ar",
    )
    claim = a_claim(statement_ar="بدأت الهدنة", statement_en="The pause began", original_language="ar")
    untranslated = an_article(headline_ar="هدنة", body_ar="هدنة", original_language="ar")

    for role, is_open in (("translator", True), ("writer", False)):
        desk = Editor(a_user(role), "en")
        page = desk.open(f"articles/article/{article.pk}/change/")
        assert notes(page) == ["الحشد الشعبي"]
        assert ('<details class="desk-terms" open>' in page.text) == is_open
        assert notes(desk.open(f"articles/claim/{claim.pk}/change/")) == ["الهدنة"]
        assert notes(desk.open(f"articles/article/{untranslated.pk}/change/")) == []


def test_more_terms_cost_no_more_queries():
    article = an_article(headline_ar="هدنة", headline_en="A pause", original_language="ar")
    desk = Editor(a_user("translator"), "en")
    counts = []
    for words in ("هدنة", "حظر التجول"):
        a_term(words)
        a_term(f"{words} 2")
        with CaptureQueriesContext(connection) as queries:
            desk.open(f"articles/article/{article.pk}/change/")
        counts.append(len([query for query in queries if "articles_term" in query["sql"]]))

    assert counts == [1, 1]
