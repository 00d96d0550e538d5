"""The index as this process has it open: opened once, and again when the indexer has committed or swapped."""

from __future__ import annotations

import logging
import threading
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from articles.search.engine import SearchUnavailable
from articles.search.folder import IndexFolder
from articles.search.indexing import index_folder
from articles.search.tantivy_engine import TantivySearcher

logger = logging.getLogger(__name__)

# An index found damaged is built anew meanwhile.
_WAIT_FOR_NEWEST = 60.0


class _Reader:
    def __init__(self, folder: IndexFolder) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._state: tuple[Any, ...] | None = None
        self._searcher: TantivySearcher | None = None

    def searcher(self) -> TantivySearcher:
        """The newest commit; the last one that could be opened while the folder is missing or being replaced."""
        state = self.folder.state()
        if state != self._state and state is not None:
            with self._lock:
                self._reopen()
        if self._searcher is None:
            raise SearchUnavailable(
                f"There is no search index in {self.folder.path} yet; `manage.py indexer` builds it."
            )
        return self._searcher

    def is_newest(self) -> bool:
        """Whether what is open is what the folder holds now."""
        return self._state is not None and self._state == self.folder.state()

    def report_broken(self) -> None:
        if self._state is not None:
            self.folder.report_broken(self._state[0])

    def _reopen(self) -> None:
        # A generation may be replaced between looking and opening: then its successor is there.
        broken = ""
        for _attempt in range(3):
            state = self.folder.state()
            if state is None or state == self._state:
                return
            try:
                self._searcher = TantivySearcher(self.folder.path / state[0] / "index")
                self._state = state
                return
            except SearchUnavailable as error:
                logger.error("%s", error)
                broken = state[0]
        self.folder.report_broken(broken)


@lru_cache(maxsize=1)
def _reader(path: Path) -> _Reader:
    return _Reader(IndexFolder(path))


def searcher() -> TantivySearcher:
    """The newest state of the index; SearchUnavailable where there has been none since this process started."""
    return _reader(index_folder().path).searcher()


def newest_searcher() -> TantivySearcher:
    """What the folder holds now, never an older state that is still open; SearchUnavailable where it cannot be opened.

    A page is better answered from an older state than not at all, but a comparison with the database is not.
    """
    reader = _reader(index_folder().path)
    until = time.monotonic() + _WAIT_FOR_NEWEST
    while True:
        found = reader.searcher()
        if reader.is_newest():
            return found
        if time.monotonic() > until:
            raise SearchUnavailable(
                f"The newest state of the index in {reader.folder.path} cannot be opened."
            )
        time.sleep(0.05)


def report_broken() -> None:
    """Tell the indexer that what is open here could not be read; it builds the index anew."""
    _reader(index_folder().path).report_broken()
