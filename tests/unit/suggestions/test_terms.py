"""Terms of the glossary that a translation leaves out."""

import pytest

from articles.suggestions.terms import MOST_MISSING, TermWords, missing_terms

DRONE = TermWords(1, {"ar": ["طائرة مسيّرة", "مسيّرة"], "en": ["drone", "unmanned aircraft"]})
STRIKE = TermWords(2, {"ar": ["ضربة بطائرة مسيّرة"], "en": ["drone strike"]})
PMF = TermWords(3, {"ar": ["الحشد الشعبي"], "en": ["Popular Mobilisation Forces", "PMF"]})
TRUCE = TermWords(4, {"ar": ["هدنة"], "en": ["truce"]})
ARMISTICE = TermWords(5, {"ar": ["هدنة"], "en": ["armistice"]})
TERMS = [DRONE, STRIKE, PMF, TRUCE, ARMISTICE]


def words(text: str, translation: str, language: str = "ar") -> list[str]:
    into = "en" if language == "ar" else "ar"
    return [one.words for one in missing_terms(text, translation, TERMS, language=language, into=into)]


@pytest.mark.parametrize(
    "written",
    ["بالحشد الشعبي", "للحشد الشعبي", "والحشد الشعبي", "وبالحشد الشعبي", "الحَشْد الشعبي", "الحشد الشعبى"],
)
def test_a_term_is_seen_through_clitics_marks_and_spelling_habits(written):
    assert words(f"قال مسؤول إنه اتصل {written} أمس.", "An official called the armed groups.") == [written]
    assert words(f"قال مسؤول إنه اتصل {written} أمس.", "An official called the PMF.") == []


@pytest.mark.parametrize("written", ["والمسيّرات", "بمسيّرتين", "مسيّرة", "للمسيّرات"])
def test_number_and_article_do_not_hide_a_term(written):
    assert words(f"رصدنا {written}", "We saw rockets.") == [written]
    assert words(f"رصدنا {written}", "We saw Drones.") == []


def test_a_translation_into_arabic_may_carry_clitics_too():
    assert words("Drones hit the house.", "أصيب البيت بطائرتين مسيّرتين", "en") == []
    assert words("The PMF denied it.", "ونفى الأمر للحشد الشعبي صلة به", "en") == []
    assert words("The PMF denied it.", "نفت الفصائل الأمر", "en") == ["PMF"]


def test_of_two_terms_at_one_place_the_longer_is_meant():
    (missing,) = missing_terms("Two drone strikes.", "غارتان", TERMS, language="en", into="ar")

    assert (missing.words, missing.terms, missing.expected) == ("drone strikes", (2,), ("ضربة بطائرة مسيّرة",))


def test_any_translation_of_a_word_with_two_meanings_will_do():
    assert words("الهدنة", "the armistice") == []
    (missing,) = missing_terms("الهدنة، ثم هدنة", "peace", TERMS, language="ar", into="en")
    assert (missing.expected, missing.terms, missing.count, missing.start) == (
        ("truce", "armistice"),
        (4, 5),
        2,
        0,
    )


@pytest.mark.parametrize(("written", "is_one"), [("المدنيين", True), ("ومدنية", True), ("مدن", False)])
def test_a_word_in_ya_is_not_the_word_without_it(written, is_one):
    civilian = TermWords(1, {"ar": ["مدني"], "en": ["civilian"]})

    assert bool(missing_terms(written, "towns", [civilian], language="ar", into="en")) == is_one


def test_words_apart_are_no_term_and_nothing_comes_of_nothing():
    assert words("الحشد في الساحة، والتراث الشعبي", "The crowd in the square") == []
    assert words("", "") == []
    assert missing_terms("الحشد الشعبي", "x", [], language="ar", into="en") == []


def test_there_are_never_more_than_anyone_reads():
    many = [
        TermWords(number, {"en": [f"word{letter}"], "ar": ["كلمة"]})
        for number, letter in enumerate("abcdefghijklmnopq")
    ]
    text = " ".join(term.expressions["en"][0] for term in many)

    assert len(missing_terms(text, "شيء", many, language="en", into="ar")) == MOST_MISSING
