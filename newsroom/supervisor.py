"""The processes of `make run`: started in order, restarted when they die, gone when their parent is.

    python -m newsroom.supervisor PARENT_PID COMMAND…

runs a command that ends with its parent, however the parent ends.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
LONGEST_PAUSE = 30.0
# A process that lived this long is well again: its next death waits for no earlier one.
HEALTHY_SECONDS = 60.0
STOP_SECONDS = 20.0


class Child:
    """A process that is started again, after a longer pause each time, whenever it ends by itself."""

    def __init__(
        self, name: str, command: Sequence[str], *, folder: Path, say: Callable[[str], None]
    ) -> None:
        self.name = name
        self.command = list(command)
        self._folder = folder
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at: float | None = None
        self._pause = 0.5

    def start(self) -> None:
        leash = [sys.executable, "-m", "newsroom.supervisor", str(os.getpid())]
        # A session of its own: Ctrl-C at the terminal reaches it through its parent, once and in order.
        self._process = subprocess.Popen(
            [*leash, *self.command], cwd=self._folder, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self._started_at = time.monotonic()
        self._start_again_at = None

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def keep_running(self) -> None:
        """Start the process again if it ended and its pause is over."""
        if self._process is None or self._process.poll() is None:
            return
        now = time.monotonic()
        if self._start_again_at is None:
            lived = now - self._started_at
            self._pause = 1.0 if lived > HEALTHY_SECONDS else min(self._pause * 2, LONGEST_PAUSE)
            self._start_again_at = now + self._pause
            code = self._process.returncode
            self._say(f"{self.name} ended with exit code {code}; starting it again in {self._pause:.0f} s.")
        elif now >= self._start_again_at:
            self.start()

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait_or_kill(self, deadline: float) -> None:
        if self._process is None:
            return
        try:
            self._process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._say(f"{self.name} does not stop; killing it.")
            self._process.kill()
            self._process.wait()


def stop_all(children: Sequence[Child]) -> None:
    """Ask all to stop, wait for them together, and kill what stays."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.wait_or_kill(deadline)


def end_with_parent() -> bool:
    """Have the system send TERM to this process when its parent dies; False where it cannot."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0) == 0)


def _run_on_a_leash(parent: int, command: list[str]) -> None:
    if end_with_parent():
        if os.getppid() != parent:
            # It died between starting us and the line above.
            raise SystemExit(1)
        os.execvp(command[0], command)
    process = subprocess.Popen(command)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: process.terminate())
    threading.Thread(target=_watch_parent, args=(parent, process), daemon=True).start()
    raise SystemExit(process.wait())


def _watch_parent(parent: int, process: subprocess.Popen[bytes]) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=STOP_SECONDS)
    process.kill()


if __name__ == "__main__":
    _run_on_a_leash(int(sys.argv[1]), sys.argv[2:])
