"""Who is named in a text: people, organisations and outlets by any of their names, each with its place.

Whole words only, clitics told from names (للكاظمي, ولـ”رويترز”), spellings folded. A surname counts beside the full name;
a name that is an everyday word too («درج», «الشرق الأوسط») counts where marks, a word or a verb say that it is meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from articles.suggestions.lists import folded_words, words
from articles.suggestions.names import (
    ORGANISATION,
    OUTLET,
    PERSON,
    Entry,
    Form,
    Names,
    Node,
    Record,
    Unit,
    units,
    word_key,
)
from articles.suggestions.verbs import is_telling_verb
from articles.suggestions.words import QUOTATION_MARKS, Reading, Word
from newsroom.text.fold import fold_with_offsets
from newsroom.text.tokens import ARABIC_SCRIPT

# Between the words of one name; anything else parts them.
_SOFT = frozenset(" \u00a0\t-‐‑–'’.ـ\u200c\u200d\u200e\u200f" + QUOTATION_MARKS)
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك", "ا", "لا")
_DETACHED = frozenset("لـ بـ كـ ولـ وبـ فلـ فبـ وكـ ل ب ك ول وب لل".split())
_CONJUNCTIONS = ("و", "ف")
_LONGEST_CLITIC_GAP = 4

SURE, LIKELY, POSSIBLE, UNLIKELY = 0.95, 0.8, 0.55, 0.4


@dataclass(frozen=True, slots=True)
class MentionFound:
    """A name in the text: `text[start:end] == surface`. A clitic that can be told from it is left out of the surface."""

    start: int
    end: int
    surface: str
    # What is written onto the name: «ل», «ول», «ب»; with «ال» in it («للكاظمي») it is part of the surface.
    proclitic: str
    record: Record
    confidence: float
    form: Form = Form.WHOLE


@dataclass(frozen=True, slots=True)
class _Candidate:
    first: int
    last: int
    start: int
    end: int
    proclitic: str
    entries: tuple[Entry, ...]
    # How many letters were taken for a clitic: of two readings the one that takes fewer is the likelier.
    taken: int


def mentions(text: str, names: Names, *, doubtful: bool = False) -> list[MentionFound]:
    """Every mention of a known name, in order, none overlapping another. Never raises, whatever the text.

    With `doubtful` also outlets named like an everyday word where nothing says that they are meant, as `UNLIKELY`.
    """
    return mentions_in(Reading(text), names, doubtful=doubtful)


def mentions_in(reading: Reading, names: Names, *, doubtful: bool = False) -> list[MentionFound]:
    """As `mentions`, of a text already taken apart."""
    candidates = _longest(list(_candidates(reading, names)))
    full: dict[Record, list[int]] = defaultdict(list)
    for candidate in candidates:
        for entry in candidate.entries:
            if entry.form > Form.SHORT and not entry.is_common:
                full[entry.record].append(candidate.start)
    found = [_decide(reading, names, one, full) for one in candidates]
    if doubtful:
        found = [one or _doubtful(reading, c) for one, c in zip(found, candidates, strict=True)]
    return [_widened(reading, mention) for mention in found if mention]


def _doubtful(reading: Reading, candidate: _Candidate) -> MentionFound | None:
    """«درج» in «درج المكتب»: the words are an outlet's name, and likely mean something else."""
    for entry in candidate.entries:
        if entry.is_common and entry.record.kind == OUTLET and entry.form > Form.SHORT:
            return _mention(reading, candidate, entry, UNLIKELY)
    return None


def _candidates(reading: Reading, names: Names) -> Iterator[_Candidate]:
    written = reading.words
    found = list(units(*_columns(written)))
    for index, unit in enumerate(found):
        word = written[unit.first]
        for key, taken in _readings(unit.key, is_arabic=word.script == ARABIC_SCRIPT):
            node = names.root.next.get(key)
            if node is not None:
                yield from _walk(reading, found, index, node, taken)


def _columns(written: Sequence[Word]) -> tuple[list[str], list[str], list[str]]:
    return [word.text for word in written], [word.script for word in written], [word.gap for word in written]


