"""The input gate and the pages of errors: whatever a reader sends, a sentence comes back and never a 500."""

import json
import re

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from newsroom import errors
from tests.integration.pages import addresses

pytestmark = pytest.mark.django_db


def raw(client, path: str = "/en/", query: str = "", **headers):
    """A request with the path's and the query's bytes exactly as given."""
    return client.generic("GET", "/en/", PATH_INFO=path, QUERY_STRING=query, **headers)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("q=%00", "q"),
        ("q=a%1Bb", "q"),
        ("q=" + "x" * 513, "q"),
        ("name=" + "x" * 201, "name"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=51", "page"),
        ("page=1000000000000000000", "page"),
        ("page=" + "9" * 199, "page"),
        ("page=%D9%A3", "page"),
        ("page=", "page"),
        ("page=1.5", "page"),
        ("lang=fr", "lang"),
        ("type=person", "type"),
        ("verdict=nonsense", "verdict"),
        ("year=abc", "year"),
        ("year=%D9%A2%D9%A0%D9%A2%D9%A1", "year"),
        ("date_from=2021-13-01", "date_from"),
        ("date_from=2022-01-01&date_to=2021-01-01", "date_to"),
        ("outlet=short", "outlet"),
        ("outlet=%D9%A3%D9%A3%D9%A3%D9%A3%D9%A3%D9%A3%D9%A3%D9%A3%D9%A3%D9%A3", "outlet"),
        ("sort=sideways", "sort"),
    ],
)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_cannot_be_read_is_refused_and_the_api_names_the_parameter(client, query, parameter, language):
    page = raw(client, f"/{language}/", query)
    api = raw(client, "/api/v1/search/", query, HTTP_ACCEPT_LANGUAGE=language)

    assert page.status_code == api.status_code == 400
    root = html.fromstring(page.content.decode())
    assert root.get("lang") == language
    assert not page.cookies
    error = json.loads(api.content)["error"]
    assert error["parameter"] == parameter
    assert error["message"]


@pytest.mark.parametrize("query", ["q=" + "x" * 513, "page=51", "page_size=900", "type=person"])
@pytest.mark.parametrize("path", ["/ar/", "/ar/claims/"])
def test_a_refusal_in_arabic_is_arabic_to_the_last_digit(client, path, query):
    # The request before was somebody else's, in the other language.
    with override("en"):
        answered = raw(client, path, query).content.decode()
    [sentence] = html.fromstring(answered).xpath(
        "//main//*[contains(text(), '“') or contains(text(), '«') or contains(text(), 'عبارة البحث')]/text()"
    )

    assert not re.search(r"\d", re.sub(r"[٠-٩]|“.*?”|«.*?»", "", sentence))
    assert ", " not in sentence
    assert re.search(r"[\u0621-\u064a]{3}", sentence)


@pytest.mark.parametrize(
    "path",
    ["/", "/en/", "/en/feed/", "/ar/corrections/feed/", "/sitemap.xml", "/sitemap-claims-1.xml", "/robots.txt", "/healthz", "/readyz",
     "/api/v1/search/"],
)  # fmt: skip
def test_what_is_only_to_be_read_answers_405_to_a_form(path):
    strict = Client(enforce_csrf_checks=True)

    for method in (strict.post, strict.put, strict.delete):
        assert method(path).status_code == 405


@pytest.mark.parametrize(
    "query",
    [
        "q=%ED%A0%80",
        "q=%FF%FE",
        "q=%zz",
        "q=100%",
        "%00=1",
        "a=1&" * 61,
        "q=" + "%61" * 4000,
        "n" * 61 + "=1",
        "q=\xff",
    ],
)
def test_a_query_that_is_no_text_is_refused(client, query):
    assert raw(client, "/en/", query).status_code == 400
    assert raw(client, "/api/v1/search/", query).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/en/\x00/",
        "/en/claims/\x1b/",
        "/en/\xff\xfe/",
        "/en/%zz/",
        "/en/claims/" + "x" * 1000 + "/",
        "/en/claims/" + "9" * 300 + "/",
        "/en/admin/articles/article/\u0663/change/".encode().decode("latin-1"),
        "/en/admin/articles/article/" + "9" * 500 + "/change/",
    ],
)
def test_a_damaged_address_is_refused(client, path):
    assert raw(client, path).status_code == 400


def test_an_editor_may_look_for_an_arabic_number(admin_client, newsroom):
    address = "/ar/admin/autocomplete/?term=٢٠٢١&app_label=articles&model_name=appearance&field_name=article"

    assert admin_client.get(address).status_code == 200


def test_an_arabic_number_may_be_searched_for(client, indexed):
    assert client.get("/ar/", {"q": "٢٠٢١"}).status_code == 200


