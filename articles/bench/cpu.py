"""Processor time of a question: of this process or another, and of the PostgreSQL backends that work for it.

Time on the wall says little on a machine that does other things beside. Linux counts what each process has run in
/proc/<pid>/schedstat; where that cannot be read, or PostgreSQL is on another machine, time on the wall is taken instead.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.db import connection


def of_process(pid: int) -> float:
    """Seconds that the process's threads have run so far; 0 where there is none any more."""
    total = 0.0
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        try:
            total += int((thread / "schedstat").read_text().split()[0]) / 1e9
        except (OSError, IndexError):
            continue
    return total


def with_children(pid: int) -> float:
    """Of the process and all processes below it."""
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        below.setdefault(parent, []).append(int(folder.name))
    waiting, total = [pid], 0.0
    while waiting:
        one = waiting.pop()
        total += of_process(one)
        waiting += below.get(one, [])
    return total


def backends() -> list[int]:
    """The process ids of the connections to this database; of other machines' servers none is found here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [pid for (pid,) in cursor.fetchall() if Path(f"/proc/{pid}/schedstat").exists()]


@lru_cache(maxsize=1)
def is_counted() -> bool:
    """Whether processor time can be read of both sides."""
    return bool(of_process(os.getpid())) and bool(backends())


def spent(run: Callable[[], object], *, pids: list[int]) -> float:
    """What `run` took of this process and of those."""
    if not is_counted():
        started = time.perf_counter()
        run()
        return time.perf_counter() - started
    before = time.process_time() + sum(map(of_process, pids))
    run()
    return time.process_time() + sum(map(of_process, pids)) - before
