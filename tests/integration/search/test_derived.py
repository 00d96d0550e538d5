"""The files beside the index that are made from something else: whatever becomes of one, search goes on and it is made anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from articles.search import crossing, glossary, lexicon
from articles.search.crossing import Crossing
from articles.search.derived import DerivedFile, replace_file
from tests.builders import a_public_article, a_term

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Made:
    """One of the files: what makes it unless it stands, and whether a worker knows what it holds."""

    file: DerivedFile
    make: Callable[[], bool]
    is_known: Callable[[], bool]


FILES = {
    "lexicon.json": Made(lexicon._file, lexicon.refresh, lambda: bool(lexicon.translations("war", "en"))),
    "glossary.json": Made(glossary._file, glossary.refresh, lambda: glossary.glossary().knows("quadcopt")),
    "crossing.json": Made(
        crossing._file, lambda: Crossing().everything(), lambda: bool(crossing.sounding("Rhosus", "en"))
    ),
}
DAMAGE: dict[str, Callable[[bytes], bytes | None]] = {
    "lost": lambda content: None,
    "empty": lambda content: b"",
    "cut short in its first line": lambda content: content[:10],
    "cut short": lambda content: content[:-20],
    "with one letter changed": lambda content: content[:-12] + b"~" + content[-11:],
    "of another form": lambda content: b'{"made_from": "elsewhere", "words": {}}',
    "no text": lambda content: b"\xff\x00" * 40,
}


@pytest.fixture(params=FILES)
def made(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Made:
    """One of the files in a newsroom that gives each of them something to hold."""
    monkeypatch.setattr(lexicon, "cldr", lambda: iter([("war", "حرب")]))
    a_term("درون", "quadcopter")
    a_public_article(headline_ar="خبر", body_ar="وصلت السفينة روسوس إلى المرفأ.", original_language="ar")
    return FILES[request.param]


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_says_nothing_and_is_made_anew(made, damage):
    assert not made.is_known()
    assert made.make()
    assert made.is_known()
    assert not made.make()

    left = damage(made.file.path.read_bytes())
    made.file.path.unlink()
    if left is not None:
        made.file.path.write_bytes(left)

    assert not made.is_known()
    assert made.make()
    assert made.is_known()


def test_a_writer_that_is_stopped_leaves_the_file_as_it_was(made, monkeypatch):
    made.make()
    before = made.file.path.read_bytes()

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("articles.search.derived.os.fsync", full_disk)
        with pytest.raises(OSError, match="No space left"):
            made.file.write("something else", {})

    assert made.file.path.read_bytes() == before
    assert made.is_known()
    assert not list(made.file.path.parent.glob("*.new"))


def test_a_new_file_is_read_even_where_the_clock_did_not_move():
    file: DerivedFile[dict] = DerivedFile("words.json", dict, empty={})
    for made_from, content in (("a", {"word": 1}), ("b", {"word": 2})):
        file.write(made_from, content)
        os.utime(file.path, ns=(1, 1))

        assert (file.made_from(), file.content()) == (made_from, content)


def test_what_is_written_is_the_old_text_or_the_new(tmp_path: Path):
    path = tmp_path / "CURRENT"
    replace_file(path, "old")
    replace_file(path, "new")

    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]
