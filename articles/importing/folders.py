"""Which files a list of files and folders stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from articles.importing.decoding import unreadable
from articles.importing.problems import Message, Place, Problem
from articles.importing.readers import READERS, is_importable


@dataclass(slots=True)
class Found:
    """Files to import in order, files of other kinds, and what could not be looked at."""

    files: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def shown_name(path: Path) -> str:
    """The path as it can be printed: bytes that are no UTF-8 are written out."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def unknown_kind(name: str) -> Problem:
    """What is said of a file that is named itself and that no reader knows."""
    template = _("A file of this kind cannot be imported. Known kinds: %(kinds)s.")
    return Problem(Place(name), Message("unknown-kind", template, {"kinds": " ".join(READERS)}))


def find_files(paths: Iterable[Path]) -> Found:
    """The importable files of these files and folders, folders with all that is in them, each file once.

    A file that is named itself must be importable; other files of a folder are only told. Links to folders are not
    followed, for they can lead in a circle.
    """
    found = Found()
    for path in paths:
        if path.is_dir():
            _look_into(path, found)
        elif not path.exists():
            found.problems.append(
                Problem(
                    Place(shown_name(path)),
                    Message("no-file", _("There is no such file or folder. Check the path.")),
                )
            )
        elif is_importable(path):
            found.files.append(path)
        else:
            found.problems.append(unknown_kind(shown_name(path)))
    found.files = list(dict.fromkeys(found.files))
    return found


def _look_into(folder: Path, found: Found) -> None:
    def failed(error: OSError) -> None:
        found.problems.append(unreadable(shown_name(Path(error.filename or folder)), error))

    for parent, folders, names in folder.walk(on_error=failed):
        # In order, so that two runs do the same; a folder's own files come before those below it.
        folders.sort()
        for name in sorted(names):
            path = parent / name
            # Opening a named pipe or a socket would wait for ever.
            is_special = path.exists() and not (path.is_file() and _is_in(folder, path))
            (found.files if is_importable(path) and not is_special else found.others).append(path)


def _is_in(folder: Path, path: Path) -> bool:
    """False for a link that leads out of the folder: only what is in it was asked for."""
    return not path.is_symlink() or path.resolve().is_relative_to(folder.resolve())
