"""GET /api/v1/search/, whose shape docs/api.md promises."""

import datetime
from urllib.parse import urlencode

import pytest
from django.test import Client

from articles.models import Article, Mention
from articles.search.indexing import catch_up
from tests.builders import NOON, a_person, a_public_article, a_public_claim, an_article, an_outlet

pytestmark = pytest.mark.django_db


def get(client: Client, **parameters):
    return client.get("/api/v1/search/?" + urlencode(parameters, doseq=True))


def test_a_page_of_results_says_what_was_found_and_what_to_narrow_by(client):
    outlet = an_outlet(name_ar="درج", name_en="Daraj")
    article = a_public_article(
        outlet=outlet,
        external_id="seed-7",
        headline_en="Three drones over Baghdad",
        body_en="Nobody knows who sent the drones.",
        published_at=datetime.datetime(2021, 11, 7, 9, tzinfo=datetime.UTC),
    )
    person = a_person(name_en="Mustafa al-Kadhimi")
    Mention.objects.create(article=article, person=person)
    catch_up()

    answer = get(client, q="drones", lang="en").json()

    assert (answer["total"], answer["page"], answer["page_size"], answer["loosened"]) == (1, 1, 20, False)
    assert answer["by_meaning"] == 0
    (result,) = answer["results"]
    assert result.pop("score") > 0
    assert result == {
        "type": "article",
        "id": article.public_id,
        "external_id": "seed-7",
        "language": "en",
        "original_language": "ar",
        "title": "Three drones over Baghdad",
        "url": article.get_absolute_url("en"),
        "snippet": "Nobody knows who sent the drones.",
        "marks": {"title": [[6, 12]], "snippet": [[26, 32]]},
        "outlet": {"id": outlet.public_id, "name": "Daraj"},
        "date": "2021-11-07T09:00:00+00:00",
        "verdict": None,
        "also_in": [],
    }
    assert (answer["copies"], answer["did_you_mean"]) == (0, None)
    assert answer["histogram"] == {
        "unit": "year",
        "bars": [{"start": "2021-01-01", "value": "2021", "count": 1, "chosen": False}],
    }
    facets = answer["facets"]
    assert set(facets) == {"type", "lang", "outlet", "person", "organisation", "verdict", "year", "month"}
    assert facets["year"] == [{"value": "2021", "label": "2021", "count": 1, "chosen": False}]
    assert facets["person"][0]["value"] == person.public_id
    assert {value["value"]: value["chosen"] for value in facets["lang"]} == {"ar": False, "en": True}


def test_labels_are_in_the_language_the_client_asks_for(client):
    a_public_article(outlet=an_outlet(name_ar="درج", name_en="Daraj"))
    catch_up()

    for language, name in (("ar", "درج"), ("en", "Daraj")):
        answer = client.get("/api/v1/search/", headers={"Accept-Language": language}).json()
        assert answer["facets"]["outlet"][0]["label"] == name


def test_kinds_and_verdicts_are_labelled_in_words_not_in_codes(client):
    a_public_article(), a_public_claim()
    catch_up()

    for language, kinds, verdict in (
        ("ar", {"المقالات", "الأقوال"}, "غير متحقَّق منه"),
        ("en", {"Articles", "Claims"}, "unverified"),
    ):
        facets = client.get("/api/v1/search/", headers={"Accept-Language": language}).json()["facets"]
        assert {value["label"] for value in facets["type"]} == kinds
        assert [value["label"] for value in facets["verdict"]] == [verdict]


def test_claims_and_articles_can_be_asked_for_apart(client):
    a_public_article(headline_en="Drones")
    a_public_claim(statement_en="Drones")
    catch_up()

    found = {
        kind: [result["type"] for result in get(client, q="drones", type=kind).json()["results"]]
        for kind in ("article", "claim", "any", "")
    }

    assert found["article"] == ["article"]
    assert found["claim"] == ["claim"]
    assert sorted(found["any"]) == sorted(found[""]) == ["article", "claim"]


def test_a_query_and_the_text_may_be_in_either_language_whatever_the_client_speaks(client):
    a_public_article(headline_ar="المسيّرات", headline_en="Drones")
    catch_up()

    for query, language in (("مسيرة", "ar"), ("drone", "en")):
        answer = client.get(
            "/api/v1/search/?" + urlencode({"q": query}), headers={"Accept-Language": "en"}
        ).json()
        assert answer["results"][0]["language"] == language


