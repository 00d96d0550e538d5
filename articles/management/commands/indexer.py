from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.search.folder import AlreadyRunning
from articles.search.following import follow
from articles.search.indexing import index_folder


class Command(BaseCommand):
    help = (
        "Keeps this machine's search index what the database says, until INT or TERM. "
        "One a machine: a second one refuses to start."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_signal: stop.set())
        try:
            follow(index_folder(), stop)
        except AlreadyRunning as reason:
            raise CommandError(str(reason)) from None
