import random
from pathlib import Path

import pytest

from articles.search.copies import BINS, ENOUGH, Copies, resemblance, signature

WORDS = [f"w{number}" for number in range(3_000)]


def a_text(seed: int, words: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)  # noqa: S311 - reproducible, no secret


def changed(text: list[str], every: int) -> list[str]:
    return [f"x{at}" if at % every == 0 else word for at, word in enumerate(text)]


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


def put(copies: Copies, pk: int, text: list[str], original: int | None = None) -> int | None:
    return copies.put(pk, [signature(text)], original)[0]


def test_the_likeness_of_signatures_estimates_the_share_of_common_runs():
    text = a_text(1)

    assert resemblance(signature(text), signature(text)) == 1
    assert resemblance(signature(text), signature(a_text(2))) < 3 / BINS
    # A word in forty changed spoils four runs of forty: 0.9 of each, 0.82 of both together.
    assert 0.65 < resemblance(signature(text), signature(changed(text, 40))) < 0.95


def test_a_text_too_short_to_say_is_nobodys_copy(copies):
    assert signature(a_text(1, words=30)) == b""
    for pk in (1, 2):
        assert put(copies, pk, a_text(1, words=30)) is None


def test_a_copy_with_a_lead_of_its_own_and_some_words_changed_is_found(copies):
    report = a_text(1)

    assert put(copies, 1, report) is None
    assert put(copies, 2, report) == 1
    assert put(copies, 3, a_text(9, words=25) + changed(report, 60)) == 1


def test_two_articles_that_quote_one_speech_are_two(copies):
    speech = a_text(1, words=200)

    assert put(copies, 1, a_text(2, words=120) + speech) is None
    assert put(copies, 2, speech + a_text(3, words=120)) is None


def test_a_chain_of_small_changes_joins_no_texts_that_are_unlike(copies):
    text = a_text(1)
    for pk in range(1, 12):
        leader = put(copies, pk, text)
        assert leader is None or resemblance(signature(text), signature(a_text(1))) > 0 or leader > 1
        text = text[40:] + a_text(100 + pk, words=40)
    assert put(copies, 99, text) != 1


def test_what_the_desk_says_comes_before_any_likeness(copies):
    assert put(copies, 2, a_text(2), original=1) == 1
    assert put(copies, 3, a_text(2)) is None
    assert put(copies, 1, a_text(1)) is None


def test_the_copy_of_a_copy_is_shown_under_the_same_article(copies):
    put(copies, 1, a_text(1))
    put(copies, 2, a_text(1))

    assert put(copies, 3, a_text(3), original=2) == 1


def test_when_a_leader_changes_or_goes_its_copies_are_asked_again_and_find_a_new_one(copies):
    for pk in (1, 2, 3):
        put(copies, pk, a_text(1))

    assert copies.put(1, [signature(a_text(1))], None) == (None, [])
    assert copies.put(1, [signature(a_text(7))], None) == (None, [2, 3])
    assert [put(copies, pk, a_text(1)) for pk in (2, 3)] == [None, 2]
    assert copies.remove(2) == [3]
    assert put(copies, 3, a_text(1)) is None
    assert copies.remove(3) == []


def test_an_original_that_turns_out_to_be_a_copy_takes_its_own_along(copies):
    put(copies, 1, a_text(1))
    assert put(copies, 5, a_text(5), original=9) == 9

    assert copies.put(9, [signature(a_text(1))], None) == (1, [5])
    assert put(copies, 5, a_text(5), original=9) == 1


def test_what_was_committed_is_there_when_the_file_is_opened_again(tmp_path):
    copies = Copies(tmp_path)
    put(copies, 1, a_text(1))
    copies.commit()
    put(copies, 2, a_text(2))
    copies.close()

    again = Copies(tmp_path)

    assert put(again, 3, a_text(1)) == 1
    assert put(again, 4, a_text(2)) is None


def test_a_damaged_file_is_met_like_a_damaged_index(tmp_path):
    (tmp_path / "copies.sqlite3").write_bytes(b"no database at all" * 100)

    with pytest.raises(OSError, match="copies"):
        Copies(tmp_path)


def test_the_likeness_needed_lies_between_two_texts_half_in_common_and_one_word_in_forty_changed():
    assert 0.5 < ENOUGH < 0.8
