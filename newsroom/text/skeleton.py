"""The sound of a name, so that spellings of it meet across scripts: Kanburoglu and «كانبوراوغلو».

Method. A word is read as a row of spellings of one sound each ("sh", "kh", «تش»), and two rows are compared by an edit
distance whose costs say how a sound is written in the other script: after Editex (J. Zobel and P. Dart, Phonetic String
Matching, SIGIR 1996), which gives letters of one sound a smaller cost, with groups that lie across the two scripts.
`data/sounds.tsv` holds them; spellings of one script are compared by the letters of the other that they share. Vowels,
which Arabic writes or leaves out, cost little. Names to compare are found by exact keys: the consonants in groups as
Soundex has them, each also with one of them left out (T. Bocek, E. Hunt and B. Stiller, Fast Similarity Search in Large
Dictionaries, 2007), so that one consonant heard or written otherwise is forgiven.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import islice, pairwise, product
from typing import NamedTuple

from newsroom.text.data import rows
from newsroom.text.fold import fold
from newsroom.text.names import name_key
from newsroom.text.tokens import tokenize

_CACHED_WORDS = 65_536
# No name is longer; of what is longer the beginning is compared.
MAX_NAME_CHARACTERS = 200
MAX_NAME_WORDS = 8
_MAX_WORD_CHARACTERS = 24

# What a letter costs when it is written as that spelling usually, sometimes or rarely is; any other costs _UNLIKE.
_TIERS = (0.0, 0.25, 0.55)
_UNLIKE = 1.0
# Two spellings of one script that share a letter of the other ("q" and "k") cost this more.
_AKIN = 0.15
# What it costs to leave a sound out; any other costs _UNLIKE.
_LEFT_OUT = {
    "a": 0.12, "e": 0.12, "i": 0.2, "u": 0.2, "o": 0.25, "y": 0.3, "w": 0.45, "h": 0.4, "gh": 0.6,
    "ع": 0.1, "ء": 0.1, "ا": 0.22, "ي": 0.3, "و": 0.35, "ه": 0.4, "ة": 0.2, "آ": 0.4,
}  # fmt: skip
# However cheap it is to leave out, a sound counts this much towards the length of a word.
_LEAST_LENGTH = 0.3

# The first that fits is read; c, g and sc before e, i and y are sounds of their own.
_LATIN_SOUND = re.compile(
    r"(?<![a-z])rh|tsch|tch|sch|bh|ch|ck|cz|dg(?=[ei])|dh|dj|dz|gh|kh|ph|qu|sc(?=[eiy])|sh|sz|th|zh|[cg](?=(?P<soft>[eiy]))|[a-z]"
)
_ARABIC_SOUND = re.compile("تش|دج|[ء-ي]")
_DOUBLED = re.compile(r"(.)\1+")
_ONE_SOUND = {"c": "c'", "g": "g'", "sc": "sc'"}
_SAME_SOUND = {"rh": "r", "dg": "dj", "دج": "ج"}
# Persian letters whose sound plain Arabic writes otherwise than by the letter they look like.
_PERSIAN = str.maketrans({"گ": "غ", "چ": "تش", "ژ": "ج"})

_VOWELS = frozenset("aeiouاعء")
# What may or may not be heard as a vowel at the beginning: Eugenio is «يوجينيو», Aizenberg «ايزنبرغ».
_GLIDE = re.compile("[eiou][aeiou]|ا[وي]")
_GROUPS = {
    sound: group
    for group, members in {
        "P": ("b", "bh", "p", "ب"),
        "F": ("f", "v", "ph", "ف"),
        "K": ("k", "q", "c", "ck", "g", "g'", "gh", "kh", "j", "dj", "qu", "ك", "ق", "غ", "ج", "خ"),
        "S": ("s", "sh", "sch", "sc'", "sz", "cz", "tch", "tsch", "z", "dz", "تش", "س", "ص", "ز", "ش"),
        "T": ("t", "d", "th", "ت", "ط", "د", "ذ", "ث"),
        "H": ("h", "ه", "ح"),
        "L": ("l", "ل"),
        "M": ("m", "م"),
        "N": ("n", "ن"),
        "R": ("r", "ر"),
        # Heard as either.
        "SK": ("ch", "c'", "zh"),
        "TS": ("dh", "ض", "ظ"),
    }.items()
    for sound in members
}
_VOWEL = "A"
_MOST_READINGS = 4
# With fewer consonants than this a key would be that of too many names.
_LEAST_LEFT = 3

_ARTICLE = "ال"
_SERVANT_OF = re.compile("^عبدال(?=..)")
# «بن», "bin", "ben", "ibn": between names, written or left out at will.
_SON_OF = frozenset({"بن", "ابن", "bin", "ben", "ibn"})

# A name in another order, or glued together, is a little less alike than the same name.
_OTHER_ORDER = 0.97
_MOST_GLUED = 2
# An article may belong to the name or not: what has it, or lacks it, alike is nearer.
_ARTICLE_ASIDE = 0.98
# What a name loses when all but one of many words are left out of it; less for fewer words.
_LEFT_OUT_WORDS = 0.3


class _Word(NamedTuple):
    text: str
    # The word with its article («الكاتراز» is Alcatraz), where it has one.
    with_article: str


def skeletons(name: str) -> frozenset[str]:
    """The exact keys under which a name is kept and looked for; spellings of one name share at least one."""
    return frozenset().union(*skeletons_by_word(name))


def skeletons_by_word(
    name: str, most: int = MAX_NAME_WORDS, *, is_forgiving: bool = True
) -> list[frozenset[str]]:
    """The keys of each word that counts in the name; a longer text's are fewer if it need not forgive a consonant."""
    words = _words(name, most)
    if not is_forgiving:
        return [_whole_keys(word) for word in words]
    # «حزب الله» is also written as one word.
    glued = [_whole_skeletons(one.text + other.text) for one, other in pairwise(words)]
    return [_keys(word).union(*glued[max(0, place - 1) : place + 1]) for place, word in enumerate(words)]


