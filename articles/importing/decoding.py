"""Strict decoding of text files in bounded memory: the encoding is recognised, never assumed, and never repaired."""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from django.utils.translation import gettext_lazy as _

from articles.importing.problems import FileRefused, Message, Place, Problem
from newsroom.text.encodings import SAMPLE_BYTES, Encoding, recognise

CHUNK_BYTES = 256 * 1024
# A body of a million characters, each written as \uXXXX, fits into one line.
MAX_LINE_CHARACTERS = 8_000_000

SAVE_AS_UTF8 = _("Save the file as UTF-8 and import it again.")


def is_compressed(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


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
