import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from newsroom.text.analysis import analyse, index_stems
from newsroom.text.english import stem


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


def test_many_threads_stem_at_once_and_each_gets_its_own_stems():
    # A web server's threads share the module; a stemmer keeps the word that it is at in itself.
    words = [f"{beginning}{ending}" for beginning in ("nation", "relat", "hope", "organis", "conditi") for ending in
             ("alizations", "ional", "fulness", "ingly", "ational", "iveness", "ously", "ability")]  # fmt: skip
    right = [stem.__wrapped__(word) for word in words]
    begin = threading.Barrier(4)

    def stems(_thread: int) -> list[list[str]]:
        begin.wait()
        return [[stem.__wrapped__(word) for word in words] for _round in range(20)]

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(stems, range(4)))
    finally:
        sys.setswitchinterval(usual)

    assert all(round_ == right for rounds in found for round_ in rounds)
