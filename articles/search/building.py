"""Reading and analysing everything there is, on all processors where that is worth starting helpers for.

Analysis is most of the work of building an index. Helpers are processes of their own with their own connections; what they
make comes back in the order in which it was asked for, so an index does not depend on how many there are.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import batched
from typing import Any

from django.db import connection

from articles.search import helpers
from articles.search.documents import searchable_keys
from articles.search.engine import Kind

# A helper takes some seconds to start: below so many records one process alone is as fast.
WORTH_HELPERS = 20_000
MOST_HELPERS = 8
# Batches read ahead for each helper: enough to keep it busy, few enough to stay in memory.
_AHEAD = 3

type Fields = dict[str, Any]


def everything(total: int, batch: int) -> Iterator[tuple[int, list[Fields]]]:
    """What the index is to hold of all searchable records, a batch at a time, each with the number of records looked at."""
    batches = ((kind, keys) for kind in Kind for keys in batched(searchable_keys(kind), batch, strict=False))
    number = min(os.process_cpu_count() or 1, MOST_HELPERS) if total >= WORTH_HELPERS else 1
    if number == 1:
        for kind, keys in batches:
            yield len(keys), helpers.analysed(kind, keys)
        return
    # Not forked: the writer's threads and the connections of this process are not theirs.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        number, context, initializer=helpers.begin, initargs=(connection.settings_dict["NAME"],)
    )
    asked: deque[tuple[int, Future[list[Fields]]]] = deque()
    try:
        for kind, keys in batches:
            asked.append((len(keys), pool.submit(helpers.analysed, int(kind), keys)))
            if len(asked) >= number * _AHEAD:
                count, answer = asked.popleft()
                yield count, answer.result()
        while asked:
            count, answer = asked.popleft()
            yield count, answer.result()
    finally:
        pool.shutdown(cancel_futures=True)