def _walk(
    reading: Reading, found: Sequence[Unit], index: int, node: Node, taken: int
) -> Iterator[_Candidate]:
    """The names that begin at that unit, longest first."""
    ends: list[tuple[int, tuple[Entry, ...]]] = []
    at = index
    while True:
        if node.entries:
            ends.append((at, tuple(node.entries)))
        at += 1
        if at >= len(found) or not _is_soft(reading.words[found[at].first].gap):
            break
        following = node.next.get(found[at].key)
        if following is None:
            break
        node = following
    for end, entries in reversed(ends):
        if fitting := tuple(entry for entry in entries if _fits(reading, found, index, end, entry)):
            yield _candidate(reading, found[index].first, found[end].last, taken, fitting)


def _is_soft(gap: str) -> bool:
    return (
        len(gap) <= _LONGEST_CLITIC_GAP and all(character in _SOFT for character in gap) and ". " not in gap
    )


def _fits(reading: Reading, found: Sequence[Unit], first: int, last: int, entry: Entry) -> bool:
    words_of = reading.words[found[first].first : found[last].last + 1]
    if entry.is_acronym:
        return all(word.text.removesuffix("'s").removesuffix("’s").isupper() for word in words_of)
    if words_of[0].script == "latin" and not any(word.text[:1].isupper() for word in words_of):
        return False
    if entry.not_before and last + 1 < len(found) and _is_soft(reading.words[found[last + 1].first].gap):
        return found[last + 1].key != entry.not_before
    return True


@lru_cache(maxsize=65_536)
def _readings(key: str, *, is_arabic: bool) -> tuple[tuple[str, int], ...]:
    """The key as it stands, then without what may be written onto it, with the number of letters taken off."""
    if not is_arabic:
        return ((key, 0),)
    found = [(key, 0)]
    rests = [(key, 0)]
    if key[:1] in _CONJUNCTIONS and len(key) > 3:
        rests.append((key[1:], 1))
        found.append(rests[-1])
    for rest, taken in rests:
        # Of للكاظمي the script leaves out the alef of «ال».
        if rest.startswith("لل") and len(rest) > 4:
            found.append(("ال" + rest[2:], -(taken + 1)))
        if rest[:1] in {"ب", "ك", "ل"} and len(rest) > 3:
            found.append((rest[1:], taken + 1))
    return tuple(found)


def _candidate(reading: Reading, first: int, last: int, taken: int, entries: tuple[Entry, ...]) -> _Candidate:
    word, end = reading.words[first], reading.words[last].end
    for possessive in ("'s", "’s"):
        if reading.text[:end].endswith(possessive):
            end -= 2
    start, proclitic = word.start, ""
    if taken > 0:
        start = word.start + _original_length(word.text, taken)
        proclitic = reading.text[word.start : start]
    elif taken < 0:
        # للكاظمي: the name's own alef went with the clitic, so the whole word is the surface, but for «و».
        conjunction = _original_length(word.text, -taken - 1)
        start, proclitic = word.start + conjunction, word.folded[:-taken]
    elif first and (before := reading.words[first - 1]).text in _DETACHED and _is_glue(word.gap):
        proclitic = before.text.rstrip("ـ")
    # «تحالف “الفتح”»: a mark opened inside the name is closed inside it.
    inside = reading.text[start:end]
    closing = reading.text[end : end + 1]
    if closing and closing in QUOTATION_MARKS and sum(mark in QUOTATION_MARKS for mark in inside) % 2 == 1:
        end += 1
    return _Candidate(first, last, start, end, proclitic, entries, abs(taken))


def _is_glue(gap: str) -> bool:
    return all(character in QUOTATION_MARKS or character == "ـ" for character in gap.strip())


def _original_length(text: str, folded_letters: int) -> int:
    """How many characters of the word its first folded letters take, with the signs that belong to them."""
    if folded_letters <= 0:
        return 0
    _folded, offsets = fold_with_offsets(text)
    return offsets[folded_letters] if folded_letters < len(offsets) else len(text)


