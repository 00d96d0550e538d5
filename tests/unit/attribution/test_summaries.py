"""How widely a claim is told, with each number's noun in its form."""

import pytest
from babel import Locale

from articles.attribution import Publication, summary_sentence
from articles.attribution.counting import counted, plural_category
from articles.choices import AppearanceKind, Certainty
from tests.unit.attribution.cast import (
    AFP,
    CLOSE_SOURCES,
    DARAJ,
    HERALD,
    KADHIMI,
    MINISTRY,
    OFFICIALS,
    POST,
    REUTERS,
    WITNESSES,
    outlet,
    told,
)

REPORT = Publication("report", REUTERS)
THREE_TELLINGS = [
    told(DARAJ, REUTERS, (OFFICIALS, CLOSE_SOURCES), article="daraj"),
    told(DARAJ, article="daraj", kind=AppearanceKind.HEADLINE),
    told(HERALD, REUTERS, OFFICIALS, copy_of=REPORT),
]


@pytest.mark.parametrize(
    ("tellings", "english", "arabic"),
    [
        ([], "Not told yet", "لم يُروَ بعد"),
        (
            THREE_TELLINGS,
            "Told 3 times, in 2 outlets, from one unnamed origin",
            "رُوي ٣ مرات، في وسيلتي إعلام، عن أصل واحد غير مسمّى",
        ),
        (
            [told(DARAJ)],
            "Told once, in one outlet, from one origin",
            "رُوي مرة واحدة، في وسيلة إعلام واحدة، عن أصل واحد",
        ),
        (
            [told(DARAJ, KADHIMI), told(HERALD, OFFICIALS)],
            "Told twice, in 2 outlets, from 2 origins, one of them unnamed",
            "رُوي مرتين، في وسيلتي إعلام، عن أصلين، أحدهما غير مسمّى",
        ),
        (
            [told(DARAJ, (KADHIMI, REUTERS)), told(HERALD, OFFICIALS), told(POST, WITNESSES)],
            "Told 3 times, in 3 outlets, from 4 origins, 2 of them unnamed",
            "رُوي ٣ مرات، في ٣ وسائل إعلام، عن ٤ أصول، اثنان منها غير مسمّيين",
        ),
        (
            [told(DARAJ), told(None, AFP)],
            "Told twice, in one outlet and one article of unknown publisher, from 2 origins",
            "رُوي مرتين، في وسيلة إعلام واحدة ومقال واحد مجهول الناشر، عن أصلين",
        ),
        (
            [told(None, article="a"), told(None, article="b")],
            "Told twice, in 2 articles of unknown publisher, from 2 origins",
            "رُوي مرتين، في مقالين مجهولي الناشر، عن أصلين",
        ),
        (
            [told(DARAJ), told(HERALD, MINISTRY, certainty=Certainty.DENIED)],
            "Told once, in one outlet, from one origin; denied once, in one outlet, from one origin",
            "رُوي مرة واحدة، في وسيلة إعلام واحدة، عن أصل واحد؛ نُفي مرة واحدة، في وسيلة إعلام واحدة، عن أصل واحد",
        ),
        (
            [told(DARAJ, certainty=Certainty.QUESTIONED)],
            "Questioned once, in one outlet",
            "طُرح للتساؤل مرة واحدة، في وسيلة إعلام واحدة",
        ),
    ],
)
def test_a_claim_is_summed_up_in_a_sentence(tellings, english, arabic):
    assert summary_sentence(tellings, "en") == english
    assert summary_sentence(tellings, "ar") == arabic


@pytest.mark.parametrize(
    ("n", "arabic"),
    [
        (1, "رُوي مرة واحدة، في وسيلة إعلام واحدة، عن أصل واحد"),
        (2, "رُوي مرتين، في وسيلتي إعلام، عن أصلين"),
        (3, "رُوي ٣ مرات، في ٣ وسائل إعلام، عن ٣ أصول"),
        (10, "رُوي ١٠ مرات، في ١٠ وسائل إعلام، عن ١٠ أصول"),
        (11, "رُوي ١١ مرة، في ١١ وسيلة إعلام، عن ١١ أصلاً"),
        (99, "رُوي ٩٩ مرة، في ٩٩ وسيلة إعلام، عن ٩٩ أصلاً"),
        (100, "رُوي ١٠٠ مرة، في ١٠٠ وسيلة إعلام، عن ١٠٠ أصل"),
        (103, "رُوي ١٠٣ مرات، في ١٠٣ وسائل إعلام، عن ١٠٣ أصول"),
    ],
)
def test_an_arabic_noun_takes_the_form_of_its_number(n, arabic):
    assert summary_sentence([told(outlet(f"site {place}")) for place in range(n)], "ar") == arabic


def test_plural_categories_are_those_of_unicode():
    arabic = {n: plural_category(n, "ar") for n in (0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 111, 1000)}

    assert list(arabic.values()) == [
        *("zero", "one", "two", "few", "few", "many", "many"),
        *("other", "other", "other", "few", "many", "other"),
    ]
    assert [plural_category(n, "en") for n in (0, 1, 2)] == ["other", "one", "other"]


def test_plural_categories_agree_with_babel():
    for language in ("ar", "en"):
        plural_form = Locale(language).plural_form
        assert all(plural_category(n, language) == plural_form(n) for n in range(1200))


def test_a_number_of_its_own_comes_before_its_category_and_what_has_no_form_takes_the_common_one():
    forms = {"=2": "twice", "one": "once", "other": "{n} times"}

    assert [counted(n, forms, "en") for n in (0, 1, 2, 1500)] == ["0 times", "once", "twice", "1,500 times"]
    assert counted(11, {"other": "{n} مرة"}, "ar") == "١١ مرة"
