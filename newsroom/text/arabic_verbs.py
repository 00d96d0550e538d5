"""Arabic verbs: which written forms may be past and present of one verb.

A headline tells in the present what its article tells in the past (يستعرض … واستعرض), and no ending joins the two: the
letters in front change. Letters alone do not tell a verb from a noun, so what comes back are *readings*; whoever asks keeps
those of which past and present are both in use.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_PREFORMATIVES = "يت"
_CONJUNCTIONS = "وف"
_FUTURE = "سل"
_PAST_ENDINGS = ("ت", "وا")
_PRESENT_ENDINGS = ("ون", "ان", "وا")
_WEAK = "وي"
# Shorter words are particles and pronouns.
_SHORTEST = 3
_CACHED_WORDS = 16_384


class Verb(NamedTuple):
    """Forms of a verb for "he", "she" and "they", folded; not all of them exist."""

    pasts: tuple[str, ...]
    presents: tuple[str, ...]


@lru_cache(maxsize=_CACHED_WORDS)
def verbs(folded: str) -> tuple[Verb, ...]:
    """The verbs of which the folded word may be a form, the shortest first; the word may be none of them."""
    if len(folded) < _SHORTEST:
        return ()
    pasts = {past for word in _without_clitics(folded) for past in (*_as_past(word), *_as_present(word))}
    return tuple(Verb(tuple(_pasts(past)), tuple(_presents(past))) for past in sorted(pasts, key=_by_length))


def _by_length(past: str) -> tuple[int, str]:
    return len(past), past


def _without_clitics(word: str) -> Iterator[str]:
    rests = [word]
    if word[0] in _CONJUNCTIONS and len(word) > _SHORTEST + 1:
        rests.append(word[1:])
    for rest in rests:
        yield rest
        # سيزور, ليحتل: before a present only.
        if rest[0] in _FUTURE and rest[1:2] and rest[1] in _PREFORMATIVES:
            yield rest[1:]


def _as_past(word: str) -> Iterator[str]:
    """The past of "he", if the word is a past."""
    yield word
    for ending in _PAST_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word.removesuffix(ending)


def _as_present(word: str) -> Iterator[str]:
    """The past of "he", if the word is a present."""
    if word[0] not in _PREFORMATIVES:
        return
    bare = word[1:]
    yield from _past_of(bare, word[0])
    for ending in _PRESENT_ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _SHORTEST - 1:
            yield from _past_of(bare.removesuffix(ending), word[0])


def _past_of(bare: str, preformative: str) -> Iterator[str]:
    if len(bare) < _SHORTEST:
        # يصل is of وصل, يشن of شن.
        if preformative == "ي" and len(bare) == _SHORTEST - 1:
            yield from ("و" + bare, bare)
        return
    for stem in _long_vowels(bare):
        # يطلق is of أطلق, يستعرض of استعرض; يؤكد of أكد, whose alef carries the hamza.
        yield "ا" + (stem[1:] if stem[0] == "ء" else stem)
        # «توقع» is rather "he expected" than "she falls": ت begins as many verbs as it begins presents.
        if preformative == "ي" or stem[0] == "ت":
            yield stem


def _long_vowels(bare: str) -> Iterator[str]:
    """The letters of a present, and those of the past where a long vowel changes: يقول and قال, يدعو and دعا."""
    yield bare
    if bare[-2] in _WEAK:
        yield f"{bare[:-2]}ا{bare[-1]}"
    if bare[-1] == "و":
        yield bare[:-1] + "ا"


def _pasts(past: str) -> Iterator[str]:
    yield past
    yield from (past + ending for ending in _PAST_ENDINGS)


def _presents(past: str) -> Iterator[str]:
    bares = [past]
    if past[0] == "ا" and len(past) > _SHORTEST:
        bares = [past[1:]]
    elif past[0] == "ا" and len(past) == _SHORTEST:
        bares = ["ء" + past[1:]]
    elif past[0] == "و" and len(past) == _SHORTEST:
        bares = [past[1:], past]
    for bare in bares:
        written = [bare]
        if len(bare) >= _SHORTEST and bare[-2] == "ا":
            written += [f"{bare[:-2]}{vowel}{bare[-1]}" for vowel in _WEAK]
        if len(bare) >= _SHORTEST and bare[-1] == "ا":
            written.append(bare[:-1] + "و")
        yield from (preformative + one for one in written for preformative in _PREFORMATIVES)
