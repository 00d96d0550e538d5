"""`manage.py serve` as a process of its own, as `make run` becomes it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

from tests.waiting import PATIENCE, comes_true

ROOT = Path(__file__).resolve().parents[1]
READY = re.compile(r"Isnad is at (http://\S+?)/ ")


class Served:
    """A started site; what it says goes to its log."""

    def __init__(self, log: Path, environment: dict[str, str]) -> None:
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                # What dictionaries this machine has must not show in a test; to read them takes longer than all else.
                env=environment | {"SEARCH_DICTIONARIES_DIR": str(log.parent)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                preexec_fn=hear_signals,  # noqa: PLW1509 - no threads here
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    def address(self) -> str:
        """Where it is, once it answers."""
        assert comes_true(lambda: READY.search(self.said) or self.process.poll() is not None), self.said
        found = READY.search(self.said)
        assert found is not None, self.said
        return found[1]

    def logins(self) -> dict[str, tuple[str, str]]:
        """User and password of each role, as it prints them."""
        printed = re.findall(r"^demo login: (\S+) (\S+) (\S+)$", self.said, re.MULTILINE)
        return {role: (user, password) for role, user, password in printed}

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """Stop it, where it runs still, by whatever it takes."""
        if self.process.poll() is None:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def hear_signals() -> None:
    """For a process started where signals are ignored: Ctrl-C by a shell's background, a closed terminal under nohup."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
