"""The whole site on this machine: what `make run` becomes once the environment stands."""

import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import sys
import time
from pathlib import Path
from types import FrameType
from typing import IO, Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from articles.search.indexing import index_folder
from newsroom import embedded
from newsroom.supervisor import Child, stop_all

WORKERS = 2
# No more than a worker's pool has connections (settings.DATABASES): they would only wait for one.
THREADS_PER_WORKER = min(8, 2 * (os.cpu_count() or 1))
READY_SECONDS = 120
# Megabytes: with less, what failed has probably failed for want of room.
LEAST_FREE = 100
# The web server of a killed run lets go of its port within seconds.
PORT_SECONDS = 20


class Command(BaseCommand):
    help = "Bring database, translations, static files and search index up to date, and serve the site."

    def handle(self, *args: Any, **options: Any) -> None:
        # From here on TERM, a closed terminal and Ctrl-C all mean the same: stop in order.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        host = os.environ.get("HOST") or "127.0.0.1"
        port = _port_number(os.environ.get("PORT") or "8000")
        with _RunFile(Path(settings.VAR_DIR) / "serve.lock") as run:
            port = _free_port(host, port, patience=PORT_SECONDS if run.was_killed else 0)
            address = _address(host, port)
            run.note(address)
            children = self._children(host, port)
            try:
                self._prepare_or_say_why_not()
                for child in children:
                    child.start()
                self._wait_until_it_answers(host, port, children[0])
                self._say_where(address)
                while True:
                    self._keep_database()
                    for child in children:
                        child.keep_running()
                    time.sleep(0.5)
            except KeyboardInterrupt:
                self._say("Stopping.")
            finally:
                # A second Ctrl-C must not leave half of it running.
                for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(number, signal.SIG_IGN)
                stop_all(children)
                run.forget()

    def _keep_database(self) -> None:
        """A PostgreSQL of ours that was killed is started again; the others see to themselves."""
        try:
            if embedded.keep_running():
                self._say("PostgreSQL had ended; it is running again.")
        except embedded.EmbeddedPostgresError as error:
            # Perhaps the killed one's last processes are not gone yet: the next turn tries again.
            self._say(str(error))

    def _prepare_or_say_why_not(self) -> None:
        try:
            self._prepare()
        except (OSError, OperationalError) as error:
            free = shutil.disk_usage(settings.VAR_DIR).free // 1_000_000
            advice = (
                f"The disk of {settings.VAR_DIR} has {free} MB left: make room on it, or set ISNAD_VAR to a folder elsewhere"
                if free < LEAST_FREE
                else "See that the database answers and that the folder can be written to"
            )
            said = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise CommandError(
                f"The site could not be prepared ({said}). {advice}; then run this again."
            ) from error

    def _prepare(self) -> None:
        """Everything that a page needs, each step doing nothing where nothing changed."""
        self._say("Preparing translations, database and static files.")
        call_command("compilepo", stdout=self.stdout)
        call_command("migrate", interactive=False, verbosity=0)
        # The database exists now in full, so that its own checks can be asked.
        self.check(databases=["default"])
        call_command("collectstatic", interactive=False, verbosity=0)
        if not settings.IN_PRODUCTION:
            call_command("loaddemo", stdout=self.stdout)
        if index_folder().current() is None:
            self._say("Building the search index.")
            call_command("reindex", stdout=self.stdout)
        # The children have connections of their own.
        connections.close_all()

    def _children(self, host: str, port: int) -> list[Child]:
        # The web server's workers end with it; newsroom.wsgi sees to it.
        os.environ["ISNAD_ENDS_WITH_PARENT"] = "1"
        granian = [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
            *("--host", host, "--port", str(port)),
            *("--workers", str(WORKERS), "--blocking-threads", str(THREADS_PER_WORKER)),
            *("--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning"),
            "newsroom.wsgi:application",
        ]
        indexer = [sys.executable, str(settings.BASE_DIR / "manage.py"), "indexer"]
        return [
            Child("The web server", granian, folder=settings.BASE_DIR, say=self._say),
            Child("The indexer", indexer, folder=settings.BASE_DIR, say=self._say),
        ]

    def _wait_until_it_answers(self, host: str, port: int, web: Child) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while (said := _health(host, port)) != http.HTTPStatus.OK:
            if not web.is_running():
                raise CommandError("The web server ended while starting; its messages are above.")
            if time.monotonic() > deadline:
                found = f"answers {said}" if said else "does not answer"
                raise CommandError(f"{_address(host, port)}/healthz {found} after {READY_SECONDS} seconds.")
            time.sleep(0.1)

    def _say_where(self, address: str) -> None:
        if not settings.IN_PRODUCTION:
            from articles.demo.users import ensure_demo_users

            for role, user, password in ensure_demo_users():
                self._say(f"demo login: {role} {user} {password}")
            connections.close_all()
        self._say(f"Isnad is at {address}/ and its desk at {address}/ar/admin/ (Ctrl-C stops it).")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


class _RunFile:
    """The one `make run` of this folder: locked while it runs, and a note of where that is."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None
        self.was_killed = False

    def __enter__(self) -> "_RunFile":
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("a+")
        except OSError as error:
            raise CommandError(
                f"{error.filename} cannot be written ({error.strerror}). Set ISNAD_VAR to a folder that can."
            ) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note = _read_note(self._path)
            raise CommandError(
                f"Isnad of this folder already runs at {note.get('address', 'an address not known yet')}/ (process "
                f"{note.get('process', 'not known')}). Use that one, or stop it first."
            ) from None
        # A run that ends in order leaves no note.
        self.was_killed = bool(_read_note(self._path))
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def note(self, address: str) -> None:
        self._path.write_text(json.dumps({"address": address, "process": os.getpid()}))

    def forget(self) -> None:
        self._path.write_text("")


def _read_note(path: Path) -> dict[str, Any]:
    try:
        note = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _port_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise CommandError(f"PORT is “{text}”; set it to a number from 0 (any free port) to 65535.")
    return int(text)


def _free_port(host: str, port: int, *, patience: float) -> int:
    """The port, once nobody listens on it; the web server itself would share it without a word."""
    deadline = time.monotonic() + patience
    while True:
        try:
            family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        except OSError as error:
            raise CommandError(
                f"HOST is “{host}”, which is no address of this machine ({error.strerror})."
            ) from error
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
                return int(probe.getsockname()[1])
            except OSError as error:
                if time.monotonic() >= deadline:
                    raise CommandError(
                        f"{_address(host, port)} cannot be served ({error.strerror}). Stop what uses the port, or "
                        "choose another: PORT=8001 make run"
                    ) from error
        time.sleep(0.2)


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _health(host: str, port: int) -> int | None:
    """What /healthz answers, or None while nobody does."""
    # A server that listens everywhere is asked here.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    allowed = next((name for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request(
            "GET", "/healthz", headers={"Host": allowed.lstrip("."), "X-Forwarded-Proto": "https"}
        )
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
