"""Translation catalogues: compiling .po files and telling what is wrong with them, without gettext."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings
from django.utils.translation.reloader import translation_file_changed

# %s, %(name)s, %d; {name}; the tags and line breaks of a message must come out again as they went in.
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdifr]|(?<!%)%%|\{\w*\}|</?\w+[^>]*>")
PLURAL_FORMS = {"ar": 6, "en": 2}


class BrokenCatalogue(Exception):
    """A .po file cannot be read; the message says where."""


def catalogue_files() -> list[Path]:
    """The .po files of the project."""
    return sorted(
        path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")
    )


def compile_stale(files: list[Path]) -> list[Path]:
    """Compile the .po files that changed since they were compiled, and have Django read them anew."""
    compiled = [po for po in files if _is_stale(po)]
    for po in compiled:
        _compile(po)
    for po in compiled:
        # Without it a running process keeps the catalogue that it had.
        translation_file_changed(sender=None, file_path=po.with_suffix(".mo"))
    return compiled


def faults(po: Path) -> Iterator[str]:
    """What a translator has to mend in the file, a sentence each."""
    language = po.parent.parent.name
    catalogue = _read(po)
    wanted = PLURAL_FORMS.get(language)
    if wanted is not None and catalogue.num_plurals != wanted:
        yield f"{po}: Plural-Forms names {catalogue.num_plurals} forms; {language} has {wanted}."
    for message in catalogue:
        if message.id:
            where = f"{po}:{message.lineno or '?'}: “{_first(message)}”"
            yield from (f"{where} {fault}" for fault in _message_faults(message, catalogue.num_plurals))
    for message in catalogue.obsolete.values():
        yield f"{po}: “{_first(message)}” is obsolete: remove it."


def message_ids(po: Path) -> set[str]:
    """The messages of the file, each with its context where it has one."""
    return {
        f"{message.context}: {_first(message)}" if message.context else _first(message)
        for message in _read(po)
        if message.id
    }


def _message_faults(message: Message, plural_forms: int) -> Iterator[str]:
    if message.fuzzy:
        yield "is marked fuzzy: check the translation and remove the mark."
    originals = list(message.id) if isinstance(message.id, list | tuple) else [message.id]
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    translations = [string or "" for string in strings]
    if not all(translations) or (len(originals) > 1 and len(translations) < plural_forms):
        forms = f" in all {plural_forms} plural forms" if len(originals) > 1 else ""
        yield f"is not translated{forms}."
        return
    allowed = [_placeholders(original) for original in originals]
    for number, translation in enumerate(translations):
        found = _placeholders(translation)
        # A plural form may leave the number out: «دقيقتان» says two without a figure.
        complete = found in allowed or (
            len(originals) > 1 and any(set(found) < set(each) for each in allowed)
        )
        if not complete:
            form = f", form {number}," if len(translations) > 1 else ""
            yield f"needs the placeholders {allowed[-1]}, its translation{form} has {found}."
        if (originals[0].startswith("\n"), originals[-1].endswith("\n")) != (
            translation.startswith("\n"),
            translation.endswith("\n"),
        ):
            yield "begins or ends with a line break, its translation does not, or the other way round."


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def _first(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, list | tuple) else message.id)


def _read(po: Path) -> Catalog:
    try:
        with po.open("rb") as file:
            return read_po(file, locale=po.parent.parent.name, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise BrokenCatalogue(f"{po} cannot be read: {error}") from error


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    # Equal, not newer: an older .po may come back with a change of branch.
    return not mo.exists() or mo.stat().st_mtime_ns != po.stat().st_mtime_ns


def _compile(po: Path) -> None:
    """Write the .mo beside its .po in one step: another process may be reading it."""
    changed = po.stat().st_mtime_ns
    catalogue = _read(po)
    with tempfile.NamedTemporaryFile(dir=po.parent, suffix=".mo.new", delete=False) as file:
        try:
            write_mo(file, catalogue)
            file.flush()
            Path(file.name).chmod(0o644)
            os.utime(file.name, ns=(changed, changed))
            Path(file.name).replace(po.with_suffix(".mo"))
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
