"""The names to look for, ready for the search: every way each is written, in one tree of words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from articles.suggestions.lists import folded_words, phrases
from newsroom.text.fold import fold
from newsroom.text.tokens import LATIN_SCRIPT, tokenize

PERSON, ORGANISATION, OUTLET = "person", "organisation", "outlet"

# Longer runs are sentences, not names.
MOST_WORDS_OF_A_NAME = 14
_DOUBLED = re.compile(r"(.)\1+")
# A clitic and the letter it stands before are two, though they are the same: للكاظمي, ووزير.
_CLITIC_DOUBLED = re.compile("(?:[وف]?لل|وو|فف|بب|كك)?")
_KUNYA = ("ابو", "ابي", "ابا")
# The first part of such a name with what may be written onto it: «وأبي مهدي», «لعبد المهدي».
_JOINED = re.compile("(?P<clitic>[وف]?[بلك]?)(?P<part>ابو|ابي|ابا|عبد)$")
_LATIN_ARTICLES = frozenset("al el ul".split())
# Before a sun letter the article is told from a word (as, an, at) by its hyphen.
_SUN_ARTICLES = frozenset("as ash ar an ad at az es er ed ez en".split())
_HYPHENS = frozenset("-‐‑–")
_SERVANT = frozenset("abd abdul abdel abdal abdol".split())
_ACRONYM = re.compile(r"[^a-z]*[A-Z][^a-z]*[A-Z][^a-z]*")
_SHORTEST_SURNAME = 3


class Record(NamedTuple):
    """Who is meant: the kind of record and its key, whatever the caller uses for one."""

    kind: str
    key: Hashable


class Form(IntEnum):
    """How much of a record's name a form is; the more the surer."""

    # «الكاظمي»: counts beside the full name.
    SHORT = 1
    # «كتائب حزب الله» for «كتائب حزب الله العراقي», «محمد السوداني» for «محمد شياع السوداني».
    PART = 2
    WHOLE = 3


class Unit(NamedTuple):
    """What counts as one word of a name: «عبد المهدي», "al-Kadhimi" and «أبو علي» are one each."""

    key: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name of a record, as it is written."""

    record: Record
    text: str
    # Whether shorter forms are made from it: of a byname («رجل أميركا في بغداد») the last word is no surname.
    is_proper: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    record: Record
    form: Form
    # An everyday word too: counts only where something says that the name is meant.
    is_common: bool
    # Written in capitals only, and found only so.
    is_acronym: bool
    # A body named without its country.
    is_general: bool = False
    # The word that would make it a longer, other name: «مكتب الأمم» before «المتحدة» is cut in the wrong place.
    not_before: str = ""


class Node:
    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.entries: list[Entry] = []


@dataclass
class Names:
    """Names of records in one tree. Build it once for many texts."""

    root: Node = field(default_factory=Node)
    # The first words of people's names: before a surname they say whose it is.
    given: dict[str, set[Record]] = field(default_factory=lambda: defaultdict(set))
    # The records that share a short form.
    short: dict[tuple[str, ...], set[Record]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, known: Iterable[KnownName]) -> Names:
        names = cls()
        for name in known:
            for units, entry in _forms(name):
                names._add(units, entry)
                if entry.form is Form.SHORT:
                    names.short[units].add(name.record)
            if name.record.kind == PERSON and name.is_proper:
                units = keys(name.text)
                if len(units) > 1:
                    names.given[units[0]].add(name.record)
        return names

    def _add(self, units: Sequence[str], entry: Entry) -> None:
        node = self.root
        for unit in units:
            node = node.next.setdefault(unit, Node())
        for index, other in enumerate(node.entries):
            if other.record == entry.record:
                if entry.form > other.form:
                    node.entries[index] = entry
                return
        node.entries.append(entry)


@lru_cache(maxsize=131_072)
def word_key(text: str) -> str:
    """The word as names are compared: folded, doubled letters written once (قاآني, قآني), possessive left out."""
    key = fold(text).replace(".", "")
    key = key.removesuffix("'s").removesuffix("'").replace("'", "").replace("`", "")
    clitic = _CLITIC_DOUBLED.match(key)
    kept = clitic.end() if clitic else 0
    return key[:kept] + _DOUBLED.sub(r"\1", key[kept:])


def units(texts: Sequence[str], scripts: Sequence[str], gaps: Sequence[str]) -> Iterator[Unit]:
    """The words as units of names, each with the numbers of its first and last word."""
    index, count = 0, len(texts)
    while index < count:
        merge = _latin_unit if scripts[index] == LATIN_SCRIPT else _arabic_unit
        is_followed = index + 1 < count and scripts[index + 1] == scripts[index]
        following = [word_key(text) for text in texts[index + 1 : index + 3]] if is_followed else []
        is_hyphenated = is_followed and gaps[index + 1] in _HYPHENS
        key, taken = merge(
            word_key(texts[index]), following, is_hyphenated or not texts[index].isupper(), is_hyphenated
        )
        yield Unit(key, index, index + taken)
        index += taken + 1


def _latin_unit(key: str, following: list[str], may_be_article: bool, is_hyphenated: bool) -> tuple[str, int]:
    """The key of the unit that begins with that word, and how many words after it belong to it."""
    if following and may_be_article and (key in _LATIN_ARTICLES or (key in _SUN_ARTICLES and is_hyphenated)):
        return following[0], 1
    if following and key in _SERVANT:
        taken = 2 if following[0] in _LATIN_ARTICLES and len(following) > 1 else 1
        return "abd" + following[taken - 1], taken
    for servant in ("abdul", "abdel", "abdal"):
        if key.startswith(servant) and len(key) >= len(servant) + 3:
            return "abd" + key[len(servant) :], 0
    return key, 0


def _arabic_unit(
    key: str, following: list[str], _may_be_article: bool, _is_hyphenated: bool
) -> tuple[str, int]:
    clitic = _JOINED.match(key)
    if following and clitic and clitic["part"] == "عبد" and following[0].startswith("ال"):
        return key + following[0], 1
    if following and clitic and clitic["part"] != "عبد":
        return clitic["clitic"] + "ابو" + following[0], 1
    if key[:3] in _KUNYA and len(key) >= 6:
        return "ابو" + key[3:], 0
    return key, 0


def keys(name: str) -> tuple[str, ...]:
    """The keys of a name's units."""
    tokens = [token for token in tokenize(name) if token.text.strip("ـ")]
    gaps = [
        name[before.end : token.start] if before else ""
        for before, token in zip([None, *tokens], tokens, strict=False)
    ]
    found = units([token.text for token in tokens], [token.script for token in tokens], gaps)
    return tuple(unit.key for unit in found if unit.key)


