"""`manage.py serve`, which `make run` becomes: the whole site in a folder of its own."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.boot.holders import ROOT, environment, hear_ctrl_c

READY = re.compile(r"Isnad is at (http://\S+?)/ ")


class Site:
    """A started site; what it printed until it was ready is in `said`."""

    def __init__(self, var: Path, port: int = 0) -> None:
        self.log = var.with_name(f"{var.name}-{time.monotonic_ns()}.log")
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=environment(var) | {"PORT": str(port)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - no threads here
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    def address(self) -> str:
        deadline = time.monotonic() + 180
        while (found := READY.search(self.said)) is None:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)
        return found[1]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=120)


def get(url: str) -> int:
    with urllib.request.urlopen(url, timeout=30) as response:  # noqa: S310
        return int(response.status)


def processes_of(var: Path) -> list[int]:
    """The processes, still alive, that work for the site of that folder."""
    marker = f"ISNAD_VAR={var}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if marker in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve") / "var"


@pytest.fixture(scope="module")
def site(var: Path) -> Iterator[Site]:
    site = Site(var)
    yield site
    if site.process.poll() is None:
        site.stop()


def test_an_empty_folder_becomes_a_site_with_demo_content(site):
    address = site.address()

    assert get(f"{address}/ar/") == 200
    assert get(f"{address}/en/") == 200
    assert get(f"{address}/readyz") == 200


def test_it_prints_a_login_for_each_role(site):
    site.address()
    logins = re.findall(r"^demo login: (\S+) (\S+) (\S+)$", site.said, re.MULTILINE)

    assert {role for role, _, _ in logins} == {"writer", "editor", "publisher", "translator", "administrator"}


def test_a_command_beside_it_works_on_the_same_database(site, var):
    site.address()
    question = "from articles.models import Article; print(Article.objects.count() > 0)"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", question],
        cwd=ROOT,
        env=environment(var),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "True"
    assert get(f"{site.address()}/readyz") == 200


def test_a_second_one_of_the_same_folder_says_where_the_first_is(site, var):
    address = site.address()
    second = Site(var)

    assert second.process.wait(timeout=60) == 1
    assert f"already runs at {address}/" in second.said


def test_a_port_in_use_is_said_plainly(site, tmp_path):
    port = int(site.address().rsplit(":", 1)[1])
    other = Site(tmp_path / "var", port)

    assert other.process.wait(timeout=60) == 1
    assert f"http://127.0.0.1:{port} cannot be served (Address already in use)" in other.said
    assert "Traceback" not in other.said


def test_killed_and_started_again_it_is_the_same_site(site, var):
    port = int(site.address().rsplit(":", 1)[1])
    site.process.kill()
    site.process.wait()

    again = Site(var, port)
    address = again.address()
    assert get(f"{address}/readyz") == 200
    assert "loaded before" in again.said

    assert again.stop(signal.SIGTERM) == 0
    assert processes_of(var) == []


def test_ctrl_c_stops_everything_with_exit_code_0(var):
    site = Site(var)
    site.address()

    assert site.stop(signal.SIGINT) == 0
    assert processes_of(var) == []
    assert not (var / "pg" / "data" / "postmaster.pid").exists()


@pytest.mark.parametrize("port", ["http", "65536", "-1", "٨٠٠٠"])
def test_a_port_that_is_none_is_refused_with_a_sentence(var, port):
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment(var) | {"PORT": port, "DATABASE_URL": os.environ["DATABASE_URL"]},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert f"PORT is “{port}”; set it to a number" in done.stderr
