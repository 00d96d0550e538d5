"""What a statement says that another may say differently: the kinds, and one such thing with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from articles.suggestions.words import Reading

NUMBER, DATE, NAME, PLACE, DOER, SENSE, SOURCE = (
    "number",
    "date",
    "name",
    "place",
    "doer",
    "sense",
    "source",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing in a statement: `text[start:end]` says it, `value` is what both languages share.

    A date is "2021-11-07", with "?" for what is not said: "????-11-07".
    """

    kind: str
    value: str
    start: int
    end: int
    # What is counted; of a place, how it stands ("in", "of"); of a sense, what it makes of two claims.
    of: str = ""


def facts_along(
    reading: Reading, at_word: Callable[[Reading, int], tuple[Fact, int] | None]
) -> Iterator[Fact]:
    """The facts that begin at words of the text, none over another; `at_word` gives one with the word to go on at."""
    at = 0
    while at < len(reading.words):
        found = at_word(reading, at)
        if found is None:
            at += 1
            continue
        fact, at = found
        yield fact
