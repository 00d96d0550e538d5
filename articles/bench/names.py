"""Names in two scripts: how often the name itself is the likest of all names in the file, both ways."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsroom.text.skeleton import similarity, skeletons

# Of so many names that share most keys the sound is compared, as in a search.
_COMPARED = 100


class BadNamesFile(Exception):
    """A file of names cannot be read; the message names it, the line and what was found."""


@dataclass(frozen=True, slots=True)
class NamesReport:
    direction: str
    names: int
    # The share of names for which the one in the other script comes first, and for which it is compared at all.
    recall_at_1: float
    compared: float
    seconds: list[float]


def read_names(path: Path) -> list[tuple[str, str]]:
    """Lines of an English name, a tab and the same name in Arabic; a heading is left out."""
    pairs = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadNamesFile(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        names = [name.strip() for name in line.split("\t")]
        if len(names) != 2 or not all(names):
            raise BadNamesFile(f"{path}, line {number}: not “English name, tab, Arabic name”.")
        if number == 1 and not any("\u0600" <= character <= "\u06ff" for character in names[1]):
            continue
        pairs.append((names[0], names[1]))
    return pairs


def measure(pairs: Sequence[tuple[str, str]]) -> list[NamesReport]:
    english, arabic = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return [_measure("en → ar", english, arabic), _measure("ar → en", arabic, english)]


def _measure(direction: str, asked: Sequence[str], names: Sequence[str]) -> NamesReport:
    index: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for key in skeletons(name):
            index[key].append(place)
    first = compared = 0
    seconds = []
    for wanted, name in enumerate(asked):
        start = time.perf_counter()
        shared = Counter(place for key in skeletons(name) for place in index.get(key, ()))
        likely = [place for place, _count in shared.most_common(_COMPARED)]
        best = max(((similarity(name, names[place]), -place) for place in likely), default=None)
        seconds.append(time.perf_counter() - start)
        first += best is not None and names[-best[1]] == names[wanted]
        compared += wanted in likely
    total = len(asked) or 1
    return NamesReport(direction, len(asked), first / total, compared / total, seconds)
