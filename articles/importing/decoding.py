"""Strict decoding of text files in bounded memory: the encoding is recognised, never assumed, and never repaired."""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from django.utils.translation import gettext_lazy as _

from articles.importing.problems import FileRefused, Message, Place, Problem

SAMPLE_BYTES = 64 * 1024
CHUNK_BYTES = 256 * 1024
# A body of a million characters, each written as \uXXXX, fits into one line.
MAX_LINE_CHARACTERS = 8_000_000

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BOM_CHARACTER = "\ufeff"

SAVE_AS_UTF8 = _("Save the file as UTF-8 and import it again.")

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


def is_compressed(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


def recognise(sample: bytes, *, is_whole: bool, declared: str = "") -> Encoding | None:
    """The encoding of a text that begins with the sample, or None where nothing fits beyond doubt.

    `is_whole` says that nothing follows the sample; `declared` is what the text says of itself (an HTML page's charset).
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
    if _reads_as_arabic(sample.decode("cp1256")):
        return Encoding("cp1256", "statistics")
    return None


def decode(data: bytes, *, name: str, declared: str = "") -> str:
    """The text of these bytes, or `FileRefused` with the byte that cannot be read."""
    encoding = recognise(data[:SAMPLE_BYTES], is_whole=len(data) <= SAMPLE_BYTES, declared=declared)
    if encoding and encoding.codec == "utf-8" and encoding.basis == "strict" and not data.isascii():
        # The first letters that are not ASCII may stand after the sample.
        first = _first_beyond_ascii(data)
        rest = data[first : first + SAMPLE_BYTES]
        encoding = recognise(rest, is_whole=first + SAMPLE_BYTES >= len(data), declared=declared)
    if encoding is None:
        raise FileRefused(_unrecognised(name, data, 0))
    try:
        return data[encoding.mark_bytes :].decode(encoding.codec)
    except UnicodeDecodeError as error:
        raise FileRefused(_undecodable(name, encoding, error, encoding.mark_bytes)) from None


def decoded_file(
    path: Path, *, name: str, most_bytes: int, declared_in: re.Pattern[bytes] | None = None
) -> str:
    """The whole text of a file of at most that size, or `FileRefused`."""
    try:
        with path.open("rb") as on_disk:
            data = _decompressed(path, on_disk).read(most_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FileRefused(unreadable(name, error)) from None
    if len(data) > most_bytes:
        raise FileRefused(
            Problem(
                Place(name),
                Message(
                    "file-too-long",
                    _(
                        "The file is longer than %(most)s bytes. One file of this kind holds one article: divide it."
                    ),
                    {"most": most_bytes},
                ),
            )
        )
    found = declared_in.search(data[:4096]) if declared_in else None
    return decode(data, name=name, declared=found.group(1).decode("ascii", "ignore") if found else "")


def decoded_chunks(
    path: Path, *, name: str, advanced: Callable[[int], None] = lambda _bytes: None
) -> Iterator[str]:
    """The text of a file in pieces; memory does not grow with the file. Raises `FileRefused`.

    `advanced` hears how many bytes of the file on disk were read so far.
    """
    try:
        with path.open("rb") as on_disk:
            file = _decompressed(path, on_disk)
            encoding = _recognise_file(file, name)
            file.seek(encoding.mark_bytes)
            decoder = codecs.getincrementaldecoder(encoding.codec)()
            position = encoding.mark_bytes
            while True:
                data = file.read(CHUNK_BYTES)
                waiting = len(decoder.getstate()[0])
                try:
                    text = decoder.decode(data, final=not data)
                except UnicodeDecodeError as error:
                    raise FileRefused(_undecodable(name, encoding, error, position - waiting)) from None
                position += len(data)
                advanced(on_disk.tell())
                if text:
                    yield text
                if not data:
                    return
    except (OSError, EOFError, zlib.error) as error:
        raise FileRefused(unreadable(name, error)) from None


def decoded_lines(
    path: Path, *, name: str, advanced: Callable[[int], None] = lambda _bytes: None
) -> Iterator[str]:
    """The lines of a file with their line feeds, none longer than `MAX_LINE_CHARACTERS`. Raises `FileRefused`."""
    number, parts, length = 1, [], 0
    for chunk in decoded_chunks(path, name=name, advanced=advanced):
        # Not str.splitlines(): a line separator inside a JSON string ends no line.
        start = 0
        while (end := chunk.find("\n", start)) >= 0:
            parts.append(chunk[start : end + 1])
            yield "".join(parts)
            parts.clear()
            number, length, start = number + 1, 0, end + 1
        if start < len(chunk):
            parts.append(chunk[start:])
            length += len(chunk) - start
        if length > MAX_LINE_CHARACTERS:
            raise FileRefused(
                Problem(
                    Place(name, number),
                    Message(
                        "line-too-long",
                        _("The line is longer than %(most)s characters. Put each row on a line of its own."),
                        {"most": MAX_LINE_CHARACTERS},
                    ),
                )
            )
    if parts:
        yield "".join(parts)


def unreadable(name: str, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or str(error)
    return Problem(
        Place(name),
        Message("unreadable", _("The file cannot be read: %(reason)s."), {"reason": reason.rstrip(".")}),
    )


def _decompressed(path: Path, on_disk: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", gzip.GzipFile(fileobj=on_disk)) if is_compressed(path) else on_disk


def _recognise_file(file: BinaryIO, name: str) -> Encoding:
    start, sample = 0, file.read(SAMPLE_BYTES)
    encoding = recognise(sample, is_whole=len(sample) < SAMPLE_BYTES)
    # A table may begin with pages of ASCII; what decides stands where the first other byte stands.
    while encoding and encoding.basis == "strict" and len(sample) == SAMPLE_BYTES and sample.isascii():
        start += len(sample)
        sample = file.read(SAMPLE_BYTES)
        if not sample.isascii():
            first = _first_beyond_ascii(sample)
            start, sample = start + first, sample[first:] + file.read(SAMPLE_BYTES)
            encoding = recognise(sample, is_whole=len(sample) < SAMPLE_BYTES)
    if encoding is None:
        raise FileRefused(_unrecognised(name, sample, start))
    return encoding


def _first_beyond_ascii(data: bytes) -> int:
    found = re.search(rb"[\x80-\xff]", data)
    return found.start() if found else len(data)


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
    sample = sample[: len(sample) // 2 * 2]
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


def _unrecognised(name: str, sample: bytes, start: int) -> Problem:
    offset = start + _first_undecodable(sample)
    return Problem(
        Place(name, byte=offset),
        Message(
            "encoding-unknown",
            _(
                "The text is not in UTF-8, UTF-16 or Windows Arabic (cp1256): found byte 0x%(found)s. %(advice)s"
            ),
            {
                "found": sample[offset - start : offset - start + 1].hex().upper() or "00",
                "advice": SAVE_AS_UTF8,
            },
        ),
    )


def _first_undecodable(sample: bytes) -> int:
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _undecodable(name: str, encoding: Encoding, error: UnicodeDecodeError, position: int) -> Problem:
    found = error.object[error.start : error.start + 1]
    return Problem(
        Place(name, byte=position + error.start),
        Message(
            "undecodable",
            _("The text begins as %(encoding)s, but byte 0x%(found)s here is not. %(advice)s"),
            {"encoding": encoding.codec.upper(), "found": found.hex().upper(), "advice": SAVE_AS_UTF8},
        ),
    )
