"""Keeping the index what PostgreSQL says: following changes, building anew, and comparing the two."""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import batched, islice
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from articles.search import building, outbox
from articles.search.copies import has_copies
from articles.search.documents import documents, searchable_keys, searchable_total
from articles.search.engine import Kind, SearchUnavailable
from articles.search.folder import (
    INDEXING,
    REBUILDING,
    AlreadyRunning,
    Followed,
    IndexFolder,
    Lock,
    read_followed,
    version,
    write_followed,
)
from articles.search.marking import MarkingWriter
from articles.search.tantivy_engine import BUILDING_MEMORY, TantivySearcher

logger = logging.getLogger(__name__)

BATCH = 200
# What is committed becomes findable, so a long run of changes is committed at least this often (seconds).
COMMIT_EVERY = 1.0
# How far an idle index has followed is written down this often (seconds), well within what the outbox keeps.
WRITE_DOWN_EVERY = 60.0
_WAIT_FOR_ANOTHER = 60.0
# A folder may be taken away file by file, and what was just built anew in it go with the rest.
_ATTEMPTS = 3

type Progress = Callable[[int, int], None]


def index_folder() -> IndexFolder:
    return IndexFolder(Path(settings.SEARCH_INDEX_DIR))


def catch_up() -> int:
    """Index every change committed so far and return how many records that were.

    Where an indexer runs, wait until it has done so. An index that is missing or useless is built first.
    """
    folder, wanted = index_folder(), outbox.snapshot()
    until = time.monotonic() + _WAIT_FOR_ANOTHER
    while True:
        try:
            with folder.locked(INDEXING) as lock, Follower(folder, lock) as follower:
                return follower.catch_up()
        except AlreadyRunning as reason:
            if _has_followed(folder, wanted):
                return 0
            if time.monotonic() > until:
                raise SearchUnavailable(
                    f"{reason} It did not follow within {_WAIT_FOR_ANOTHER:.0f} seconds."
                ) from None
        # Whoever had the lock may have ended, or lost it with the folder: then this process does the work.
        time.sleep(0.05)


def rebuild(folder: IndexFolder, progress: Progress = lambda done, total: None) -> Path:
    """Build an index of everything beside the live one and let it take its place; changes meanwhile are followed later."""
    with folder.locked(REBUILDING):
        followed = Followed(outbox.snapshot(), timezone.now(), outbox.database(), version())
        # What an interrupted build left behind.
        folder.remove_others(folder.current())
        generation = folder.new_generation()
        done, total = 0, searchable_total()
        writer = MarkingWriter(generation, memory=BUILDING_MEMORY)
        for count, ready in building.everything(total, BATCH):
            for fields in ready:
                writer.add_fields(fields)
            done += count
            progress(done, total)
        while again := writer.asked_again():
            _put(writer, Kind.ARTICLE, again)
        writer.commit()
        writer.close()
        write_followed(generation, followed)
        folder.make_current(generation)
    return generation


@dataclass(slots=True)
class _Live:
    """The generation being written, and how far it has followed."""

    generation: Path
    writer: MarkingWriter
    followed: Followed


