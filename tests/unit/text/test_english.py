import pytest

from newsroom.text.analysis import analyse, index_stems


def stem_of(word: str) -> str:
    (term,) = analyse(word)
    return term.stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("drone", "drones"),
        ("attack", "attacked"),
        ("Kadhimi's", "Kadhimi"),
        ("Kadhimi’s", "Kadhimi"),
        ("the guards’", "the guard"),
        ("organisation", "organization"),
        ("organised", "organizing"),
        ("analyse", "analyzed"),
        ("defence", "defense"),
        ("offences", "offense"),
        ("centre", "center"),
        ("kilometres", "kilometer"),
        ("neighbouring", "neighboring"),
        ("labour", "labor"),
        ("programmes", "program"),
        ("travelled", "traveled"),
        ("haemorrhage", "hemorrhage"),
        ("leukaemia", "leukemia"),
        ("dialogue", "dialog"),
        ("Sana'a", "Sanaa"),
        ("Qur’an", "Quran"),
        ("U.S.", "US"),
        ("A.F.P.", "AFP"),
        ("naïve", "naive"),
        ("𝗕𝗿𝗲𝗮𝗸𝗶𝗻𝗴", "breaking"),
        ("1990s", "1990"),
        ("12,345", "12345"),
    ],
)
def test_spellings_and_forms_of_one_word_meet(one, other):
    assert index_stems(one) == index_stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("police", "policy"),
        ("Iran", "Iraq"),
        ("our", "or"),
        ("war", "ware"),
        ("four", "for"),
        ("army", "arm"),
    ],
)
def test_different_words_do_not_meet(one, other):
    assert stem_of(one) != stem_of(other)


def test_the_country_in_capitals_is_no_pronoun():
    assert not analyse("US")[0].is_stop
    assert not analyse("U.S.")[0].is_stop
    assert not analyse("the WHO")[1].is_stop
    assert analyse("us")[0].is_stop


def test_contractions_are_function_words_and_their_lookalikes_are_not():
    assert all(term.is_stop for term in analyse("don't we’ll she'd it's"))
    assert not any(term.is_stop for term in analyse("ill shed well hell"))
