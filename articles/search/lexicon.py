"""Word by word from one language into the other, by whatever bilingual word lists are at hand on this machine.

Sources, each read where it is installed and none of them copied into this repository:

- Unicode's CLDR as Babel brings it: countries, languages, months, days, currencies, units (Unicode licence).
- FreeDict's English–Arabic and Arabic–English dictionaries, where the system has them (Debian packages
  `dict-freedict-eng-ara` and `dict-freedict-ara-eng`, GPL).

They are read once into a small file beside the index, in stems, by the indexer or `manage.py reindex`; a worker loads that
file when it appears or changes. Without it words are not translated, and meaning is left to the vectors.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from babel import Locale
from babel import __version__ as babel_version

from articles.search.derived import DerivedFile
from articles.search.folder import version as analysis_version
from newsroom.text.analysis import form_of
from newsroom.text.languages import ARABIC, ENGLISH, LANGUAGES
from newsroom.text.tokens import tokenize

type Pair = tuple[str, str]
# By language, each word's stem with the stems of its translations, the surest first.
type Words = dict[str, dict[str, list[str]]]

# A part of what the file is made with: raise it when the same sources would give other words.
_VERSION = 1
# Of more translations the last are seldom meant.
MOST_TRANSLATIONS = 8
# Where the system keeps dictd's dictionaries, unless the environment names another folder.
DICTIONARIES = "/usr/share/dictd"
_BASE64 = {
    letter: value
    for value, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}
# An article or a particle beside the word; of more words there is hardly only one that says something.
_MOST_SPACES = 1
_NUMBERED = re.compile(r"^\s*\d+\.\s*")
_DIVIDES = re.compile(r"[,،;؛/]")

_file: DerivedFile[Words] = DerivedFile("lexicon.json", dict, empty={})


def translations(stem: str, language: str) -> Sequence[str]:
    """The stems in the other language that the word of this stem may stand for; empty where none is known."""
    return _file.content().get(language, {}).get(stem, ())


def refresh() -> bool:
    """Make the file anew where its sources or the analysis have changed; whether it was made."""
    made_from = _fingerprint()
    if _file.made_from() == made_from:
        return False
    _file.write(made_from, compiled(chain(cldr(), freedict(_dictionaries()))))
    return True


def compiled(pairs: Iterator[Pair]) -> Words:
    """English and Arabic expressions as stems of single words; what takes several words in a language is left out."""
    counted: dict[str, dict[str, Counter[str]]] = {language: defaultdict(Counter) for language in LANGUAGES}
    # A headword comes once for each of its meanings.
    last, ours = "", ""
    for english, arabic in pairs:
        if english != last:
            last, ours = english, _only_stem(english)
        for expression in _DIVIDES.split(arabic) if ours else ():
            if theirs := _only_stem(expression):
                counted[ENGLISH][ours][theirs] += 1
                counted[ARABIC][theirs][ours] += 1
    return {
        language: {
            stem: [word for word, _count in sorted(found.items(), key=lambda one: (-one[1], one[0]))][
                :MOST_TRANSLATIONS
            ]
            for stem, found in by_stem.items()
        }
        for language, by_stem in counted.items()
    }


def freedict(folder: Path) -> Iterator[Pair]:
    """The pairs of the FreeDict dictionaries in the folder, in dictd's format: an index of places in one compressed text."""
    for name, is_from_arabic in (("freedict-eng-ara", False), ("freedict-ara-eng", True)):
        try:
            text = gzip.decompress((folder / f"{name}.dict.dz").read_bytes())
            index = (folder / f"{name}.index").read_text(encoding="utf-8")
        except (OSError, EOFError, UnicodeDecodeError):
            continue
        for line in index.splitlines():
            word, *place = line.split("\t")
            if len(place) != 2 or word.startswith(("00database", "00-database")):
                continue
            start, length = map(_number, place)
            for meaning in text[start : start + length].decode("utf-8", "replace").split("\n")[1:]:
                if meaning := _NUMBERED.sub("", meaning).strip():
                    yield (meaning, word) if is_from_arabic else (word, meaning)


def cldr() -> Iterator[Pair]:
    """What Unicode's locale data calls countries, languages, months, days and currencies."""
    english, arabic = Locale(ENGLISH), Locale(ARABIC)
    for part in ("territories", "languages", "currencies"):
        theirs = getattr(arabic, part)
        for code, name in getattr(english, part).items():
            if code in theirs:
                yield name, theirs[code]
    for part in ("months", "days"):
        ours, theirs = getattr(english, part)["format"]["wide"], getattr(arabic, part)["format"]["wide"]
        for number, name in ours.items():
            yield name, theirs[number]


def _dictionaries() -> Path:
    return Path(os.environ.get("SEARCH_DICTIONARIES_DIR", DICTIONARIES))


def _only_stem(expression: str) -> str:
    if expression.count(" ") > _MOST_SPACES:
        return ""
    telling = [
        form.stem for token in tokenize(expression) if (form := form_of(token)).word and not form.is_stop
    ]
    return telling[0] if len(telling) == 1 else ""


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * 64 + _BASE64.get(digit, 0)
    return number


def _fingerprint() -> str:
    """What the file is made from: our own analysis, Babel's data, and the dictionaries that are installed."""
    files = sorted(_dictionaries().glob("freedict-*ara*"))
    parts = [
        _VERSION,
        analysis_version(),
        babel_version,
        *((file.name, file.stat().st_size) for file in files),
    ]
    return hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()
