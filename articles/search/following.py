"""The indexer's life: woken by the database, never ended by it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone

from articles.search import glossary, lexicon, outbox
from articles.search.crossing import Crossing
from articles.search.folder import INDEXING, AlreadyRunning, IndexFolder
from articles.search.indexing import Follower
from articles.search.vectors.encoding import Encoding

logger = logging.getLogger(__name__)

# Without a notification the outbox is read this often (seconds): hours come, notifications can be lost.
LOOK_EVERY = 0.5
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 15.0
PRUNE_EVERY = 3600.0
# Encoding what was indexed takes turns of this length (seconds): a change that comes meanwhile waits no longer.
ENCODING_TURN = 0.2


def follow(folder: IndexFolder, stop: threading.Event) -> None:
    """Follow the database until `stop` is set; AlreadyRunning where another process does so at the start.

    A database that is away, a folder that is taken away or damaged, a generation swapped by `manage.py reindex`: the loop
    tries again with growing pauses and goes on where PostgreSQL says it stood.
    """
    pauses, pruning, encoding, crossing = _Pauses(), _Pruning(), Encoding(), Crossing()
    terms = glossary.Watching()
    has_started = False
    while not stop.is_set():
        try:
            with folder.locked(INDEXING) as lock:
                has_started = True
                with Follower(folder, lock) as follower, _doorbell() as bell:
                    follower.step()
                    # Words first: dictionaries that are new take seconds to read.
                    lexicon.refresh()
                    while not stop.is_set() and lock.is_held():
                        follower.step()
                        pruning.sometimes()
                        terms.sometimes()
                        pauses.begin_anew()
                        if follower.has_more:
                            continue
                        encoding.turn(ENCODING_TURN)
                        if encoding.has_more:
                            continue
                        crossing.turn(ENCODING_TURN)
                        if not crossing.has_more:
                            _wait(bell, stop)
            # The folder was taken away, or it is time to stop.
            continue
        except AlreadyRunning as reason:
            if not has_started:
                raise
            # Whoever took the lock of a new folder, `manage.py reindex --check` for one, is done in a moment.
            logger.info("%s", reason)
        except (DatabaseError, psycopg.Error) as error:
            logger.warning(
                "The database does not answer (%s); next attempt in %.1f s.", _first_line(error), pauses.next
            )
        except Exception:
            logger.exception("Indexing failed; next attempt in %.1f s.", pauses.next)
        finally:
            connection.close()
        pauses.wait(stop)


class _Pauses:
    """Between attempts: each twice as long as the last, up to LONGEST_PAUSE."""

    def __init__(self) -> None:
        self.next = SHORTEST_PAUSE

    def begin_anew(self) -> None:
        self.next = SHORTEST_PAUSE

    def wait(self, stop: threading.Event) -> None:
        stop.wait(self.next)
        self.next = min(self.next * 2, LONGEST_PAUSE)


@contextmanager
def _doorbell() -> Iterator[psycopg.Connection]:
    """A connection of its own, outside Django's pool, that hears of every committed change."""
    settings = {
        key: value for key, value in connection.get_connection_params().items() if key != "cursor_factory"
    }
    with psycopg.connect(**settings, autocommit=True) as bell:
        bell.execute(f"LISTEN {outbox.CHANNEL}")
        yield bell


def _wait(bell: psycopg.Connection, stop: threading.Event) -> None:
    """Until something changed, at most LOOK_EVERY; a signal sets `stop` and is seen at once or at the next look."""
    if stop.is_set():
        return
    for _change in bell.notifies(timeout=LOOK_EVERY, stop_after=1):
        return


class _Pruning:
    """Forgets old changes now and then; on a standby the primary does."""

    def __init__(self) -> None:
        self._next = 0.0

    def sometimes(self) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PRUNE_EVERY
        if not outbox.is_standby():
            outbox.prune(now=timezone.now())


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