def test_a_damaged_cookie_does_not_reach_the_session(client):
    assert raw(client, HTTP_COOKIE='sessionid="\\000abcdefghijk"').status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/en/nowhere/", "/ar/claims/0000000000/", "/nowhere/", "/en/claims/UPPERCASE0/", "/api/v1/nowhere/"],
)
def test_an_unknown_address_has_a_page_in_its_language(client, path):
    response = client.get(path, headers={"accept-language": "en"})

    assert response.status_code == 404
    assert not response.cookies
    if path.startswith("/api/"):
        assert json.loads(response.content)["error"]["status"] == 404
    else:
        assert html.fromstring(response.content.decode()).get("lang") == (
            "ar" if path.startswith("/ar") else "en"
        )


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    "answer",
    [
        errors.bad_request,
        errors.permission_denied,
        errors.page_not_found,
        errors.server_error,
        errors.too_slow,
    ],
)
def test_each_error_page_is_whole_without_a_database(answer, language):
    request: WSGIRequest = RequestFactory().get(f"/{language}/anything/", headers={"host": "not a host"})
    arguments = (request,) if answer in {errors.server_error, errors.too_slow} else (request, None)
    root = html.fromstring(answer(*arguments).content.decode())

    assert root.get("lang") == language
    assert len(root.xpath("//h1")) == 1
    assert not root.xpath("//@style | //script")


def test_a_failure_in_a_view_becomes_the_site_s_own_page(client, monkeypatch, newsroom):
    client.raise_request_exception = False
    monkeypatch.setattr("articles.views.claims.trees", lambda told: 1 / 0)
    response = client.get(newsroom.claim.get_absolute_url("en"))

    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


def test_a_read_beyond_the_time_limit_is_given_up(client, monkeypatch, settings, newsroom):
    from django.db import connection

    def slow(told):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(30)")

    settings.PUBLIC_STATEMENT_TIMEOUT = 50
    monkeypatch.setattr("articles.views.claims.trees", slow)
    response = client.get(newsroom.claim.get_absolute_url("en"))

    assert response.status_code == 503
    assert response.headers["Retry-After"]


NAMES = st.sampled_from(
    [
        "q",
        "page",
        "page_size",
        "lang",
        "type",
        "outlet",
        "person",
        "organisation",
        "verdict",
        "year",
        "date_from",
        "date_to",
        "sort",
        "since",
        "until",
        "told_by",
        "cited",
        "speaker",
        "body",
        "language",
        "name",
        "country",
        "kind",
        "next",
    ]
) | st.text(max_size=8)
VALUES = (
    st.text(max_size=40)
    | st.integers().map(str)
    | st.floats().map(str)
    | st.dates().map(str)
    | st.sampled_from(
        [
            "",
            "ar",
            "claim",
            "٣",
            "unverified",
            "IQ",
            "0000000000",
            "\x00",
            "\ud800",
            "%",
            "'\"<",
            "9" * 400,
            "-1",
            "1e9",
        ]
    )
)


def encoded(text: str) -> str:
    from urllib.parse import quote

    return quote(text.encode("utf-8", "surrogatepass"))


queries = st.lists(st.tuples(NAMES, VALUES), max_size=5).map(
    lambda pairs: "&".join(f"{encoded(name)}={encoded(value)}" for name, value in pairs)
) | st.binary(max_size=40).map(lambda sent: sent.decode("latin-1"))
CALM = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@CALM
@given(data=st.data(), query=queries)
def test_no_query_makes_any_page_fail(client, indexed, data, query):
    path = data.draw(st.sampled_from(addresses.everything(indexed))).partition("?")[0]
    from urllib.parse import unquote

    answered = raw(client, unquote(path).encode().decode("latin-1"), query)

    assert answered.status_code in {200, 301, 302, 304, 400, 404}, (path, query)


segments = st.text(max_size=20) | st.sampled_from(
    ["claims", "articles", "en", "ar", "٣", "9" * 50, "..", "%2e", "sitemap-claims-1.xml"]
)


@CALM
@given(parts=st.lists(segments, max_size=6), bytes_too=st.binary(max_size=6))
def test_no_path_makes_the_site_fail(client, indexed, parts, bytes_too):
    path = "/" + "/".join(parts)
    sent = path.encode("utf-8", "surrogatepass").decode("latin-1") + bytes_too.decode("latin-1")

    assert raw(client, sent).status_code in {200, 301, 302, 400, 404}, sent


@CALM
@given(
    name=st.sampled_from(
        [
            "HTTP_ACCEPT_LANGUAGE",
            "HTTP_COOKIE",
            "HTTP_IF_NONE_MATCH",
            "HTTP_IF_MODIFIED_SINCE",
            "HTTP_HOST",
            "HTTP_REFERER",
            "HTTP_RANGE",
            "HTTP_ACCEPT_ENCODING",
            "CONTENT_LENGTH",
            "CONTENT_TYPE",
        ]
    ),
    value=st.text(alphabet=st.characters(min_codepoint=1, max_codepoint=255), max_size=60)
    | st.sampled_from(
        [
            "sessionid=abcdefgh; csrftoken=x",
            "django_language=ar",
            'a="\\303\\251"',
            "Thu, 99 Foo 99999 99:99:99 GMT",
            "*",
            "ar;q=9e999",
        ]
    ),
    path=st.sampled_from(["/en/", "/", "/en/claims/", "/nowhere/", "/en/feed/"]),
)
def test_no_header_makes_a_page_fail(client, newsroom, name, value, path):
    answered = raw(client, path, **{name: value})

    assert answered.status_code in {200, 302, 304, 400, 404, 412}, (path, name, value)