def word_keys(word: str) -> frozenset[str]:
    """The exact keys of one word, without forgiving a consonant; none for one too short to be known by its sound."""
    keys = _whole_skeletons(word) if len(word) > _LEAST_LEFT else ()
    return frozenset(key for key in keys if len(key.lstrip(_VOWEL)) >= _LEAST_LEFT)


@lru_cache(maxsize=_CACHED_WORDS)
def _word_skeletons(word: str) -> frozenset[str]:
    """The word's groups of consonants, and those with one consonant left out."""
    keys = set(_whole_skeletons(word))
    for key in _whole_skeletons(word):
        begin, whole = key[: key.startswith(_VOWEL)], key.removeprefix(_VOWEL)
        if len(whole) > _LEAST_LEFT:
            keys.update(begin + whole[:place] + whole[place + 1 :] for place in range(len(whole)))
    return frozenset(keys)


@lru_cache(maxsize=_CACHED_WORDS)
def _whole_skeletons(word: str) -> frozenset[str]:
    """The word's groups of consonants, after a sign for a vowel at its beginning; some may be heard in several ways."""
    heard = sounds(word)
    if not heard:
        return frozenset()
    folded = fold(word)
    begins = {_VOWEL if folded[0] in _VOWELS else ""}
    if _GLIDE.match(folded):
        begins.add("")
    groups = [_GROUPS[sound] for sound in heard if sound in _GROUPS]
    readings = ["".join(reading) for reading in islice(product(*groups), _MOST_READINGS)]
    return frozenset(begin + reading for begin in begins for reading in readings if begin or reading)


def similarity(one: str, other: str) -> float:
    """How alike two names sound, from 0 to 1, whatever their scripts; 1 where they are the same but for spelling.

    Words may stand in another order; a name with words left out is less alike the more are missing.
    """
    if fold(one).strip() == fold(other).strip():
        return 1.0
    first, second = sorted((_words(one), _words(other)))
    if not (first and second):
        return 0.0
    if len(first) == len(second) == 1:
        return _alike(first[0], second[0])
    return max(_aligned(first, second), _glued(first, second))


