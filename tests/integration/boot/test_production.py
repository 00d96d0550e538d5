"""What a production start refuses, and that a right one has nothing left to warn of."""

import os
import subprocess
import sys

import pytest

from tests.served import ROOT

SECRET = "a-secret-of-this-very-site-0123456789-abcdefghij-ABCDEFGHIJ-unlike-any-other"
RIGHT = {
    "DJANGO_ENV": "production",
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "isnad.example",
    "DATABASE_URL": os.environ["DATABASE_URL"],
}


def manage(*arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_DEBUG"} | RIGHT
    # Tests read what is said.
    environment["LC_ALL"] = "C.UTF-8"
    for name, value in changes.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_right_production_start_leaves_nothing_to_warn_of():
    done = manage("check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


def test_a_development_start_is_not_taken_for_production():
    done = manage("check", "--deploy", "--fail-level", "WARNING", DJANGO_ENV=None)

    assert done.returncode == 1
    assert "newsroom.W001" in done.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is missing"),
        (
            {"SECRET_KEY": "for-development-only-this-key-is-public-and-protects-nothing-at-all"},
            "SECRET_KEY is missing",
        ),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is missing"),
        ({"DJANGO_DEBUG": "1"}, "DJANGO_DEBUG=1 is refused"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS is empty"),
        ({"DATABASE_URL": None}, "DATABASE_URL is missing"),
        ({"DJANGO_ENV": "prodution"}, "DJANGO_ENV is 'prodution'"),
    ],
)
def test_production_refuses_to_start_half_configured(change, said):
    done = manage("check", **change)

    assert done.returncode != 0
    assert said in done.stderr


def test_production_refuses_demo_content():
    done = manage("loaddemo")

    assert done.returncode == 1
    assert "refused in production" in done.stderr
