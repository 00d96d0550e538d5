"""What a page says where only its words are seen: in a shared link, a tab, a list of a search engine, an error."""

import json

import pytest
from django.db import OperationalError
from lxml import html

from articles.search.forms import SearchRequest
from articles.search.results import FacetValue, SearchPage
from articles.views.search import in_other_language
from newsroom.templatetags.pages import shortened

pytestmark = pytest.mark.django_db


def tree(response):
    return html.fromstring(response.content.decode())


def shared(root) -> dict[str, str]:
    return {meta.get("property"): meta.get("content") for meta in root.xpath("//meta[@property]")}


def test_a_shared_link_says_what_the_page_says(client, newsroom):
    claim, article = (
        shared(tree(client.get(record.get_absolute_url("en"))))
        for record in (newsroom.claim, newsroom.article)
    )

    assert claim["og:title"] == "The bridge bore a thousand cars."
    assert claim["og:description"] == (
        "The Bank, citing River Agency, citing Bridges Authority and Salma Nasser. "
        "Told once, in one outlet, from 2 origins."
    )
    assert claim["og:url"] == f"http://testserver{newsroom.claim.get_absolute_url('en')}"
    assert (claim["og:locale"], claim["og:locale:alternate"]) == ("en_GB", "ar_AR")
    assert article["og:type"] == "article"
    assert article["og:description"].startswith("The authority said")
    front = shared(tree(client.get("/ar/claims/?verdict=disputed")))
    assert front["og:url"] == "http://testserver/ar/claims/"
    assert "share-ar" in front["og:image"]


def test_an_assessment_names_the_claim_it_is_of_and_who_made_it(client, newsroom):
    [block] = tree(client.get(newsroom.claim.get_absolute_url("en"))).xpath(
        "//script[@type='application/ld+json']/text()"
    )
    claim = json.loads(block)
    [review] = claim["subjectOf"]

    assert review["itemReviewed"] == {"@id": claim["@id"]}
    assert review["author"] == {"@type": "Organization", "name": "Isnad", "url": "http://testserver/"}
    assert review["reviewRating"]["alternateName"] == "unverified"
    assert review["inLanguage"] == "en"


def test_a_query_in_the_other_language_leaves_the_sentence_around_it_in_order(client, indexed):
    root = tree(client.get("/ar/", {"q": "zqxzqx (2021)!"}))

    assert root.xpath("//title/text()") == ["\u2068zqxzqx (2021)!\u2069 · إسناد"]
    assert root.xpath("//*[@role='status']//bdi/text()") == ["zqxzqx (2021)!"]
    assert root.xpath("//h1/bdi/text()") == ["zqxzqx (2021)!"]
    # With nothing found there is nothing to narrow.
    assert not root.xpath("//aside[@class='facets']")
    feed = client.get("/ar/search.atom", {"q": "zqxzqx"}).content.decode()
    assert "<title>إسناد: بحث عن «zqxzqx»</title>" in feed


def test_a_text_is_shortened_after_a_whole_word():
    assert shortened("طائرات مسيّرة استهدفت المنزل", 20) == "طائرات مسيّرة…"
    assert shortened("three drones", 20) == "three drones"


def test_where_one_language_has_none_of_the_words_the_other_is_a_link():
    asked = SearchRequest(text="المريخ", language="en", page=2)
    languages = {"lang": [FacetValue("en", 2, True), FacetValue("ar", 3, False)]}

    def other(request, total, by_meaning, facets=languages):
        return in_other_language(SearchPage(request, total, [], facets=facets, total_by_meaning=by_meaning))

    for total in (0, 2):
        assert other(asked, total, total).count == 3
    assert other(asked, 2, 2).address == "?q=%D8%A7%D9%84%D9%85%D8%B1%D9%8A%D8%AE&lang=ar"
    assert other(asked, 2, 1) is None
    assert other(asked, 0, 0, {"lang": []}) is None
    assert other(SearchRequest(text="المريخ"), 0, 0) is None


def test_an_error_leads_to_itself_in_the_other_language(client, newsroom):
    gone = tree(client.get(newsroom.withdrawn.get_absolute_url("ar")))
    [switch] = gone.xpath("//*[@class='language']/a/@href")

    assert switch.startswith(f"/en/articles/{newsroom.withdrawn.public_id}/")
    assert client.get(switch).status_code == 410
    missing = tree(client.get("/en/كلمة/?a=<b>&c=1"))
    assert missing.xpath("//*[@class='language']/a/@href") == ["/ar/%D9%83%D9%84%D9%85%D8%A9/?a=<b>&c=1"]
    # What is wrong with an address is wrong with it in the other language too.
    assert not tree(client.get("/en/?page=0")).xpath("//*[@class='language']")


def test_a_database_that_is_away_is_not_called_slow(client, newsroom, monkeypatch):
    def away(told):
        raise OperationalError("connection refused")

    monkeypatch.setattr("articles.views.claims.trees", away)
    response = client.get(newsroom.claim.get_absolute_url("en"))

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "cannot reach its own records" in response.content.decode()
