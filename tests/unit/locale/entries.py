"""The project's catalogues, read once."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po
from django.conf import settings

LANGUAGES = ("ar", "en")
DOMAINS = ("django", "djangojs")


@dataclass(frozen=True)
class Entry:
    """A message with its translations; more than one where it has plural forms."""

    context: str
    originals: tuple[str, ...]
    translations: tuple[str, ...]
    is_fuzzy: bool

    @property
    def original(self) -> str:
        return self.originals[0]

    def __str__(self) -> str:
        return f"“{self.original}”" + (f" ({self.context})" if self.context else "")


def entries_of(po: Path, language: str) -> Iterator[Entry]:
    with po.open("rb") as file:
        for message in read_po(file, locale=language):
            if message.id:
                strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
                originals = message.id if isinstance(message.id, list | tuple) else (message.id,)
                yield Entry(
                    message.context or "", tuple(originals), tuple(s or "" for s in strings), message.fuzzy
                )


def project_po(language: str, domain: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / f"{domain}.po"


def our_entries(language: str, domain: str) -> list[Entry]:
    return list(entries_of(project_po(language, domain), language))
