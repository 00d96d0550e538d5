"""Which written forms may be of one Arabic verb."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.arabic_verbs import verbs
from newsroom.text.fold import fold


def forms(word: str) -> set[str]:
    return {form for verb in verbs(fold(word)) for form in (*verb.pasts, *verb.presents)}


@pytest.mark.parametrize(
    ("present", "past"),
    [
        ("يكسب", "كسب"),
        ("يؤكد", "أكد"),
        ("يطلق", "أطلقت"),
        ("تستقبل", "استقبل"),
        ("يستعرضان", "استعرض"),
        ("يشاركون", "شارك"),
        ("يتعهد", "تعهدت"),
        ("تتفقد", "تفقدت"),
        ("يصل", "وصلت"),
        ("يشن", "شنت"),
        ("يقول", "قال"),
        ("يشيد", "أشادت"),
        ("يدعو", "دعا"),
        ("يلتقي", "التقى"),
        ("سيزور", "زار"),
        ("ليحتل", "احتل"),
        ("ويتوقعون", "توقع"),
    ],
)
def test_a_present_and_its_past_are_of_one_verb(present, past):
    assert fold(past) in forms(present)


@pytest.mark.parametrize(
    ("past", "present"),
    [("أكدت", "يؤكد"), ("قال", "يقول"), ("استعاد", "يستعيد"), ("وصلوا", "يصل"), ("دعا", "تدعو")],
)
def test_a_past_leads_to_its_present(past, present):
    assert fold(present) in forms(past)


@pytest.mark.parametrize("word", ["", "في", "يد"])
def test_a_word_of_two_letters_is_no_verb(word):
    assert verbs(word) == ()


def test_a_noun_in_te_is_not_led_to_the_verb_within_it():
    assert "وقع" not in forms("توقعات")
    assert "ركيا" not in forms("تركيا")


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءىةؤئ", min_size=3, max_size=12))
def test_every_word_has_few_readings_of_whole_words(word):
    found = verbs(word)

    assert 1 <= len(found) <= 60
    assert all(form for verb in found for form in (*verb.pasts, *verb.presents))
