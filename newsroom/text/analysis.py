"""The one analysis that indexing, searching and highlighting share."""

from collections.abc import Iterator, Set
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from newsroom.text import arabic, english
from newsroom.text.fold import fold
from newsroom.text.languages import ARABIC, ENGLISH, UNDETERMINED
from newsroom.text.tokens import Token, placed, surfaces, tokenize

# A text of more words than this is a data file, not an article; its rest is not indexed.
MAX_INDEXED_WORDS = 200_000
# No word of either language is longer; what is longer is an address or noise.
MAX_WORD_CHARACTERS = 64
# Sets the stem of a function word apart from every other: ولا is not the stem of ولاية, nor «us» that of the U.S.
STOP_STEM = "="
_CACHED_WORDS = 131_072
# What a process remembers of the texts that it has indexed or marked, in some 70 MB: a large collection has hardly more.
_REMEMBERED_WORDS = 300_000


class Term(NamedTuple):
    """A word of a text: folded form, stem, place in the original, language by its script."""

    word: str
    stem: str
    start: int
    end: int
    language: str
    is_stop: bool


class _Form(NamedTuple):
    word: str
    stem: str
    language: str
    is_stop: bool


def analyse(text: str) -> list[Term]:
    """The words of the text that an index would hold, in order, stop words marked but kept."""
    return list(islice(_terms(text), MAX_INDEXED_WORDS))


def index_words(text: str) -> list[str]:
    """The folded words of the text. Word n here and stem n of `index_stems` are the same word of the text."""
    return [form.word for form in _forms(text)]


def index_stems(text: str) -> list[str]:
    """The stems of the text. A stop word keeps its place, under a stem that no other word has."""
    return [form.stem for form in _forms(text)]


def index_streams(text: str) -> tuple[list[str], list[str]]:
    """Words and stems in one pass over the text."""
    forms = list(_forms(text))
    return [form.word for form in forms], [form.stem for form in forms]


def query_stems(text: str) -> set[str]:
    """The stems worth looking for and marking: those of all words but stop words, or of all where there is nothing else."""
    terms = analyse(text)
    return {term.stem for term in terms if not term.is_stop} or {term.stem for term in terms}


def _terms(text: str) -> Iterator[Term]:
    for token in tokenize(text):
        form = form_of(token)
        if form.word:
            yield Term(form.word, form.stem, token.start, token.end, form.language, form.is_stop)


def _forms(text: str) -> Iterator[_Form]:
    known = (form for token in tokenize(text) if (form := form_of(token)).word)
    return islice(known, MAX_INDEXED_WORDS)


def word_and_stem(text: str) -> Iterator[tuple[str, str]]:
    """Word and stem of every word, the stem of a stop word empty: the same as of `analyse`, faster for whole texts."""
    remembered = _remembered
    for surface in surfaces(text):
        pair = remembered.get(surface) or _remember(surface)
        if pair[0]:
            yield pair


def places_of(text: str, wanted: Set[str]) -> Iterator[tuple[int, int, str]]:
    """Where words stand in the text whose folded form or stem is wanted, each with its stem (a stop word's is its form)."""
    remembered = _remembered
    found: dict[str, str] = {}
    words = surfaces(text)
    for surface in set(words):
        word, stem = remembered.get(surface) or _remember(surface)
        if word in wanted or stem in wanted:
            found[surface] = stem or word
    if found:
        yield from (
            (start, end, found[surface]) for surface, start, end in placed(words, text) if surface in found
        )


_remembered: dict[str, tuple[str, str]] = {}


def _remember(surface: str) -> tuple[str, str]:
    token = next(tokenize(surface))
    # Past the cache of `_form`: what is remembered here need not be there too.
    form = _form.__wrapped__(token.text[:MAX_WORD_CHARACTERS], token.script)
    if len(_remembered) >= _REMEMBERED_WORDS:
        _remembered.clear()
    pair = _remembered[surface] = form.word, "" if form.is_stop else form.stem
    return pair


def form_of(token: Token) -> _Form:
    """What the index holds of a token."""
    return _form(token.text[:MAX_WORD_CHARACTERS], token.script)


@lru_cache(maxsize=_CACHED_WORDS)
def _form(surface: str, script: str) -> _Form:
    # A few ligatures unfold into words with spaces between them, and an engine splits its stream at spaces.
    folded = "".join(fold(surface).split())[:MAX_WORD_CHARACTERS]
    if script == "arabic":
        folded = folded.replace(".", "")
        if arabic.is_stop_word(surface):
            return _Form(folded, STOP_STEM + arabic.stop_form(surface), ARABIC, True)
        return _Form(folded, arabic.stem(folded), ARABIC, False)
    if script == "latin":
        word = english.word(folded.replace(".", ""))
        is_stop = english.is_stop_word(folded.replace(".", ""), surface)
        return _Form(word, STOP_STEM + word if is_stop else english.stem(word), ENGLISH, is_stop)
    if script == "number":
        number = "".join(character for character in folded if character.isdigit())
        return _Form(number, number, UNDETERMINED, False)
    return _Form(folded, folded, UNDETERMINED, False)
