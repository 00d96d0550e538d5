from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from newsroom.text.dates import DatePrecision, partial_date
from newsroom.text.numbers import localised_digits, localised_number

THE_DAY = date(2021, 11, 9)
THE_MOMENT = datetime(2021, 11, 8, 22, 5, tzinfo=UTC)
BAGHDAD = ZoneInfo("Asia/Baghdad")


@pytest.mark.parametrize(
    ("precision", "in_arabic", "in_english"),
    [
        ("day", "٩ تشرين الثاني/نوفمبر ٢٠٢١", "9 November 2021"),
        ("month", "تشرين الثاني/نوفمبر ٢٠٢١", "November 2021"),
        ("year", "٢٠٢١", "2021"),
        ("about", "نحو ٩ تشرين الثاني/نوفمبر ٢٠٢١", "about 9 November 2021"),
        ("before", "قبل ٩ تشرين الثاني/نوفمبر ٢٠٢١", "before 9 November 2021"),
        ("after", "بعد ٩ تشرين الثاني/نوفمبر ٢٠٢١", "after 9 November 2021"),
        ("moment", "٩ تشرين الثاني/نوفمبر ٢٠٢١", "9 November 2021"),
    ],
)
def test_a_date_is_told_no_more_exactly_than_it_is_known(precision, in_arabic, in_english):
    assert partial_date(THE_DAY, precision, "ar") == in_arabic
    assert partial_date(THE_DAY, precision, "en") == in_english


def test_a_moment_is_told_in_its_zone_by_name():
    assert partial_date(THE_MOMENT, "moment", "en", BAGHDAD) == "9 November 2021, 01:05 (Baghdad time)"
    assert (
        partial_date(THE_MOMENT, "moment", "ar", BAGHDAD)
        == "٩ تشرين الثاني/نوفمبر ٢٠٢١، ٠١:٠٥ (بتوقيت بغداد)"
    )


def test_a_zone_without_a_name_is_told_by_its_distance():
    assert partial_date(THE_MOMENT, "moment", "en", ZoneInfo("America/St_Johns")).endswith(
        "(\u200eUTC-03:30)"
    )


def test_the_day_of_a_moment_is_the_day_in_its_zone():
    assert partial_date(THE_MOMENT, "day", "en", BAGHDAD) == "9 November 2021"
    assert partial_date(THE_MOMENT, "day", "en") == "8 November 2021"


def test_the_language_of_a_date_is_the_one_asked_for_and_not_the_active_one():
    with translation.override("ar"):
        assert partial_date(THE_DAY, DatePrecision.MONTH, "en") == "November 2021"


def test_no_date_is_no_words():
    assert partial_date(None, "day", "ar") == ""


@pytest.mark.parametrize(
    ("number", "in_arabic", "in_english"),
    [
        (0, "٠", "0"),
        (7, "٧", "7"),
        (12345, "١٢٬٣٤٥", "12,345"),
        (Decimal("1234.5"), "١٬٢٣٤٫٥", "1,234.5"),
        (-3, "\u200e-٣", "-3"),
    ],
)
def test_a_number_has_the_digits_of_its_language(number, in_arabic, in_english):
    assert localised_number(number, "ar") == in_arabic
    assert localised_number(number, "en") == in_english


def test_digits_inside_words_change_alone():
    assert localised_digits("F-16, 3.5", "ar") == "F-١٦, ٣.٥"
    assert localised_digits("F-16, 3.5", "en") == "F-16, 3.5"