class Follower:
    """Follows the outbox into the current generation; only the holder of the indexing lock has one.

    A folder that is taken away takes the lock with it: a step then raises AlreadyRunning rather than write beside the
    process that may hold the new one.
    """

    def __init__(self, folder: IndexFolder, lock: Lock) -> None:
        self._folder, self._lock = folder, lock
        self._live: _Live | None = None
        # Whether what was followed goes beyond what is written down, and since when that stands there.
        self._has_moved, self._written_down = False, 0.0
        # Insertion order: the newest change is taken first, so that no edit waits behind an import.
        self._pending: dict[outbox.Record, None] = {}

    def __enter__(self) -> Follower:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def has_more(self) -> bool:
        """Whether changes that are known wait for the next step."""
        return bool(self._pending)

    def close(self) -> None:
        live, self._live = self._live, None
        self._pending.clear()
        if live is not None:
            try:
                live.writer.close()
            except (ValueError, OSError) as error:
                logger.warning("The index writer did not close cleanly: %s", error)

    def catch_up(self) -> int:
        """Follow until nothing is left to do."""
        done = self.step()
        while self._pending:
            done += self.step()
        return done

    def step(self) -> int:
        """Read what changed, index for at most COMMIT_EVERY seconds, commit; how many records were looked at."""
        for attempt in range(_ATTEMPTS):
            try:
                return self._step()
            except (ValueError, OSError) as error:
                # The folder was taken away or damaged under the writer. What it held is in the database all the same.
                if self._live is not None:
                    self._folder.report_broken(self._live.generation.name)
                self.close()
                if attempt == _ATTEMPTS - 1:
                    raise
                logger.warning("The search index cannot be written (%s): it is built anew.", error)
        raise AssertionError

    def _step(self) -> int:
        live = self._read_changes(self._opened())
        done = self._index_pending(live.writer)
        if time.monotonic() - self._written_down > WRITE_DOWN_EVERY:
            self._has_moved = True
        if not self._pending and self._has_moved:
            write_followed(live.generation, live.followed)
            self._has_moved, self._written_down = False, time.monotonic()
        return done

    def _opened(self) -> _Live:
        current = self._folder.current()
        if self._live is not None and current == self._live.generation and not _is_broken(current):
            return self._live
        self.close()
        followed = usable(current)
        if followed is None:
            logger.info("Building the search index in %s.", self._folder.path)
            current = rebuild(self._folder)
            followed = read_followed(current)
        if current is None or followed is None:
            raise SearchUnavailable(f"The search index in {self._folder.path} vanished while it was opened.")
        self._live = _Live(current, self._writer(current), followed)
        return self._live

    def _writer(self, generation: Path) -> MarkingWriter:
        if not self._lock.is_held():
            raise AlreadyRunning(f"The folder {self._folder.path} was taken away, and with it the lock.")
        try:
            return MarkingWriter(generation)
        except ValueError as error:
            # Tantivy's own lock: whoever lost the folder's a moment ago has not noticed yet.
            if "LockBusy" in str(error):
                raise AlreadyRunning(f"Another process still writes to {generation}.") from error
            raise

    def _read_changes(self, live: _Live) -> _Live:
        now = timezone.now()
        try:
            changes = outbox.changes_since(live.followed.snapshot)
        except outbox.TooFarBehind as reason:
            return self._read_changes(self._rebuilt(str(reason)))
        if changes.is_everything:
            return self._read_changes(self._rebuilt("A table was emptied."))
        due = outbox.became_public(after=live.followed.at, until=now)
        for record in sorted(changes.records | due):
            self._pending.pop(record, None)
            self._pending[record] = None
        self._has_moved |= not changes.is_nothing or bool(due)
        live.followed = replace(live.followed, snapshot=changes.snapshot, at=now)
        return live

    def _rebuilt(self, reason: str) -> _Live:
        logger.warning("%s The search index is built anew.", reason)
        self.close()
        rebuild(self._folder)
        return self._opened()

    def _index_pending(self, writer: MarkingWriter) -> int:
        done, started = 0, time.monotonic()
        while self._pending and (not done or time.monotonic() - started < COMMIT_EVERY):
            batch = [self._pending.popitem()[0] for _ in range(min(BATCH, len(self._pending)))]
            for kind in Kind:
                _put(writer, kind, [pk for of_kind, pk in batch if of_kind is kind])
            self._pending |= {(Kind.ARTICLE, pk): None for pk in writer.asked_again()}
            done += len(batch)
        if done:
            writer.commit()
        return done


def _put(writer: MarkingWriter, kind: Kind, keys: Sequence[int]) -> None:
    """Make the index hold of these records what the database does: the published ones, and no other."""
    gone = set(keys)
    for document in documents(kind, keys, at=timezone.now()) if keys else ():
        writer.put(document)
        gone.discard(document.pk)
    for pk in gone:
        writer.remove(kind, pk)


def _is_broken(generation: Path | None) -> bool:
    return generation is not None and (generation / "broken").exists()


def usable(generation: Path | None) -> Followed | None:
    """How far the generation has followed this database, or None where it must be built anew."""
    if generation is None or _is_broken(generation):
        return None
    followed = read_followed(generation)
    if followed is None or followed.database != outbox.database() or not has_copies(generation):
        return None
    if followed.at < timezone.now() - outbox.KEPT + datetime.timedelta(hours=1):
        return None
    try:
        TantivySearcher(generation / "index").probe()
    except SearchUnavailable as reason:
        logger.warning("%s", reason)
        return None
    return followed


def _has_followed(folder: IndexFolder, wanted: str) -> bool:
    """Whether what is searched holds everything that the snapshot shows."""
    generation = folder.current()
    # One that is reported broken is about to be built anew, whatever it has followed.
    if generation is None or _is_broken(generation):
        return False
    followed = read_followed(generation)
    return followed is not None and not outbox.has_changes_between(followed.snapshot, wanted)


def differences(searcher: TantivySearcher, *, at: datetime.datetime) -> dict[str, list[outbox.Record]]:
    """Records that are missing from the index, should not be in it, or are in it with other content."""
    indexed = {(kind, pk): fingerprint for kind, pk, fingerprint in searcher.contents()}
    missing, different = [], []
    for kind in Kind:
        for keys in batched(searchable_keys(kind), BATCH, strict=False):
            for document in documents(kind, keys, at=at):
                fingerprint = indexed.pop((kind, document.pk), None)
                if fingerprint is None:
                    missing.append((kind, document.pk))
                elif fingerprint != document.fingerprint():
                    different.append((kind, document.pk))
    return {"missing": missing, "superfluous": sorted(indexed), "different": different}


def first(records: Iterable[outbox.Record], count: int) -> str:
    return ", ".join(f"{kind.code} {pk}" for kind, pk in islice(records, count))
