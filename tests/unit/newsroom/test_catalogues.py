"""Catalogues compiled and checked without gettext."""

import gettext
import os
from pathlib import Path

import pytest

from newsroom import catalogues

HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {plural}\\n"

"""
SIX = "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
CLAIMS = ["لا ادعاءات", "ادعاء واحد", "ادعاءان", "%(n)s ادعاءات", "%(n)s ادعاءً", "%(n)s ادعاء"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "locale" / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    return folder


def written(folder: Path, messages: str, plural: str = SIX) -> Path:
    po = folder / "django.po"
    po.write_text(HEADER.format(language="ar", plural=plural) + messages, encoding="utf-8")
    return po


def plural_entry(forms: list[str]) -> str:
    lines = "\n".join(f'msgstr[{number}] "{form}"' for number, form in enumerate(forms))
    return f'msgid "%(n)s claim"\nmsgid_plural "%(n)s claims"\n{lines}\n'


def test_a_compiled_catalogue_speaks_arabic_in_six_forms(folder):
    po = written(folder, plural_entry(CLAIMS))

    assert catalogues.compile_stale([po]) == [po]

    said = gettext.translation("django", folder.parents[1], ["ar"])
    assert [said.ngettext("%(n)s claim", "%(n)s claims", n) for n in (0, 1, 2, 3, 11, 100)] == CLAIMS


def test_only_a_changed_file_is_compiled_also_when_an_older_one_comes_back(folder):
    po = written(folder, 'msgid "By"\nmsgstr "بقلم"\n')
    catalogues.compile_stale([po])

    assert catalogues.compile_stale([po]) == []
    os.utime(po, (1, 1))
    assert catalogues.compile_stale([po]) == [po]


def test_a_sound_catalogue_has_no_faults(folder):
    po = written(folder, plural_entry(CLAIMS) + '\nmsgid "By %(name)s"\nmsgstr "بقلم %(name)s"\n')

    assert list(catalogues.faults(po)) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "By"\nmsgstr ""\n', "“By” is not translated."),
        ('#, fuzzy\nmsgid "By"\nmsgstr "بقلم"\n', "is marked fuzzy"),
        ('msgid "By %(name)s"\nmsgstr "بقلم %(nom)s"\n', "needs the placeholders ['%(name)s']"),
        ('msgid "{count} left"\nmsgstr "بقي"\n', "needs the placeholders ['{count}']"),
        ('msgid "<b>By</b>"\nmsgstr "<b>بقلم"\n', "needs the placeholders"),
        (plural_entry(CLAIMS[:3]), "is not translated in all 6 plural forms."),
        (plural_entry([*CLAIMS[:5], ""]), "is not translated in all 6 plural forms."),
        (plural_entry([*CLAIMS[:5], "%(x)s"]), "its translation, form 5, has ['%(x)s']"),
        ('#~ msgid "By"\n#~ msgstr "بقلم"\n', "is obsolete"),
    ],
)
def test_what_a_translator_has_to_mend(folder, entry, fault):
    [found] = catalogues.faults(written(folder, entry))

    assert fault in found


def test_a_language_has_its_own_number_of_plural_forms(folder):
    [found] = catalogues.faults(written(folder, "", plural="nplurals=2; plural=(n != 1);"))

    assert "names 2 forms; ar has 6" in found


def test_a_file_that_cannot_be_read_is_named(folder):
    po = written(folder, 'msgid "By"\nmsgstr "بقلم"\n')
    po.write_bytes(po.read_bytes() + 'msgid "of"\nmsgstr "من"\n'.encode("cp1256"))

    with pytest.raises(catalogues.BrokenCatalogue, match=r"django\.po cannot be read"):
        list(catalogues.faults(po))
