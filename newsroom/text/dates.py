"""Dates of known precision, in words, in the language asked for."""

from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from newsroom.text.languages import ARABIC
from newsroom.text.numbers import localised_digits


class DatePrecision(TextChoices):
    """How much of a date is known."""

    MOMENT = "moment", _("Exact moment")
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")
    ABOUT = "about", _("About this day")
    BEFORE = "before", _("Before this day")
    AFTER = "after", _("After this day")


UTC = ZoneInfo("UTC")

# Both names of a month: the east of the Arab world reads the first, Egypt and the Gulf the second.
_MONTHS_ARABIC = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيو",
    "تموز/يوليو",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
_MONTHS_ENGLISH = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_QUALIFIERS = {
    DatePrecision.ABOUT: ("نحو {}", "about {}"),
    DatePrecision.BEFORE: ("قبل {}", "before {}"),
    DatePrecision.AFTER: ("بعد {}", "after {}"),
}
_ZONES = {
    "Asia/Baghdad": ("بتوقيت بغداد", "Baghdad time"),
    "Asia/Beirut": ("بتوقيت بيروت", "Beirut time"),
    "Asia/Damascus": ("بتوقيت دمشق", "Damascus time"),
    "Africa/Cairo": ("بتوقيت القاهرة", "Cairo time"),
    "Asia/Riyadh": ("بتوقيت الرياض", "Riyadh time"),
    "Europe/London": ("بتوقيت لندن", "London time"),
    "UTC": ("بالتوقيت العالمي", "UTC"),
}


def month_name(month: int, language: str) -> str:
    """The month from 1 to 12 by name."""
    return (_MONTHS_ARABIC if language == ARABIC else _MONTHS_ENGLISH)[month - 1]


def partial_date(value: date | datetime | None, precision: str, language: str, zone: tzinfo = UTC) -> str:
    """The date in words, no more exact than it is known; empty where there is none.

    An aware moment is told in the zone; a naive one is taken to be in it already.
    """
    if value is None:
        return ""
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(zone)
    words = _words(value, precision, language)
    if precision == DatePrecision.MOMENT and isinstance(value, datetime):
        words = _with_time(words, value, language, zone)
    return localised_digits(words, language)


def _words(value: date, precision: str, language: str) -> str:
    if precision == DatePrecision.YEAR:
        return str(value.year)
    month_and_year = f"{month_name(value.month, language)} {value.year}"
    if precision == DatePrecision.MONTH:
        return month_and_year
    day = f"{value.day} {month_and_year}"
    in_arabic, in_english = _QUALIFIERS.get(DatePrecision(precision), ("{}", "{}"))
    return (in_arabic if language == ARABIC else in_english).format(day)


def _with_time(day: str, moment: datetime, language: str, zone: tzinfo) -> str:
    time = f"{moment:%H:%M}"
    if language == ARABIC:
        return f"{day}، {time} ({_zone_name(moment, zone, language)})"
    return f"{day}, {time} ({_zone_name(moment, zone, language)})"


def _zone_name(moment: datetime, zone: tzinfo, language: str) -> str:
    names = _ZONES.get(str(zone))
    if names:
        return names[0] if language == ARABIC else names[1]
    offset = moment.replace(tzinfo=zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    # The mark keeps sign and digits together in a right-to-left line.
    return f"\u200eUTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
