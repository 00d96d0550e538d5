"""The few marks of a plain text: an empty line parts paragraphs, "> " begins a quotation, and addresses are links.

A link is an address that stands in the text, `https://…`, or words before one, `[words](https://…)`. Everything else is
text as it was typed. Nothing here changes a stored text: places of quotes are counted in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

# No address holds spaces, quotation marks, brackets of HTML, or characters that nobody sees: signs of direction, joiners,
# controls. With them an address could be read as another one.
_UNSEEN = "\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff"
_ADDRESS = rf"https?://[^{_UNSEEN}<>\"'«»“”‘’`\\^{{}}|\[\]]{{1,2000}}"
_HIDDEN = re.compile(f'[{_UNSEEN}<>"\\\\]')
LONGEST_WORDS = 300
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_SPACES_AT_BREAK = re.compile(r"[ \t]*[\n\t][\s]*")
_OVERRIDE = re.compile("[\u202d\u202e]")
_LINK = re.compile(
    rf"\[(?P<words>[^\[\]\n]{{1,{LONGEST_WORDS}}})\]\((?P<aimed>{_ADDRESS})\)"
    rf"|(?<![A-Za-z0-9_/.@:-])(?P<bare>{_ADDRESS})",
    re.IGNORECASE,
)
# A text that was cut off may end inside a link.
_CUT_LINK = re.compile(rf"\[([^\[\]\n]{{1,{LONGEST_WORDS}}})\]\([^)\s]*\Z")
_NO_ADDRESS = re.compile(r"[)\s]")
_QUOTATION = re.compile(r"^>[> ]*", re.MULTILINE)
# What ends a sentence belongs to it, not to the address before it.
_AFTER_ADDRESS = ".,;:!?،؛؟…"
# Letters of other alphabets look like Latin ones: such a name is written in its ASCII form (xn--…).
_HOST = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.IGNORECASE
)
_LOOKS_LIKE_ADDRESS = re.compile(
    r"(?:https?:|//|www\.)|(?<![\w@])[\w-]+(?:[.．。][\w-]+)*[.．。](?:[a-z]{2,24}|xn--[\w-]+)(?![\w.])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a text, by offsets: all of it, and the words that are shown."""

    start: int
    end: int
    words_start: int
    words_end: int
    href: str
    # The real host, where the words are not the address itself but look like one.
    host: str = ""

    @property
    def is_address(self) -> bool:
        """Whether the words are the address itself."""
        return self.start == self.words_start


def links_in(text: str) -> list[Link]:
    """The links of the text in their order; what could mislead about where it leads is no link."""
    return [link for found in _LINK.finditer(text) if (link := _link(found)) is not None]


def without_marks(text: str) -> str:
    """The text as it is read: of a link its words, of a quotation its lines without their sign."""
    if "](" in text:
        for link in reversed(links_in(text)):
            if not link.is_address:
                text = text[: link.start] + text[link.words_start : link.words_end] + text[link.end :]
        text = _without_cut_link(text)
    return _QUOTATION.sub("", text) if ">" in text else text


def _without_cut_link(text: str) -> str:
    """The text whose last link, if it was cut off in its address, is its words. Looked for at the end alone: from every
    bracket of a long text to its end is too far.
    """
    last = _NO_ADDRESS.search(text[::-1])
    start = max(0, len(text) - (last.start() if last else len(text)) - LONGEST_WORDS - len("[]("))
    return text[:start] + _CUT_LINK.sub(r"\1", text[start:])


def cleaned(text: str) -> str:
    """The text as it is stored: `\\n` alone between lines, no control characters, nothing that turns its letters round.

    Words, spaces, joiners and the marks of direction that a text of two scripts needs stay as they were typed.
    """
    text = _LINE_ENDS.sub("\n", text)
    if _OVERRIDE.search(text):
        text = _without_overrides(text)
    return _CONTROL.sub("", text)


def cleaned_line(text: str) -> str:
    """The text as a headline, a name or another text of one line is stored."""
    return _SPACES_AT_BREAK.sub(" ", cleaned(text))


def _without_overrides(text: str) -> str:
    """The text without overrides of direction and without the signs that end them."""
    kept: list[str] = []
    opened: list[bool] = []
    for character in text:
        is_override = character in "\u202d\u202e"
        if character in "\u202a\u202b" or is_override:
            opened.append(is_override)
        elif character == "\u202c" and opened:
            is_override = opened.pop()
        elif character == "\n":
            opened.clear()
        if not is_override:
            kept.append(character)
    return "".join(kept)


def _link(found: re.Match[str]) -> Link | None:
    if bare := found["bare"]:
        address = _without_what_follows(bare)
        start = found.start()
        return (
            Link(start, start + len(address), start, start + len(address), address)
            if is_safe(address)
            else None
        )
    words, address = found["words"], found["aimed"]
    if not words.strip() or not is_safe(address):
        return None
    host = (urlsplit(address).hostname or "").lower()
    misleading = _LOOKS_LIKE_ADDRESS.search(words) and words.strip() != address
    return Link(
        found.start(),
        found.end(),
        found.start("words"),
        found.end("words"),
        address,
        host if misleading else "",
    )


def _without_what_follows(address: str) -> str:
    """The address without the punctuation of the sentence; a bracket that it opened itself stays."""
    while address and (
        address[-1] in _AFTER_ADDRESS or (address[-1] == ")" and address.count(")") > address.count("("))
    ):
        address = address[:-1]
    return address


def shows_where_it_leads(address: str) -> bool:
    """Whether it is an http or https address without a user's name or characters that nobody sees.

    For the addresses that the desk keeps of others: they may be written in any alphabet and with any punctuation.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(
        parts.scheme.lower() in {"http", "https"}
        and parts.hostname
        and "@" not in parts.netloc
        and not _HIDDEN.search(address)
    )


def is_safe(address: str) -> bool:
    """Whether it is an http or https address with a plain host, without a user's name, that shows where it leads."""
    if not re.fullmatch(_ADDRESS, address, re.IGNORECASE):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    return bool(
        parts.scheme.lower() in {"http", "https"}
        and "@" not in parts.netloc
        and _HOST.fullmatch(parts.hostname or "")
        and port != 0
    )
