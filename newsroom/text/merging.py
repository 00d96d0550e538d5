"""Three versions of one text: which words differ, and what both changes make together. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from newsroom.text.comparison import Kind, compare, matching_blocks

# Comparing is quadratic in the worst case: longer stretches are told apart as wholes.
MOST_LINES = 3_000
MOST_WORDS = 1_500
# What parts two texts of one line that cannot be joined.
BETWEEN = " / "

_WORDS = re.compile(r"\s+|[^\s.,;:!?،؛؟«»\"“”()\[\]]+|[^\s]")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text; `differs` if the other text has no such words there."""

    text: str
    differs: bool = False


class Fit(StrEnum):
    """How two changes of one text go together."""

    # Each changed other paragraphs.
    PARAGRAPHS = "paragraphs"
    # Each changed other words of a paragraph: to be read before it is believed.
    WORDS = "words"
    # They changed the same words; both stand in the text, one after the other.
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Merged:
    text: str
    fit: Fit


def compared(text: str, other: str) -> list[Run]:
    """The whole text, in runs: which of its words the other text does not have at that place."""
    return [
        Run(run.text, run.kind is Kind.REMOVED) for run in compare(text, other) if run.kind is not Kind.ADDED
    ]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """What both changes of the base make together. No word that either added is missing from it."""
    if mine == base or theirs in {base, mine}:
        return Merged(theirs if mine == base else mine, Fit.PARAGRAPHS)
    fit = Fit.PARAGRAPHS
    merged: list[str] = []
    is_line = "\n" not in mine + theirs
    parted = base.split("\n"), mine.split("\n"), theirs.split("\n")
    for agreed, was, my_lines, their_lines in _regions(*parted, most=MOST_LINES):
        if agreed is not None:
            merged += agreed
            continue
        words = _merged_words("\n".join(was), "\n".join(my_lines), "\n".join(their_lines))
        if words is not None and was:
            merged.append(words)
            fit = Fit.WORDS if fit is Fit.PARAGRAPHS else fit
        else:
            merged += _one_after_the_other(my_lines, their_lines, is_line=is_line)
            fit = Fit.BOTH
    return Merged("\n".join(merged), fit)


def _merged_words(base: str, mine: str, theirs: str) -> str | None:
    """Both changes in one stretch of text, or None where they changed the same words."""
    parts: list[str] = []
    words = _WORDS.findall(base), _WORDS.findall(mine), _WORDS.findall(theirs)
    for agreed, *_rest in _regions(*words, most=MOST_WORDS):
        if agreed is None:
            return None
        parts += agreed
    return "".join(parts)


def _one_after_the_other(mine: list[str], theirs: list[str], *, is_line: bool) -> list[str]:
    if not any(mine) or not any(theirs):
        return mine if any(mine) else theirs
    if is_line:
        return [BETWEEN.join(["\n".join(mine), "\n".join(theirs)])]
    return [*mine, "", *theirs]


def _regions(
    base: list[str], mine: list[str], theirs: list[str], *, most: int
) -> Iterator[tuple[list[str] | None, list[str], list[str], list[str]]]:
    """The stretches of three texts in step: what they agree on, or None and the three versions."""
    place, my_place, their_place = 0, 0, 0
    for start, length, my_start, their_start in _in_step(base, mine, theirs, most):
        was, ours, others = base[place:start], mine[my_place:my_start], theirs[their_place:their_start]
        if was or ours or others:
            if others in (ours, was):
                yield ours, was, ours, others
            elif ours == was:
                yield others, was, ours, others
            else:
                yield None, was, ours, others
        if length:
            same = base[start : start + length]
            yield same, same, same, same
        place, my_place, their_place = start + length, my_start + length, their_start + length


def _in_step(
    base: list[str], mine: list[str], theirs: list[str], most: int
) -> Iterator[tuple[int, int, int, int]]:
    """Stretches that all three have: where in each, and how long; the last one is empty, at the ends."""
    if max(len(base), len(mine), len(theirs)) <= most:
        ours, others = matching_blocks(base, mine), matching_blocks(base, theirs)
        left, right = 0, 0
        while left < len(ours) and right < len(others):
            (first, my_first, my_size), (second, their_second, their_size) = ours[left], others[right]
            start, end = max(first, second), min(first + my_size, second + their_size)
            if start < end:
                yield start, end - start, my_first + start - first, their_second + start - second
            if first + my_size < second + their_size:
                left += 1
            else:
                right += 1
    yield len(base), 0, len(mine), len(theirs)
