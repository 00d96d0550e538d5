"""Every page: whole, in its language, without a cookie, under the policy, and findable under one address."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from lxml import html

from articles.search import indexing
from tests.builders import a_telling
from tests.integration.pages import addresses
from tests.integration.pages.conftest import build_newsroom

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


def tree(response):
    return html.fromstring(response.content.decode())


def alternates(root) -> dict[str, str]:
    """The addresses, without their host, that a page gives for itself, by language."""
    languages = root.xpath("//link[@rel='alternate']/@hreflang")
    return {
        language: address.removeprefix(HOST)
        for language, address in zip(languages, root.xpath("//link[@hreflang]/@href"), strict=True)
    }


def switch(root) -> str:
    [address] = root.xpath("//*[@class='language']/a/@href")
    return address


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker, tmp_path_factory) -> tuple[dict[str, Any], dict[str, int]]:
    """What each page answers a reader, asked once for all tests that look at it; and the status of what it leads to as itself."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(SEARCH_INDEX_DIR=tmp_path_factory.mktemp("pages") / "index"),
    ):
        newsroom, client = build_newsroom(), Client()
        indexing.rebuild(indexing.index_folder())
        answers = {address: client.get(address) for address in addresses.pages(newsroom)}
        statuses = {address: response.status_code for address, response in answers.items()}
        for response in answers.values():
            root = tree(response)
            for address in [switch(root), *alternates(root).values()]:
                if address not in statuses:
                    statuses[address] = client.get(address).status_code
        transaction.set_rollback(True)
    return answers, statuses


def test_every_page_answers_in_its_language_without_a_cookie_and_under_a_strict_policy(answers):
    for address, response in answers[0].items():
        assert response.status_code == 200, address
        language = address[1:3]
        root = tree(response)
        assert root.get("lang") == language, address
        assert root.get("dir") == {"ar": "rtl", "en": "ltr"}[language], address
        assert response.headers["Content-Language"] == language
        assert not response.cookies, address
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert root.xpath("//main//h1"), address
        assert len(root.xpath("//h1")) == 1, address
        assert not root.xpath(
            "//*[@style] | //style | //script[not(@src) and not(@type='application/ld+json')] | //*[@onclick]"
        ), address
        ids = root.xpath("//@id")
        assert len(ids) == len(set(ids)), address


def test_nothing_comes_from_elsewhere(answers):
    for address, response in answers[0].items():
        for loaded in tree(response).xpath(
            "//link[@rel='stylesheet' or @rel='preload' or @rel='icon']/@href | //script/@src | //img/@src"
        ):
            assert loaded.startswith("/static/"), address


def test_a_page_names_its_own_address_and_the_same_page_in_each_language(answers):
    for address, response in answers[0].items():
        root = tree(response)

        found = alternates(root)
        [canonical] = root.xpath("//link[@rel='canonical']/@href")
        assert set(found) == {"ar", "en"}, address
        assert HOST + found[address[1:3]] == canonical, address
        for language, alternate in found.items():
            assert alternate.startswith(f"/{language}/"), address
            assert answers[1][alternate] == 200, alternate


def test_the_language_switch_keeps_page_query_and_filters(answers):
    for address, response in answers[0].items():
        other = {"ar": "en", "en": "ar"}[address[1:3]]
        switched = switch(tree(response))

        assert switched.startswith(f"/{other}/"), address
        assert switched.partition("?")[2] == address.partition("?")[2], address
        assert answers[1][switched] == 200, switched


def test_text_in_the_other_language_carries_its_language_and_direction(client, newsroom):
    newsroom.claim.statement_en = ""
    newsroom.claim.save()
    newsroom.person.name_en = ""
    newsroom.person.save()

    claim = tree(client.get(newsroom.claim.get_absolute_url("en")))
    person = tree(client.get(newsroom.person.get_absolute_url("en")))

    [heading] = claim.xpath("//h1")
    assert (heading.get("lang"), heading.get("dir")) == ("ar", "rtl")
    assert "not translated yet" in claim.text_content()
    [quote] = claim.xpath("//blockquote")
    assert (quote.get("lang"), quote.get("dir")) == ("ar", "rtl")
    assert claim.xpath("//aside//bdi[@lang='ar'][@dir='rtl'][contains(., 'سلمى')]")
    [name] = person.xpath("//h1")
    assert (name.get("lang"), name.get("dir")) == ("ar", "rtl")


def test_the_article_underlines_the_words_of_its_claims_and_answers_them_in_the_margin(client, newsroom):
    page = tree(client.get(newsroom.article.get_absolute_url("ar")))

    [told] = page.xpath("//span[@class='told']")
    assert told.text_content() == "الجسر تحمّل ألف سيارة"
    [note] = page.xpath("//aside//li[@id]")
    assert note.get("data-words") == told.get("id")
    assert note.xpath(".//a[contains(@href, '/claims/')]")
    [reference] = page.xpath("//sup/a/@href")
    assert reference == f"#{note.get('id')}"