def test_a_text_with_markup_comes_back_as_the_text_it_is(client):
    a_public_article(headline_en="<script>drones</script> & drones")
    catch_up()

    result = get(client, q="drones").json()["results"][0]

    assert result["title"] == "<script>drones</script> & drones"
    assert [result["title"][start:end] for start, end in result["marks"]["title"]] == ["drones", "drones"]


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"lang": "fr"}, "lang"),
        ({"type": "person"}, "type"),
        ({"page": "0"}, "page"),
        ({"page": "51"}, "page"),
        ({"page": "٣"}, "page"),
        ({"page": "9" * 5000}, "page"),
        ({"page_size": "101"}, "page_size"),
        ({"q": "ا" * 513}, "q"),
        ({"sort": "author"}, "sort"),
        ({"year": "0"}, "year"),
        ({"year": "99999"}, "year"),
        ({"year": "abc"}, "year"),
        ({"verdict": "maybe"}, "verdict"),
        ({"outlet": "NOT-AN-ID"}, "outlet"),
        ({"person": "1"}, "person"),
        ({"organisation": ["0123456789"] * 2 + ["x"]}, "organisation"),
        ({"date_from": "yesterday"}, "date_from"),
        ({"date_to": "2021-02-30"}, "date_to"),
        ({"date_from": "2022-01-01", "date_to": "2021-01-01"}, "date_to"),
        ({"outlet": [f"{number:010}" for number in range(21)]}, "outlet"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_in_the_clients_language(client, parameters, named):
    for language in ("en", "ar"):
        answer = client.get(
            "/api/v1/search/?" + urlencode(parameters, doseq=True), headers={"Accept-Language": language}
        )

        assert answer.status_code == 400
        error = answer.json()["error"]
        assert error["status"] == 400
        assert error["parameter"] in {named, None}
        assert error["message"].strip()


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '"',
        "-",
        "+ - OR",
        '""',
        "«»",
        "-drones",
        "OR OR",
        "🤷",
        "\u202e",
        "a" * 512,
        "من في على",
        "'; DROP TABLE",
        "(((",
    ],
)
def test_no_query_breaks_the_search(client, query):
    a_public_article(headline_en="Drones")
    catch_up()

    assert get(client, q=query).status_code == 200


def test_only_reading_is_allowed(client):
    # As from outside: the test client sends no token and by itself is asked for none.
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post("/api/v1/search/", {"q": "drones"}).status_code == 405


def test_drafts_stay_hidden_from_the_desk_too(admin_client):
    an_article(headline_en="Drones")
    catch_up()

    assert get(admin_client, q="drones").json()["total"] == 0


def test_without_an_index_the_answer_says_when_to_come_back(client):
    answer = get(client, q="drones")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.json()["error"]["message"]


def test_readiness_tells_of_the_index(client):
    assert client.get("/readyz").json()["search"]["ready"] is False

    Article.objects.filter(pk=a_public_article(publish_at=NOON).pk)
    catch_up()

    report = client.get("/readyz").json()["search"]
    assert (report["ready"], report["documents"]) == (True, 1)


def test_copies_are_named_below_the_hit_that_stands_for_them(client):
    body = " ".join(f"word{number}" for number in range(120))
    articles = [
        a_public_article(outlet=an_outlet(name_en=name), headline_en=f"Drones, says {name}", body_en=body)
        for name in ("Daraj", "Mail")
    ]
    catch_up()

    answer = get(client, q="drones", lang="en").json()

    (result,) = answer["results"]
    assert (answer["total"], answer["copies"]) == (2, 1)
    (copy,) = result["also_in"]
    assert {result["id"], copy["id"]} == {article.public_id for article in articles}
    assert set(copy) == {"id", "title", "language", "url", "outlet", "date"}
    assert copy["title"] == f"Drones, says {copy['outlet']['name']}"


def test_another_spelling_is_offered_with_its_changed_words(client):
    a_public_article(headline_en="Three drones over Baghdad")
    catch_up()

    assert get(client, q="three dronse").json()["did_you_mean"] == {
        "q": "three drones",
        "parts": [{"text": "three ", "changed": False}, {"text": "drones", "changed": True}],
    }


def test_a_month_narrows_and_one_that_is_none_is_named(client):
    a_public_article(published_at=datetime.datetime(2024, 8, 3, 12, tzinfo=datetime.UTC))
    catch_up()

    answer = get(client, month="2024-08").json()
    assert answer["total"] == 1
    assert answer["facets"]["month"] == [{"value": "2024-08", "label": "2024-08", "count": 1, "chosen": True}]
    assert get(client, month="2024-09").json()["total"] == 0
    refused = get(client, month="2024-13")
    assert (refused.status_code, refused.json()["error"]["parameter"]) == (400, "month")
