"""Django's makemessages with this project's habits, so that a catalogue changes only where a message did."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import makemessages


class Command(makemessages.Command):
    # A guess of gettext reads like a translation and is none.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(
            no_wrap=True,
            no_obsolete=True,
            add_location="file",
            ignore_patterns=["tests", "var", "node_modules"],
        )

    def write_po_file(self, potfile: str, locale: str) -> Any:
        super().write_po_file(potfile, locale)
        po = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        # The moment of the run would change every file on every run.
        text = re.sub(r'^"POT-Creation-Date: .*\n', "", po.read_text("utf-8"), flags=re.MULTILINE)
        po.write_text(text, "utf-8")