def test_words_that_stand_only_in_the_other_language_are_quoted_in_the_margin(client, newsroom):
    page = tree(client.get(newsroom.article.get_absolute_url("en")))

    assert not page.xpath("//span[@class='told']")
    [words] = page.xpath("//aside//p[@class='words']")
    assert words.get("lang") == "ar"
    assert "الجسر تحمّل ألف سيارة" in words.text_content()


def test_an_old_or_missing_slug_leads_to_the_current_one_and_keeps_the_query(client, newsroom):
    for record in newsroom.records:
        for language in addresses.LANGUAGES:
            current = record.get_absolute_url(language)
            bare = "/".join(current.split("/")[:4]) + "/"
            for old in (bare, bare + "an-old-slug/", bare + "عنوان-قديم/"):
                response = client.get(old + "?page=1")

                assert response.status_code == 301
                assert response.headers["Location"] == current + "?page=1"


def test_the_bare_address_leads_to_the_language_the_browser_asks_for(client, db):
    for asked, language in [
        ("en-GB,en;q=0.9", "en"),
        ("ar", "ar"),
        ("fr", "ar"),
        ("", "ar"),
        ("de, en", "en"),
    ]:
        response = client.get("/", headers={"accept-language": asked})

        assert response.status_code == 302
        assert response.headers["Location"] == f"/{language}/"
        assert "Accept-Language" in response.headers["Vary"]
        assert not response.cookies


def test_an_unchanged_page_is_not_sent_twice(client, newsroom):
    first = client.get(newsroom.claim.get_absolute_url("ar"))
    second = client.get(
        newsroom.claim.get_absolute_url("ar"), headers={"if-none-match": first.headers["ETag"]}
    )

    assert second.status_code == 304
    assert not second.content


def test_readers_may_only_read(client, newsroom):
    for address in addresses.everything(newsroom):
        assert client.post(address.partition("?")[0]).status_code in {403, 405}, address
        assert client.head(address).status_code in {200, 302, 503}, address


def test_a_withdrawn_record_says_that_it_is_gone_and_why(client, newsroom):
    for record in (newsroom.withdrawn, newsroom.withdrawn_claim):
        for language in addresses.LANGUAGES:
            response = client.get(record.get_absolute_url(language))

            assert response.status_code == 410
            assert "forged letter" in response.content.decode()


def test_without_an_index_search_says_so_and_the_lists_go_on(client, newsroom):
    response = client.get("/en/?q=bridge")

    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "being prepared" in response.content.decode()
    for path in ("/en/search.csv?q=bridge", "/en/search.atom?q=bridge"):
        assert client.get(path).status_code == 503
    assert client.get("/en/claims/").status_code == 200


def test_a_list_is_bounded_and_says_where_it_ends(client, newsroom):
    assert client.get("/en/claims/?page=2").status_code == 404
    assert client.get("/en/claims/?page=51").status_code == 400


def test_feeds_and_sitemaps_are_well_formed(client, newsroom):
    from lxml import etree

    for language in addresses.LANGUAGES:
        for feed in addresses.FEEDS:
            root = etree.fromstring(client.get(f"/{language}{feed}").content)
            assert root.findall("{http://www.w3.org/2005/Atom}entry"), feed
    for sitemap in addresses.MACHINES[1:]:
        assert len(etree.fromstring(client.get(sitemap).content)) > 0, sitemap
    assert b"Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content


def test_machines_read_the_same_facts(client, newsroom):
    import json

    def data(record, language):
        [block] = tree(client.get(record.get_absolute_url(language))).xpath(
            "//script[@type='application/ld+json']/text()"
        )
        return json.loads(block)

    claim, article = data(newsroom.claim, "en"), data(newsroom.article, "ar")

    assert claim["@type"] == "Claim"
    assert claim["text"] == "The bridge bore a thousand cars."
    assert [told["headline"] for told in claim["appearance"]] == ["The bridge opens after a year"]
    assert claim["subjectOf"][0]["@type"] == "ClaimReview"
    assert article["@type"] == "NewsArticle"
    assert article["inLanguage"] == "ar"
    assert article["datePublished"] == "2024-03-01"
    assert [correction["text"] for correction in article["correction"]] == ["كان العدد مئة."]


def test_a_denial_has_a_tree_of_its_own(client, newsroom):
    a_telling(newsroom.claim, newsroom.article, newsroom.outlet, certainty="denied")
    headings = tree(client.get(newsroom.claim.get_absolute_url("en"))).xpath(
        "//section[@aria-labelledby='who']/h2/text()"
    )

    assert headings == ["Who says so", "Who denies it"]
