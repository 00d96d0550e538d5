"""A real site and a real browser: `manage.py serve` on a database and a folder of its own, and Chromium.

Never skipped: without a browser these tests fail. One site serves the whole session; it holds the demo newsroom.
"""

from __future__ import annotations

import os
import secrets
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.served import Served
from tests.waiting import comes_true

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# Milliseconds: what is waited for comes or does not, and a busy machine takes its time.
PATIENCE = 120_000

expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: where it is, what it keeps, and who may sign in."""

    address: str
    database_url: str
    # User and password by role.
    logins: dict[str, tuple[str, str]]
    # The cookies of those who have signed in.
    sessions: dict[str, list[Any]] = field(default_factory=dict)

    def __call__(self, path: str) -> str:
        return self.address + path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole site with the demo newsroom, as `make run` serves it."""
    folder = tmp_path_factory.mktemp("site")
    name = f"browser_{secrets.token_hex(4)}"
    with _connection() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    environment = os.environ | {
        "DATABASE_URL": _database_url(name),
        "ISNAD_VAR": str(folder / "var"),
        "HOST": "127.0.0.1",
        # Any that is free: it says which.
        "PORT": "0",
        "DJANGO_ENV": "development",
    }
    environment.pop("SEARCH_INDEX_DIR", None)
    served = Served(folder / "serve.log", environment)
    try:
        address = served.address()
        assert comes_true(lambda: _is_ready(f"{address}/readyz")), served.said
        yield Site(address, environment["DATABASE_URL"], served.logins())
    finally:
        served.end()
        with _connection() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one module: its event loop must not outlive the tests that need it."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail(f"No browser found: install Chromium, or put one of {', '.join(BROWSERS)} on PATH.")
    # Playwright runs an event loop in this thread, which Django would take for asynchronous code.
    unsafe = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            launched = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--disable-gpu"]
            )
            yield launched
            launched.close()
    finally:
        if unsafe is None:
            os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = unsafe


@dataclass
class Visit:
    """A page in a browser of its own, with all that the browser complained about and fetched."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def goto(self, url: str) -> Any:
        answer = self.page.goto(url, wait_until="load")
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return answer

    def elsewhere(self, site: Site) -> list[str]:
        """What was asked for from any other host."""
        own = urlsplit(site.address).netloc
        return [
            url for url in self.requests if urlsplit(url).scheme != "data" and urlsplit(url).netloc != own
        ]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a fresh browser context: `visit(width=360, scheme="dark", javascript=False)`."""
    contexts: list[BrowserContext] = []

    def open_context(*, width: int = 1280, height: int = 900, scheme: Any = "light", **options: Any) -> Visit:
        if "javascript" in options:
            options["java_script_enabled"] = options.pop("javascript")
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        opened = Visit(context.new_page(), context)
        opened.page.on("console", lambda message: opened.complaints.append(f"{message.type}: {message.text}"))
        opened.page.on("pageerror", lambda error: opened.complaints.append(f"error: {error}"))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        return opened

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong with a page: a line for each rule, with the elements that break it."""
    # Evaluated by the debugger, so the page's own policy stays in force.
    source = AXE.read_text()

    def found(page: Page) -> list[str]:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(f"() => {{ {source} ; return true }}")
        result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{rule['id']}: {' | '.join(node['html'][:120] for node in rule['nodes'][:4])}"
            for rule in result["violations"]
        ]

    return found


def _parts() -> dict[str, str]:
    database = settings.DATABASES["default"]
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return {name: str(database[key]) for name, key in names.items() if database.get(key)}


def _database_url(name: str) -> str:
    return make_conninfo(dbname=name, **_parts())


def _connection() -> psycopg.Connection:
    return psycopg.connect(_database_url("postgres"), autocommit=True)


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own address
            return answer.status == 200
    except OSError:
        return False
