"""English words: possessives, British and American spelling, Snowball stems, stop words."""

import re
import threading
from functools import lru_cache

import snowballstemmer

from newsroom.text.data import rows

_CACHED_WORDS = 65_536
# Each thread has one of its own: a stemmer keeps the word that it is at in itself, and two words at once make neither's stem.
_own = threading.local()

_POSSESSIVE = re.compile(r"'s?$")
# The two spelling schools part in these places; which of the two is kept does not matter, for a stem is never shown.
_SPELLING_RULES = (
    (re.compile(r"(?<=\w{2})([iy])z(e[drs]?|ers|ing|ings|ations?|ational|able)$"), r"\1s\2"),
    (
        re.compile(
            r"^((?:dis|en|mis|un)?(?:arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od"
            r"|parl|ranc|rig|rum|sav|splend|succ|tum|val|vap|vig))our"
        ),
        r"\1or",
    ),
    (
        re.compile(
            r"^(cent|kilomet|centimet|millimet|met|lit|theat|fib|calib|sab|spect|amphitheat)re(s|d)?$"
        ),
        r"\1er\2",
    ),
    (re.compile(r"^(def|off|lic|pret)ence"), r"\1ense"),
    (re.compile(r"^(h)?ae(?=m|n|r(?!o)|s)"), r"\1e"),
    (re.compile(r"^(p|enclyclop|encyclop)aed"), r"\1ed"),
    (re.compile(r"(?<=[a-z])rrhoea"), "rrhea"),
    (re.compile(r"(?<=[a-z])aemi(a|c)"), r"emi\1"),
    (re.compile(r"(?<=[a-z]{3})ogue(s?)$"), r"og\1"),
)

# Written in capitals these are names, not the words they look like.
_CAPITALISED_NAMES = frozenset({"US", "WHO", "IT", "AL"})


def word(folded: str) -> str:
    """The word as the index holds it: without a possessive ending and without apostrophes."""
    return _POSSESSIVE.sub("", folded).replace("'", "").replace("`", "")


def is_stop_word(folded: str, surface: str = "") -> bool:
    """Whether the word says nothing about what a text is about. «US» and «U.S.» do, «us» does not."""
    if folded not in _stop_words():
        return False
    return not (surface in _CAPITALISED_NAMES or "." in surface)


@lru_cache(maxsize=_CACHED_WORDS)
def stem(folded: str) -> str:
    """The Snowball stem, the same for British and American spellings."""
    spelled = _spellings().get(folded, folded)
    for pattern, replacement in _SPELLING_RULES:
        spelled = pattern.sub(replacement, spelled)
    if not hasattr(_own, "stemmer"):
        _own.stemmer = snowballstemmer.stemmer("english")
    return _own.stemmer.stemWord(spelled)


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("english_spellings.tsv")}


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(word for row in rows("english_stop_words.tsv") for word in row[0].split())
