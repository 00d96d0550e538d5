"""Arabic words: a light stem and stop words.

The stem takes off what is written onto a word: و ف, the article with ب ك ل before it, then the endings of gender,
number and person. Where a word's own letters look like these, lists in `data/` say so; they also lead broken plurals
to their singular. Translators extend the lists; the rules stay.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from newsroom.text.data import rows
from newsroom.text.fold import fold

_CACHED_WORDS = 65_536
_BARE_ALEF = str.maketrans("أإٱ", "ااا")

_CONJUNCTIONS = "وف"
_ARTICLES = ("بال", "كال", "فال", "لل", "ال")
_PREPOSITIONS = "بكل"
# Letters that must stay when the prefix goes.
_LEFT_BY_CONJUNCTION = 4
_LEFT_BY_ARTICLE = 2
_LEFT_BY_PREPOSITION = 5
_LONG_ENOUGH_TO_TRUST = 4

# The first that fits is taken off; the number is of letters that must stay. Those made of two endings come first:
# تصريحاته, حكومتها, عراقيين.
_SUFFIXES = (
    *((ending, 3) for ending in ("اتها", "اته", "اتهم", "تها", "ته", "تهم", "تين", "تان", "هما")),
    *((ending, 2) for ending in ("يات", "يون", "يين")),
    ("يا", 3),
    ("هم", 3),
    ("ها", 2),
    # Names and verbal nouns end in these more often than duals and short plurals do.
    ("ان", 4),
    ("ون", 4),
    ("ين", 4),
    ("ات", 2),
    ("يه", 2),
    ("ه", 2),
    ("ي", 2),
    ("ا", 3),
)

# "Guardian", "governor", "my son", "understood", "illusion", "orbit": و or ف before a stop word is written the same.
_WORDS_LIKE_JOINED = {"ولي", "والي", "ولدي", "فهم", "وهم", "فلك"}


def is_stop_word(surface: str) -> bool:
    """Whether the word as written is a function word. Asked before ى folds into ي: على is one, the name علي is not."""
    return stop_form(surface) in _stop_words()


def stop_form(surface: str) -> str:
    """The word as the stop list knows it: without marks and hamza on alef, but with ى and ة kept."""
    composed = unicodedata.normalize("NFKC", surface)
    bare = "".join(
        character
        for character in composed
        if character != "ـ"
        and not unicodedata.combining(character)
        and unicodedata.category(character) != "Cf"
    )
    return bare.translate(_BARE_ALEF)


@lru_cache(maxsize=_CACHED_WORDS)
def stem(folded: str) -> str:
    """The light stem of a folded word: clitics, article, number and gender taken off, plurals led to their singular."""
    forms, endings, initials = _forms(), _endings(), _initials()
    candidates = list(_without_prefixes(folded))
    # Whole words first, the short ones last: والديون ends in ديون and not in "yoon" after والد, but كمية not in مية.
    for candidate in candidates:
        if candidate is folded or len(candidate) >= _LONG_ENOUGH_TO_TRUST:
            if candidate in forms:
                return forms[candidate]
            if candidate in endings:
                return candidate
    for candidate in candidates:
        bare = _without_suffix(candidate)
        if listed := forms.get(candidate) or forms.get(bare):
            return listed
        if candidate in endings or bare in endings:
            return candidate if candidate in endings else bare
        if bare in initials:
            return bare
    return _without_suffix(without_prefix(folded))


def _without_prefixes(word: str) -> Iterator[str]:
    """The word, then each way to take clitics off it that leaves three letters, the least first."""
    yield word
    rests = [word]
    if word[:1] in _CONJUNCTIONS and len(word) > 3:
        rests.append(word[1:])
        yield word[1:]
    for rest in rests:
        for article in _ARTICLES:
            if rest.startswith(article) and len(rest) - len(article) >= 3:
                # للاعبين is ل + اللاعبين: of its three lams the script writes two.
                if article == "لل":
                    yield rest[1:]
                yield rest[len(article) :]
        if rest[:1] in _PREPOSITIONS and len(rest) > 3:
            yield rest[1:]


def without_prefix(word: str) -> str:
    """The folded word without the little words and the article that are written onto its beginning."""
    if word[:1] in _CONJUNCTIONS and _stands_alone(word[1:], _LEFT_BY_CONJUNCTION):
        word = word[1:]
    has_article = False
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _LEFT_BY_ARTICLE:
            word, has_article = word[len(article) :], True
            break
    # الالتزام and التزام must meet, so what looks like an article goes even where it is none.
    while word.startswith("ال") and len(word) >= 5:
        word, has_article = word[2:], True
    if not has_article and word[:1] in _PREPOSITIONS and _stands_alone(word[1:], _LEFT_BY_PREPOSITION):
        word = word[1:]
    return word


def _stands_alone(rest: str, letters: int) -> bool:
    """Whether enough stays for a clitic to be one: that many letters, or one fewer where none of them is an ending.

    كبيرة is not "like a well", but وقال is "and said".
    """
    return len(rest) >= letters or (len(rest) == letters - 1 and _without_suffix(rest) == rest)


def _without_suffix(word: str) -> str:
    for ending, left in _SUFFIXES:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    words = {stop_form(word) for row in rows("arabic_stop_words.tsv") for word in row[0].split()}
    joined = {conjunction + word for conjunction in _CONJUNCTIONS for word in words}
    return frozenset(words | joined - _WORDS_LIKE_JOINED)


@lru_cache(maxsize=1)
def _endings() -> frozenset[str]:
    words = (fold(word) for row in rows("arabic_endings.tsv") for word in row[0].split())
    return frozenset(word[2:] if word.startswith("ال") and len(word) > 5 else word for word in words)


@lru_cache(maxsize=1)
def _initials() -> frozenset[str]:
    words = (fold(word) for row in rows("arabic_initials.tsv") for word in row[0].split())
    return frozenset(_without_suffix(word) for word in words if word not in _endings())


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    forms = {}
    for form, word in rows("arabic_forms.tsv"):
        folded = fold(word)
        forms[fold(form)] = folded if folded in _endings() else _without_suffix(folded)
    return forms
