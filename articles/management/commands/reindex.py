from __future__ import annotations

import sys
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.search import glossary, indexing, lexicon
from articles.search.engine import SearchUnavailable
from articles.search.folder import AlreadyRunning
from articles.search.outbox import Record
from articles.search.reader import newest_searcher
from articles.search.vectors import encoding

_SHOWN = 10
_COMPARED_AGAIN = 2


class Command(BaseCommand):
    help = (
        "Builds the search index of everything published beside the live one and lets it take its place. "
        "A running indexer goes on in the new one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Change nothing; compare every record of the index with the database and fail where they differ.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.check_index()
        else:
            self.rebuild()

    def rebuild(self) -> None:
        started = time.monotonic()
        last = 0.0
        total = 0

        def progress(done: int, of: int) -> None:
            nonlocal last, total
            total = done
            if sys.stderr.isatty() and time.monotonic() - last > 0.2:
                last = time.monotonic()
                self.stderr.write(f"\r{done} of {of} records", ending="")

        try:
            lexicon.refresh()
            glossary.refresh()
            indexing.rebuild(indexing.index_folder(), progress)
        except AlreadyRunning as reason:
            raise CommandError(f"{reason} Wait until it has finished.") from None
        if last:
            self.stderr.write("")
        self.stdout.write(f"{total} records indexed in {time.monotonic() - started:.1f} s.")
        # The words are searched already; meaning joins them text by text.
        if missing := encoding.missing():
            self.stdout.write(f"Search goes by words alone: {missing}.")
        else:
            call_command("encode", stdout=self.stdout, stderr=self.stderr)

    def check_index(self) -> None:
        try:
            # What was saved a moment ago may be on its way, or another process may have built the index anew meanwhile:
            # only what stays different is wrong.
            found, count = self._compared()
            for _round in range(_COMPARED_AGAIN if any(found.values()) else 0):
                found, count = self._compared()
                if not any(found.values()):
                    break
        except SearchUnavailable as reason:
            raise CommandError(str(reason)) from None
        if any(found.values()):
            listed = "; ".join(
                f"{len(records)} {what} ({indexing.first(records, _SHOWN)})"
                for what, records in found.items()
                if records
            )
            raise CommandError(f"The index differs from the database: {listed}. Run manage.py reindex.")
        self.stdout.write(f"The index holds what the database does: {count} records.")

    def _compared(self) -> tuple[dict[str, list[Record]], int]:
        """What differs, and how many records the newest state of the index holds."""
        indexing.catch_up()
        index = newest_searcher()
        return indexing.differences(index, at=timezone.now()), index.document_count
