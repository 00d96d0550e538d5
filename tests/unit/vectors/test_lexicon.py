"""Bilingual word lists, read where they are installed."""

import gzip
from pathlib import Path

import pytest

from articles.search import lexicon
from articles.search.lexicon import cldr, compiled, freedict
from newsroom.text.analysis import form_of
from newsroom.text.languages import ARABIC, ENGLISH
from newsroom.text.tokens import tokenize

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def stem(word: str) -> str:
    (token,) = tokenize(word)
    return form_of(token).stem


def write_dictionary(folder: Path, name: str, entries: dict[str, list[str]]) -> None:
    """In dictd's format: headword, place and length in base 64, tab by tab, and one text."""
    text, index = b"", []
    for word, meanings in {"00database-info": ["A dictionary"], **entries}.items():
        entry = "\n".join([f"{word} /ipa/", *meanings]).encode()
        index.append(f"{word}\t{digits(len(text))}\t{digits(len(entry))}")
        text += entry
    (folder / f"freedict-{name}.dict.dz").write_bytes(gzip.compress(text))
    (folder / f"freedict-{name}.index").write_text("\n".join(index), encoding="utf-8")


def digits(number: int) -> str:
    return (digits(number // 64) if number >= 64 else "") + DIGITS[number % 64]


@pytest.fixture
def dictionaries(tmp_path: Path, monkeypatch, settings) -> Path:
    """A folder for dictionaries in place of the system's, and one for the file made of them."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    monkeypatch.setenv("SEARCH_DICTIONARIES_DIR", str(tmp_path))
    return tmp_path


def test_dictionaries_of_the_system_are_read_both_ways(dictionaries):
    write_dictionary(dictionaries, "eng-ara", {"drone": ["1. طائرة مسيّرة", "2. مسيّرة، زنّانة"]})
    write_dictionary(dictionaries, "ara-eng", {"حرب": ["1. War", "2. Warfare"]})

    words = compiled(freedict(dictionaries))

    assert words[ENGLISH][stem("drones")] == [stem("زنانة"), stem("مسيّرة")]
    assert words[ENGLISH]["war"] == [stem("الحرب")]
    assert words[ARABIC][stem("مسيّرات")] == ["drone"]
    assert set(
        words[ARABIC][stem("حروب")] if stem("حروب") == stem("حرب") else words[ARABIC][stem("حرب")]
    ) == {
        "war",
        "warfar",
    }


@pytest.mark.parametrize("content", [b"", b"no gzip", gzip.compress(b"short", mtime=0)])
def test_a_damaged_dictionary_is_passed_over(dictionaries, content):
    (dictionaries / "freedict-eng-ara.dict.dz").write_bytes(content)
    (dictionaries / "freedict-eng-ara.index").write_text(
        "war\tA\tzzzz\nbroken line\nx\t!!\t??", encoding="utf-8"
    )

    assert list(freedict(dictionaries)) == []


def test_unicodes_data_knows_countries_months_and_languages():
    words = compiled(cldr())

    assert stem("العراق") in words[ENGLISH][stem("Iraq")]
    assert stem("أبريل") in words[ENGLISH][stem("April")]
    assert stem("French") in words[ARABIC][stem("الفرنسية")]


def test_the_file_is_made_once_and_again_when_a_dictionary_appears(dictionaries):
    assert lexicon.translations("war", ENGLISH) == ()

    assert lexicon.refresh()
    assert not lexicon.refresh()
    assert lexicon.translations(stem("Iraq"), ENGLISH)
    assert lexicon.translations("war", ENGLISH) == ()

    write_dictionary(dictionaries, "eng-ara", {"war": ["حرب"]})
    assert lexicon.refresh()
    assert lexicon.translations("war", ENGLISH) == [stem("حرب")]
