"""Words of the site's own texts beside those of the other language that mean or sound the same.

What no dictionary at hand knows is learnt from the texts themselves: the sentence encoder, given single words, brings a word
and its translation together, and the sound skeleton a name and its spelling in the other script. Nearness is measured
against how near a word is to anything, for some words lie near many others (cross-domain similarity local scaling:
A. Conneau et al., Word Translation Without Parallel Data, ICLR 2018).

The words are made in short steps, by the indexer whenever nothing else is to do and by `manage.py encode` at once, and
written to a small file beside the index; a worker loads it when it appears or changes.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import batched
from typing import Any

from django.db.models import F
from django.db.models.functions import Left
from django.utils import timezone

from articles.models import Article, Claim
from articles.search.derived import DerivedFile, State
from articles.search.documents import searchable_total
from articles.search.terms import analysis_version
from articles.search.vectors.encoder import EncoderMissing, encode, encoder_name
from newsroom.text.analysis import form_of
from newsroom.text.arabic import without_prefix
from newsroom.text.languages import ARABIC, LANGUAGES, other_language
from newsroom.text.skeleton import word_keys, word_similarity
from newsroom.text.tokens import tokenize

# A part of what the file is made with: raise it when the same texts would give other words.
_VERSION = 1
# The newest records of each kind say which words are in use, and the first characters of each are enough.
MOST_RECORDS, MOST_CHARACTERS = 10_000, 4_000
# So many stems of each language, the most frequent, are compared by meaning, and so many words by sound.
MOST_STEMS, MOST_WORDS = 20_000, 60_000
# Records read, words encoded, compared and heard in one step: each takes about a tenth of a second.
_READ, _ENCODED, _COMPARED, _HEARD = 50, 64, 200, 1_000
# Chosen on the development set: the cosine of two words, how much it exceeds what both have with words they are near to
# anyway, and how many translations are kept.
_LEAST_COSINE, _LEAST_ABOVE_OTHERS, _MOST_MEANINGS, _NEIGHBOURS = 0.65, 0.15, 3, 10
# How like it a word of the other language must sound, and how many that do are meant.
_LIKE_ENOUGH, _MOST_ALIKE = 0.75, 8
# What sounds so much less like it than the likeliest word is another word.
_LESS_ALIKE = 0.1
# Made anew when the site has so many times the records it had, or when the file is this old (seconds).
_GROWN, _OLDEST = 1.5, 14 * 24 * 3600.0
_LOOK_EVERY = 60.0

_TEXTS: dict[Any, tuple[str, ...]] = {
    Article: ("headline", "standfirst", "body"),
    Claim: ("statement", "context"),
}
type Near = dict[int, list[tuple[float, int]]]
# By language, each stem with what means the same, or each sound with the words that have it.
type Words = dict[str, dict[str, list[str]]]

_file: DerivedFile[dict[str, Words]] = DerivedFile(
    "crossing.json",
    lambda found: {"meanings": found["meanings"], "heard": found["heard"]},
    empty={"meanings": {}, "heard": {}},
)


def meanings(stem: str, language: str) -> Sequence[str]:
    """The stems in the other language that mean the same; empty where none is known."""
    return _file.content()["meanings"].get(language, {}).get(stem, ())


def sounding(word: str, language: str) -> Sequence[str]:
    """The stems in the other language of words that sound like this one, the likest first; few words but names have any."""
    return _sounding(word, language, _file.state())


class Crossing:
    """Makes the file in short steps when it is missing or out of date."""

    def __init__(self) -> None:
        self._steps: Iterator[None] | None = None
        self._next_look = 0.0

    @property
    def has_more(self) -> bool:
        """Whether another turn would find something to do at once."""
        return self._steps is not None

    def turn(self, seconds: float) -> None:
        """Work at it for about so long, if there is need."""
        until = time.monotonic() + seconds
        if self._steps is None:
            if time.monotonic() < self._next_look:
                return
            self._next_look = time.monotonic() + _LOOK_EVERY
            if not _is_stale():
                return
            self._steps = _made()
        while time.monotonic() < until:
            if next(self._steps, StopIteration) is StopIteration:
                self._steps = None
                return

    def everything(self) -> bool:
        """Make the file now if it is out of date; whether it was made."""
        if not _is_stale():
            return False
        for _step in _made():
            pass
        return True


def _is_stale() -> bool:
    count, made = searchable_total(), _file.made_from()
    if made is None:
        return count > 0
    grown = max(count, made["records"]) / max(min(count, made["records"]), 1)
    return made["by"] != _maker() or grown >= _GROWN or time.time() - made["at"] > _OLDEST


def _maker() -> str:
    return f"{_VERSION}/{analysis_version()}/{encoder_name()}"


def _made() -> Iterator[None]:
    """Reads, encodes and compares, a little at each step, and writes the file at the end."""
    made_from = {"by": _maker(), "records": searchable_total(), "at": time.time()}
    words: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    yield from _count(words)
    meant: Words = {language: {} for language in LANGUAGES}
    if encoder_name():
        try:
            yield from _compare(words, meant)
        except EncoderMissing:
            # Names are still heard.
            meant = {language: {} for language in LANGUAGES}
    heard: Words = {}
    for language in LANGUAGES:
        keys: dict[str, list[str]] = defaultdict(list)
        known: set[str] = set()
        for batch in batched(_most_frequent(words[language], MOST_WORDS), _HEARD, strict=False):
            for word in {form.word: None for written in batch if (form := _form(written))}.keys() - known:
                known.add(word)
                for key in word_keys(without_prefix(word)):
                    keys[key].append(word)
            yield
        heard[language] = {key: sorted(sounding) for key, sounding in keys.items()}
    _file.write(made_from, {"meanings": meant, "heard": heard})


def _count(words: dict[str, Counter[str]]) -> Iterator[None]:
    """In how many of the newest records each word stands, as it is written; only what is public has a say."""
    for model, fields in _TEXTS.items():
        texts = {f"{field}_{language}": language for field in fields for language in LANGUAGES}
        openings = {f"opening_of_{name}": Left(F(name), MOST_CHARACTERS) for name in texts}
        public = model.objects.published(at=timezone.now()).order_by("-pk").annotate(**openings)
        below = None
        for _batch in range(MOST_RECORDS // _READ):
            known = public.filter(pk__lt=below) if below else public
            rows = list(known.values("pk", *openings)[:_READ])
            for row in rows:
                in_record: dict[str, set[str]] = {language: set() for language in LANGUAGES}
                for name, language in texts.items():
                    in_record[language] |= _words(row[f"opening_of_{name}"] or "", language)
                for language, own in in_record.items():
                    words[language].update(own)
            yield
            if len(rows) < _READ:
                break
            below = rows[-1]["pk"]


def _words(text: str, language: str) -> set[str]:
    """The telling words in the script of that language."""
    found = set()
    for token in tokenize(text):
        form = form_of(token)
        if form.language == language and not form.is_stop and len(form.word) > 2:
            found.add(token.text)
    return found


def _most_frequent(words: Counter[str], most: int) -> list[str]:
    return sorted(words, key=lambda word: (-words[word], word))[:most]


def _stems(words: Counter[str], language: str) -> dict[str, str]:
    """The most frequent stems, each with the word that stands for it: the shortest of those often written."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count in words.items():
        forms[_stem(word)][word] = count
    total = Counter({stem: sum(counts.values()) for stem, counts in forms.items()})
    standing = {}
    for stem in _most_frequent(total, MOST_STEMS):
        often = max(forms[stem].values())
        # Arabic writes its little words onto others: without them the word is what it means.
        least = often * 0.15 if language == ARABIC else often
        standing[stem] = min(
            (word for word, count in forms[stem].items() if count >= least),
            key=lambda word: (len(word), word),
        )
    return standing


