"""Lists: no query for each row, filters that answer an editor's questions, and finding in any spelling."""

from __future__ import annotations

import json

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.choices import RelationType, Verdict
from articles.models import Article, ClaimRelation, OutletDomain, OutletName
from newsroom.spelling import Alike, alike
from people.models import Name
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
from tests.integration.desk.editor import a_user

pytestmark = pytest.mark.django_db

LISTS = [model for model in admin.site._registry if model._meta.app_label in {"articles", "people", "auth"}]


def fill(number: int, by) -> None:
    """Rows in every list."""
    for each in range(number):
        parent = an_outlet()
        outlet = an_outlet(parent=parent)
        article = a_public_article(outlet=outlet, published_at=NOON, headline_ar="" if each % 2 else "عنوان")
        claim, other = a_claim(), a_claim()
        a_telling(claim, article, outlet, a_person(), an_organisation(), quote="فقرة أولى")
        ClaimRelation.objects.create(claim=claim, other=other, type=RelationType.UPDATES)
        workflow.assess(claim, by=by, at=timezone.now(), verdict=Verdict.DISPUTED, rationale_ar="سبب")
        workflow.correct(article, by=by, at=timezone.now(), kind="correction", text_ar="تصحيح")
        a_user("writer", username=f"{by.username}{number}writer{each}")


def queries_of_lists(editor) -> dict[str, int]:
    counts = {}
    for model in LISTS:
        address = f"{model._meta.app_label}/{model._meta.model_name}/"
        with CaptureQueriesContext(connection) as queries:
            assert editor.open(address).status == 200
        counts[address] = len(queries)
    return counts


def test_every_list_costs_the_same_queries_for_three_rows_and_for_thirty(editor):
    fill(3, editor.user)
    # What Django reads once a process is read now.
    queries_of_lists(editor)
    with_three = queries_of_lists(editor)
    fill(27, editor.user)
    with_thirty = queries_of_lists(editor)

    assert with_thirty == with_three
    assert max(with_thirty.values()) <= 16


def todo(editor, kind: str, question: str) -> set:
    page = editor.open(f"articles/{kind}/?todo={question}")
    assert page.status == 200
    return set(page.response.context["cl"].result_list)


def test_claims_without_an_outlet_are_found(editor):
    orphan, published_by_one, citing_one, nowhere = a_claim(), a_claim(), a_claim(), a_claim()
    a_telling(orphan, an_article(), "مصدر")
    a_telling(published_by_one, an_article(outlet=an_outlet()))
    a_telling(citing_one, an_article(), an_outlet())

    assert todo(editor, "claim", "no_outlet") == {orphan, nowhere}
    assert todo(editor, "claim", "no_appearances") == {nowhere}


def test_articles_that_lack_something_are_found(editor):
    whole = an_article(headline_en="E", body_en="E", outlet=an_outlet(), published_at=NOON)
    bare = an_article(headline_ar="", published_basis="")
    inferred = an_article(
        headline_en="E", body_en="E", outlet=whole.outlet, published_at=NOON, published_basis="inferred"
    )

    assert todo(editor, "article", "no_headline") == {bare}
    assert todo(editor, "article", "no_outlet") == {bare}
    assert todo(editor, "article", "untranslated") == {bare}
    assert todo(editor, "article", "inferred") == {inferred}
    assert todo(editor, "article", "no_claims") == {whole, bare, inferred}


def choices(editor, term: str, model: str, field: str) -> list[str]:
    found = editor.client.get(
        "/ar/admin/autocomplete/",
        {"term": term, "app_label": "articles", "model_name": model, "field_name": field},
    )
    assert found.status_code == 200
    return [row["text"] for row in json.loads(found.content)["results"]]


def test_an_outlet_is_found_by_any_name_and_by_a_pasted_address(editor):
    outlet = an_outlet(name_ar="وكالة الأنباء", name_en="News Agency")
    OutletName.objects.create(outlet=outlet, text="الجسر برس", language="ar")
    OutletDomain.objects.create(outlet=outlet, domain="jisr.example")

    for term in ("الانباء", "news agency", "جسر برس", "https://www.jisr.example/2026/1", "www.jisr.example"):
        assert choices(editor, term, "source", "outlet") == ["وكالة الأنباء · News Agency"], term
    assert choices(editor, "https://elsewhere.example/", "source", "outlet") == []


def test_whoever_is_called_exactly_that_comes_first(editor):
    a_person(name_ar="أحمد سعيد")
    a_person(name_ar="سعيد")

    assert choices(editor, "سعيد", "source", "person") == ["سعيد", "أحمد سعيد"]


def test_a_person_is_found_by_a_transliteration(editor):
    person = a_person(name_ar="سليم الراوي", description_ar="عضو المجلس")
    Name.objects.create(person=person, text="Saleem al-Rawi", language="en", kind="transliteration")

    assert choices(editor, "Rawi", "source", "person") == ["سليم الراوي · عضو المجلس"]


def test_an_article_is_found_by_its_headline_in_any_spelling_its_id_and_its_addresses(editor):
    article = an_article(
        headline_ar="ارتفاع مياه النهر فجأةً", headline_en="River rises", url="https://rasif.example/1/"
    )
    an_article(headline_ar="خبر آخر", headline_en="Other")

    for term in (
        "فجاه النهر",
        "RIVER",
        article.public_id,
        f"https://isnad.example/ar/articles/{article.public_id}/x/",
        "https://rasif.example/1",
    ):
        assert len(choices(editor, term, "appearance", "article")) == 1, term
    assert choices(editor, "https://rasif.example/2", "appearance", "article") == []


@pytest.mark.parametrize("text", ["مُسَيَّرة", "إيران ٢٠٢٦", "رئیس", "هيئة مؤقتة", "على", "Über ÉCOLE"])
def test_the_database_and_python_agree_on_what_is_alike(text, db):
    article = an_article(headline_ar=text)

    assert Article.objects.annotate(key=Alike("headline_ar")).get(pk=article.pk).key == alike(text)


def test_lists_without_rows_and_with_wild_searches_answer(editor):
    for model in LISTS:
        address = f"{model._meta.app_label}/{model._meta.model_name}/"
        for query in ("", "?q=%25_%5C'", "?q=" + "a" * 500, "?todo=nothing", "?p=99", "?o=9.9"):
            assert editor.client.get(f"/en/admin/{address}{query}").status_code in {200, 302}, address + query
