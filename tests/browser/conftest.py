"""A real site and a real browser: `manage.py serve` on a database and a folder of its own, and Chromium.

Never skipped: without a browser these tests fail. One site serves the whole session; it holds the demo newsroom.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from psycopg import sql
from psycopg.conninfo import make_conninfo

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
STARTING_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: its address, and the log of the process that serves it."""

    address: str
    log: Path
    database_url: str

    def __call__(self, path: str) -> str:
        return self.address + path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole site with the demo newsroom, as `make run` serves it."""
    folder = tmp_path_factory.mktemp("site")
    name = f"browser_{secrets.token_hex(4)}"
    with _connection() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    port = _free_port()
    environment = os.environ | {
        "DATABASE_URL": _database_url(name),
        "ISNAD_VAR": str(folder / "var"),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DJANGO_ENV": "development",
    }
    environment.pop("SEARCH_INDEX_DIR", None)
    log = folder / "serve.log"
    with log.open("w") as output:
        served = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    running = Site(f"http://127.0.0.1:{port}", log, environment["DATABASE_URL"])
    try:
        _wait_until_ready(running, served)
        yield running
    finally:
        served.send_signal(signal.SIGTERM)
        try:
            served.wait(timeout=30)
        except subprocess.TimeoutExpired:
            served.kill()
            served.wait()
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
        page.evaluate(f"() => {{ {source} ; return true }}")
        result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{rule['id']}: {' | '.join(node['html'][:120] for node in rule['nodes'][:4])}"
            for rule in result["violations"]
        ]

    return found


def _free_port() -> int:
    with closing(socket.socket()) as opened:
        opened.bind(("127.0.0.1", 0))
        return opened.getsockname()[1]


def _parts() -> dict[str, str]:
    database = settings.DATABASES["default"]
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return {name: str(database[key]) for name, key in names.items() if database.get(key)}


def _database_url(name: str) -> str:
    return make_conninfo(dbname=name, **_parts())


def _connection() -> psycopg.Connection:
    return psycopg.connect(_database_url("postgres"), autocommit=True)


def _wait_until_ready(site: Site, served: subprocess.Popen) -> None:
    until = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < until:
        if served.poll() is not None:
            break
        try:
            with urllib.request.urlopen(site("/readyz"), timeout=5) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"The site did not start:\n{site.log.read_text()[-4000:]}")
