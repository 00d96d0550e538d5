"""The cuts of an imported text as suggestions, and the text in pieces with what is struck through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from articles.importing.cuts import HEADLINE, Cut, cuts_from_json
from articles.importing.paragraphs import lines_of
from articles.importing.proposal import cuts_beside
from articles.models import Article
from articles.suggestions.items import CutFound, fingerprint_of
from newsroom.text.languages import LANGUAGES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_WORDS = 300

REASONS: dict[str, str | _StrPromise] = {
    "tracker": _("tracker"),
    "shortcode": _("shortcode"),
    "section-label": _("section label"),
    "related": _("pointer to another article"),
    "most-read": _("list of most read articles"),
    "promotion": _("promotion"),
    "comment-form": _("comment form"),
    "back-to-top": _("back to top"),
    "share": _("share buttons"),
    "advertisement": _("advertisement"),
    "player": _("player"),
    "subscription": _("call to subscribe"),
    "cookie-notice": _("cookie notice"),
    "copyright": _("copyright line"),
    "reading-time": _("reading time"),
    "tags": _("tags"),
    "navigation": _("navigation"),
    "repeated-headline": _("the headline once more"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the imported text: kept, cut, or only proposed as a cut; or the place of a new paragraph."""

    text: str
    is_cut: bool = False
    reason: str | _StrPromise = ""
    suggestion: CutFound | None = None
    # «.,»: what glued two paragraphs together; it is in no paragraph.
    is_glue: bool = False


def cuts(article: Article) -> Iterator[CutFound]:
    """The cuts that were made, and those the rules would make now, in the order of the text."""
    raw_text = article.raw_text
    made = [cut for cut in cuts_from_json(article.cuts) if cut.kind != HEADLINE] if raw_text else []
    headline = [cut for cut in cuts_from_json(article.cuts) if cut.kind == HEADLINE]
    proposed = [
        cut
        for cut in (cuts_beside(_headline(article), raw_text) if raw_text else [])
        if cut.kind != HEADLINE and not any(_touch(cut, other) for other in [*made, *headline])
    ]
    for cut in sorted([*made, *proposed]):
        words = raw_text[cut.start : cut.end]
        yield CutFound(
            # The raw text never changes, so neither do places in it.
            fingerprint=fingerprint_of(cut.start, cut.end, words[:LONGEST_WORDS]),
            words=words[:LONGEST_WORDS] + ("…" if len(words) > LONGEST_WORDS else ""),
            language=article.original_language,
            cut=cut,
            reason=REASONS.get(cut.kind, cut.kind),
            is_cut=cut in made,
        )


def pieces(article: Article, found: list[CutFound]) -> list[Piece]:
    """The imported text in order with its cuts and the places where glued paragraphs were parted."""
    shown: list[Piece] = []
    raw_text, end = article.raw_text, 0
    headline = {cut.start: cut for cut in cuts_from_json(article.cuts) if cut.kind == HEADLINE}
    for one in found:
        if one.cut.start < end:
            continue
        shown += _parted(raw_text, end, one.cut.start)
        shown.append(
            Piece(
                raw_text[one.cut.start : one.cut.end],
                is_cut=one.is_cut,
                reason=one.reason,
                suggestion=one,
            )
        )
        end = one.cut.end
    shown += _parted(raw_text, end, len(raw_text))
    return [piece for piece in shown if piece.text] if raw_text or headline else []


def _parted(raw_text: str, start: int, end: int) -> Iterator[Piece]:
    at = start
    for glue_start, glue_end in _glues(raw_text):
        if at <= glue_start and glue_end <= end:
            yield Piece(raw_text[at:glue_start])
            yield Piece(raw_text[glue_start:glue_end], is_glue=True)
            at = glue_end
    yield Piece(raw_text[at:end])


def _glues(raw_text: str) -> list[tuple[int, int]]:
    """What stands between two paragraphs on one line of the raw text."""
    lines = lines_of(raw_text)
    between = ((line.end, following.start) for line, following in pairwise(lines))
    return [
        (start, end)
        for start, end in between
        if len(raw_text[start:end].splitlines()) < 2 and "," in raw_text[start:end]
    ]


def _headline(article: Article) -> str:
    return next((text for code in LANGUAGES if (text := getattr(article, f"headline_{code}"))), "")


def _touch(cut: Cut, other: Cut) -> bool:
    return cut.start < other.end and other.start < cut.end
