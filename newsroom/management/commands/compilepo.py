"""Compile the translations; gettext need not be installed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom import catalogues


class Command(BaseCommand):
    help = "Compile the .po files that changed. `make run` and `make test` do it by themselves."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            compiled = catalogues.compile_stale(catalogues.catalogue_files())
        except catalogues.BrokenCatalogue as error:
            raise CommandError(str(error)) from error
        for po in compiled:
            self.stdout.write(f"Compiled {po}")
