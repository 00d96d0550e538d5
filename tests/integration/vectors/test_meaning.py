"""What is meant is found, in the other language too, and counted like everything else."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from articles import workflow
from articles.demo.content import demo_public_id
from articles.demo.loading import load
from articles.models import Article, Claim
from articles.search import health
from articles.search.engine import Kind, Sort
from articles.search.forms import SearchRequest
from articles.search.indexing import catch_up
from articles.search.service import search
from articles.search.vectors import encoder, joining, store
from articles.search.vectors.encoding import Encoding
from articles.search.vectors.similar import similar_claims
from tests.builders import NOON, ONE_SECOND, a_public_article, a_public_claim, an_outlet

pytestmark = pytest.mark.django_db

WATER = "نقص المياه في البصرة يدفع المزارعين إلى ترك أراضيهم"
FOOTBALL = "المنتخب الوطني يفوز على ضيفه بثلاثة أهداف في تصفيات كأس العالم"
BANK = "البنك المركزي يرفع سعر الفائدة لمواجهة التضخم"
THREE = (WATER, FOOTBALL, BANK)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("farmers leave their land because there is no water", WATER),
        ("national football team wins a World Cup qualifier", FOOTBALL),
        ("central bank raises interest rates", BANK),
    ],
)
def test_an_english_query_finds_the_arabic_article_that_says_it(find, typed, meant):
    for headline in THREE:
        a_public_article(headline_ar=headline, original_language="ar")

    page = find(typed, language="ar")

    assert page.hits[0].record.headline_ar == meant
    assert page.hits[0].shown.language == "ar"


def test_an_arabic_query_finds_the_english_claim_that_says_it(find):
    a_public_claim(statement_ar="", statement_en="The earthquake destroyed hundreds of houses.")
    meant = a_public_claim(statement_ar="", statement_en="The vaccine is not safe for children.")

    assert find("اللقاح يضر الأطفال", language="en").hits[0].record == meant


def test_the_demo_newsroom_is_led_from_one_language_into_the_other(find, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    load(by=User.objects.create_user("editor"))
    meant = Claim.objects.get(public_id=demo_public_id("claim", "drones-made-in-iran"))
    # As if nobody had written the English of any claim yet.
    Claim.objects.filter(statement_ar__gt="").update(statement_en="", context_en="", original_language="ar")
    now = datetime.datetime.now(datetime.UTC)

    page = find("the drones were Iranian-made", at=now, language="ar", kinds=frozenset({Kind.CLAIM}))

    assert page.hits[0].record == meant
    assert page.hits[0].shown.language == "ar"


def test_the_total_counts_what_is_found_by_meaning_and_is_the_same_on_every_page(find):
    for number in range(30):
        a_public_article(headline_ar=f"{THREE[number % 3]} {number}", original_language="ar")
    a_public_article(headline_en="Interest rates rise", original_language="en")

    pages = [find("will interest rates rise again soon", page=number, page_size=7) for number in range(1, 8)]
    found = [hit.record.pk for page in pages for hit in page.hits]

    assert {page.total for page in pages} == {len(found)}
    assert len(set(found)) == len(found) > 10
    assert pages[0].total_by_meaning == len(found) - 1


def test_pages_behind_the_listed_hits_repeat_nothing_and_miss_nothing(find, monkeypatch):
    monkeypatch.setattr(joining, "WORDS_LISTED", 6)
    monkeypatch.setattr("articles.search.service.WORDS_LISTED", 6)
    monkeypatch.setattr(joining, "NEAR_LISTED", 4)
    for number in range(25):
        a_public_article(headline_en=f"Water shortage {number}", original_language="en")

    pages = [find("water shortage", page=number, page_size=4) for number in range(1, 8)]
    found = [hit.record.pk for page in pages for hit in page.hits]

    assert {page.total for page in pages} == {25}
    assert sorted(found) == sorted(Article.objects.values_list("pk", flat=True))


def test_a_facets_count_is_the_total_when_it_is_chosen(find):
    outlets = [an_outlet(name_ar="درج"), an_outlet(name_ar="رويترز")]
    for number, headline in enumerate(THREE * 2):
        a_public_article(headline_ar=headline, original_language="ar", outlet=outlets[number % 2])
    a_public_claim(statement_ar="", statement_en="Water is scarce in Basra.")
    page = find("no water for farmers")

    for value in page.facets["outlet"]:
        assert find("no water for farmers", outlets=frozenset({value.value})).total == value.count
    for value in page.facets["type"]:
        kinds = frozenset(kind for kind in Kind if kind.code == value.value)
        assert find("no water for farmers", kinds=kinds).total == value.count
    for value in page.facets["lang"]:
        assert find("no water for farmers", language=value.value).total == value.count
    assert page.facets["outlet"]


def test_what_is_withdrawn_is_gone_from_meaning_at_once(find):
    article = a_public_article(headline_ar=WATER, original_language="ar")
    a_public_article(headline_ar=BANK, original_language="ar")
    asked = SearchRequest("farmers without water")
    assert article in [hit.record for hit in find(asked.text).hits]

    workflow.withdraw(
        article, by=User.objects.create_user("chief", is_superuser=True), reason_en="It was not so.", at=NOON
    )

    # Neither the index nor the vectors have followed yet.
    page = search(asked, at=NOON)
    assert (page.hits, page.total) == ([], 0)
    Encoding().everything()
    assert store.count(encoder=encoder.encoder_name()) == 1


def test_what_is_published_later_is_not_near_before_its_hour(find):
    article = a_public_article(headline_ar=WATER, original_language="ar", publish_at=NOON + ONE_SECOND)

    assert find("farmers without water").total == 0
    assert [hit.record for hit in find("farmers without water", at=NOON + ONE_SECOND).hits] == [article]


@pytest.mark.parametrize("typed", ['"water"', "+water", "water -river"])
def test_who_insists_on_words_gets_no_other(find, typed):
    a_public_article(headline_ar=WATER, original_language="ar")
    article = a_public_article(headline_en="No water", original_language="en")

    assert [hit.record for hit in find(typed).hits] == [article]


def test_an_order_by_date_holds_only_what_has_the_words(find):
    a_public_article(headline_ar=WATER, original_language="ar")
    article = a_public_article(headline_en="No water", original_language="en")

    assert [hit.record for hit in find("water", sort=Sort.DATE).hits] == [article]


def test_a_string_of_random_letters_is_near_to_nothing(find):
    for headline in THREE:
        a_public_article(headline_ar=headline, original_language="ar")

    assert find("qwxz brrt").total == 0


def test_without_the_encoder_search_goes_by_words_and_says_so(find, monkeypatch):
    a_public_article(headline_ar=WATER, original_language="ar")
    article = a_public_article(headline_en="No water", original_language="en")
    assert find("water").total == 2
    monkeypatch.setattr(joining, "encoder_name", lambda: "")
    monkeypatch.setattr("articles.search.vectors.encoding.encoder_name", lambda: "")

    assert [hit.record for hit in search(SearchRequest("water"), at=NOON).hits] == [article]
    report = health.report()
    assert report["ready"]
    assert report["meaning"]["state"].startswith("off: the package")


def test_without_pgvector_search_goes_by_words_and_says_so(find, monkeypatch):
    article = a_public_article(headline_en="No water", original_language="en")
    a_public_article(headline_ar=WATER, original_language="ar")
    catch_up()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {store.TABLE}, {store.STATE}")
    monkeypatch.setattr(store, "has_extension", lambda: False)

    assert not store.ensure()
    assert Encoding().turn(1.0) == 0
    assert [hit.record for hit in search(SearchRequest("water"), at=NOON).hits] == [article]
    ready = Client().get("/readyz").json()
    assert ready["ready"]
    assert ready["search"]["meaning"]["state"].startswith("off: the database server has no pgvector")
    assert similar_claims(a_public_claim(statement_en="No water.")) == []


def test_similar_claims_are_of_the_same_subject_in_either_language():
    claim = a_public_claim(statement_ar="", statement_en="Three drones struck the prime minister's house.")
    same = a_public_claim(statement_ar="طائرة مسيرة واحدة ضربت منزل رئيس الوزراء")
    a_public_claim(statement_ar="البنك المركزي يرفع سعر الفائدة")
    hidden = a_public_claim(
        statement_ar="ثلاث طائرات مسيرة ضربت منزل رئيس الوزراء", publish_at=NOON + ONE_SECOND
    )
    Encoding().everything()

    assert [found.claim for found in similar_claims(claim, at=NOON)] == [same]
    assert {found.claim for found in similar_claims(claim, at=NOON + ONE_SECOND)} == {same, hidden}
