"""`manage.py serve`, which `make run` becomes: the whole site in a folder of its own."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError

from newsroom.management.commands.serve import _port_number
from tests.integration.boot.holders import environment
from tests.served import ROOT, Served
from tests.waiting import PATIENCE


def start(var: Path, port: int = 0) -> Served:
    """The site of that folder, with a log of its own for each start."""
    log = var.with_name(f"{var.name}-{len(list(var.parent.glob('*.log')))}.log")
    return Served(log, environment(var) | {"PORT": str(port)})


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
def site(var: Path) -> Iterator[Served]:
    site = start(var)
    yield site
    site.end()


def test_an_empty_folder_becomes_a_site_with_demo_content(site):
    address = site.address()

    assert get(f"{address}/ar/") == 200
    assert get(f"{address}/en/") == 200
    assert get(f"{address}/readyz") == 200


def test_it_prints_a_login_for_each_role(site):
    site.address()

    assert set(site.logins()) == {"writer", "editor", "publisher", "translator", "administrator"}


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
    second = start(var)

    assert second.process.wait(PATIENCE) == 1
    assert f"already runs at {address}/" in second.said


def test_a_port_in_use_is_said_plainly(site, tmp_path):
    port = int(site.address().rsplit(":", 1)[1])
    other = start(tmp_path / "var", port)

    assert other.process.wait(PATIENCE) == 1
    assert f"http://127.0.0.1:{port} cannot be served (Address already in use)" in other.said
    assert "Traceback" not in other.said


def test_killed_and_started_again_it_is_the_same_site(site, var):
    port = int(site.address().rsplit(":", 1)[1])
    site.process.kill()
    site.process.wait()

    again = start(var, port)
    address = again.address()
    assert get(f"{address}/readyz") == 200
    assert "loaded before" in again.said

    assert again.stop(signal.SIGTERM) == 0
    assert processes_of(var) == []


def test_ctrl_c_stops_everything_with_exit_code_0(var):
    site = start(var)
    site.address()

    assert site.stop(signal.SIGINT) == 0
    assert processes_of(var) == []
    assert not (var / "pg" / "data" / "postmaster.pid").exists()


@pytest.mark.parametrize("port", ["http", "65536", "-1", "٨٠٠٠", "²"])
def test_a_port_that_is_none_is_refused_with_a_sentence(port):
    with pytest.raises(CommandError, match=f"PORT is “{port}”; set it to a number"):
        _port_number(port)


def test_a_folder_that_cannot_be_written_is_refused_with_a_sentence(tmp_path):
    # Nobody, not even root, makes a folder below a file.
    (tmp_path / "file").touch()
    for given in ({}, {"DATABASE_URL": os.environ["DATABASE_URL"]}):
        done = subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment(tmp_path / "file" / "var") | {"PORT": "0"} | given,
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 1
        assert "cannot be written (Not a directory)" in done.stderr
        assert "set ISNAD_VAR to a folder that can" in done.stderr.replace("Set", "set")
        assert "Traceback" not in done.stderr
