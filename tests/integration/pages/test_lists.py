"""The filters of a list, each a chip that takes it away, as on the page of a search."""

import pytest
from lxml import html

pytestmark = pytest.mark.django_db


def chips(client, address: str) -> dict[str, str]:
    response = client.get(address)
    assert response.status_code == 200
    root = html.fromstring(response.content.decode())
    return {
        " ".join(chip.xpath("./span[last()]")[0].text_content().split()): chip.get("href")
        for chip in root.xpath("//a[contains(@class, 'removable')]")
    }


def test_each_filter_of_a_list_is_a_chip_with_its_name(client, newsroom):
    agency, person = newsroom.agency.public_id, newsroom.person.public_id

    assert chips(client, f"/en/claims/?cited={agency}&verdict=disputed&since=2024-01-05&page=1") == {
        "Assessment: disputed": f"?cited={agency}&since=2024-01-05",
        "Happened from: 5 January 2024": f"?cited={agency}&verdict=disputed",
        "Citing: River Agency": "?verdict=disputed&since=2024-01-05",
    }
    assert chips(client, f"/ar/claims/?speaker={person}") == {"على لسان: سلمى الناصر": "/ar/claims/"}
    assert chips(client, f"/en/claims/?person={newsroom.hidden_person.public_id}") == {
        "About: not known": "/en/claims/"
    }
    assert chips(client, "/en/articles/?language=ar") == {"Original language: Arabic": "/en/articles/"}
    assert chips(client, "/ar/people/?name=Salma&country=FR") == {
        "الاسم: Salma": "?country=FR",
        "البلد: فرنسا": "?name=Salma",
    }
    assert chips(client, "/en/organisations/?kind=agency") == {"Kind: public agency": "/en/organisations/"}
    assert chips(client, "/en/outlets/") == {}