@lru_cache(maxsize=8)
def _common(group: str) -> frozenset[tuple[str, ...]]:
    return frozenset(keys(" ".join(phrase)) for phrase in phrases("common_names", group))


@lru_cache(maxsize=1)
def _media() -> frozenset[str]:
    return frozenset(word_key(word) for word in folded_words("naming", "media"))


@lru_cache(maxsize=1)
def _blocs() -> frozenset[str]:
    return frozenset(word_key(word) for word in folded_words("naming", "bloc"))


@lru_cache(maxsize=1)
def _nationalities() -> frozenset[str]:
    return frozenset(word_key(word) for word in folded_words("naming", "nationality"))


def _forms(name: KnownName) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Every way the name is written that can be told from the name alone."""
    is_acronym = bool(_ACRONYM.fullmatch(name.text)) and " " not in name.text.strip()
    for variant in _variants(name.text):
        whole = keys(variant)
        if not whole or len(whole) > MOST_WORDS_OF_A_NAME or (len(whole) == 1 and len(whole[0]) < 2):
            continue
        kind = name.record.kind
        is_common = whole in _common("outlet" if kind == OUTLET else "surname")
        if kind == ORGANISATION and len(whole) == 1 and whole in _common("outlet"):
            is_common = True
        yield whole, Entry(name.record, Form.WHOLE, is_common, is_acronym)
        if not name.is_proper:
            continue
        shorter = {PERSON: _of_person, ORGANISATION: _of_organisation, OUTLET: _of_outlet}[kind]
        yield from shorter(name.record, whole)


def _variants(text: str) -> Iterator[str]:
    """A name with a comma is written with a preposition in its place, or with nothing."""
    yield text
    first, comma, rest = re.sub(r"\([^)]*\)", " ", text).partition("،" if "،" in text else ",")
    if comma and rest.strip():
        rest = rest.strip()
        for joint in ("ب", "في ", "ل", "at ", "of ", "in "):
            yield f"{first} {joint}{rest}"


def _of_person(record: Record, whole: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    if len(whole) < 2:
        return
    is_arabic = "\u0600" <= whole[0][0] <= "\u06ff"
    if len(whole) > 2 and whole[-2] in {"بن", "بنت", "bin", "ben", "ibn", "bint"}:
        yield whole[-2:], Entry(record, Form.SHORT, True, False)
        return
    if len(whole) > 2:
        yield (whole[0], whole[-1]), Entry(record, Form.PART, False, False)
        if is_arabic:
            yield whole[:2], Entry(record, Form.SHORT, False, False)
    if len(whole[-1]) >= _SHORTEST_SURNAME:
        yield whole[-1:], Entry(record, Form.SHORT, whole[-1:] in _common("surname"), False)
    if is_arabic and whole[0].startswith("ابو") and len(whole[0]) > 4:
        yield whole[:1], Entry(record, Form.SHORT, False, False)
    if is_arabic and whole[-1].startswith("ال") and len(whole[-1]) > 4:
        yield (*whole[:-1], whole[-1][2:]), Entry(record, Form.PART, False, False)


def _of_organisation(record: Record, whole: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    bare = whole
    if len(whole) >= 3 and whole[-1] in _nationalities():
        bare = whole[:-1]
        yield bare, Entry(record, Form.PART, False, False, is_general=True)
    if len(whole) >= 3 and whole[0] in _nationalities():
        yield whole[1:], Entry(record, Form.PART, False, False, is_general=True)
    for place in {0, len(bare) - 1}:
        if len(bare) > 1 and bare[place] in _blocs():
            # «كتلة الفتح» for «تحالف الفتح», "the Fatah bloc" for "Fatah Alliance".
            for other in _blocs() - {bare[place]}:
                yield (*bare[:place], other, *bare[place + 1 :]), Entry(record, Form.PART, False, False)
    if len(whole) >= 3 and "\u0600" <= whole[0][0] <= "\u06ff" and len(bare) > 2:
        yield whole[:2], Entry(record, Form.SHORT, False, False, not_before=whole[2])


def _of_outlet(record: Record, whole: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    if len(whole) >= 2 and whole[0] in _media():
        rest = whole[1:]
        # «الإعلام العراقي» is no name without «شبكة».
        is_common = rest in _common("outlet") or rest[0].startswith("ال")
        yield rest, Entry(record, Form.PART, is_common, False)
    elif whole[0] == "the" and len(whole) > 1:
        yield whole[1:], Entry(record, Form.PART, whole[1:] in _common("outlet"), False)
