"""One PostgreSQL server: made, started, asked, stopped. Whoever calls holds the lock of its folder."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from locale import LC_CTYPE, setlocale
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from newsroom.embedded.errors import EmbeddedPostgresError
from newsroom.embedded.identity import SOCKET_NAME, identity_for

USER = "isnad"
# A slow disk, a busy machine or the recovery after a crash may need this long.
START_SECONDS = 120
STOP_SECONDS = 60
LARGEST_LOG = 5_000_000
# Above every process id a system hands out, so it names nobody.
NOBODYS_PID = 2**31 - 1


class Server:
    """The server whose files live in one folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.identity = identity_for(folder)
        self.home = self.identity.own_folder(self.identity.home)
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        self.sockets = self.identity.socket_folder()
        self._child: subprocess.Popen[bytes] | None = None

    def url(self, database: str) -> str:
        """The libpq URL of a database of this server."""
        return f"postgresql://{USER}@/{quote(database)}?host={quote(str(self.sockets), safe='')}"

    def start(self) -> None:
        """Return once the server answers, whoever started it."""
        if self._child is not None and self._child.poll() is not None:
            # It ran, and was killed since.
            self._child = None
        deadline = time.monotonic() + START_SECONDS
        while (why := self._why_not_ready()) is not None:
            if self._child is not None and self._child.poll() is not None:
                raise EmbeddedPostgresError(f"PostgreSQL stopped while starting. {self._end_of_log()}")
            if self._child is None and self._postmaster() is None:
                self._prepare()
                self._child = self._spawn()
            if time.monotonic() > deadline:
                self.stop()
                raise EmbeddedPostgresError(
                    f"PostgreSQL does not answer after {START_SECONDS} seconds ({why}). {self._end_of_log()}"
                )
            time.sleep(0.05)

    def is_running(self) -> bool:
        """Whether the server's process is alive; it may be starting still."""
        return self._postmaster() is not None

    def stop(self) -> None:
        """Stop the server cleanly and wait until it is gone; do nothing where none runs."""
        pid = self._postmaster()
        if pid is None and self._child is not None and self._child.poll() is None:
            # Still so young that it has not written its process id.
            pid = self._child.pid
        if pid is not None:
            # INT is PostgreSQL's fast shutdown: sessions are ended, the data is complete. QUIT is the last resort.
            for request, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, request)
                if _comes_true(lambda: not self._is_postmaster(pid), seconds):
                    break
        if self._child is not None:
            self._child.wait(timeout=10)
            self._child = None
        if self.sockets.parent != self.home:
            # A folder outside the checkout is not left lying about.
            with contextlib.suppress(OSError):
                self.sockets.rmdir()

    def ensure_database(self, name: str) -> None:
        """Make the database unless it is there."""
        with self._connect() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if found is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets),
            port=5432,
            user=USER,
            dbname="postgres",
            autocommit=True,
            connect_timeout=5,
        )

    def _why_not_ready(self) -> str | None:
        if self._postmaster() is None:
            return "it is not running"
        try:
            self._connect().close()
        except psycopg.OperationalError as error:
            return str(error).strip()
        return None

    def _postmaster(self) -> int | None:
        """The process id of the server of this data folder, if it is alive."""
        pid = _first_number(self.data / "postmaster.pid")
        return pid if pid is not None and self._is_postmaster(pid) else None

    def _is_postmaster(self, pid: int) -> bool:
        """Whether that process serves this data folder: after a restart its number may be another's."""
        data = os.fsencode(self.data)
        if Path("/proc/self/cmdline").exists():
            try:
                return data in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            except OSError:
                return False
        # macOS has no /proc.
        command = ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)]
        return data in subprocess.run(command, capture_output=True, check=False).stdout

    def _prepare(self) -> None:
        """Make the data folder if there is none, and clear away what a killed server left."""
        # A folder that was cut short has this name still: only a complete one is called data.
        for unfinished in self.home.glob("data.unfinished-*"):
            shutil.rmtree(unfinished, ignore_errors=True)
        if self.data.exists():
            self._refuse_another_version()
        else:
            self._end_server_without_data()
            self._initialise()
        self._forget_dead_server()

    def _initialise(self) -> None:
        unfinished = self.home / f"data.unfinished-{os.getpid()}"
        done = subprocess.run(
            self.identity.command(
                "initdb",
                f"--pgdata={unfinished}",
                f"--username={USER}",
                "--encoding=UTF8",
                "--locale-provider=libc",
                "--locale=C",
                # With the C type pg_trgm sees no letters in Arabic text.
                f"--lc-ctype={_utf8_locale()}",
                # The folder of the socket is closed to everybody else; nothing listens on a network.
                "--auth-local=trust",
                "--auth-host=reject",
                "--no-instructions",
            ),
            env=_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            shutil.rmtree(unfinished, ignore_errors=True)
            free = shutil.disk_usage(self.home).free // 1_000_000
            raise EmbeddedPostgresError(
                f"initdb could not make {self.data}:\n{(done.stdout + done.stderr).strip()}\n"
                f"Its disk has {free} MB left, and some 100 are needed: make room where that is too little, mend what is said "
                "above otherwise, and run this again."
            )
        unfinished.rename(self.data)

    def _refuse_another_version(self) -> None:
        kept = (self.data / "PG_VERSION").read_text().strip()
        said = subprocess.run(
            self.identity.command("postgres", "-V"), capture_output=True, text=True, check=True, cwd="/"
        ).stdout
        # It says: postgres (PostgreSQL) 18.6
        installed = said.split()[-1].split(".")[0]
        if kept != installed:
            raise EmbeddedPostgresError(
                f"{self.data} was made by PostgreSQL {kept}, installed is {installed}. Move the folder away to start "
                f"with an empty database, or dump it with a PostgreSQL {kept} first if you need what is in it."
            )

    def _end_server_without_data(self) -> None:
        """Somebody removed the data under a running server: it would hold the socket for another minute."""
        pid = _first_number(self.sockets / f"{SOCKET_NAME}.lock")
        if pid is not None and self._is_postmaster(pid):
            os.kill(pid, signal.SIGQUIT)
            _comes_true(lambda: not self._is_postmaster(pid), 10)

    def _forget_dead_server(self) -> None:
        """Keep PostgreSQL from taking another process for the dead server whose number it got."""
        pid_file = self.data / "postmaster.pid"
        if pid_file.exists():
            # Not removed: PostgreSQL reads from the other lines whether a session of the dead server still lives.
            lines = pid_file.read_text().splitlines()
            pid_file.write_text("\n".join([str(NOBODYS_PID), *lines[1:], ""]))
        for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (self.sockets / name).unlink(missing_ok=True)

    def _spawn(self) -> subprocess.Popen[bytes]:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.identity.own_file(self.log) as log:
            return subprocess.Popen(
                self.identity.command(
                    "postgres",
                    *("-D", str(self.data)),
                    *("-k", str(self.sockets)),
                    *("-c", "listen_addresses="),
                    *("-c", "port=5432"),
                    *("-c", "unix_socket_permissions=0700"),
                    *("-c", "logging_collector=off"),
                ),
                env=_environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Its own session: Ctrl-C at the terminal reaches it only through us.
                start_new_session=True,
            )

    def _end_of_log(self) -> str:
        try:
            lines = self.log.read_text(errors="replace").splitlines()[-20:]
        except OSError as error:
            return f"Its log cannot be read: {error}."
        return f"The end of {self.log}:\n" + "\n".join(lines)


def _environment() -> dict[str, str]:
    """Only what the server needs: PGDATA, LC_ALL and the like would change what it does."""
    return {
        name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TZ", "TMPDIR") if name in os.environ
    }


def _utf8_locale() -> str:
    """A locale in which the system knows the letters of every script."""
    before = setlocale(LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8"):
            with contextlib.suppress(OSError, ValueError):
                setlocale(LC_CTYPE, name)
                return name
    finally:
        setlocale(LC_CTYPE, before)
    raise EmbeddedPostgresError(
        "This system has neither the locale C.UTF-8 nor en_US.UTF-8. Install one of them."
    )


def _first_number(path: Path) -> int | None:
    try:
        return int(path.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _comes_true(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition holds before the seconds are over."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
