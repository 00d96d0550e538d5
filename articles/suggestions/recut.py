"""What becomes of a body when a cut is made or taken back after the import: the rule is docs/decisions/0012."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from articles.importing.cuts import Cut
from articles.importing.paragraphs import body_from_raw


class BodyWasEdited(Exception):
    """The passage is no longer in the body as it was imported: what to do there is the editor's to say."""


def recut(raw_text: str, body: str, before: Sequence[Cut], after: Sequence[Cut]) -> str:
    """The body with the change from one set of cuts to the other, and everything else in it as it stands.

    Whole paragraphs are taken out, put in or exchanged; those that were edited or moved elsewhere stay as they are.
    Raises `BodyWasEdited` where a paragraph concerned was edited itself.
    """
    old, new = _paragraphs(body_from_raw(raw_text, before)), _paragraphs(body_from_raw(raw_text, after))
    current = _paragraphs(body)
    if current == old:
        return "\n\n".join(new)
    # From the end, so that places found in `old` stay right in `current`.
    for tag, start, end, new_start, new_end in reversed(
        SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ):
        if tag != "equal":
            first, last = _place(old, current, start, end)
            current[first:last] = new[new_start:new_end]
    return "\n\n".join(current)


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in text.replace("\r\n", "\n").split("\n\n") if paragraph.strip()]


def _place(old: list[str], current: list[str], start: int, end: int) -> tuple[int, int]:
    """Where `old[start:end]` stands in the body as it is now; of an empty stretch, where it would."""
    if start < end:
        wanted, length = old[start:end], end - start
        # Of several places the one that as many paragraphs precede as in the imported body.
        places = [at for at in range(len(current) - length + 1) if current[at : at + length] == wanted]
        if not places:
            raise BodyWasEdited
        best = min(places, key=lambda at: abs(at - start))
        return best, best + length
    for back in range(start - 1, -1, -1):
        if old[back] in current:
            at = _nearest(current, old[back], back) + 1
            return at, at
    for ahead in range(start, len(old)):
        if old[ahead] in current:
            at = _nearest(current, old[ahead], ahead)
            return at, at
    raise BodyWasEdited


def _nearest(current: list[str], paragraph: str, place: int) -> int:
    return min(
        (at for at, text in enumerate(current) if text == paragraph), key=lambda at: (abs(at - place), at)
    )
