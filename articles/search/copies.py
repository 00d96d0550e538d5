"""Whose copy an article is: an agency's report in many outlets is one hit.

A *signature* is a MinHash of the runs of four stems of a text: the share of places at which two signatures agree estimates the
share of runs that the texts have in common (Broder 1997; one permutation in bins, Li, Owen and Zhang 2012, empty bins filled
from the next full one, Shrivastava and Li 2014). Articles are laid beside *leaders* alone: what resembles none is a leader
itself, so that a chain of small changes joins no two texts that are unlike, and nothing is compared with everything. The desk's
own word (`Article.copy_of`) comes before any likeness.

The indexer keeps leaders and copies in a small SQLite file beside the index, and each copy has its leader's key in the index.
"""

from __future__ import annotations

import hashlib
import sqlite3
import struct
import weakref
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from articles.models import Article

RUN = 4
BINS = 64
# Three runs in four in common: an agency's report with a few words changed. Reports that outlets wrote anew from one release
# have less, and a reader who looks for one of them by its headline must find that one (docs/search.md).
ENOUGH = 0.75
# A shorter text (a caption, a bulletin of two sentences) may be alike by chance.
LEAST_RUNS = 40
# Leaders that agree in one of these bands of bins are compared: 98 in 100 of those with seven tenths in common.
_BANDS, _ROWS = 10, 3
_MOST_COMPARED = 50
_FILLED = 40_503
_NAME = "copies.sqlite3"
_DEEPEST_CHAIN = 5

_TABLES = """
CREATE TABLE IF NOT EXISTS leader (pk INTEGER PRIMARY KEY, signatures BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS band (hash INTEGER, pk INTEGER, PRIMARY KEY (hash, pk)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS copy (pk INTEGER PRIMARY KEY, leader INTEGER NOT NULL, original INTEGER);
CREATE INDEX IF NOT EXISTS copy_leader ON copy (leader);
CREATE INDEX IF NOT EXISTS copy_original ON copy (original) WHERE original IS NOT NULL;
"""


def signature(stems: Sequence[str]) -> bytes:
    """What tells how much two texts have in common; empty for a text too short to say."""
    smallest: dict[int, int] = {}
    runs = {zlib.crc32(" ".join(stems[at : at + RUN]).encode()) for at in range(len(stems) - RUN + 1)}
    if len(runs) < LEAST_RUNS:
        return b""
    for run in runs:
        place, value = run % BINS, run // BINS
        if value < smallest.get(place, 1 << 32):
            smallest[place] = value
    return struct.pack(f"<{BINS}H", *(_filled(smallest, place) & 0xFFFF for place in range(BINS)))


def _filled(smallest: Mapping[int, int], place: int) -> int:
    for steps in range(BINS):
        if (value := smallest.get((place + steps) % BINS)) is not None:
            return value + steps * _FILLED
    return 0


def resemblance(one: bytes, other: bytes) -> float:
    """An estimate of the share of runs that two texts have in common, from their signatures."""
    if not one or not other:
        return 0.0
    pairs = zip(struct.unpack(f"<{BINS}H", one), struct.unpack(f"<{BINS}H", other), strict=True)
    return sum(a == b for a, b in pairs) / BINS


def stated_originals(copies: Mapping[int, int]) -> dict[int, int]:
    """For articles that the desk calls copies, by what they copy: the first original, for a copy may have been copied."""
    originals, above = dict(copies), dict(copies)
    for _level in range(_DEEPEST_CHAIN):
        asked = set(originals.values()) - above.keys()
        if asked:
            above |= dict(
                Article._default_manager.filter(pk__in=asked, copy_of__isnull=False).values_list(
                    "pk", "copy_of_id"
                )
            )
        moved = {pk: above.get(original, original) for pk, original in originals.items()}
        if moved == originals:
            break
        originals = moved
    return originals


@contextmanager
def _readable() -> Iterator[None]:
    """A damaged file is met like a damaged index: whoever follows builds both anew."""
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(f"The file of copies cannot be used: {error}") from error


def has_copies(generation: Path) -> bool:
    return (generation / _NAME).is_file()


