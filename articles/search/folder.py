"""Where the index lives: generations side by side, one of them current, and how far each has followed the database.

CURRENT                   the name of the generation that is searched
indexing.lock             held by the one process that follows the database
rebuilding.lock           held by the one process that builds a new generation
generation-<moment>/
    broken                left by whoever found that it cannot be read
    followed.json         the last database state the index holds, and what made the index
    index/                the engine's own files
"""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from articles.search.derived import replace_file
from articles.search.tantivy_engine import SCHEMA_VERSION
from articles.search.terms import analysis_version

_CURRENT = "CURRENT"
_PREFIX = "generation-"


INDEXING, REBUILDING = "indexing", "rebuilding"


class AlreadyRunning(Exception):
    """Another process on this machine already does this to the index folder."""


@dataclass(frozen=True, slots=True)
class Followed:
    """How far an index has followed the database: everything visible in the snapshot, at that moment."""

    # PostgreSQL's own name for a set of finished transactions, such as "795:799:795,797".
    snapshot: str
    at: datetime.datetime
    # The database the snapshot belongs to; an index of another one is worth nothing.
    database: str
    version: str


def version() -> str:
    """What an index must have been made with to be of use to this code."""
    return f"{SCHEMA_VERSION}-{analysis_version()}"


class IndexFolder:
    def __init__(self, path: Path) -> None:
        self.path = Path(path)

    def current(self) -> Path | None:
        """The generation that is searched, or None while there is none."""
        try:
            name = (self.path / _CURRENT).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return None
        generation = self.path / name
        if not name.startswith(_PREFIX) or not (generation / "index" / "meta.json").is_file():
            return None
        return generation

    def state(self) -> tuple[Any, ...] | None:
        """Something that changes with every commit and every swap; None where there is nothing to search."""
        generation = self.current()
        if generation is None:
            return None
        try:
            status = (generation / "index" / "meta.json").stat()
        except OSError:
            return None
        return generation.name, status.st_ino, status.st_mtime_ns, status.st_size

    def new_generation(self) -> Path:
        """An empty folder for an index that nobody searches yet."""
        moment = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%f")
        generation = self.path / f"{_PREFIX}{moment}"
        (generation / "index").mkdir(parents=True)
        return generation

    def make_current(self, generation: Path) -> None:
        """Let the generation be searched from now on, and take the others away."""
        replace_file(self.path / _CURRENT, generation.name)
        self.remove_others(generation)

    def remove_others(self, generation: Path | None) -> None:
        # A process that has an old one open keeps its files until it lets go of them.
        for folder in self.path.glob(f"{_PREFIX}*"):
            if generation is None or folder.name != generation.name:
                shutil.rmtree(folder, ignore_errors=True)

    def report_broken(self, generation_name: str) -> None:
        """Tell the indexer that the generation cannot be read; it builds another."""
        with suppress(OSError):
            (self.path / generation_name / "broken").touch()

    @contextmanager
    def locked(self, task: str) -> Iterator[Lock]:
        """Be the one process on this machine that does the task; AlreadyRunning where another does it."""
        self.path.mkdir(parents=True, exist_ok=True)
        path = self.path / f"{task}.lock"
        with path.open("a") as file:
            try:
                # Held by the open file: however the process ends, the lock ends with it.
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyRunning(f"Another process already does the {task} in {self.path}.") from None
            yield Lock(path, os.fstat(file.fileno()).st_ino)


@dataclass(frozen=True, slots=True)
class Lock:
    path: Path
    inode: int

    def is_held(self) -> bool:
        """False once the folder was taken away under the holder, for then another process can hold the same lock."""
        try:
            return self.path.stat().st_ino == self.inode
        except OSError:
            return False


def read_followed(generation: Path) -> Followed | None:
    """How far the generation has come; None where that is not known or was made by other code."""
    try:
        fields = json.loads((generation / "followed.json").read_text(encoding="utf-8"))
        fields["at"] = datetime.datetime.fromisoformat(fields["at"])
        followed = Followed(**fields)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return followed if followed.version == version() else None


def write_followed(generation: Path, followed: Followed) -> None:
    replace_file(generation / "followed.json", json.dumps(asdict(followed) | {"at": followed.at.isoformat()}))