def _compare(words: dict[str, Counter[str]], meant: Words) -> Iterator[None]:
    import numpy as np

    stems: dict[str, list[str]] = {}
    vectors: dict[str, Any] = {}
    for language in LANGUAGES:
        standing = _stems(words[language], language)
        stems[language], made = list(standing), []
        for batch in batched(standing.values(), _ENCODED, strict=False):
            made.append(encode(batch))
            yield
        if not made:
            return
        vectors[language] = np.concatenate(made).astype(np.float32)
    near: dict[str, Near] = {language: {} for language in LANGUAGES}
    for language in LANGUAGES:
        others = vectors[other_language(language)].T
        count = min(_NEIGHBOURS, others.shape[1])
        for start in range(0, len(stems[language]), _COMPARED):
            cosines = vectors[language][start : start + _COMPARED] @ others
            nearest = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
            for at, (row, places) in enumerate(zip(cosines, nearest, strict=True), start=start):
                near[language][at] = [(float(row[place]), int(place)) for place in places]
            yield
    for language, pairs in _pairs(near).items():
        ours, theirs = stems[language], stems[other_language(language)]
        meant[language] = {ours[at]: [theirs[place] for place in places] for at, places in pairs.items()}


def _pairs(near: dict[str, Near]) -> dict[str, dict[int, list[int]]]:
    """Of each word's nearest those that are nearer than it and they are to anything, the surest first."""
    usual = {
        language: {at: sum(cosine for cosine, _place in found) / len(found) for at, found in by_word.items()}
        for language, by_word in near.items()
    }
    pairs: dict[str, dict[int, list[int]]] = {}
    for language, by_word in near.items():
        theirs = usual[other_language(language)]
        pairs[language] = {}
        for at, found in by_word.items():
            sure = sorted(
                (-above, place)
                for cosine, place in found
                if cosine >= _LEAST_COSINE
                and (above := 2 * cosine - usual[language][at] - theirs[place]) >= _LEAST_ABOVE_OTHERS
            )
            if sure:
                pairs[language][at] = [place for _above, place in sure[:_MOST_MEANINGS]]
    return pairs


def _form(word: str) -> Any:
    return next((form for token in tokenize(word) if (form := form_of(token)).word), None)


def _stem(word: str) -> str:
    return form.stem if (form := _form(word)) else word


@lru_cache(maxsize=4096)
def _sounding(word: str, language: str, state: State) -> Sequence[str]:
    if (form := _form(word)) is None or form.language != language:
        return ()
    heard = _file.content_in(state)["heard"].get(other_language(language), {})
    plain = without_prefix(word)
    likeness = {
        other: alike
        for key in word_keys(plain)
        for other in heard.get(key, ())
        if (alike := word_similarity(plain, without_prefix(other))) >= _LIKE_ENOUGH
    }
    least = max(likeness.values(), default=0.0) - _LESS_ALIKE
    likest = sorted(
        (other for other in likeness if likeness[other] >= least),
        key=lambda other: (-likeness[other], other),
    )
    return list(dict.fromkeys(map(_stem, likest)))[:_MOST_ALIKE]
