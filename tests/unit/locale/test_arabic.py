"""The Arabic reads as a newspaper prints it: in Arabic words, Arabic punctuation, and each thing by its one name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import ngettext, override

from newsroom import catalogues
from tests.unit.locale.entries import DOMAINS, Entry, our_entries

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|{\w*}|</?\w+[^>]*>|\\[nt]|%25")
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_./:@-]*")
# Names of files, codes, fields, options and formats: a person types or meets them in Latin letters.
LATIN_ALLOWED = re.compile(
    r"UTF-8|UTF-16|cp1256|JSON|x|Q|Q796|DJANGO_ENV|txt|https?://\S*|example\.com|T14:30"
    r"|id|title|body|language|type|article|claim|ar|en|create-outlets|https"
    # Formats and programs have no Arabic name, keys are printed so, and codes are written as a table has them.
    r"|CSV|csv|XLSX|xlsx|Excel|Lines|manage\.py|import_articles|Alt|A|C|Z|yes|no|Kadhimi|transliteration"
)
ARABIC = "\u0621-\u064a"
BAD_TYPE = {
    "a Latin comma, semicolon or question mark after an Arabic word": re.compile(rf"[{ARABIC}»][,;?]"),
    "a space before a punctuation mark": re.compile(r"[^\S\n][،؛؟!.](?=\s|$)"),
    "quotation marks other than «»": re.compile(r"[“”„‘’]|(?<!\{)(?<!{\"id)\""),
    "tanwin before its alef instead of on it": re.compile("\u064bا"),
    "a stretched letter": re.compile("\u0640"),
    "Persian letters": re.compile("[\u06a9\u06cc\u06c0]"),
    "two spaces": re.compile(r"\S {2,}\S"),
}
# Hamzas and endings that hurried typing gets wrong.
MISSPELT = re.compile(
    r"\b(?:ال)?(?:إسم|إختر|إختيار|إضغط|إبدأ|إنتهى|إستيراد|إستمر|إقتباس|انشاء|انشئ|اضافة|ايضا|او|الى|اذا|ان شاء|"
    r"مسؤل|مسئول|شئ|الغاء|اعداد|اسماء|اخرى|اخر|لاكن|هاذا|خطاء|تم ال\w+ه)\b"
)


def translations() -> Iterator[tuple[Entry, str]]:
    for domain in DOMAINS:
        for entry in our_entries("ar", domain):
            for translation in entry.translations:
                yield entry, translation


def test_no_english_word_is_left_in_the_arabic() -> None:
    left = {
        str(entry): words
        for entry, translation in translations()
        if (words := [word for word in latin_words(translation) if not LATIN_ALLOWED.fullmatch(word)])
    }
    assert left == {}


def latin_words(translation: str) -> list[str]:
    return [word.rstrip(".:") for word in LATIN_WORD.findall(PLACEHOLDER.sub(" ", translation))]


@pytest.mark.parametrize("fault", BAD_TYPE)
def test_the_arabic_is_typed_as_it_is_printed(fault: str) -> None:
    assert [t for _entry, t in translations() if BAD_TYPE[fault].search(PLACEHOLDER.sub("x", t))] == []


def test_the_arabic_has_no_common_misspelling() -> None:
    assert [t for _entry, t in translations() if MISSPELT.search(t)] == []


def test_a_quotation_stays_a_quotation() -> None:
    unquoted = [
        str(entry) for entry, t in translations() if "“%" in entry.original and "«" not in t and "%" in t
    ]
    assert unquoted == []


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "لا أقوال"),
        (1, "قول واحد"),
        (2, "قولان"),
        (3, "3 أقوال"),
        (10, "10 أقوال"),
        (11, "11 قولاً"),
        (99, "99 قولاً"),
        (100, "100 قول"),
        (102, "102 قول"),
        (103, "103 أقوال"),
    ],
)
def test_a_noun_agrees_with_its_number(n: int, said: str) -> None:
    catalogues.compile_stale(catalogues.catalogue_files())
    with override("ar"):
        assert ngettext("%(n)s claim", "%(n)s claims", n) % {"n": n} == said


def test_the_interface_uses_the_words_of_the_glossary() -> None:
    """Where a term of docs/glossary.md is a message by itself, it is translated by the glossary's word."""
    messages: dict[str, set[str]] = {}
    for entry in our_entries("ar", "django"):
        messages.setdefault(entry.original.lower(), set()).update(bare(t) for t in entry.translations[:2])
    strange = {
        english: (arabic, sorted(messages[english]))
        for english, arabic in glossary()
        if english in messages and not messages[english] & {bare(word) for word in arabic}
    }
    assert strange == {}


def bare(arabic: str) -> str:
    """Without the article, vowel signs and emphasis, which depend on where a word stands."""
    return re.sub("[\u064b-\u0652]", "", arabic).removeprefix("ال")


def glossary() -> Iterator[tuple[str, list[str]]]:
    rows = (Path(settings.BASE_DIR) / "docs" / "glossary.md").read_text("utf-8").splitlines()
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if row.startswith("| ") and len(cells) == 3 and cells[1] != "العربية":
            english = [term.strip() for term in re.sub(r"\(.*?\)", "", cells[0]).split(",")]
            arabic = [word.strip() for word in re.split("،", re.sub(r"\(.*?\)", "", cells[1]))]
            if len(english) > 1 and len(english) == len(arabic):
                yield from ((e, [a]) for e, a in zip(english, arabic, strict=True))
            else:
                yield from ((e, arabic) for e in english)