def likeness_within(name: str, text: str) -> float:
    """How surely the name is one of those in a longer text, from 0 to 1: each of its words beside the one most like it.

    Only words that share a key are compared; the others are no spellings of one name.
    """
    words = [(word, _keys(word)) for word in dict.fromkeys(_words(text, most=MAX_NAME_WORDS * 8))]
    total = likeness = 0.0
    for wanted in _words(name):
        keys, length = _keys(wanted), _length(sounds(wanted.text))
        total += length
        likeness += length * max(
            (_alike(wanted, word) for word, others in words if not keys.isdisjoint(others)), default=0.0
        )
    return likeness / total if total else 0.0


@lru_cache(maxsize=_CACHED_WORDS)
def sounds(word: str) -> tuple[str, ...]:
    """The word as a row of sounds, each in the spelling it has there; empty for what is in neither script."""
    folded = _DOUBLED.sub(r"\1", fold(word[:_MAX_WORD_CHARACTERS].translate(_PERSIAN)).replace("x", "ks"))
    spelling = _ARABIC_SOUND if _ARABIC_SOUND.search(folded) else _LATIN_SOUND
    found = []
    for match in spelling.finditer(folded):
        sound = match.group()
        if sound in _ONE_SOUND and (len(sound) > 1 or match["soft"]):
            sound = _ONE_SOUND[sound]
        found.append(_SAME_SOUND.get(sound, sound))
    if found and found[0] == "ا":
        # Before و and ي alef only carries the vowel.
        found[:1] = [] if found[1:2] in (["و"], ["ي"]) else ["آ"]
    if len(found) > 2 and found[-1] == "h" and found[-2] in "ae":
        found.pop()
    if len(found) > 2 and found[-1] == "ه":
        found[-1] = "ة"
    return tuple(found)


