"""A bilingual collection made of nothing but a number: the same count gives the same documents and queries everywhere.

Words follow Zipf's law, carry the clitics and endings of their language, and gather in documents of the lengths news has;
outlets and people have a few giants and a long tail; dates spread over ten years. No real text is in it.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

SEED = 20_211_107
VOCABULARY = 30_000
OUTLETS, PEOPLE = 40, 200
FIRST_DAY, DAYS = datetime.date(2016, 1, 1), 3_652
CLAIM_SHARE = 0.1
HEADLINE_WORDS, CLAIM_WORDS = 9, 16
# Words of a body: the median, and how far lengths spread (of their logarithm).
BODY_WORDS, BODY_SPREAD = 140, 0.5

_ARABIC_LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ARABIC_SHAPES = (
    "{0}{1}{2}",
    "{0}ا{1}{2}",
    "م{0}{1}و{2}",
    "{0}{1}ي{2}ة",
    "ت{0}{1}{2}",
    "{0}{1}ا{2}",
    "م{0}ا{1}{2}ة",
    "ا{0}ت{1}ا{2}",
)
_ARABIC_BEFORE = ("ال", "و", "ب", "وال", "ل")
_ARABIC_AFTER = ("ات", "ين", "ها", "ية")
_ENGLISH_STARTS = (
    "b",
    "br",
    "c",
    "cl",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
)
_ENGLISH_VOWELS = ("a", "e", "i", "o", "u", "ea", "ou")
_ENGLISH_ENDS = ("n", "r", "t", "l", "nd", "st", "rk", "m", "p", "sh", "ct")
_ENGLISH_AFTER = ("s", "ed", "ing", "ly")
_COMMON = {"ar": ("في", "من", "على", "إلى", "التي", "أن"), "en": ("the", "of", "in", "to", "and", "that")}


def _dice(number: int) -> random.Random:
    """The same throws for the same number, everywhere."""
    return random.Random(SEED + number)  # noqa: S311 - nothing here is secret


@dataclass(frozen=True)
class Corpus:
    documents: int

    def rows(self) -> Iterator[dict[str, Any]]:
        """The documents as rows that `import_articles` reads."""
        for number in range(self.documents):
            dice = _dice(number)
            language = "ar" if number % 2 else "en"
            if dice.random() < CLAIM_SHARE:
                yield {"id": f"bench-{number}", "type": "claim", "language": language, "title": "",
                       "body": self._text(dice, language, CLAIM_WORDS)}  # fmt: skip
                continue
            length = min(max(int(dice.lognormvariate(0, BODY_SPREAD) * BODY_WORDS), 20), 2_000)
            yield {
                "id": f"bench-{number}",
                "type": "article",
                "language": language,
                "title": self._text(dice, language, HEADLINE_WORDS),
                "body": "\n\n".join(
                    self._text(dice, language, 50) for _paragraph in range(max(1, length // 50))
                ),
                "outlet": self.outlet(self._place(dice, OUTLETS)),
                "published_at": (FIRST_DAY + datetime.timedelta(days=dice.randrange(DAYS))).isoformat(),
            }

    @staticmethod
    def outlet(number: int) -> str:
        return f"Bench Outlet {number + 1}"

    @cached_property
    def words(self) -> dict[str, list[str]]:
        """The words of both languages, most frequent first."""
        dice = _dice(0)
        arabic: dict[str, None] = {}
        while len(arabic) < VOCABULARY:
            arabic[dice.choice(_ARABIC_SHAPES).format(*dice.sample(_ARABIC_LETTERS, 3))] = None
        english: dict[str, None] = {}
        while len(english) < VOCABULARY:
            syllables = dice.choice((1, 2, 2, 3))
            word = "".join(
                dice.choice(_ENGLISH_STARTS) + dice.choice(_ENGLISH_VOWELS) for _ in range(syllables)
            )
            english[word + dice.choice(_ENGLISH_ENDS)] = None
        return {"ar": list(arabic), "en": list(english)}

    @cached_property
    def _weights(self) -> list[float]:
        return list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))

    def _text(self, dice: random.Random, language: str, length: int) -> str:
        words = dice.choices(self.words[language], cum_weights=self._weights, k=length)
        return " ".join(self._inflected(dice, language, word) for word in words).capitalize() + "."

    @staticmethod
    def _inflected(dice: random.Random, language: str, word: str) -> str:
        chance = dice.random()
        if language == "ar":
            if chance < 0.25:
                return dice.choice(_ARABIC_BEFORE) + word
            if chance < 0.35:
                return word.removesuffix("ة") + dice.choice(_ARABIC_AFTER)
        elif chance < 0.25:
            return word + dice.choice(_ENGLISH_AFTER)
        return f"{dice.choice(_COMMON[language])} {word}" if chance > 0.75 else word

    @staticmethod
    def _place(dice: random.Random, count: int) -> int:
        """A number below `count`, small ones far more often."""
        return int(count * dice.random() ** 3)


@dataclass(frozen=True, slots=True)
class BenchQuery:
    kind: str
    text: str
    # The number of an outlet and a year to narrow by.
    outlet: int | None = None
    year: int | None = None
    by_date: bool = False
    # The last word is not finished.
    is_typed: bool = False


def queries(corpus: Corpus, each: int, *, start: int = 0) -> list[BenchQuery]:
    """The fixed mix: `each` queries of every kind, half of them in each language; from another start, other ones."""
    found = []
    for number in range(start, start + each):
        dice = _dice(-1 - number)
        words = corpus.words["ar" if number % 2 else "en"]
        rare, common = words[dice.randrange(VOCABULARY // 2, VOCABULARY)], words[dice.randrange(40)]
        middle = [words[dice.randrange(100, 3_000)] for _word in range(8)]
        found += [
            BenchQuery("rare word", rare),
            BenchQuery("common word", common),
            BenchQuery("two words", f"{middle[0]} {middle[1]}"),
            BenchQuery("AND (+word +word)", f"+{common} +{words[dice.randrange(40, 400)]}"),
            BenchQuery("OR and -word", f"{middle[2]} OR {middle[3]} -{common}"),
            BenchQuery("question of eight words", " ".join(middle)),
            BenchQuery("phrase", f'"{words[dice.randrange(10)]} {words[dice.randrange(10)]}"'),
            BenchQuery("one outlet, one year", common, outlet=number % OUTLETS, year=2016 + number % 10),
            BenchQuery("by date", common, by_date=True),
            BenchQuery("typed prefix", f"{middle[4]} {middle[5][:3]}", is_typed=True),
        ]
    return sorted(found, key=lambda query: query.kind)
