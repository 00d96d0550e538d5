"""Which encoding bytes are text in: recognised by what they are, never assumed beyond what is said of them."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

# As much of a text as is looked at where its whole is not needed.
SAMPLE_BYTES = 64 * 1024
# What Windows writes Arabic in, and what spreadsheets there save as CSV.
WINDOWS_ARABIC = "cp1256"

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_ARABIC_LETTER = re.compile("[\u0621-\u063a\u0641-\u064a]")
# What news text in Windows' Arabic code page holds besides letters: marks, punctuation, quotation marks, spaces.
_ARABIC_COMPANY = re.compile("[\u064b-\u0652\u0640،؛؟«»“”‘’–—…•°·\u00a0\u200e\u200f\u200c\u200d×÷]")
_COMMON_LETTERS = frozenset("اليمنورتبةهعد")
_UTF8_READ_AS_CP1256 = frozenset("طظ")
_USUAL_IN_UTF16 = re.compile("[\t\n\r -~\u00a0-\u00ff\u0600-\u06ff\u2010-\u203a\u200c-\u200f\ufeff]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """The name of Python's codec, how it was recognised and the length of the mark in front of the text."""

    codec: str
    basis: str
    mark_bytes: int = 0


def recognise(sample: bytes, *, is_whole: bool, declared: str = "") -> Encoding | None:
    """The encoding of a text that begins with the sample, or None where nothing fits beyond doubt.

    `is_whole` says that nothing follows the sample; `declared` is what the text says of itself (an HTML page's
    charset) or what is known of its kind: it is believed where the text can be read so, and is not Unicode.
    """
    for mark, codec in BOMS:
        if sample.startswith(mark):
            return None if codec == "utf-32" else Encoding(codec, "mark", len(mark))
    if codec := _unmarked_utf16(sample):
        return Encoding(codec, "statistics")
    if _decodes(sample, "utf-8", is_whole=is_whole):
        return Encoding("utf-8", "strict")
    if declared and _is_known_charset(declared) and _decodes(sample, declared, is_whole=is_whole):
        return Encoding(codecs.lookup(declared).name, "declared")
    if _reads_as_arabic(sample.decode(WINDOWS_ARABIC)):
        return Encoding(WINDOWS_ARABIC, "statistics")
    return None


def _decodes(sample: bytes, codec: str, *, is_whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(codec)().decode(sample, final=is_whole)
    except UnicodeDecodeError:
        return False
    return True


def _is_known_charset(name: str) -> bool:
    try:
        # The second part keeps Python's codecs that make no text (zip, rot13) out.
        return codecs.lookup(name)._is_text_encoding and not name.lower().startswith(
            ("utf-16", "utf-32", "utf-7")
        )
    except LookupError:
        return False


def _unmarked_utf16(sample: bytes) -> str:
    """UTF-16's byte order where nearly every pair of bytes is a usual character in one order and not in the other.

    Asked before UTF-8, because Arabic in UTF-16 is made of bytes that are all ASCII.
    """
    sample = sample[: min(len(sample), SAMPLE_BYTES) // 2 * 2]
    if len(sample) < 8:
        return ""
    high_little, high_big = Counter(sample[1::2]), Counter(sample[0::2])
    pairs = len(sample) // 2
    for codec, high in (("utf-16-le", high_little), ("utf-16-be", high_big)):
        # 0x00 stands before Latin letters, 0x06 before Arabic ones; neither stands in a text of single bytes.
        if high[0x00] + high[0x06] < 0.9 * pairs:
            continue
        text = sample.decode(codec, "replace")
        if len(_USUAL_IN_UTF16.findall(text)) >= 0.98 * len(text):
            return codec
    return ""


def _reads_as_arabic(text: str) -> bool:
    """True where the characters beyond ASCII are letters in the proportions of written Arabic.

    UTF-8 read as cp1256 is half «ط» and «ظ», the Arabic of ISO 8859-6 and of MacOS is full of Latin letters, and a
    Latin text has no Arabic letters: all three fail.
    """
    beyond_ascii = sum(not character.isascii() for character in text)
    letters = Counter(_ARABIC_LETTER.findall(text))
    total = letters.total()
    if total < 20 or total + len(_ARABIC_COMPANY.findall(text)) < 0.97 * beyond_ascii:
        return False
    common = sum(letters[letter] for letter in _COMMON_LETTERS)
    mistaken = sum(letters[letter] for letter in _UTF8_READ_AS_CP1256)
    return common >= 0.6 * total and letters["ا"] + letters["ل"] >= 0.12 * total and mistaken <= 0.1 * total
