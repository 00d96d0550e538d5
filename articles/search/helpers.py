"""A helper of `building`: a process of its own that reads and analyses. Nothing of Django is imported before it is set up."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from multiprocessing.connection import wait
from typing import Any


def begin(database: str) -> None:
    """What a helper does first; it works on that database, which may be a test's or a scratch one."""
    # The process that asked decides when it is time to stop, and takes its helpers with it however it ends.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database


def analysed(kind: int, keys: Sequence[int]) -> list[dict[str, Any]]:
    """The fields of the documents of those records, as the writer takes them."""
    from django.utils import timezone

    from articles.search.documents import documents
    from articles.search.engine import Kind
    from articles.search.tantivy_engine import fields_of

    return [fields_of(document) for document in documents(Kind(kind), keys, at=timezone.now())]


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
