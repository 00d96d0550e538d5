import pytest

from articles.bench.corpus import Corpus, queries
from articles.bench.measures import ndcg, percentile, recall, reciprocal_rank


def test_the_best_order_has_a_gain_of_one():
    grades = {"a": 2, "b": 1, "c": 0}

    assert ndcg(["a", "b", "x"], grades) == pytest.approx(1)
    assert ndcg(["b", "a"], grades) == pytest.approx((1 + 3 / 1.58496) / (3 + 1 / 1.58496), rel=1e-4)
    assert ndcg([], grades) == ndcg(["a"], {}) == 0


def test_rank_and_recall_look_at_the_first_ten_only():
    ranked = [f"x{place}" for place in range(9)] + ["a", "b"]

    assert reciprocal_rank(ranked, {"a": 1}) == pytest.approx(0.1)
    assert reciprocal_rank(ranked, {"b": 1}) == 0
    assert recall(ranked, {"a": 1, "b": 1}) == 0.5


def test_a_percentile_is_one_of_the_values():
    assert percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert percentile([5, 1, 4, 2, 3], 0.95) == percentile([5, 1, 4, 2, 3], 1) == 5
    assert percentile([7], 0.01) == 7


def test_a_made_collection_is_the_same_every_time():
    assert list(Corpus(50).rows()) == list(Corpus(50).rows())
    assert list(Corpus(50).rows())[:20] == list(Corpus(20).rows())
    assert queries(Corpus(20), 4) == queries(Corpus(9), 4)


def test_a_made_collection_has_both_languages_claims_outlets_and_ten_years():
    rows = list(Corpus(400).rows())

    assert {row["language"] for row in rows} == {"ar", "en"}
    assert 10 < sum(row["type"] == "claim" for row in rows) < 90
    articles = [row for row in rows if row["type"] == "article"]
    assert len({row["published_at"][:4] for row in articles}) == 10
    assert 10 < len({row["outlet"] for row in articles}) <= 40