@lru_cache(maxsize=_CACHED_WORDS)
def _words(name: str, most: int = MAX_NAME_WORDS) -> tuple[_Word, ...]:
    """The words that count in a name, without articles; «بن» only where there is nothing else."""
    name = name[: MAX_NAME_CHARACTERS * most // MAX_NAME_WORDS].translate(_PERSIAN)
    written = {fold(token.text) for token in tokenize(name)}
    words = [_SERVANT_OF.sub("عبد", word) for word in name_key(name).split()]
    words = [word for word in words if sounds(word)]
    telling = [word for word in words if word not in _SON_OF] or words
    return tuple(
        _Word(word, _ARTICLE + word if _ARTICLE + word in written else "") for word in telling[:most]
    )


def _keys(word: _Word) -> frozenset[str]:
    keys = _word_skeletons(word.text)
    return keys | _word_skeletons(word.with_article) if word.with_article else keys


def _whole_keys(word: _Word) -> frozenset[str]:
    keys = _whole_skeletons(word.text)
    return keys | _whole_skeletons(word.with_article) if word.with_article else keys


def _aligned(first: tuple[_Word, ...], second: tuple[_Word, ...]) -> float:
    """Each word of the shorter name beside one of the longer, the likest first."""
    pairs = sorted(
        ((_alike(one, other), -abs(place - at), place, at) for place, one in enumerate(first) for at, other in enumerate(second)),
        reverse=True,
    )  # fmt: skip
    beside: dict[int, tuple[int, float]] = {}
    for alike, _near, place, at in pairs:
        if place not in beside and all(at != taken for taken, _alike in beside.values()):
            beside[place] = at, alike
    lengths = [[_length(sounds(word.text)) for word in words] for words in (first, second)]
    matched = both = 0.0
    for place, (at, alike) in beside.items():
        length = lengths[0][place] + lengths[1][at]
        matched += alike * length
        both += length
    everything = sum(map(sum, lengths))
    if not both:
        return 0.0
    order = [beside[place][0] for place in sorted(beside)]
    in_order = 1.0 if order == sorted(order) else _OTHER_ORDER
    return matched / both * in_order * (1 - _LEFT_OUT_WORDS * (1 - both / everything))


def _glued(first: tuple[_Word, ...], second: tuple[_Word, ...]) -> float:
    """«أبو بكر» and "Abubakr"."""
    if not 0 < abs(len(first) - len(second)) <= _MOST_GLUED:
        return 0.0
    # Joined as sounds, for letters that meet where two words do ("Kataib Hezbollah") are no spelling of one sound.
    one, other = sorted(
        tuple(sound for word in words for sound in sounds(word.text)) for words in (first, second)
    )
    return _OTHER_ORDER * _word_similarity(one, other)


def _alike(one: _Word, other: _Word) -> float:
    alike = word_similarity(one.text, other.text)
    if one.with_article and not other.with_article:
        return max(alike * _ARTICLE_ASIDE, word_similarity(one.with_article, other.text))
    if other.with_article and not one.with_article:
        return max(alike * _ARTICLE_ASIDE, word_similarity(one.text, other.with_article))
    return alike


def word_similarity(one: str, other: str) -> float:
    """How alike two words sound, from 0 to 1."""
    if one == other:
        return 1.0
    # Sums of fractions depend on their order: sorted, the two ways round are equal to the last digit.
    return _word_similarity(*sorted((sounds(one), sounds(other))))


@lru_cache(maxsize=_CACHED_WORDS)
def _word_similarity(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    length = (_length(one) + _length(other)) / 2
    return max(0.0, 1 - _distance(one, other) / length) if length else 0.0


@lru_cache(maxsize=_CACHED_WORDS)
def _length(word: tuple[str, ...]) -> float:
    return sum(max(_LEFT_OUT.get(sound, _UNLIKE), _LEAST_LENGTH) for sound in word)


def _distance(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The least that it costs to turn one row of sounds into the other."""
    leaving = [_LEFT_OUT.get(sound, _UNLIKE) for sound in other]
    above = [0.0]
    for cost in leaving:
        above.append(above[-1] + cost)
    for sound in one:
        costs, left_out = _COSTS[sound], _LEFT_OUT.get(sound, _UNLIKE)
        diagonal, left = above[0], above[0] + left_out
        row = [left]
        for place, (sound_beside, cost) in enumerate(zip(other, leaving, strict=True), start=1):
            up = above[place]
            # Written out rather than by min(): most of a search for a name is spent here.
            best = diagonal + costs.get(sound_beside, _UNLIKE)
            if up + left_out < best:  # noqa: PLR1730
                best = up + left_out
            if left + cost < best:  # noqa: PLR1730
                best = left + cost
            row.append(best)
            left, diagonal = best, up
        above = row
    return above[-1]


def _costs() -> defaultdict[str, dict[str, float]]:
    """What it costs to write each sound as each other one, both ways, where that is less than _UNLIKE."""
    across: dict[str, dict[str, float]] = {}
    for spelling, *tiers in rows("sounds.tsv"):
        across[spelling] = {
            letter: cost for tier, cost in zip(tiers, _TIERS, strict=False) for letter in tier.split()
        }
    costs: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for spelling, letters in across.items():
        for letter, cost in letters.items():
            costs[spelling][letter] = costs[letter][spelling] = cost
    # Spellings of one script, by way of the other.
    for middle in (
        across,
        {letter: dict(costs[letter]) for letters in across.values() for letter in letters},
    ):
        for written in middle.values():
            for one, one_cost in written.items():
                for other, other_cost in written.items():
                    akin = 0.0 if one == other else min(one_cost + other_cost + _AKIN, _UNLIKE)
                    costs[one][other] = min(akin, costs[one].get(other, _UNLIKE))
    for sound, row in costs.items():
        row[sound] = 0.0
    return costs


_COSTS = _costs()