class Copies:
    """Who is whose copy in one generation of the index; written by the process that writes the index."""

    def __init__(self, generation: Path) -> None:
        with _readable():
            self._file = sqlite3.connect(
                generation / _NAME, isolation_level="DEFERRED", check_same_thread=False
            )
            # However its owner ends, by an error too.
            weakref.finalize(self, self._file.close)
            # A process that is killed loses nothing that was committed; after a power cut the file may be damaged, and
            # is made anew with the index.
            self._file.execute("PRAGMA synchronous = OFF")
            self._file.executescript(_TABLES)

    def put(self, pk: int, signatures: Iterable[bytes], original: int | None) -> tuple[int | None, list[int]]:
        """Take note of an article; whose copy it is, and the articles of which that must be asked again.

        `signatures` are those of its text in each language, `original` is what the desk says it copies.
        """
        with _readable():
            known = b"".join(signatures)
            before, led_by = self._signatures(pk), self._leader(pk)
            leader = self._leader(original) if original is not None else self._alike(pk, known)
            if leader is None or leader == pk:
                leader = None
                self._file.execute("DELETE FROM copy WHERE pk = ?", [pk])
                if before != known:
                    self._forget_leader(pk)
                    self._file.execute("INSERT INTO leader VALUES (?, ?)", [pk, known])
                    self._file.executemany(
                        "INSERT OR IGNORE INTO band VALUES (?, ?)", ((band, pk) for band in _bands(known))
                    )
            else:
                if before is not None:
                    self._forget_leader(pk)
                self._file.execute("INSERT OR REPLACE INTO copy VALUES (?, ?, ?)", [pk, leader, original])
            has_moved = led_by != (leader or pk) or before not in (None, known)
            return leader, [other for other in self._copies(pk) if has_moved and other != pk]

    def remove(self, pk: int) -> list[int]:
        """Forget an article; those whose leader it was must be asked again."""
        with _readable():
            was_known = self._signatures(pk) is not None or self._leader(pk) != pk
            self._forget_leader(pk)
            self._file.execute("DELETE FROM copy WHERE pk = ?", [pk])
            return self._copies(pk) if was_known else []

    def commit(self) -> None:
        with _readable():
            self._file.commit()

    def close(self) -> None:
        with _readable():
            self._file.close()

    def _alike(self, pk: int, signatures: bytes) -> int | None:
        """The leader that it resembles most, where it resembles one enough."""
        bands = list(_bands(signatures))
        if not bands:
            return None
        places = ", ".join("?" * len(bands))
        candidates = self._file.execute(
            f"SELECT pk, count(*) FROM band WHERE hash IN ({places}) AND pk != ? GROUP BY pk "  # noqa: S608 - marks only
            "ORDER BY count(*) DESC, pk LIMIT ?",
            [*bands, pk, _MOST_COMPARED],
        ).fetchall()
        found = [
            (_nearest(signatures, self._signatures(other) or b""), -other) for other, _count in candidates
        ]
        best, other = max(found, default=(0.0, 0))
        return -other if best >= ENOUGH else None

    def _leader(self, original: int) -> int:
        row = self._file.execute("SELECT leader FROM copy WHERE pk = ?", [original]).fetchone()
        return row[0] if row else original

    def _copies(self, pk: int) -> list[int]:
        """Those that are shown under it, or would be by the desk's word."""
        rows = self._file.execute(
            "SELECT pk FROM copy WHERE leader = ? UNION SELECT pk FROM copy WHERE original = ? ORDER BY pk",
            [pk, pk],
        )
        return [pk for (pk,) in rows]

    def _signatures(self, pk: int) -> bytes | None:
        row = self._file.execute("SELECT signatures FROM leader WHERE pk = ?", [pk]).fetchone()
        return row[0] if row else None

    def _forget_leader(self, pk: int) -> None:
        signatures = self._signatures(pk)
        if signatures is None:
            return
        self._file.executemany(
            "DELETE FROM band WHERE hash = ? AND pk = ?", ((band, pk) for band in _bands(signatures))
        )
        self._file.execute("DELETE FROM leader WHERE pk = ?", [pk])


def _each(signatures: bytes) -> Iterator[bytes]:
    size = 2 * BINS
    for at in range(0, len(signatures), size):
        yield signatures[at : at + size]


def _bands(signatures: bytes) -> Iterator[int]:
    for one in _each(signatures):
        for band in range(_BANDS):
            rows = one[2 * _ROWS * band : 2 * _ROWS * (band + 1)]
            # Four bytes: among ten million bands one in four hundred meets a stranger, which is then compared for nothing.
            digest = hashlib.blake2b(bytes([band]) + rows, digest_size=4).digest()
            yield int.from_bytes(digest)


def _nearest(signatures: bytes, others: bytes) -> float:
    return max((resemblance(one, other) for one in _each(signatures) for other in _each(others)), default=0.0)
