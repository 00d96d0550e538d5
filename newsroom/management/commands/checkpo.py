"""Check the translations: nothing missing, doubtful, left over or broken."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from newsroom import catalogues

SOURCES = ("newsroom", "people", "articles", "templates")


class Command(BaseCommand):
    help = (
        "Check every .po file: each message translated, in all plural forms, with its placeholders. Where gettext is "
        "installed, also that the files hold exactly the messages of the source."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        files = catalogues.catalogue_files()
        found = []
        for language, _ in settings.LANGUAGES:
            if not any(po.parent.parent.name == language for po in files):
                found.append(f"locale/{language}/ has no .po file.")
        try:
            for po in files:
                found += catalogues.faults(po)
            if shutil.which("xgettext"):
                found += _out_of_date(files)
            else:
                self.stdout.write("gettext is not installed: not compared with the source.")
        except catalogues.BrokenCatalogue as error:
            raise CommandError(str(error)) from error
        for fault in found:
            self.stdout.write(fault.replace(f"{settings.BASE_DIR}/", ""))
        if found:
            raise CommandError(f"{len(found)} faults in the translations.")


def _out_of_date(files: list[Path]) -> Iterator[str]:
    """Messages that the source has and a file lacks, or the other way round."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="isnad-messages-") as name:
        workshop = Path(name)
        # makemessages writes beside the sources it finds: it gets links to them, and files of its own to write to.
        for source in SOURCES:
            (workshop / source).symlink_to(settings.BASE_DIR / source)
        try:
            os.chdir(workshop)
            for po in files:
                yield from _compare(po, workshop)
        finally:
            os.chdir(before)


def _compare(po: Path, workshop: Path) -> Iterator[str]:
    language, domain = po.parent.parent.name, po.stem
    shutil.rmtree(workshop / "locale", ignore_errors=True)
    (workshop / "locale").mkdir()
    with override_settings(LOCALE_PATHS=[str(workshop / "locale")]):
        call_command("makemessages", locale=[language], domain=domain, symlinks=True, verbosity=0)
    made = workshop / "locale" / language / "LC_MESSAGES" / po.name
    wanted = catalogues.message_ids(made) if made.exists() else set()
    kept = catalogues.message_ids(po)
    for message in sorted(wanted - kept):
        yield f"{po}: “{message}” is missing: run `manage.py makemessages --all`."
    for message in sorted(kept - wanted):
        yield f"{po}: “{message}” is in no source any more: run `manage.py makemessages --all --no-obsolete`."
