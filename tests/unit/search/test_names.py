"""What a query of a few words may be the name of, before the index is asked."""

import pytest

from articles.search.engine import EngineRequest
from articles.search.names import name_in, title_keys
from articles.search.query import parse
from articles.search.terms import clauses
from newsroom.text.skeleton import skeletons


def asked(text: str) -> EngineRequest:
    return EngineRequest(clauses(parse(text)), at=0)


@pytest.mark.parametrize(
    "text", ["Kadhimi", " Mustafa al-Kadhimi ", "الكاظمي", "مصطفى الكاظمي", "Abdel Fattah el-Sisi"]
)
def test_a_few_words_may_be_a_name(text):
    assert name_in(text, asked(text)) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "من في",
        "the of",
        '"Kadhimi"',
        "-Kadhimi",
        "+Kadhimi home",
        "2021",
        "Who was Kublai?",
        "من هو قوبلاي؟",
        "F-16",
        "who attacked the home of the prime minister",
        "من الذي هاجم منزل رئيس الوزراء العراقي",
        "x" * 200,
    ],
)
def test_questions_signs_numbers_and_common_words_are_no_names(text):
    assert name_in(text, asked(text)) == ""


def test_a_title_is_kept_under_the_sound_of_its_telling_words():
    assert title_keys("مصطفى الكاظمي") & skeletons("Kadhimi")
    assert title_keys("نجاة رئيس الوزراء مصطفى الكاظمي من محاولة") & skeletons("Kadhimi")
    assert not title_keys("نجاة رئيس الوزراء") & skeletons("Kadhimi")


def test_a_long_title_has_fewer_keys_than_a_name_of_each_of_its_words():
    words = [
        "Alexandria",
        "Constantinople",
        "Marrakesh",
        "Thessaloniki",
        "Samarkand",
        "Bucharest",
        "Kandahar",
        "Ludmila",
        "Bratislava",
    ]

    assert len(title_keys(" ".join(words))) < sum(len(skeletons(word)) for word in words) / 3


def test_a_title_of_common_words_alone_or_of_none_does_no_harm():
    assert isinstance(title_keys("من في على"), frozenset)
    assert title_keys("") == frozenset()
