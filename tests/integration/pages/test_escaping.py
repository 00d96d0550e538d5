"""Text from people is text: no field can put a tag into a page, a feed or an attribute."""

import pytest
from lxml import html

from articles.choices import RelationType
from articles.models import Assessment, ClaimRelation, Correction, Mention, OutletName
from articles.search import indexing
from people.models import Name, Position
from tests.builders import a_person, a_public_article, a_public_claim, a_telling, an_organisation, an_outlet
from tests.integration.pages.conftest import LONG_AGO

pytestmark = pytest.mark.django_db

EVIL = "bridge <script>alert(1)</script><img src=x onerror=alert(1)> \"' onload=alert(1) {{ 7|add:7 }} \ue000x\ue001"


def both(*fields: str) -> dict[str, str]:
    return {f"{field}_{language}": EVIL for field in fields for language in ("ar", "en")}


@pytest.fixture
def addresses(db) -> list[str]:
    outlet = an_outlet(
        **both("name", "description"), homepage="https://bank.example/?a=<b>&c='", country="IQ"
    )
    edition = an_outlet(**both("name"), parent=outlet)
    person = a_person(**both("name", "description", "biography"))
    organisation = an_organisation(**both("name", "description"))
    for owner in ({"person": person}, {"organisation": organisation}):
        Name.objects.create(text=EVIL, language="und", **owner)
    OutletName.objects.create(outlet=outlet, text=EVIL, language="en")
    Position.objects.create(person=person, organisation=organisation, **both("title"))
    article = a_public_article(
        outlet=outlet,
        **both("headline", "standfirst", "body"),
        byline=EVIL,
        url="https://bank.example/?q=<b>",
        publish_at=LONG_AGO,
    )
    copy = a_public_article(outlet=edition, copy_of=article, **both("headline"), publish_at=LONG_AGO)
    claim = a_public_claim(**both("statement", "context"), publish_at=LONG_AGO)
    other = a_public_claim(**both("statement"), publish_at=LONG_AGO)
    claim.people.add(person)
    claim.organisations.add(organisation)
    telling = a_telling(claim, article, outlet, [person, organisation, EVIL], EVIL, quote=EVIL, language="en")
    telling.sources.update(**both("role"))
    a_telling(claim, copy)
    a_telling(other, copy, edition)
    Mention.objects.create(article=article, person=person)
    Correction.objects.create(article=article, made_at=LONG_AGO, **both("text"))
    Assessment.objects.create(claim=claim, verdict="disputed", assessed_at=LONG_AGO, **both("rationale"))
    for relation in (RelationType.CONTRADICTS, RelationType.UPDATES):
        ClaimRelation.objects.create(claim=claim, other=other, type=relation, **both("note"))
    indexing.rebuild(indexing.index_folder())
    paths = [
        "/",
        "/claims/",
        "/articles/",
        "/people/",
        "/organisations/",
        "/outlets/",
        "/corrections/",
        "/?q=bridge",
    ]
    records = [outlet, person, organisation, article, copy, claim, other]
    return [f"/{language}{path}" for language in ("ar", "en") for path in paths] + [
        record.get_absolute_url(language) for language in ("ar", "en") for record in records
    ]


def test_no_field_of_any_record_becomes_markup(client, addresses):
    seen = 0
    for address in addresses:
        body = client.get(address).content.decode()
        root = html.fromstring(body)

        assert "<script>alert" not in body, address
        assert "<img" not in body, address
        assert not root.xpath("//@onerror | //@onload"), address
        assert "{{ 7|add:7 }}" in body or "14" not in body, address
        seen += body.count("&lt;script&gt;")
    # The text was there to be escaped.
    assert seen > 100


def test_what_the_reader_typed_is_shown_as_text(client, db):
    for query in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onfocus=alert(1) x='"):
        root = html.fromstring(client.get("/en/", {"q": query}).content.decode())

        assert not root.xpath(
            "//script[not(@src) and not(@type='application/ld+json')] | //img | //@onerror | //@onfocus"
        )
        assert query in root.xpath("//input[@name='q']/@value")


def test_feeds_carry_the_text_escaped(client, addresses):
    for feed in ("/en/feed/", "/ar/corrections/feed/"):
        body = client.get(feed).content.decode()

        assert "<script>" not in body
        assert "&lt;script&gt;" in body
