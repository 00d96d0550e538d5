from __future__ import annotations

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.search.crossing import Crossing
from articles.search.vectors.encoder import EncoderMissing
from articles.search.vectors.encoding import CannotEncode, Encoding

_SHOWN_EVERY = 0.5


class Command(BaseCommand):
    help = (
        "Compares every article and claim with the vector of its meaning and encodes what is new or was changed. "
        "The indexer does the same by and by; this does it at once. Interrupted, it goes on where it was."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        started = shown = time.monotonic()

        def progress(done: int, of: int) -> None:
            nonlocal shown
            if sys.stderr.isatty() and time.monotonic() - shown > _SHOWN_EVERY:
                shown = time.monotonic()
                self.stderr.write(f"\r{done} of {of} records", ending="")

        try:
            made = Encoding().everything(progress)
            Crossing().everything()
        except (CannotEncode, EncoderMissing) as reason:
            raise CommandError(str(reason)) from None
        if shown > started:
            self.stderr.write("")
        self.stdout.write(f"{made} texts encoded in {time.monotonic() - started:.1f} s.")
