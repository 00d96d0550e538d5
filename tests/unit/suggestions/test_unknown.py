"""People named in a text and in no record."""

import pytest

from articles.suggestions.mentions import mentions
from articles.suggestions.names import KnownName, Names, Record
from articles.suggestions.unknown import unknown_names

NAMES = Names.of([KnownName(Record("person", "salma"), "سلمى الكاتبي")])


def unknown(text):
    return [(name.surface, name.role) for name in unknown_names(text, mentions(text, NAMES))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("الباحث رائد الفاضلي يرى ذلك", [("رائد الفاضلي", "الباحث")]),
        ("واعتبر وزير النقل الأسبق نادر جمال الساحلي ذلك خطأ", [("نادر جمال الساحلي", "وزير النقل الأسبق")]),
        ("said the analyst Jane Roe", [("Jane Roe", "")]),
        ("Thomas Example arrived", [("Thomas Example", "")]),
    ],
)
def test_a_title_or_a_given_name_shows_a_person(text, found):
    assert unknown(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "الباحثة سلمى الكاتبي",
        "وزير الداخلية قال",
        "رئيس مجلس الوزراء",
        "كلية الملك فهد الأمنية",
        "The Green Zone in Baghdad",
        "On Sunday Morning",
    ],
)
def test_known_people_offices_and_places_are_not_shown(text):
    assert unknown(text) == []


def test_a_name_is_shown_once():
    assert len(unknown("الباحث رائد الفاضلي. وقال الباحث رائد الفاضلي.")) == 1
