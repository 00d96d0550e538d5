"""Any search as a file for spreadsheets and as a feed: whole, harmless, bounded, and without what was withdrawn."""

import csv
from io import StringIO

import pytest
from django.utils import timezone
from lxml import etree, html

from articles import workflow
from articles.models import Article
from articles.search import indexing
from tests.builders import a_public_article
from tests.integration.pages.conftest import LONG_AGO

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def rows(response) -> list[list[str]]:
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def entries(response) -> list:
    return etree.fromstring(response.content).findall(f"{ATOM}entry")


def test_a_file_has_both_titles_address_date_outlet_and_assessment(client, indexed):
    response = client.get("/en/search.csv?q=bridge&type=article")
    head, row = rows(response)

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    facts = dict(zip(head, row, strict=True))
    assert facts["Title in Arabic"] == "الجسر يفتح بعد عام"
    assert facts["Title in English"] == "The bridge opens after a year"
    assert facts["Outlet"] == "The Bank"
    assert facts["Date"] == "2024-03-01"
    assert facts["Address"] == f"http://testserver{indexed.article.get_absolute_url('en')}"
    assert facts["Id"] == indexed.article.public_id
    claims = rows(client.get("/ar/search.csv?type=claim&verdict=unverified"))
    assert claims[0][1] == "العنوان بالعربية"
    assert {row[6] for row in claims[1:]} == {"غير متحقَّق منه"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d"])
def test_no_cell_of_a_file_is_a_formula(client, newsroom, start):
    a_public_article(headline_en=f'{start}HYPERLINK("x") bridge', publish_at=LONG_AGO)
    indexing.rebuild(indexing.index_folder())
    written = rows(client.get("/en/search.csv?q=hyperlink"))

    assert f'\'{start}HYPERLINK("x") bridge' in written[1]
    assert not any(cell.startswith(start) for row in written for cell in row)


def test_a_file_says_where_it_was_cut(client, indexed, monkeypatch):
    whole = client.get("/ar/search.csv?q=bridge")
    monkeypatch.setattr("articles.views.exports.MOST_ROWS", 1)
    cut = client.get("/ar/search.csv?q=bridge")

    assert whole.headers["X-Isnad-Rows"] == whole.headers["X-Isnad-Total"] == str(len(rows(whole)) - 1)
    assert cut.headers["X-Isnad-Rows"] == "1"
    assert cut.headers["X-Isnad-Total"] == whole.headers["X-Isnad-Total"]
    [sentence] = rows(cut)[-1]
    assert sentence.startswith("ينتهي الملف هنا")
    assert not any(digit in sentence for digit in "0123456789")


def test_a_feed_of_a_search_says_each_entry_s_language_and_keeps_its_id(client, indexed):
    only_arabic = a_public_article(headline_ar="جسر آخر", publish_at=LONG_AGO)
    indexing.rebuild(indexing.index_folder())
    response = client.get("/en/search.atom?q=جسر&sort=relevance")
    feed = etree.fromstring(response.content)
    found = {entry.findtext(f"{ATOM}id"): entry for entry in entries(response)}

    entry = found[f"tag:isnad,2026:article:{only_arabic.public_id}"]
    assert entry.get(LANGUAGE) == "ar"
    assert found[f"tag:isnad,2026:article:{indexed.article.public_id}"].get(LANGUAGE) == "en"
    assert (
        entry.find(f"{ATOM}link[@rel='alternate']").get("href").endswith(only_arabic.get_absolute_url("en"))
    )
    assert all(entry.findtext(f"{ATOM}updated") for entry in found.values())
    assert feed.findtext(f"{ATOM}title") == "Isnad: search for “جسر”"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Isnad"
    own = feed.find(f"{ATOM}link[@rel='self']").get("href")
    assert entries(client.get(own.removeprefix("http://testserver"))) != []


def test_what_is_withdrawn_is_gone_from_file_and_feed_at_once(client, indexed):
    addresses = ("/en/search.csv?q=bridge&type=article", "/en/search.atom?q=bridge&type=article", "/en/feed/")
    before = {address: client.get(address) for address in addresses}
    assert all(indexed.article.public_id in response.content.decode() for response in before.values())
    for address, response in before.items():
        unchanged = client.get(address, headers={"if-none-match": response.headers["ETag"]})
        assert unchanged.status_code == 304
    article = Article.objects.get(pk=indexed.article.pk)
    workflow.withdraw(article, by=None, at=timezone.now(), reason_en="It was a mistake.")

    # The indexer has not followed yet.
    for address, response in before.items():
        # A date would say that nothing newer came, which is true and beside the point.
        assert "Last-Modified" not in response.headers
        after = client.get(address, headers={"if-none-match": response.headers["ETag"]})
        assert after.status_code == 200
        assert indexed.article.public_id not in after.content.decode()


def test_an_empty_feed_is_the_same_feed_each_time(client, indexed):
    first, second = (client.get("/en/search.atom?q=nosuchword") for _time in range(2))

    assert first.content == second.content
    assert entries(first) == []


@pytest.mark.parametrize("path", ["/ar/search.csv", "/ar/search.atom"])
def test_what_cannot_be_read_is_refused_like_on_the_page(client, path):
    for query in ("q=" + "x" * 513, "year=abc", "lang=fr", "month=2021-13"):
        assert client.get(f"{path}?{query}").status_code == 400


def test_the_page_of_a_search_leads_to_its_file_and_feed(client, indexed):
    root = html.fromstring(client.get("/en/?q=bridge&type=claim&page=1").content.decode())
    for path, kind in (("search.csv", "text/csv"), ("search.atom", "application/atom+xml")):
        address = f"/en/{path}?q=bridge&type=claim"
        assert root.xpath(f"//link[@rel='alternate'][@type='{kind}'][@href='{address}']")
        assert root.xpath(f"//a[@type='{kind}'][@href='{address}']")
        assert client.get(address).status_code == 200
