"""What no honest browser sends: a sentence comes back, nothing is written, and nothing is read that is too much."""

import json
from http import HTTPStatus

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from newsroom.desk.drafts import DRAFT, tell_saved
from newsroom.sent import SentGate
from tests.builders import a_claim, an_article, an_outlet
from tests.integration.desk.editor import a_user

pytestmark = pytest.mark.django_db

DIGITS = "9" * 5_000


@pytest.fixture
def desk() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(a_user())
    return client


def lists() -> list[str]:
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]


def test_no_filter_of_a_list_or_of_its_export_makes_the_desk_fail(desk):
    for address in ("/en/admin/articles/claim/", "/en/admin/articles/outlet/"):
        for query in (
            "id__exact=abc",
            "updated_at__gte=xxx",
            "updated_at__year=99999999999",
            "status=zzz&o=1.x",
            "p=abc",
        ):
            for form in ("", "export/csv/"):
                answered = desk.get(f"{address}{form}?{query}")

                assert answered.status_code in {200, 302, 400}, (address, form, query)


def test_the_history_of_what_can_be_no_record_is_not_found(desk):
    for number in ("abc", "1x", "_3A"):
        assert desk.get(f"/en/admin/articles/article/{number}/history/").status_code == 404


@pytest.mark.parametrize("key", ["abc", "\x00", DIGITS, "٣", "-1"])
def test_an_action_is_for_keys_and_nothing_else(desk, key):
    for address in lists():
        answered = desk.post(address, {"action": "delete_selected", ACTION_CHECKBOX_NAME: [key]})

        assert answered.status_code == 400, address


def test_two_numbers_too_long_to_be_keys_are_nobody(desk):
    claim = a_claim()
    for address, sent in (
        (reverse("admin:articles_merge_two"), {"kind": "claim", "kept": DIGITS, "merged": "1"}),
        (reverse("admin:articles_claim_relations", args=[claim.pk]), {"other": DIGITS}),
    ):
        assert desk.post(address, sent).status_code == 404


def test_a_choice_that_can_be_no_key_is_passed_over(desk):
    sent = {"_text": "1", "text-text": "A bridge fell.", "text-outlet": DIGITS}

    assert desk.post("/en/admin/articles/article/import/", sent).status_code == 422


@pytest.mark.parametrize("count", ["501", "2000", "1000000000", DIGITS])
@pytest.mark.parametrize("rows", ["appearances", "appearances-0-sources"])
def test_rows_that_were_only_counted_are_not_made(desk, rows, count):
    address = reverse("admin:articles_claim_change", args=[a_claim().pk])
    sent = {"version": "1", "statement_en": "x", f"{rows}-INITIAL_FORMS": "0"}

    assert desk.post(address, sent | {f"{rows}-TOTAL_FORMS": count}).status_code == 400
    assert desk.post(address, sent | {f"{rows}-TOTAL_FORMS": "1"}).status_code in {200, 409}


@pytest.mark.parametrize("panel", ["", "1"])
def test_half_a_character_in_the_address_of_a_form_is_passed_over(desk, panel):
    half = json.dumps([{"description_ar": "\ud800"}, {"note": "\udfff", "outlet": an_outlet().pk}])
    query = {"article": an_article().pk, "quote": "x", "sources": half, "_panel": panel}

    assert desk.get("/en/admin/articles/claim/add/", query).status_code == 200


def length(path: str, size: int) -> int:
    """The status of a POST that says it is that long; its body is never read."""
    request = RequestFactory().post(path, data=b"", content_type="multipart/form-data; boundary=b")
    request.META["CONTENT_LENGTH"] = str(size)

    def unread(_request):
        return type("Passed", (), {"status_code": HTTPStatus.OK})()

    return SentGate(unread)(request).status_code


def test_more_than_a_page_takes_is_refused_before_it_is_written_to_the_disk():
    for path in ("/en/admin/login/", "/ar/admin/articles/outlet/import-table/", "/en/", "/api/v1/search/"):
        assert length(path, 10_000_000) == 200
        assert length(path, 11_000_000) == 413
        assert length(path, int(DIGITS[:300])) == 413
    assert length("/en/admin/articles/article/import/", 51_000_000) == 200
    assert length("/en/admin/articles/article/import/", 53_000_000) == 413


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_desk_without_its_database_asks_to_come_back(desk, monkeypatch, error):
    def away(*_arguments):
        raise error("the connection is closed")

    monkeypatch.setattr("newsroom.desk.site.DeskSite.waiting_for", away)
    answered = desk.get("/en/admin/")

    assert answered.status_code == 503
    assert answered.headers["Retry-After"]
    assert answered.headers["Cache-Control"] == "no-store"


def test_every_answer_forbids_what_no_page_here_needs(client, desk):
    for answered in (
        client.get("/en/"),
        client.get("/en/nowhere/"),
        client.get("/en/?page=0"),
        client.get("/api/v1/search/"),
        client.get("/en/feed/"),
        desk.get("/en/admin/"),
    ):
        assert "camera=(), " in answered.headers["Permissions-Policy"]
        assert answered.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answered.headers["X-Content-Type-Options"] == "nosniff"
        assert answered.headers["Referrer-Policy"]
        policy = answered.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_no_cache_keeps_a_page_of_the_desk_and_no_reader_gets_a_cookie(client, desk):
    for address in ("/en/admin/", "/en/admin/articles/article/", "/en/admin/articles/claim/export/csv/"):
        assert "no-store" in desk.get(address).headers["Cache-Control"]
    for address in (
        "/",
        "/en/",
        "/en/claims/",
        "/en/nowhere/",
        "/api/v1/suggest/?q=a",
        "/en/search.csv",
        "/robots.txt",
    ):
        assert not client.get(address).cookies


def test_the_cookie_that_tells_of_a_saved_draft_is_as_safe_as_the_session_s(settings):
    settings.SESSION_COOKIE_SECURE = True
    answered = HttpResponse()
    tell_saved(RequestFactory().post("/", {DRAFT: "abcdefgh12"}), answered)

    assert answered.cookies["desk_saved"]["secure"]


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", ""]
)
def test_whoever_logs_in_goes_on_to_the_desk_and_nowhere_else(client, settings, elsewhere):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    User.objects.create_user("salma", password="the right one", is_staff=True)
    sent = {"username": "salma", "password": "the right one", "next": elsewhere}

    answered = client.post("/en/admin/login/", sent)

    assert answered.headers["Location"] == "/en/admin/"


def test_whoever_asks_for_another_host_fills_no_log(client, capfd):
    assert client.get("/en/", headers={"host": "evil.example"}).status_code == 400
    assert "Traceback" not in capfd.readouterr().err
