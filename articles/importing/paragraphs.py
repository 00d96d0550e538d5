"""The body of an article as the spans of its raw text that are left when the cuts are taken out.

What becomes of the raw text, and nothing else:

- A line of the raw text is a paragraph; paragraphs are divided by one blank line. Only where a text is hard-wrapped
  (lines of nearly one length that break off inside sentences) lines that follow one another are joined by a space.
- Paragraphs glued by a full stop and a Latin comma («.,», as exports of some content systems write) are divided; the
  comma goes, for it belongs to the export.
- Spaces and invisible characters at both ends of a line go; so do control characters, which no page or feed may carry.
- Inside a line every character stays as it came, double spaces and spaces before «،» included: a quote copied from the
  raw text is found in the body.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control characters, and what would turn the letters behind it round.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202d\u202e\ufeff\ufffe\uffff]")
# Direction marks are kept: one at the end of a line may belong to the punctuation before it.
_EDGE = " \t\xa0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff\x00-\x1f\x7f-\x9f"
_LEADING = re.compile(f"[{_EDGE}]*")
_TRAILING = re.compile(f"[{_EDGE}]*\\Z")

_CLOSES_QUOTATION = '”"»’)]'
_SENTENCE_END = '[.؟?!…][”"»’)\\]]*'
_GLUE = re.compile(f"(?P<end>{_SENTENCE_END})(?P<glue>,\\s*)(?=(?P<next>[^\\s,]))")
_LAST_WORD = re.compile("[^\\s.,،]*،?\\Z")
_LONGEST_WORD = 30
_ARABIC_LETTER = re.compile("[\u0620-\u064a]")
_ENGLISH_GLUES_IN_A_LINE = 3
ENDS_A_SENTENCE = re.compile(f"{_SENTENCE_END}\\s*\\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of raw text that stands by itself, without the spaces around it."""

    start: int
    end: int
    # Nothing but one line break stands between the line before and this one.
    follows_directly: bool = False

    def of(self, raw_text: str) -> str:
        return raw_text[self.start : self.end]


# Cuts, headline and body each ask for the lines of the same text, one after another.
@lru_cache(maxsize=2)
def lines_of(raw_text: str) -> tuple[Line, ...]:
    """Every stretch of the raw text that may be a paragraph, in order, blank ones left out."""
    lines: list[Line] = []
    previous_end = None
    for found in _LINE.finditer(raw_text):
        start, end = trimmed(raw_text, found.start(), found.end())
        if start == end:
            continue
        directly = previous_end is not None and _is_one_break(raw_text, previous_end, found.start())
        for part, (part_start, part_end) in enumerate(_unglued(raw_text, start, end)):
            lines.append(Line(part_start, part_end, follows_directly=directly and part == 0))
        previous_end = found.end()
    return tuple(lines)


def body_from_raw(raw_text: str, cuts: Iterable) -> str:
    """The text of the raw text without the cuts (objects with `start` and `end`), its paragraphs one blank line apart."""
    spans = merged((cut.start, cut.end) for cut in cuts)
    paragraphs = []
    for paragraph in _paragraphs(raw_text, lines_of(raw_text)):
        lines = (_line_without(raw_text, line, spans) for line in paragraph)
        if text := " ".join(line for line in lines if line):
            paragraphs.append(text)
    return "\n\n".join(paragraphs)


def plain_body(text: str) -> str:
    """The body of a text from which nothing is cut."""
    return body_from_raw(text, ())