def _longest(candidates: list[_Candidate]) -> list[_Candidate]:
    """Of candidates that overlap, the one of most words; of equal ones, that which takes fewer letters for a clitic."""
    order = sorted(
        candidates, key=lambda c: (c.first - c.last, -max(e.form for e in c.entries), c.taken, c.start)
    )
    covered: set[int] = set()
    kept = []
    for candidate in order:
        places = range(candidate.first, candidate.last + 1)
        if covered.isdisjoint(places):
            covered.update(places)
            kept.append(candidate)
    return sorted(kept, key=lambda candidate: candidate.start)


def _decide(
    reading: Reading, names: Names, candidate: _Candidate, full: dict[Record, list[int]]
) -> MentionFound | None:
    """The record that is meant, or None where the words are likelier no name."""
    scored = []
    for entry in candidate.entries:
        confidence = _confidence(reading, names, candidate, entry, full)
        if confidence:
            scored.append((confidence, -_distance(candidate.start, full.get(entry.record, ())), entry))
    if not scored:
        return None
    confidence, _near, entry = max(scored, key=lambda item: (item[0], item[1]))
    if len({item[2].record for item in scored if item[0] == confidence}) > 1:
        confidence = min(confidence, POSSIBLE)
    return _mention(reading, candidate, entry, confidence)


def _mention(reading: Reading, candidate: _Candidate, entry: Entry, confidence: float) -> MentionFound:
    start, end = candidate.start, candidate.end
    surface = reading.text[start:end]
    return MentionFound(start, end, surface, candidate.proclitic, entry.record, confidence, entry.form)


def _confidence(
    reading: Reading, names: Names, candidate: _Candidate, entry: Entry, full: dict[Record, list[int]]
) -> float:
    record = entry.record
    if (
        record.kind == PERSON
        and candidate.first == candidate.last
        and _is_another(reading, names, candidate, record)
    ):
        return 0
    if entry.form is Form.SHORT:
        return _confidence_of_short(reading, names, candidate, entry, full)
    if entry.is_common and record.kind != PERSON:
        return _confidence_of_common(reading, candidate)
    if entry.is_common and (
        _stands_as_adjective(reading, candidate) or not (record in full or _is_addressed(reading, candidate))
    ):
        # «الصدر» is a part of the body, «المهندس» a calling, where nothing else names the man.
        return UNLIKELY if record not in full else 0
    return SURE if entry.form is Form.WHOLE else LIKELY


def _confidence_of_short(
    reading: Reading, names: Names, candidate: _Candidate, entry: Entry, full: dict[Record, list[int]]
) -> float:
    word, last = reading.words[candidate.first], reading.words[candidate.last]
    if word.script == "latin" and not word.is_capitalised and last.text[:1].islower():
        return 0
    if entry.record in full:
        if entry.is_common and _stands_as_adjective(reading, candidate):
            return 0
        return SURE if min(full[entry.record]) <= candidate.start else LIKELY
    owners = names.short.get(tuple(unit.key for unit in _units_of(reading, candidate)), {entry.record})
    if entry.is_common or entry.record.kind == ORGANISATION or len(owners) > 1:
        return 0
    # A surname alone that belongs to one known person: likely him, but the text does not say.
    return POSSIBLE if candidate.taken == 0 or word.text.startswith("لل") else 0


def _is_addressed(reading: Reading, candidate: _Candidate) -> bool:
    """Whether a title or a verb of telling before the word says that somebody is meant."""
    if candidate.first == 0 or reading.words[candidate.first].gap.strip():
        return False
    previous = reading.words[candidate.first - 1].spelled
    return is_telling_verb(previous) or previous.removeprefix("ال") in words("titles", "calling")


