"""The glossary as search reads it: found by stems, the longest expression first."""

from articles.search.glossary import Glossary, expression
from newsroom.text.languages import ARABIC, ENGLISH

ROWS = [
    [["طائرة مسيّرة", "مسيّرة", "درون"], ["drone", "unmanned aircraft"]],
    [["ضربة بطائرة مسيّرة"], ["drone strike"]],
    [["حالة الطوارئ"], ["state of emergency"]],
    [["هدنة"], ["truce"]],
    [["هدنة"], ["armistice"]],
]
GLOSSARY = Glossary(ROWS)


def stems(text: str, language: str = ENGLISH) -> tuple[str, ...]:
    found = expression(text, language)
    assert found
    return found.stems


def test_an_expression_is_found_in_every_form_and_its_common_words_do_not_count():
    asked = stems("states emergency")

    assert GLOSSARY.translations(asked, ENGLISH) == [stems("حالة الطوارئ", ARABIC)]


def test_the_longest_expression_at_a_place_is_meant():
    words = (*stems("Iranian"), *stems("drone strikes"), *stems("drones"))

    assert list(GLOSSARY.spans(words)) == [(1, 3), (3, 4)]


def test_two_terms_with_one_word_give_all_their_translations():
    assert GLOSSARY.translations(stems("الهدنة", ARABIC), ARABIC) == [stems("truce"), stems("armistice")]
    assert GLOSSARY.translations(stems("truce"), ENGLISH) == [stems("هدنة", ARABIC)]
    assert GLOSSARY.translations(stems("truce"), ARABIC) == []


def test_synonyms_are_the_other_words_of_the_same_language():
    assert [one.stems for one in GLOSSARY.synonyms(stems("drones"))] == [stems("unmanned aircraft")]
    assert GLOSSARY.synonyms(stems("truce")) == []


def test_an_arabic_phrase_is_looked_for_with_the_article_and_with_clitics():
    found = expression("قوات خاصة", ARABIC)
    assert found
    forms = {" ".join(term.word for term in piece.terms) for piece in found.pieces if piece.is_phrase}

    assert {"قوات خاصه", "القوات الخاصه"} <= forms
    assert {"بقوات خاصه", "للقوات الخاصه", "والقوات الخاصه"} <= forms


def test_nothing_but_common_words_is_no_expression():
    assert expression("of the", ENGLISH) is None
    assert expression("", ENGLISH) is None
