"""What a search costs over HTTP beside the least that a request can do, on one real server."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from articles.bench import cpu

_READY_SECONDS = 120.0


class DoesNotServe(Exception):
    """The web server of the measurement did not start or did not answer."""


def environment() -> dict[str, str]:
    """For processes that are to work on the scratch database and index."""
    database = connection.get_connection_params()
    known = {
        name: database[name] for name in ("dbname", "user", "password", "host", "port") if database.get(name)
    }
    return {
        **os.environ,
        "DATABASE_URL": make_conninfo("", **known),
        "SEARCH_INDEX_DIR": str(settings.SEARCH_INDEX_DIR),
    }


@contextmanager
def process(command: Sequence[str], **more: str) -> Iterator[subprocess.Popen]:
    """A child process on the scratch site, ended at the end."""
    started = subprocess.Popen(  # noqa: S603 - the command is ours
        [sys.executable, *command],
        cwd=Path(settings.BASE_DIR),
        env=environment() | more,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield started
    finally:
        started.terminate()
        with suppress(subprocess.TimeoutExpired):
            started.wait(20)
        started.kill()


def requests_cost(texts: Sequence[str]) -> dict[str, float]:
    """Seconds of processor time of one request of each kind, the mean over the texts; all words-only."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port", str(port),
               "--workers", "1", "--log-level", "warning", "newsroom.wsgi:application"]  # fmt: skip
    more = {"DJANGO_SETTINGS_MODULE": "articles.bench.settings", "ISNAD_BENCH_WORDS_ONLY": "1"}
    with process(command, **more) as server:
        _wait(server, port)
        kinds = {
            "select one": ["/bench/select-one/"] * len(texts),
            "search (JSON)": [f"/api/v1/search/?q={quote(text)}" for text in texts],
            "search (page)": [f"/en/?q={quote(text)}" for text in texts],
        }
        for paths in kinds.values():
            _ask(port, paths)
        return {kind: _cost(server.pid, port, paths) for kind, paths in kinds.items()}


def _wait(server: subprocess.Popen, port: int) -> None:
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError):
            _ask(port, ["/bench/select-one/"])
            return
        time.sleep(0.2)
    raise DoesNotServe(f"The web server of the measurement did not answer in {_READY_SECONDS:.0f} seconds.")


def _cost(server: int, port: int, paths: Sequence[str]) -> float:
    pids = cpu.backends()
    before = cpu.with_children(server) + sum(map(cpu.of_process, pids))
    _ask(port, paths)
    pids += [pid for pid in cpu.backends() if pid not in pids]
    return (cpu.with_children(server) + sum(map(cpu.of_process, pids)) - before) / len(paths)


def _ask(port: int, paths: Sequence[str]) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in paths:
        client.request("GET", path)
        response = client.getresponse()
        response.read()
        if response.status != http.HTTPStatus.OK:
            raise DoesNotServe(f"{path} answered {response.status}.")
    client.close()
