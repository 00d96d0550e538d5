"""Pairs of statements written for this test: of one event told otherwise, of one event told the same, and only alike.

In Arabic, in English, and one in each. The figures are in docs/suggestions.md; the thresholds lie a little below them.
"""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override

from articles.choices import Aspect, RelationType
from articles.search.vectors.encoder import query_vector
from articles.search.vectors.told import NearClaim
from articles.suggestions.names import KnownName, Names, Record
from articles.suggestions.opposing import Comparison, Statement, comparison
from articles.suggestions.sentences import claims_found

PAIRS = json.loads((Path(__file__).parent / "data" / "pairs.json").read_text("utf-8"))
NAMES = Names.of(
    KnownName(Record(row["kind"], row["id"]), row[column])
    for row in PAIRS["names"]
    for column in ("name_ar", "name_en")
)


def nearness(one: str, other: str) -> float:
    return float(query_vector(one) @ query_vector(other))


def compared(one: str, other: str) -> Comparison:
    return comparison(
        Statement.of(one, NAMES), Statement.of(other, NAMES), nearness(one, other), alike=nearness
    )


def found(kind: str) -> list[tuple[Comparison, dict]]:
    pairs = [(*pair["a"].values(), *pair["b"].values(), pair) for pair in PAIRS[kind]]
    return [(compared(one, other), pair) for one, other, pair in pairs]


def test_there_are_enough_pairs_of_each_kind_in_both_languages_and_across():
    for kind in ("contradicts", "same", "unrelated"):
        languages = [(*pair["a"], *pair["b"]) for pair in PAIRS[kind]]
        assert len(languages) >= 20
        assert {("ar", "ar"), ("en", "en"), ("ar", "en")} <= set(languages)


def test_what_is_told_otherwise_is_found_with_its_aspect():
    right = [
        one.conflict is not None and one.conflict.aspect == pair["aspect"]
        for one, pair in found("contradicts")
    ]
    assert sum(right) >= 0.85 * len(right)


@pytest.mark.parametrize(("kind", "most"), [("same", 1), ("unrelated", 2)])
def test_what_is_not_at_odds_is_seldom_taken_for_it(kind, most):
    assert sum(one.conflict is not None for one, _pair in found(kind)) <= most


def test_an_arrest_and_a_release_follow_each_other():
    found_one = compared("اعتُقل مدير المصرف في المطار أمس.", "أُفرج عن مدير المصرف في المطار أمس.")

    assert found_one.type == RelationType.UPDATES


def test_another_who_says_the_same_contradicts_nobody():
    found_one = compared(
        "قالت سلمى الكاتبي إن الأرشيف احترق ليلاً.",
        "According to Nader Helou the archive burned down at night.",
    )

    assert found_one.type == RelationType.CORROBORATES
    assert found_one.has_other_source


def test_of_one_deed_another_doer_is_at_odds_however_much_else_is_said():
    one = Statement.of("أكد خفر السواحل أن جهات مجهولة نفذت الهجوم على القارب.", NAMES)
    other = Statement.of("شنّت ميليشيات من الضفة الأخرى هجوماً في تشرين الثاني/نوفمبر 2021 قرب الجزر.", NAMES)

    odd = comparison(one, other, 0.2)
    assert odd.conflict is not None
    assert odd.conflict.aspect == Aspect.PERPETRATOR
    assert comparison(one, other, 0.1).conflict is None


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("قُتل الحارس فجر الأحد.", []),
        ("قتل ثلاثة حراس في الهجوم.", []),
        ("The director had several guards arrested.", []),
        ("الهجوم على القارب شنّته ميليشيات موالية للحاكم.", ["ميليشيات موالية للحاكم"]),
        ("The boat was sunk by two smugglers.", ["two smugglers"]),
        ("أُحرق القارب على أيدي مهربين.", ["مهربين"]),
    ],
)
def test_who_did_it_is_told_by_the_form_of_the_words(text, doers):
    facts = [fact for fact in Statement.of(text, NAMES).facts if fact.kind == "doer"]

    assert [text[fact.start : fact.end] for fact in facts] == doers


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ببغداد وفي القاهرة وللأردن", ["baghdad", "cairo", "jordan"]),
        ("an Iranian in New York, U.S.", ["iran", "new-york", "usa"]),
        ("الطائرات الإيرانية الصنع", ["iran"]),
        ("turkey and china for dinner", []),
    ],
)
def test_places_are_known_in_both_languages(text, places):
    assert [fact.value for fact in Statement.of(text).facts if fact.kind == "place"] == places


def test_the_panel_of_what_was_told_before_names_the_other_place_and_doer():
    words = "نفذت كتائب النهر الهجوم على المصرف في صيدا"
    claim: Any = SimpleNamespace(pk=1, statement_ar="نفذ حراس المصرف الهجوم عليه في طرابلس.")
    article: Any = SimpleNamespace(body_ar=words)

    (shown,) = claims_found(article, "ar", [(words, None)], [NearClaim(0, claim, "ar", 0.7)], Names())
    with override("en"):
        differing = {str(label): (here, there) for label, here, there in shown.differing}

    assert differing == {
        "who did it": (["كتائب النهر"], ["حراس المصرف"]),
        "places": (["صيدا"], ["طرابلس"]),
    }
