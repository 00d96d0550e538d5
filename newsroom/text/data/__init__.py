"""Word lists that editors and translators extend: one entry a line, columns parted by a tab, `#` starts a comment."""

from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent


def rows(name: str) -> Iterator[list[str]]:
    """The entries of a list, each with its columns stripped."""
    with (_FOLDER / name).open(encoding="utf-8") as lines:
        for line in lines:
            entry = line.partition("#")[0].strip()
            if entry:
                yield [column.strip() for column in entry.split("\t")]
