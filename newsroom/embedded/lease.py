"""Sharing one server between `make run`, manage.py and pytest, without counting anybody who died."""

import atexit
import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import IO, NamedTuple

from newsroom.embedded.errors import EmbeddedPostgresError
from newsroom.embedded.server import Server

DATABASE = "isnad"
RESTART_SECONDS = 30
CHECKOUT = Path(__file__).resolve().parent.parent.parent


class Lease:
    """The server runs as long as anybody holds a lease on its folder.

    A lease is a shared lock on a file, which the system takes back when its process ends in any way.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self._held: _Held | None = None

    def acquire(self) -> str:
        """Have the server running with its database, and return the URL."""
        import fcntl

        with self._alone():
            server = Server(self.folder)
            held = _Held(server, self._file("users.lock"), os.getpid())
            fcntl.flock(held.lock, fcntl.LOCK_SH)
            try:
                server.start()
                server.ensure_database(DATABASE)
            except BaseException:
                _leave(held)
                raise
            self._held = held
            return server.url(DATABASE)

    def keep_running(self) -> bool:
        """Start the server again where it ended under the lease; whether it had."""
        if self._held is None or self._held.server.is_running():
            return False
        deadline = time.monotonic() + RESTART_SECONDS
        while True:
            try:
                with self._alone():
                    self._held.server.start()
            except EmbeddedPostgresError:
                # The last processes of the killed one may hold its memory for a moment longer.
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
            else:
                return True

    def release(self) -> None:
        """Let the server go, and stop it if nobody else holds a lease."""
        # A forked child inherits the lease of its parent and must not give it back.
        if self._held is None or self._held.holder != os.getpid():
            return
        with self._alone():
            _leave(self._held)
        self._held = None

    def __enter__(self) -> str:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else starts or stops the server meanwhile."""
        import fcntl

        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._file("start.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _file(self, name: str) -> IO[bytes]:
        """A lock file that belongs to the folder's owner, also when root made it."""
        file = (self.folder / name).open("ab")
        if os.geteuid() == 0:
            owner = self.folder.stat()
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
        return file


class _Held(NamedTuple):
    server: Server
    lock: IO[bytes]
    holder: int


def _leave(held: _Held) -> None:
    import fcntl

    with held.lock:
        try:
            fcntl.flock(held.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # Somebody else works with it.
        held.server.stop()


def use_unless_configured() -> None:
    """Set DATABASE_URL to the checkout's own server, for as long as this process lives, unless it is set.

    Production is left alone: its settings say what is missing.
    """
    if os.environ.get("DATABASE_URL") or os.environ.get("DJANGO_ENV") == "production":
        return
    if sys.platform == "win32":
        raise SystemExit("On Windows set DATABASE_URL to a PostgreSQL server, or work inside WSL.")
    lease = Lease(Path(os.environ.get("ISNAD_VAR", CHECKOUT / "var")) / "pg")
    _end_in_order_on_signals()
    try:
        os.environ["DATABASE_URL"] = lease.acquire()
    except OSError as error:
        raise SystemExit(
            f"{error.filename or lease.folder} cannot be written ({error.strerror or error}). If another account ran Isnad "
            f"here before, run as that account or remove {lease.folder}; else set ISNAD_VAR to a folder that can be written."
        ) from error
    except EmbeddedPostgresError as error:
        raise SystemExit(str(error)) from error
    atexit.register(lease.release)
    global _own  # noqa: PLW0603 - one process leases one server
    _own = lease


_own: Lease | None = None


def keep_running() -> bool:
    """Start this process's own server again where it was killed; whether it was. Nothing without one of its own."""
    return _own is not None and _own.keep_running()


def _end_in_order_on_signals() -> None:
    """Let TERM and a closed terminal end the process the way Ctrl-C does, so that the lease is given back."""

    # Not SystemExit: pytest would take it for one more failed test and go on.
    def leave(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, leave)
