"""How widely a claim is told, in one sentence, with the number's noun in its right form.

Told 3 times, in 2 outlets, from one unnamed origin; denied once, in one outlet, from one origin
رُوي ٣ مرات، في وسيلتي إعلام، عن أصل واحد غير مسمّى؛ نُفي مرة واحدة، في وسيلة إعلام واحدة، عن أصل واحد
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from articles.attribution.chain import Stance, Telling
from articles.attribution.counting import counted
from articles.attribution.origins import Tally, tally
from newsroom.text.languages import ARABIC, ENGLISH

type Forms = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Words:
    times: Mapping[Stance, Forms]
    outlets: Forms
    articles_without_outlet: Forms
    origins: Forms
    unnamed_origins: Forms
    unnamed_among_two: str
    unnamed_among_more: Forms
    where: str
    also: str
    comma: str
    semicolon: str
    never: str


_WORDS: Mapping[str, _Words] = {
    ENGLISH: _Words(
        times={
            Stance.SAID: {"one": "told once", "=2": "told twice", "other": "told {n} times"},
            Stance.DENIED: {"one": "denied once", "=2": "denied twice", "other": "denied {n} times"},
            Stance.QUESTIONED: {
                "one": "questioned once",
                "=2": "questioned twice",
                "other": "questioned {n} times",
            },
        },
        outlets={"one": "one outlet", "other": "{n} outlets"},
        articles_without_outlet={
            "one": "one article of unknown publisher",
            "other": "{n} articles of unknown publisher",
        },
        origins={"one": "from one origin", "other": "from {n} origins"},
        unnamed_origins={"one": "from one unnamed origin", "other": "from {n} unnamed origins"},
        unnamed_among_two=", one of them unnamed",
        unnamed_among_more={"one": ", one of them unnamed", "other": ", {n} of them unnamed"},
        where="in ",
        also=" and ",
        comma=", ",
        semicolon="; ",
        never="not told yet",
    ),
    # Counted nouns stand in the genitive after «في» and «عن»: أصلين, وسيلتي إعلام, ١١ أصلاً.
    ARABIC: _Words(
        times={
            Stance.SAID: {
                "one": "رُوي مرة واحدة",
                "two": "رُوي مرتين",
                "few": "رُوي {n} مرات",
                "other": "رُوي {n} مرة",
            },
            Stance.DENIED: {
                "one": "نُفي مرة واحدة",
                "two": "نُفي مرتين",
                "few": "نُفي {n} مرات",
                "other": "نُفي {n} مرة",
            },
            Stance.QUESTIONED: {
                "one": "طُرح للتساؤل مرة واحدة",
                "two": "طُرح للتساؤل مرتين",
                "few": "طُرح للتساؤل {n} مرات",
                "other": "طُرح للتساؤل {n} مرة",
            },
        },
        outlets={
            "one": "وسيلة إعلام واحدة",
            "two": "وسيلتي إعلام",
            "few": "{n} وسائل إعلام",
            "other": "{n} وسيلة إعلام",
        },
        articles_without_outlet={
            "one": "مقال واحد مجهول الناشر",
            "two": "مقالين مجهولي الناشر",
            "few": "{n} مقالات مجهولة الناشر",
            "many": "{n} مقالاً مجهول الناشر",
            "other": "{n} مقال مجهول الناشر",
        },
        origins={
            "one": "عن أصل واحد",
            "two": "عن أصلين",
            "few": "عن {n} أصول",
            "many": "عن {n} أصلاً",
            "other": "عن {n} أصل",
        },
        unnamed_origins={
            "one": "عن أصل واحد غير مسمّى",
            "two": "عن أصلين غير مسمّيين",
            "few": "عن {n} أصول غير مسمّاة",
            "many": "عن {n} أصلاً غير مسمّى",
            "other": "عن {n} أصل غير مسمّى",
        },
        unnamed_among_two="، أحدهما غير مسمّى",
        unnamed_among_more={
            "one": "، واحد منها غير مسمّى",
            "two": "، اثنان منها غير مسمّيين",
            "few": "، {n} منها غير مسمّاة",
            "other": "، {n} منها غير مسمّى",
        },
        where="في ",
        also=" و",
        comma="، ",
        semicolon="؛ ",
        never="لم يُروَ بعد",
    ),
}


def summary_sentence(tellings: Iterable[Telling], language: str) -> str:
    """How often the claim is said, denied and questioned, in how many outlets, from how many independent origins."""
    tellings = list(tellings)
    words = _WORDS[language]
    clauses = [
        _clause(words, stance, figures, language)
        for stance in Stance
        if (figures := tally(tellings, stance=stance)).tellings
    ]
    sentence = words.semicolon.join(clauses) or words.never
    return sentence[0].upper() + sentence[1:]


def _clause(words: _Words, stance: Stance, figures: Tally, language: str) -> str:
    parts = [counted(figures.tellings, words.times[stance], language), _where(words, figures, language)]
    # Whoever asks whether a thing is so is no origin of it.
    if stance != Stance.QUESTIONED:
        parts.append(_origins(words, figures, language))
    return words.comma.join(parts)


def _where(words: _Words, figures: Tally, language: str) -> str:
    places = [
        (figures.outlets, words.outlets),
        (figures.articles_without_outlet, words.articles_without_outlet),
    ]
    return words.where + words.also.join(counted(n, forms, language) for n, forms in places if n)


def _origins(words: _Words, figures: Tally, language: str) -> str:
    if figures.unnamed_origins == figures.origins:
        return counted(figures.origins, words.unnamed_origins, language)
    sentence = counted(figures.origins, words.origins, language)
    if not figures.unnamed_origins:
        return sentence
    if figures.origins == 2:
        return sentence + words.unnamed_among_two
    return sentence + counted(figures.unnamed_origins, words.unnamed_among_more, language)
