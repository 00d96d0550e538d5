"""Import articles and claims from files: `manage.py import_articles PATH… [--publish]`."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from articles.importing.folders import Found, find_files, shown_name
from articles.importing.loading import FileResult, Importer, Options
from articles.importing.matching import Ambiguous, OutletMatcher
from articles.importing.told import counted, notices
from articles.models import Outlet
from newsroom.text.languages import LANGUAGES, environment_language

MOST_OTHERS_NAMED = 10
BAR_WIDTH = 30
# Seconds between two signs of life: on a terminal, and in a log.
TERMINAL_EVERY, LOG_EVERY = 0.2, 10.0


class Command(BaseCommand):
    help = (
        "Imports articles and claims from .jsonl, .csv, .txt and .html files and from folders of them. A file is imported "
        "whole or not at all; what was imported before is found by its id and left as it is."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")
        parser.add_argument(
            "--publish", action="store_true", help="publish what is complete; otherwise drafts are made"
        )
        parser.add_argument(
            "--outlet",
            metavar="NAME",
            help="publisher of what names none itself: a name of it, or its public id",
        )
        parser.add_argument(
            "--create-outlets", action="store_true", help="add outlets that rows name and nobody knows"
        )
        parser.add_argument(
            "--language", choices=LANGUAGES, default="", help="language of rows that state none"
        )
        parser.add_argument("--dry-run", action="store_true", help="check and report; write nothing")
        parser.add_argument("--report", choices=["text", "json"], default="text", help="form of the report")
        parser.add_argument(
            "--locale", choices=LANGUAGES, help="language of the report (by default the environment's)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["locale"] or environment_language()):
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        found = find_files(options["paths"])
        importer = Importer(
            Options(
                at=timezone.now(),
                language=options["language"],
                outlet=_outlet(options["outlet"]),
                publish=options["publish"],
                create_outlets=options["create_outlets"],
                dry_run=options["dry_run"],
            )
        )
        results = []
        for path in found.files:
            progress = Progress(self.stderr._out, path, quiet=options["verbosity"] == 0)
            result = importer.import_file(path, name=shown_name(path), advanced=progress.advanced)
            progress.finish()
            results.append(result)
            if options["report"] == "text":
                self._tell_file(result, verbosity=options["verbosity"])
        if options["report"] == "json":
            self.stdout.write(
                json.dumps(_as_json(found, results, options["dry_run"]), ensure_ascii=False, indent=2)
            )
        else:
            self._tell_rest(found, results, dry_run=options["dry_run"])
        failed = len(found.problems) + sum(result.failed for result in results)
        if failed:
            raise CommandError(
                ngettext("%(count)s file was not imported.", "%(count)s files were not imported.", failed)
                % {"count": failed}
            )

    def _tell_file(self, result: FileResult, *, verbosity: int) -> None:
        for problem in result.problems:
            self.stderr.write(str(problem), self.style.ERROR)
        if result.stopped_early:
            self.stderr.write(
                _("%(file)s: stopped after so many problems; there may be more.") % {"file": result.name},
                self.style.ERROR,
            )
        if result.failed or not verbosity:
            return
        for notice in notices(result):
            self.stdout.write(notice, self.style.WARNING)
        if left := result.notices_left_out:
            self.stdout.write(
                ngettext("%(count)s more notice.", "%(count)s more notices.", left) % {"count": left},
                self.style.WARNING,
            )

    def _tell_rest(self, found: Found, results: list[FileResult], *, dry_run: bool) -> None:
        for problem in found.problems:
            self.stderr.write(str(problem), self.style.ERROR)
        if others := len(found.others):
            named = ", ".join(shown_name(path) for path in found.others[:MOST_OTHERS_NAMED])
            sentence = ngettext(
                "%(count)s file of another kind was left out: %(names)s",
                "%(count)s files of other kinds were left out: %(names)s",
                others,
            )
            more = " …" if others > MOST_OTHERS_NAMED else ""
            self.stdout.write(sentence % {"count": others, "names": named} + more, self.style.WARNING)
        for _count, sentence in counted(results):
            self.stdout.write(sentence)
        if dry_run:
            self.stdout.write(_("This was a trial: nothing was written."), self.style.WARNING)


class Progress:
    """How far a long file is: a bar on a terminal, a line now and then elsewhere, nothing for short files."""

    def __init__(self, out: Any, path: Path, *, quiet: bool) -> None:
        self.out, self.path, self.quiet = out, path, quiet
        self.is_terminal = bool(getattr(out, "isatty", lambda: False)())
        self.every = TERMINAL_EVERY if self.is_terminal else LOG_EVERY
        try:
            self.total = path.stat().st_size
        except OSError:
            self.total = 0
        self.started = self.told = time.monotonic()
        self.shown = False

    def advanced(self, done: int, rows: int) -> None:
        now = time.monotonic()
        if self.quiet or not self.total or now - self.told < self.every:
            return
        self.told, self.shown = now, True
        share = min(done / self.total, 1)
        text = _("%(file)s: %(percent)s %%, %(rows)s rows, %(seconds)s s") % {
            "file": shown_name(Path(self.path.name)),
            "percent": int(share * 100),
            "rows": rows,
            "seconds": int(now - self.started),
        }
        if self.is_terminal:
            bar = ("#" * round(share * BAR_WIDTH)).ljust(BAR_WIDTH, "·")
            # The bar runs from left to right in every language.
            self.out.write(f"\r\u2066[{bar}]\u2069 {text}\x1b[K")
        else:
            self.out.write(f"{text}\n")
        self.out.flush()

    def finish(self) -> None:
        if self.shown and self.is_terminal:
            self.out.write("\r\x1b[K")
            self.out.flush()


def _outlet(name: str | None) -> Outlet | None:
    if not name:
        return None
    try:
        outlet = OutletMatcher().named(name)
    except Ambiguous:
        raise CommandError(
            _("Several outlets are called “%(name)s”; give the public id of one.") % {"name": name}
        ) from None
    if outlet is None:
        raise CommandError(_("No outlet is called “%(name)s”. Add it in the admin first.") % {"name": name})
    return outlet


def _as_json(found: Found, results: list[FileResult], dry_run: bool) -> dict[str, Any]:
    def told(items: list[Any]) -> list[dict[str, Any]]:
        return [
            {
                "file": item.place.file,
                "line": item.place.line,
                "column": item.place.column,
                "byte": item.place.byte,
                "code": item.message.code,
                "message": str(item.message),
            }
            for item in items
        ]

    return {
        "dry_run": dry_run,
        "files": [
            {
                "file": result.name,
                "imported": not result.failed,
                # What a failed file would have brought was taken back with it.
                "articles": 0 if result.failed else result.articles,
                "claims": 0 if result.failed else result.claims,
                "published": 0 if result.failed else result.published,
                "unchanged": 0 if result.failed else result.unchanged,
                "problems": told(result.problems),
                "notices": told(result.notices),
            }
            for result in results
        ],
        "problems": told(found.problems),
        "left_out": [shown_name(path) for path in found.others],
    }
