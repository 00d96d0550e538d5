"""Small files beside the index: each is made from something else, lost without harm, and read by every worker.

The first line says what the file was made from, and a digest of the second, which is its content. Whoever makes the file
compares, and makes it anew where its source has changed; workers read it again when it appears or is replaced. One that is
missing, cut short, damaged or in an older form is as good as none: workers go on without it, and it is made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

# What changes with every writing of a file; None where there is no file.
type State = tuple[Path, int, int, int] | None


class DerivedFile[Content]:
    """The file of that name in the index folder, whose content `read` turns into what workers use."""

    def __init__(self, name: str, read: Callable[[Any], Content], *, empty: Content) -> None:
        self._name = name
        self._read = read
        self._empty = empty
        self._latest = lru_cache(maxsize=1)(self._loaded)

    @property
    def path(self) -> Path:
        return Path(settings.SEARCH_INDEX_DIR) / self._name

    def state(self) -> State:
        path = self.path
        try:
            found = path.stat()
        except OSError:
            return None
        return path, found.st_mtime_ns, found.st_ino, found.st_size

    def content(self) -> Content:
        """What the file holds now, or the empty content."""
        return self.content_in(self.state())

    def content_in(self, state: State) -> Content:
        """The same for whoever keeps what follows from it: what is kept under a state belongs to no other."""
        return self._latest(state)

    def made_from(self) -> Any:
        """What the file says it was made from; None where there is no whole file."""
        found = _whole(self.path)
        return None if found is None else found[0]

    def write(self, made_from: Any, content: Any) -> None:
        """Put a new file in the place of the old one, where there is one; both parts are what JSON can hold."""
        body = json.dumps(content, ensure_ascii=False)
        head = json.dumps({"made_from": made_from, "digest": _digest(body.encode())}, ensure_ascii=False)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(self.path, f"{head}\n{body}\n")

    def _loaded(self, state: State) -> Content:
        found = _whole(state[0]) if state else None
        if found is None:
            return self._empty
        try:
            return self._read(json.loads(found[1]))
        except (ValueError, KeyError, TypeError):
            # Written by another release.
            return self._empty


def replace_file(path: Path, text: str) -> None:
    """Write the file so that a reader sees the old text or the new, never half of one, whatever happens meanwhile."""
    # Two processes may write the same file: each writes its own, and the later one stands.
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with new.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _whole(path: Path) -> tuple[Any, bytes] | None:
    """What the file was made from, and its content; None unless it is there to the last byte."""
    try:
        first, _newline, rest = path.read_bytes().partition(b"\n")
        head, body = json.loads(first), rest.removesuffix(b"\n")
        return (head["made_from"], body) if head["digest"] == _digest(body) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()