def _confidence_of_common(reading: Reading, candidate: _Candidate) -> float:
    """For «درج» and «الشرق الأوسط»: sure in marks of their own or after «صحيفة», likely beside a verb of telling."""
    text = reading.text
    before, after = text[: candidate.start][-1:], text[candidate.end :][:1]
    if before and after and before in QUOTATION_MARKS and after in QUOTATION_MARKS:
        return SURE
    previous = reading.words[candidate.first - 1] if candidate.first else None
    if previous is not None and _is_soft(reading.words[candidate.first].gap):
        if _bare(previous) in folded_words("naming", "media"):
            return SURE
        if is_telling_verb(previous.spelled) or previous.spelled in words("telling", "citing"):
            return LIKELY
        if (
            previous.spelled == "the"
            and previous.is_capitalised
            and previous.start
            and not _begins(reading, candidate)
        ):
            return LIKELY
    following = reading.words[candidate.last + 1] if candidate.last + 1 < len(reading.words) else None
    if following is not None and following.gap.isspace() and is_telling_verb(following.spelled):
        return LIKELY if following.script == "latin" or _begins(reading, candidate) else 0
    return 0


def _begins(reading: Reading, candidate: _Candidate) -> bool:
    word = reading.words[candidate.first]
    return candidate.first == 0 or any(mark in word.gap for mark in ".\n:!?؟")


def _bare(word: Word) -> str:
    """The folded word without a clitic, for the lists: «لموقع» is «موقع»."""
    folded, media = word.folded, folded_words("naming", "media")
    for prefix in ("", *_PREFIXES):
        if folded.startswith(prefix) and folded[len(prefix) :] in media:
            return folded[len(prefix) :]
    return folded


def _is_another(reading: Reading, names: Names, candidate: _Candidate, record: Record) -> bool:
    """Whether a given name before the surname says that another person is meant: «أحمد الكاظمي»."""
    word = reading.words[candidate.first]
    if candidate.first == 0 or candidate.proclitic or not _is_soft(word.gap):
        return False
    if any(mark in QUOTATION_MARKS for mark in word.gap):
        return False
    previous = reading.words[candidate.first - 1]
    key = _given_name(names, word_key(previous.text))
    if record in names.given.get(key, ()):
        return False
    # «على الكاظمي» is no «علي الكاظمي», though both fold alike.
    is_name = (previous.script != "latin" or previous.is_capitalised) and not previous.spelled.endswith("على")
    return is_name and (bool(names.given.get(key)) or key in given_names())


def _given_name(names: Names, key: str) -> str:
    """The word without what is written onto it, where that makes it a given name: «وأحمد»."""
    for reading, _taken in _readings(key, is_arabic=True):
        if reading in names.given or reading in given_names():
            return reading
    return key


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    return frozenset(
        word_key(word) for language in ("ar", "en") for word in folded_words("given_names", language)
    )


def _stands_as_adjective(reading: Reading, candidate: _Candidate) -> bool:
    """«الجيش السوداني»: after a noun with its article such a word says whose it is; «حرب» alone is a plain noun."""
    word = reading.words[candidate.first]
    previous = reading.words[candidate.first - 1] if candidate.first and not word.gap.strip() else None
    if word.is_arabic and not word.spelled.startswith(("ال", "لل")):
        return previous is None or not (
            is_telling_verb(previous.spelled)
            or previous.spelled.removeprefix("ال") in words("titles", "calling")
        )
    if previous is None or not previous.is_arabic:
        return False
    return previous.spelled.startswith(("ال", "وال", "بال", "لل", "فال"))


def _units_of(reading: Reading, candidate: _Candidate) -> list[Unit]:
    return list(units(*_columns(reading.words[candidate.first : candidate.last + 1])))


def _distance(start: int, places: Sequence[int]) -> int:
    return min((start - place for place in places if place <= start), default=10**9)


def _widened(reading: Reading, mention: MentionFound) -> MentionFound:
    """A body with the words that belong to what it is called there: «تنظيم داعش», «كتائب حزب الله العراقي»."""
    if mention.record.kind != ORGANISATION:
        return mention
    inside = reading.words_in_characters(mention.start, mention.end)
    start, end = mention.start, mention.end
    first, last = inside[0], inside[-1]
    if (
        first
        and reading.words[first].gap == " "
        and reading.words[first - 1].folded in folded_words("naming", "body")
    ):
        start = reading.words[first - 1].start
    if last + 1 < len(reading.words) and reading.words[last].is_arabic:
        following = reading.words[last + 1]
        if following.gap == " " and following.folded in folded_words("naming", "nationality"):
            end = following.end
    return replace(mention, start=start, end=end, surface=reading.text[start:end])
