"""Eight demo articles, annotated by hand: what is found in them must not get less.

The thresholds lie a little below what is measured (docs/suggestions.md), so that a rule may trade one sentence for another.
"""

import copy

import pytest

from articles.bench.suggestions import BadAnnotation, measure
from tests.unit.suggestions.demo_annotation import annotation

LEAST = {
    "mentions, exact span": (0.88, 0.90),
    "mentions, overlapping": (0.93, 0.95),
    "attributed sentences": (0.80, 0.90),
    "chains of those found": (0.75, 0.75),
    "number or date differs": (1.0, 1.0),
}
ANNOTATION = annotation()
TEXTS = {article["id"]: article["text"] for article in ANNOTATION["articles"]}
SCORES = {score.part: score for score in measure(ANNOTATION, TEXTS).scores}


def test_both_languages_are_annotated():
    assert {article["language"] for article in ANNOTATION["articles"]} == {"ar", "en"}
    assert len(TEXTS) == 8


@pytest.mark.parametrize("part", LEAST)
def test_as_much_is_found_as_before(part):
    recall, precision = LEAST[part]

    assert SCORES[part].recall >= recall
    assert SCORES[part].precision >= precision


def test_words_that_are_not_in_the_text_are_told():
    wrong = copy.deepcopy(ANNOTATION)
    wrong["mentions"][0]["surface"] = "Nobody of this name"

    with pytest.raises(BadAnnotation, match="Nobody of this name"):
        measure(wrong, TEXTS)


def test_an_empty_annotation_has_nothing_to_measure():
    assert measure({"articles": []}, {}).scores == []
