"""What a reader sees of a search: filters to take away, dates, whom it names, other spellings, copies."""

import datetime
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from articles.search import indexing
from articles.search.engine import Kind
from articles.search.forms import SearchRequest
from articles.search.results import AlsoIn, Hit, SearchPage, SuggestedPart, Suggestion
from articles.search.shown import Shown
from articles.search.vectors.similar import SimilarClaim
from articles.views.search import instead, shown_copies
from newsroom.text.highlight import Excerpt
from tests.builders import a_public_article, a_public_claim, a_telling, an_outlet
from tests.integration.pages.conftest import LONG_AGO

pytestmark = pytest.mark.django_db

# How many questions the page, the file and the feed of a search ask of the database.
MOST = {"": 24, "search.csv": 14, "search.atom": 18}


def page(client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def words(element) -> str:
    return " ".join(element.text_content().split())


def chips(root) -> dict[str, str]:
    return {words(chip): chip.get("href") for chip in root.xpath("//a[contains(@class, 'removable')]")}


def test_every_filter_has_a_chip_that_takes_it_away(client, indexed):
    facts = {
        "lang": "en",
        "type": "claim",
        "outlet": indexed.agency.public_id,
        "person": indexed.person.public_id,
        "organisation": indexed.organisation.public_id,
        "verdict": "unverified",
        "year": "2024",
        "month": "2024-03",
        "date_from": "2024-01-01",
        "date_to": "2024-12-31",
    }
    query = "&".join(f"{name}={value}" for name, value in facts.items())
    found = chips(page(client, f"/en/?q=bridge&{query}"))

    assert len(found) == len(facts)
    for (name, value), (said, address) in zip(facts.items(), found.items(), strict=True):
        left = dict(parse_qsl(address.removeprefix("?")))
        assert left == {"q": "bridge"} | {other: facts[other] for other in facts if other != name}, value
        assert said.startswith("Take away the filter “")
    assert "Take away the filter “Outlet”: River Agency" in found
    assert "Take away the filter “Month”: March 2024" in found
    assert "Take away the filter “From”: from 1 January 2024" in found


def test_a_chip_speaks_the_reader_s_language(client, indexed):
    found = chips(page(client, f"/ar/?outlet={indexed.agency.public_id}&date_to=2024-12-31&year=2024"))

    assert [said.partition(": ")[2] for said in found] == [
        "وكالة النهر",
        "٢٠٢٤",
        "حتى ٣١ كانون الأول/ديسمبر ٢٠٢٤",
    ]


def test_a_filter_on_somebody_hidden_is_not_named_and_stays_in_the_form(client, indexed):
    root = page(client, f"/en/?q=bridge&outlet={indexed.hidden_outlet.public_id}")

    assert list(chips(root)) == ["Take away the filter “Outlet”: not known"]
    [kept] = root.xpath("//aside//input[@type='hidden'][@name='outlet']/@value")
    assert kept == indexed.hidden_outlet.public_id
    assert root.xpath("//a[contains(@class, 'button')][@href='?q=bridge']")


def test_a_known_filter_is_named_even_where_nothing_has_it(client, indexed):
    root = page(client, f"/en/?q=nosuchword&outlet={indexed.outlet.public_id}")

    assert list(chips(root)) == ["Take away the filter “Outlet”: The Bank"]


def test_the_drawing_of_dates_and_its_table_lead_to_the_same(client, indexed):
    for year in (2019, 2019, 2022):
        moment = datetime.datetime(year, 6, 1, 12, tzinfo=datetime.UTC)
        a_public_article(headline_en="Another bridge", published_at=moment, publish_at=LONG_AGO)
    indexing.rebuild(indexing.index_folder())
    root = page(client, "/en/?q=bridge&type=article")

    table = [(words(row[0]), words(row[1]), row[0][0].get("href")) for row in root.xpath("//tbody/tr")]
    assert [row[:2] for row in table] == [("2019", "2"), ("2022", "1"), ("2024", "1")]
    assert root.xpath("//*[local-name()='svg']/a/@href") == [row[2] for row in table]
    assert not root.xpath("//@style")
    months = page(client, f"/ar/{table[0][2]}")
    assert [words(row) for row in months.xpath("//tbody/tr")] == ["حزيران/يونيو ٢٠١٩ ٢"] or not months.xpath(
        "//tbody/tr"
    )
    assert months.xpath("//a[@href='?q=bridge&type=article']")


def test_more_values_of_a_facet_wait_behind_a_word(client, newsroom):
    for number in range(9):
        a_public_article(
            outlet=an_outlet(name_en=f"Paper {number}"), headline_en="A bridge of many", publish_at=LONG_AGO
        )
    indexing.rebuild(indexing.index_folder())
    root = page(client, "/en/?q=bridge&type=article")

    [more] = root.xpath("//details[@class='more-values'][.//input[@name='outlet']]")
    assert words(more[0]) == "4 more…"
    assert len(root.xpath("//input[@name='outlet']")) == 10
    assert not root.xpath("//details[@class='more-values'][@open]")
    hidden_choice = more.xpath(".//input/@value")[0]
    opened = page(client, f"/en/?q=bridge&type=article&outlet={hidden_choice}")
    assert opened.xpath(f"//input[@value='{hidden_choice}'][@checked]")


def test_whom_a_search_names_is_shown_in_both_scripts_with_what_there_is(client, indexed):
    [card] = page(client, "/en/?q=Salma+Nasser").xpath("//article[@class='entity']")

    assert words(card.xpath(".//h2")[0]) == "Salma Nasser سلمى الناصر"
    assert card.xpath(".//h2/span/@lang") == ["ar"]
    [claims] = card.xpath(".//a[contains(@href, 'type=claim')]")
    assert words(claims) == "1 claim"
    found = page(client, f"/en/{claims.get('href')}")
    assert words(found.xpath("//span[@role='status']")[0]) == "1 result"


def test_another_spelling_is_a_link_to_the_same_search():
    parts = [SuggestedPart("bridge", is_changed=True), SuggestedPart(" opens")]
    asked = SearchRequest(text="brigde opens", years=frozenset({2024}), page=2)
    offered = instead(SearchPage(asked, 0, [], did_you_mean=Suggestion("bridge opens", parts)))

    assert offered.address == "?year=2024&q=bridge+opens"
    assert offered.language == "en"
    assert instead(SearchPage(asked, 0, [])) is None


def test_copies_are_counted_by_the_outlets_beside_its_own():
    own, other = an_outlet(), an_outlet()
    first = a_public_article(outlet=own)
    shown = Shown("en", Excerpt("Title"), Excerpt(""))

    def copies(*outlets):
        hits = [AlsoIn(a_public_article(outlet=outlet)) for outlet in outlets]
        return shown_copies(Hit(first, Kind.ARTICLE, 1.0, shown, also_in=hits))

    assert copies() is None
    assert copies(other, other, own, None).outlets == 1
    assert len(copies(other, None).articles) == 2
    assert copies(None).outlets == 0


def test_similar_claims_stand_on_the_page_but_not_those_it_tells_already(client, newsroom, monkeypatch):
    near = a_public_claim(statement_en="The bridge bore nine hundred cars.", publish_at=LONG_AGO)
    a_telling(near, newsroom.article, newsroom.agency)
    contradicting = a_public_claim(statement_en="It bore none.", publish_at=LONG_AGO)
    newsroom.claim.relations.create(other=contradicting, type="contradicts")
    monkeypatch.setattr(
        "articles.views.claims.similar_claims",
        lambda claim, **_asked: [SimilarClaim(contradicting, 0.9), SimilarClaim(near, 0.8)],
    )
    root = page(client, newsroom.claim.get_absolute_url("en"))

    [section] = root.xpath("//section[@aria-labelledby='similar']")
    assert [words(title) for title in section.xpath(".//h3")] == ["The bridge bore nine hundred cars."]
    assert "from one origin" in words(section)
    monkeypatch.setattr("articles.views.claims.similar_claims", lambda claim, **_asked: [])
    assert not page(client, newsroom.claim.get_absolute_url("en")).xpath("//*[@id='similar']")


def test_more_hits_cost_no_more_queries(client, newsroom):
    def cost() -> dict[str, int]:
        indexing.rebuild(indexing.index_folder())
        counts = {}
        for path in ("", "search.csv", "search.atom"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/en/{path}?q=bridge").status_code == 200
            counts[path] = sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries)
        return counts

    def grow(number: int) -> None:
        for _row in range(number):
            article = a_public_article(
                outlet=an_outlet(), headline_en="A bridge", publish_at=LONG_AGO, published_at=timezone.now()
            )
            claim = a_public_claim(statement_en="There is a bridge.", publish_at=LONG_AGO)
            a_telling(claim, article, an_outlet())

    grow(2)
    few = cost()
    grow(6)
    many = cost()
    # Of few hits more is asked: whether another spelling was meant.
    assert sum(many.values()) <= sum(few.values())
    assert {path: count for path, count in many.items() if count > MOST[path]} == {}
