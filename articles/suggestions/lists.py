"""The word lists that the rules read: one entry a line, columns parted by a tab, `#` starts a comment.

Editors and translators extend them; a list says in its first lines what its columns are.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from newsroom.text.arabic import stop_form
from newsroom.text.fold import fold
from newsroom.text.languages import ARABIC

_FOLDER = Path(__file__).parent / "data"


def rows(name: str) -> Iterator[list[str]]:
    """The entries of a list, each with its columns stripped; columns left empty at the end are missing."""
    with (_FOLDER / f"{name}.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            entry = line.partition("#")[0].rstrip()
            if entry:
                yield [column.strip() for column in entry.split("\t")]


@lru_cache(maxsize=131_072)
def spelled(word: str) -> str:
    """A word as the lists compare it: without vowel signs and hamza on alef, but with ى and ة kept; Latin without case.

    Folding would make «رأى» (he held) and «رأي» (an opinion) one.
    """
    return stop_form(word).replace("آ", "ا").replace("’", "'").casefold()


def column(row: list[str], number: int) -> str:
    return row[number] if len(row) > number else ""


@lru_cache(maxsize=64)
def words(name: str, group: str) -> frozenset[str]:
    """All words, as `spelled`, of the lines of a list whose first column is that group."""
    return frozenset(
        spelled(word) for row in rows(name) if row[0] == group for word in " ".join(row[1:]).split()
    )


@lru_cache(maxsize=64)
def phrases(name: str, group: str) -> frozenset[tuple[str, ...]]:
    """The phrases, each as its spelled words, of the lines of that group; a phrase a column."""
    return frozenset(
        tuple(spelled(word) for word in phrase.split())
        for row in rows(name)
        if row[0] == group
        for phrase in row[1:]
        if phrase
    )


@lru_cache(maxsize=64)
def folded_words(name: str, group: str) -> frozenset[str]:
    return frozenset(
        fold(word) for row in rows(name) if row[0] == group for word in " ".join(row[1:]).split()
    )


def without_article(word: str, language: str = ARABIC) -> str:
    """An Arabic word without «ال»; any other as it is."""
    return word[2:] if language == ARABIC and word.startswith("ال") and len(word) > 4 else word
