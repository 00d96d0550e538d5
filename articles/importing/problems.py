"""What can be wrong with a file or a row: said with its place, what was found and what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with named placeholders that is translated when it is shown, not when it is made."""

    code: str
    template: str | _StrPromise
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.template) % self.values if self.values else str(self.template)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands; line and column count from 1, bytes from 0."""

    file: str
    line: int | None = None
    column: int | None = None
    byte: int | None = None

    def __str__(self) -> str:
        if self.byte is not None:
            return _("%(file)s, byte %(byte)s") % {"file": self.file, "byte": self.byte}
        if self.line is None:
            return self.file
        if self.column is None:
            return _("%(file)s, line %(line)s") % {"file": self.file, "line": self.line}
        return _("%(file)s, line %(line)s, column %(column)s") % {
            "file": self.file,
            "line": self.line,
            "column": self.column,
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """A message about one place of a file."""

    place: Place
    message: Message

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"

    @property
    def code(self) -> str:
        return self.message.code


class FileRefused(Exception):
    """The file cannot be read on from this place; nothing of it is imported."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class RowRefused(Exception):
    """The row has problems; the other rows of the file can still be checked."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))
