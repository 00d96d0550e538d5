"""What Django and the libraries say at the desk is Arabic too, though their own Arabic has gaps."""

import re
from collections.abc import Iterator
from pathlib import Path

import django
import django_filters
import modeltranslation
import pytest
import simple_history
from babel.messages.extract import extract_from_dir

from tests.unit.locale.entries import entries_of, our_entries

DJANGO = Path(django.__file__).parent
CATALOGUES = [
    ("conf", "django"),
    ("contrib/admin", "django"),
    ("contrib/admin", "djangojs"),
    ("contrib/auth", "django"),
    ("contrib/contenttypes", "django"),
    ("contrib/postgres", "django"),
    ("contrib/sessions", "django"),
]
TRANSLATED_TAG = re.compile(r"""{%-?\s*trans(?:late)?\s+(["'])(?P<message>.+?)\1""")
# Never shown here: forms of a REST framework, which this site does not use.
NOT_SHOWN = {"Submit", "Field filters"}


def arabic_of(folder: Path, domain: str) -> set[tuple[str, str]]:
    po = folder / "locale" / "ar" / "LC_MESSAGES" / f"{domain}.po"
    if not po.exists():
        return set()
    return {
        (entry.context, entry.original)
        for entry in entries_of(po, "ar")
        if all(entry.translations) and not entry.is_fuzzy
    }


@pytest.mark.parametrize(("folder", "domain"), CATALOGUES)
def test_our_arabic_fills_the_gaps_of_djangos(folder: str, domain: str) -> None:
    english = DJANGO / folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    said = {(entry.context, entry.original) for entry in entries_of(english, "en")}
    ours = {(entry.context, entry.original) for entry in our_entries("ar", domain)}
    assert said - arabic_of(DJANGO / folder, domain) - ours == set()


@pytest.mark.parametrize("library", [django_filters, modeltranslation, simple_history])
def test_our_arabic_fills_the_gaps_of_the_libraries(library: object) -> None:
    folder = Path(library.__file__).parent
    known = arabic_of(folder, "django")
    for place, domain in CATALOGUES:
        known |= arabic_of(DJANGO / place, domain)
    known |= {(entry.context, entry.original) for entry in our_entries("ar", "django")}
    assert set(messages_of(folder)) - {original for _, original in known} - NOT_SHOWN == set()


def messages_of(folder: Path) -> Iterator[str]:
    """The messages that the library's Python and templates ask a translation for."""
    for _file, _line, message, _comments, _context in extract_from_dir(
        folder, method_map=[("tests/**", "ignore"), ("**.py", "python")], directory_filter=lambda _name: True
    ):
        yield message[0] if isinstance(message, tuple) else message
    for template in folder.rglob("*.html"):
        for match in TRANSLATED_TAG.finditer(template.read_text("utf-8")):
            yield match["message"]
