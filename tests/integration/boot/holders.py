"""Processes that hold a lease on an embedded server, as `make run`, manage.py and pytest do."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.served import ROOT, hear_signals
from tests.waiting import PATIENCE

HOLD = """
import os, sys
from newsroom import embedded
embedded.use_unless_configured()
print(os.environ["DATABASE_URL"], flush=True)
sys.stdin.read()
"""


class Holder:
    """A process with a lease; it goes when it is told to, by whatever way the test chooses."""

    def __init__(self, var: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD],
            cwd=ROOT,
            env=environment(var),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=hear_signals,  # noqa: PLW1509 - no threads here
        )

    def url(self) -> str:
        """The URL, once the server answers."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line, self.process.communicate()[1]
        return line

    def leave(self) -> int:
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(PATIENCE)

    def end_by(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def environment(var: Path) -> dict[str, str]:
    """The environment of a developer who has set nothing."""
    unset = ("DATABASE_URL", "DJANGO_ENV", "TEST_DATABASE", "HOST", "PORT")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    # The language in which the tests read what is said.
    return {**kept, "ISNAD_VAR": str(var), "LC_ALL": "C.UTF-8"}


@contextlib.contextmanager
def holder(var: Path) -> Iterator[Holder]:
    held = Holder(var)
    try:
        yield held
    finally:
        if held.process.poll() is None:
            held.leave()
        for stream in (held.process.stdin, held.process.stdout, held.process.stderr):
            if stream is not None:
                stream.close()


def ask(url: str, question: str) -> object:
    """The first value of the answer."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[call-overload]
        return row[0] if row else None


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def postmaster(var: Path) -> int:
    return int((var / "pg" / "data" / "postmaster.pid").read_text().split()[0])
