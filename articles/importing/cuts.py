"""Which stretches of a raw text are site chrome: proposed as cuts over the raw text, which itself never changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from articles.importing import chrome
from articles.importing.paragraphs import Line, lines_of

HEADLINE = "headline"
# A teaser list at the end is short; more than this is the article, whatever stands above it.
MOST_TEASER_LINES = 16
MOST_TEASER_SHARE = 0.4
# Below this part of the lines stand tags and other remains; above it they may be prose.
TAIL_SHARE = 0.6

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
    r"|كانون (?:الثاني|الأول|الاول)|تشرين (?:الثاني|الأول|الاول)|شباط|[آا]ذار|نيسان|[أا]يار|حزيران|تموز|[آا]ب|[أا]يلول"
    r"|يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر)"
)
DATE = re.compile(
    rf"(?i)(?<![\d.])(?:\d{{1,2}}\s*[./-]\s*\d{{1,2}}\s*[./-]\s*\d{{4}}|\d{{4}}-\d{{1,2}}-\d{{1,2}}"
    rf"|\d{{1,2}}\s+{_MONTH}(?:\s*/\s*{_MONTH})?،?,?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}})(?!\d)"
)
_LIST_MARK = re.compile(r"\A(?:[-–—•*▪●◾■»›>]|\d{1,2}[.)-])\s+")


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A stretch of the raw text, from `start` up to `end`, that is not the body, and what it is instead."""

    start: int
    end: int
    kind: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def cuts_from_json(stored: Iterable[Mapping[str, Any]]) -> list[Cut]:
    """The cuts that `Article.cuts` holds."""
    return [Cut(int(cut["start"]), int(cut["end"]), str(cut["kind"])) for cut in stored]


def find_cuts(raw_text: str) -> list[Cut]:
    """The chrome of the raw text, in order, none touching another. The headline is not among them."""
    lines = lines_of(raw_text)
    texts = [line.of(raw_text) for line in lines]
    kinds = [chrome.kind_of_line(text) for text in texts]
    _mark_top(texts, kinds)
    _mark_neighbours(texts, kinds)
    _mark_teasers(texts, kinds)
    _mark_tail(texts, kinds)
    if not any(not kind for kind in kinds):
        # Everything looks like chrome: then the rules do not fit this text, and nothing is cut.
        return []
    return _as_cuts(raw_text, lines, kinds)


def _mark_top(texts: list[str], kinds: list[str]) -> None:
    """A rubric, or a trail of them, stands above the headline: the first line that is neither is left alone."""
    for index, text in enumerate(texts[:-1]):
        if kinds[index]:
            continue
        if not chrome.is_section_label(text) or (len(texts[index + 1].split()) < 3 and not kinds[index + 1]):
            return
        kinds[index] = "section-label"


def _mark_neighbours(texts: list[str], kinds: list[str]) -> None:
    weak = [
        chrome.kind_beside_chrome(text) if not kind else "" for text, kind in zip(texts, kinds, strict=True)
    ]
    start = 0
    while start < len(texts):
        end = start
        while end < len(texts) and weak[end]:
            end += 1
        beside = (start > 0 and kinds[start - 1]) or (end < len(texts) and kinds[end])
        # Three names of networks in a row are buttons even where nothing else is near.
        if end > start and (beside or end - start >= 3):
            kinds[start:end] = weak[start:end]
        start = end + 1


def _mark_teasers(texts: list[str], kinds: list[str]) -> None:
    """What follows "read also" and belongs to other articles: their headlines, authors, dates and first sentences."""
    length = sum(map(len, texts)) or 1
    for index, kind in enumerate(kinds):
        if kind not in {"related", "most-read"} or (
            index + 1 < len(kinds) and kinds[index + 1] == "shortcode"
        ):
            continue
        end = _end_of_teasers(texts, kinds, index + 1)
        share = sum(map(len, texts[index + 1 : end])) / length
        if end - index - 1 <= MOST_TEASER_LINES and share <= MOST_TEASER_SHARE:
            kinds[index + 1 : end] = [own or kind for own in kinds[index + 1 : end]]


def _end_of_teasers(texts: list[str], kinds: list[str], start: int) -> int:
    """The line after the last one that surely belongs to the block whose heading stands before `start`."""
    index = start
    furthest = min(len(texts), start + 2 * MOST_TEASER_LINES)
    while index < furthest:
        if kinds[index]:
            index += 1
        elif _is_signature(texts[index]):
            index = _end_of_signed_teaser(texts, kinds, index)
        elif _LIST_MARK.match(texts[index]) and _is_headline_like(texts[index]):
            index += 1
        else:
            break
    # Bare headlines down to the end of the page are a list; the same lines inside an article may be cross-headings.
    last = index
    while last < furthest and (kinds[last] or _is_headline_like(texts[last])):
        last += 1
    return last if last == len(texts) else index


def _end_of_signed_teaser(texts: list[str], kinds: list[str], index: int) -> int:
    """A teaser that names its author or date: that line, the headline, and the first sentences if nothing else follows."""
    index += 1
    if index < len(texts) and _is_headline_like(texts[index]):
        index += 1
        has_more = index + 1 < len(texts)
        following = index + 1
        if index < len(texts) and (not has_more or kinds[following] or _is_signature(texts[following])):
            index += 1
    return index


def _is_signature(text: str) -> bool:
    """True for a line such as "author, role | 5.3.2024" that stands in front of a teaser."""
    found = DATE.search(text)
    if not found or len(text.split()) > 14 or text.endswith((".", "؟", "?", "!")):
        return False
    rest = (text[: found.start()] + text[found.end() :]).strip()
    return not rest or any(mark in rest for mark in "|-–—•·،,/")


def _is_headline_like(text: str) -> bool:
    words = len(text.split())
    return 2 <= words <= 16 and len(text) <= 160 and not text.endswith((".", "،", ",", "؛", ";", ":"))


def _mark_tail(texts: list[str], kinds: list[str]) -> None:
    for index in range(int(len(texts) * TAIL_SHARE), len(texts)):
        if index > 0 and not kinds[index] and chrome.is_tag_line(texts[index]):
            kinds[index] = "tags"


def _as_cuts(raw_text: str, lines: Sequence[Line], kinds: list[str]) -> list[Cut]:
    cuts: list[Cut] = []
    previous = -1
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if not kind:
            cuts += _shortcodes_inside(raw_text, line)
            continue
        if cuts and previous == index - 1 and _is_one_block(cuts[-1].kind, kind):
            cuts[-1] = Cut(cuts[-1].start, line.end, cuts[-1].kind)
        else:
            cuts.append(Cut(line.start, line.end, kind))
        previous = index
    return cuts


def _is_one_block(kind: str, following: str) -> bool:
    """A heading and the list under it are kept or cut together; so are the parts of one form."""
    if kind in {"related", "most-read"}:
        return following in {kind, "shortcode"}
    return kind == following and kind in {"comment-form", "share", "tracker", "navigation", "cookie-notice"}


def _shortcodes_inside(raw_text: str, line: Line) -> list[Cut]:
    if raw_text.find("[", line.start, line.end) < 0:
        return []
    return [
        Cut(found.start(), found.end(), "shortcode")
        for found in chrome.SHORTCODE.finditer(raw_text, line.start, line.end)
    ]
