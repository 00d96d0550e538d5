"""Passwords are tried a few times from one address; whoever comes from elsewhere is never locked out."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.utils import timezone

from newsroom.desk import logins
from newsroom.models import LoginAttempt

pytestmark = pytest.mark.django_db

HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"
PASSWORD = "the right one of them all"


@pytest.fixture(autouse=True)
def account(settings) -> User:
    # Hashing a password as it should be takes longer than all of these tests.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return User.objects.create_user("salma", password=PASSWORD, is_staff=True)


def log_in(password: str, *, username: str = "salma", address: str = HERE, language: str = "en"):
    return Client(REMOTE_ADDR=address).post(
        f"/{language}/admin/login/", {"username": username, "password": password}
    )


def test_after_five_wrong_passwords_not_even_the_right_one_is_looked_at_from_there():
    for _attempt in range(5):
        assert "Too many attempts" not in log_in("wrong").content.decode()

    refused = log_in(PASSWORD)

    assert refused.status_code == 200
    assert "Too many attempts to log in from here. Wait 15 minutes" in refused.content.decode()
    assert log_in(PASSWORD, username="SALMA ").status_code == 200
    assert log_in(PASSWORD, address=ELSEWHERE).status_code == 302


def test_an_account_that_does_not_exist_is_answered_like_one_that_does():
    for _attempt in range(5):
        log_in("wrong", username="nobody")

    assert "Too many attempts" in log_in("wrong", username="nobody").content.decode()


def test_the_refusal_is_said_in_arabic_too():
    for _attempt in range(5):
        log_in("wrong")

    text = log_in("wrong", language="ar").content.decode()

    assert "Too many attempts" not in text
    assert 'class="errornote"' in text


def test_waiting_opens_the_way_again_and_attempts_meanwhile_do_not_lengthen_it(monkeypatch):
    start = timezone.now()
    for seconds in (0, 0, 0, 0, 0, 600):
        monkeypatch.setattr(
            logins.timezone, "now", lambda seconds=seconds: start + datetime.timedelta(seconds=seconds)
        )
        log_in("wrong")

    monkeypatch.setattr(logins.timezone, "now", lambda: start + logins.WINDOW)

    assert log_in(PASSWORD).status_code == 302


def test_the_right_password_forgets_the_wrong_ones():
    for _round in range(3):
        for _attempt in range(4):
            log_in("wrong")
        assert log_in(PASSWORD).status_code == 302

    assert not LoginAttempt.objects.filter(key=logins.keys_of(_request(), "salma")[0][0]).exists()


def test_an_address_that_tries_many_accounts_is_stopped_too(monkeypatch):
    monkeypatch.setattr(logins, "MOST_FOR_ADDRESS", 6)
    for number in range(6):
        log_in("wrong", username=f"account{number}")

    assert "Too many attempts" in log_in(PASSWORD).content.decode()


def test_nothing_that_was_typed_is_kept():
    log_in("wrong", username="a password in the wrong box")

    assert not [attempt for attempt in LoginAttempt.objects.all() if "password" in attempt.key]


def _request(**meta: str):
    return RequestFactory().get("/", **{"REMOTE_ADDR": HERE, **meta})


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "found"),
    [
        (0, HERE, "203.0.113.9", HERE),
        (1, "127.0.0.1", f"203.0.113.9, {HERE}", HERE),
        (2, "127.0.0.1", f"203.0.113.9, {HERE}, 10.0.0.1", HERE),
        (1, "127.0.0.1", "", "unknown"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, f"::ffff:{HERE}", "", HERE),
        (0, "", "", "unknown"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxy_saw(settings, proxies, remote, forwarded, found):
    settings.TRUSTED_PROXIES = proxies

    assert logins.address_of(_request(REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)) == found