def trimmed(raw_text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the spaces and invisible characters at its ends."""
    # Nearly every line begins and ends with a letter or with a full stop.
    if (
        start < end
        and raw_text[start].isalnum()
        and (raw_text[end - 1].isalnum() or raw_text[end - 1] == ".")
    ):
        return start, end
    leading = _LEADING.match(raw_text, start, end)
    start = leading.end() if leading else start
    while end > start and _TRAILING.fullmatch(raw_text, end - 1, end):
        end -= 1
    return start, end


def lines_outside(raw_text: str, cuts: Iterable) -> list[Line]:
    """The lines that do not lie wholly inside a cut."""
    spans = merged((cut.start, cut.end) for cut in cuts)
    left, index = [], 0
    for line in lines_of(raw_text):
        while index < len(spans) and spans[index][1] < line.end:
            index += 1
        if index == len(spans) or line.start < spans[index][0]:
            left.append(line)
    return left


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same stretches in order, with none that touches another; empty ones are dropped."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _is_one_break(raw_text: str, start: int, end: int) -> bool:
    between = raw_text[start:end]
    return len(_LINE_BREAK.findall(between)) == 1


def _unglued(raw_text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if raw_text.find(",", start, end) < 0:
        yield start, end
        return
    glues = [found for found in _GLUE.finditer(raw_text, start, end) if _is_glue(found)]
    arabic = [found for found in glues if _ARABIC_LETTER.search(_word_before(found) + found["next"])]
    # English writes "Inc., the" and "who?, he asked"; only a comma after sentence upon sentence is an export's.
    if len(glues) - len(arabic) < _ENGLISH_GLUES_IN_A_LINE:
        glues = arabic
    # One title in quotation marks that ends in «؟» may well have a comma after it.
    if all(found["end"][-1] in _CLOSES_QUOTATION for found in glues):
        glues = []
    for found in glues:
        yield trimmed(raw_text, start, found.end("end"))
        start = found.end("glue")
    yield start, end


def _word_before(found: re.Match[str]) -> str:
    before = found.string[max(found.start() - _LONGEST_WORD, 0) : found.start()]
    word = _LAST_WORD.search(before)
    return word.group() if word else ""


def _is_glue(found: re.Match[str]) -> bool:
    word, following = _word_before(found), found["next"]
    if following.isdigit() and word[-1:].isdigit():
        return False
    if _ARABIC_LETTER.search(following) or _ARABIC_LETTER.search(word):
        letters = re.sub(r"\W", "", word)
        # «د.» and «الخ.» are abbreviations; after a quotation mark the word itself may be missing.
        return not found["end"].startswith(".") or (len(letters) != 1 and letters not in {"الخ", "إلخ"})
    is_new_sentence = following.isupper() or following in "\"“'‘("
    return is_new_sentence and word[1:].strip("\"”'’)").islower() and len(word) >= 4


def _paragraphs(raw_text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    if not _is_hard_wrapped(raw_text, lines):
        yield from ([line] for line in lines)
        return
    paragraph: list[Line] = []
    for line in lines:
        opens = not line.follows_directly or raw_text[line.start] in ">-•*"
        if paragraph and opens:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _is_hard_wrapped(raw_text: str, lines: Sequence[Line]) -> bool:
    broken = [line for line, following in itertools.pairwise(lines) if following.follows_directly]
    if len(broken) < 4:
        return False
    lengths = [line.end - line.start for line in broken]
    longest = max(lengths)
    if not 50 <= longest <= 100:
        return False
    full = sum(length >= 0.75 * longest for length in lengths)
    unfinished = sum(not ENDS_A_SENTENCE.search(line.of(raw_text)) for line in broken)
    return full >= 0.8 * len(broken) and unfinished >= 0.6 * len(broken)


def _line_without(raw_text: str, line: Line, cuts: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    start, joint = line.start, ""
    first = bisect.bisect_right(cuts, line.start, key=lambda cut: cut[1])
    for index in range(first, len(cuts)):
        cut_start, cut_end = cuts[index]
        if cut_start >= line.end:
            break
        _append(pieces, joint, raw_text[start : max(start, cut_start)])
        joint = " " if _has_space_beside(raw_text, cut_start, cut_end) else ""
        start = cut_end
    if start < line.end:
        _append(pieces, joint, raw_text[start : line.end])
    return "".join(pieces)


def _append(pieces: list[str], joint: str, text: str) -> None:
    start, end = trimmed(text, 0, len(text))
    if text := _CONTROL.sub("", text[start:end]):
        pieces.append(joint + text if pieces else text)


def _has_space_beside(raw_text: str, start: int, end: int) -> bool:
    return raw_text[start - 1 : start].isspace() or raw_text[end : end + 1].isspace()
