"""Each page asks the database a fixed number of questions, however much there is to show."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.choices import RelationType
from articles.models import ClaimRelation, Correction, Mention
from tests.builders import a_person, a_public_article, a_public_claim, a_telling, an_organisation, an_outlet
from tests.integration.pages.conftest import LONG_AGO

pytestmark = pytest.mark.django_db

# Each begins with the time limit, and a claim's or list's tellings take six.
MOST = {
    "front": 20,
    "claims": 12,
    "articles": 4,
    "people": 5,
    "organisations": 5,
    "outlets": 5,
    "corrections": 4,
    "feed": 10,
    # Six of them ask for what is near in meaning.
    "claim": 26,
    "article": 14,
    "person": 16,
    "organisation": 16,
    "outlet": 16,
}


def grow(newsroom, rows: int) -> None:
    """Add that many rows of every kind to everything that a page of the newsroom shows."""
    for number in range(rows):
        outlet = an_outlet(name_en=f"Outlet {number}", parent=newsroom.agency, country="LB")
        person = a_person(name_en=f"Person {number}", country="LB")
        organisation = an_organisation(name_en=f"Organisation {number}")
        article = a_public_article(
            outlet=outlet,
            headline_ar="",
            body_ar="نص بلا عنوان.",
            publish_at=LONG_AGO,
            published_at=LONG_AGO,
            copy_of=newsroom.article,
        )
        mine = a_public_article(outlet=newsroom.outlet, publish_at=LONG_AGO)
        claim = a_public_claim(publish_at=LONG_AGO)
        claim.people.add(newsroom.person, person)
        claim.organisations.add(newsroom.organisation, organisation)
        newsroom.claim.people.add(person)
        newsroom.claim.organisations.add(organisation)
        a_telling(newsroom.claim, article, newsroom.agency, [person, organisation], ["مصدر", outlet])
        a_telling(
            claim,
            newsroom.article,
            newsroom.agency,
            [newsroom.person, newsroom.organisation],
            quote="ولم تذكر متى",
        )
        a_telling(claim, mine, outlet, person, organisation)
        ClaimRelation.objects.create(claim=newsroom.claim, other=claim, type=RelationType.CONTRADICTS)
        Mention.objects.create(article=newsroom.article, person=person)
        Mention.objects.create(article=article, person=newsroom.person)
        Correction.objects.create(article=article, made_at=LONG_AGO, text_en="It was wrong.")
        newsroom.person.positions.create(
            title_en="Engineer",
            organisation=organisation,
            started_on=datetime.date(2000 + number, 1, 1),
            started_precision="year",
        )
        newsroom.organisation.positions.create(title_en="Member", person=person)
        newsroom.person.names.create(text=f"Salma {person.pk}", language="en")


def addresses(newsroom) -> dict[str, str]:
    lists = {
        name: f"/en/{name}/"
        for name in ("claims", "articles", "people", "organisations", "outlets", "corrections", "feed")
    }
    return {
        "front": "/en/",
        **lists,
        "claim": newsroom.claim.get_absolute_url("en"),
        "article": newsroom.article.get_absolute_url("en"),
        "person": newsroom.person.get_absolute_url("en"),
        "organisation": newsroom.organisation.get_absolute_url("en"),
        "outlet": newsroom.outlet.get_absolute_url("en"),
    }


def counted(client, newsroom) -> dict[str, int]:
    counts = {}
    for name, address in addresses(newsroom).items():
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        assert response.status_code == 200, name
        # A savepoint is no question.
        counts[name] = sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries)
    return counts


def test_more_rows_cost_no_more_queries(client, newsroom):
    grow(newsroom, 2)
    few = counted(client, newsroom)
    grow(newsroom, 7)
    many = counted(client, newsroom)

    assert many == few
    assert {name: count for name, count in many.items() if count > MOST[name]} == {}
