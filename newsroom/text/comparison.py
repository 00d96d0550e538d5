"""What two versions of a text differ in, word by word: pure, and bounded however long the texts are.

Paragraphs are compared first and words only inside those that changed, so that a book costs little more than its changed
pages. Punctuation and spaces are pieces of their own: a comma added changes no word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Words of the same text that are shown beside a difference; what lies between is folded.
CONTEXT_WORDS = 12
# Folding fewer words than this would hide nothing worth a click.
SHORTEST_FOLD = 20
# Words and spaces beyond which two passages are not compared: the one replaces the other.
MOST_PIECES = 2_000
MOST_PARAGRAPHS = 5_000
# Pairs of equal pieces, one of each text, beyond which only beginning and end are matched: difflib looks at each pair anew for
# every stretch that it finds. A text of MOST_PIECES words has half as many, one of the same word again and again forty times.
MOST_PAIRS = 100_000

# A word with its vowel marks, or a mark of punctuation; then the space after it.
_PIECES = re.compile(r"(\w+(?:[\u0640\u064b-\u065f\u0670\u200c\u200d]+\w*)*|[^\w\s]|^)(\s*)")
_PARAGRAPHS = re.compile(r"[^\n]*\n+|[^\n]+")


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    # The same in both, long, and folded away.
    FOLDED = "folded"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one kind."""

    kind: Kind
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


def compare(before: str, after: str) -> list[Run]:
    """The runs that make up both texts, in reading order: what was removed stands before what was added in its place.

    The same and folded runs with the removed ones are `before`, with the added ones `after`.
    """
    runs: list[Run] = []
    old, new = _PARAGRAPHS.findall(before), _PARAGRAPHS.findall(after)
    if len(old) > MOST_PARAGRAPHS or len(new) > MOST_PARAGRAPHS:
        return _joined(_replaced(before, after) if before != after else [Run(Kind.SAME, before)])
    for tag, first, last, start, end in _steps(old, new):
        was, became = "".join(old[first:last]), "".join(new[start:end])
        runs += [Run(Kind.SAME, was)] if tag == "equal" else _words(was, became)
    return _joined(runs)


def folded(runs: Sequence[Run]) -> list[Run]:
    """The runs, with what is long and the same on both sides folded but for a few words beside each difference."""
    result: list[Run] = []
    for place, run in enumerate(runs):
        if run.kind != Kind.SAME:
            result.append(run)
            continue
        head = CONTEXT_WORDS if place > 0 else 0
        tail = CONTEXT_WORDS if place < len(runs) - 1 else 0
        words = [found.span() for found in re.finditer(r"\S+", run.text)]
        if len(runs) == 1 or len(words) < head + tail + SHORTEST_FOLD:
            result.append(run)
            continue
        first = words[head][0] if head else 0
        last = words[len(words) - tail][0] if tail else len(run.text)
        parts = (
            (Kind.SAME, run.text[:first]),
            (Kind.FOLDED, run.text[first:last]),
            (Kind.SAME, run.text[last:]),
        )
        result += [Run(kind, text) for kind, text in parts if text]
    return result


def _words(before: str, after: str) -> list[Run]:
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) > MOST_PIECES or len(new) > MOST_PIECES:
        return _replaced(before, after)
    # Matched by their words alone: spaces are everywhere, and would make it slow and the crumbs small.
    steps = list(_steps([word for word, _space in old], [word for word, _space in new]))
    same = sum(
        len(word) for tag, first, last, *_ in steps if tag == "equal" for word, _space in old[first:last]
    )
    # Two passages that share a word here and there are two passages: crumbs of both read like neither.
    if same * 5 < max(len(before), len(after)):
        return _replaced(before, after)
    runs = []
    for tag, first, last, start, end in steps:
        if tag == "equal":
            for (word, space), (_word, new_space) in zip(old[first:last], new[start:end], strict=True):
                runs.append(Run(Kind.SAME, word))
                runs += [Run(Kind.SAME, space)] if space == new_space else _replaced(space, new_space)
        else:
            runs += _replaced(_text(old[first:last]), _text(new[start:end]))
    return runs


type _Step = tuple[str, int, int, int, int]


def _steps(old: list[str], new: list[str]) -> Iterator[_Step]:
    place = new_place = 0
    for start, new_start, size in matching_blocks(old, new):
        if place < start or new_place < new_start:
            yield "other", place, start, new_place, new_start
        place, new_place = start + size, new_start + size
        if size:
            yield "equal", start, place, new_start, new_place


def matching_blocks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Stretches that both have: where in each, and how long; the last one is empty, at the ends. Bounded for any texts."""
    if _pairs(old, new) <= MOST_PAIRS:
        whole = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        return [(start, new_start, size) for start, new_start, size in whole]
    shorter = min(len(old), len(new))
    first = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    last = next(
        (back for back in range(shorter - first) if old[-1 - back] != new[-1 - back]), shorter - first
    )
    inner, new_inner = old[first : len(old) - last], new[first : len(new) - last]
    blocks = [(0, 0, first)] if first else []
    if _pairs(inner, new_inner) <= MOST_PAIRS:
        found = SequenceMatcher(None, inner, new_inner, autojunk=False).get_matching_blocks()
        blocks += [(start + first, new_start + first, size) for start, new_start, size in found if size]
    if last:
        blocks.append((len(old) - last, len(new) - last, last))
    return [*blocks, (len(old), len(new), 0)]


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    others = Counter(new)
    return sum(count * others[piece] for piece, count in Counter(old).items())


def _text(pieces: list[tuple[str, str]]) -> str:
    return "".join(word + space for word, space in pieces)


def _without_last_space(before: str, after: str) -> list[Run]:
    """One in place of the other; the space that ends both is no part of the difference."""
    space = before[len(before.rstrip()) :]
    if not space or not after.endswith(space) or not after.strip():
        return _replaced(before, after)
    return [*_replaced(before.removesuffix(space), after.removesuffix(space)), Run(Kind.SAME, space)]


def _replaced(before: str, after: str) -> list[Run]:
    return [run for run in (Run(Kind.REMOVED, before), Run(Kind.ADDED, after)) if run.text]


def _joined(runs: list[Run]) -> list[Run]:
    """Neighbours made one: a difference is what was removed and then what was added, whatever it was made of."""
    joined: list[Run] = []
    same = removed = added = ""
    for run in [*runs, Run(Kind.SAME, "")]:
        if run.kind == Kind.REMOVED:
            removed += run.text
        elif run.kind == Kind.ADDED:
            added += run.text
        elif removed or added:
            difference = _without_last_space(removed, added)
            if difference[-1].kind == Kind.SAME:
                run = Run(Kind.SAME, difference.pop().text + run.text)  # noqa: PLW2901
            joined += [*([Run(Kind.SAME, same)] if same else []), *difference]
            same, removed, added = run.text, "", ""
        else:
            same += run.text
    return [*joined, *([Run(Kind.SAME, same)] if same else [])]
