"""Numbers and dates in a statement, as both languages write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from articles.suggestions.facts import DATE, NUMBER, Fact, facts_along
from articles.suggestions.lists import rows, spelled
from articles.suggestions.words import Reading, Word

_MOST_YEAR, _LEAST_YEAR = 2100, 1800
_FRACTION = re.compile(r"[.٫,]")


# Numbers


@lru_cache(maxsize=1)
def number_words() -> dict[str, Decimal]:
    return {
        spelled(word): Decimal(row[1])
        for row in rows("numbers")
        if row[0] == "number"
        for word in row[2:]
        if word
    }


@lru_cache(maxsize=1)
def _duals() -> dict[str, str]:
    return {spelled(word): row[1] for row in rows("numbers") if row[0] == "dual" for word in row[2:] if word}


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {
        spelled(word): int(row[1]) for row in rows("numbers") if row[0] == "month" for word in row[2:] if word
    }


def _value(word: Word) -> Decimal | None:
    if word.script == "number":
        digits = re.sub(r"[^\d.]", "", word.folded.replace("٬", ""))
        digits = digits if digits.count(".") <= 1 else digits.replace(".", "")
        try:
            return Decimal(digits)
        except InvalidOperation:
            return None
    known = number_words()
    for form in (
        word.spelled,
        word.spelled.removeprefix("و"),
        word.spelled.removeprefix("ب"),
        word.spelled.removeprefix("ال"),
    ):
        if form in known:
            return known[form]
    return None


def numbers(reading: Reading) -> Iterator[Fact]:
    written, at = reading.words, 0
    while at < len(written):
        value = _value(written[at])
        if value is None:
            if written[at].spelled.removeprefix("ال") in _duals():
                yield Fact(
                    NUMBER,
                    "2",
                    written[at].start,
                    written[at].end,
                    _duals()[written[at].spelled.removeprefix("ال")],
                )
            at += 1
            continue
        first = at
        total, current = Decimal(0), value
        while at + 1 < len(written) and (joined := _joined(reading, at, current)) is not None:
            at, current, total = joined[0], joined[1], total + joined[2]
        at += 1
        amount = total + current
        # «أحد», "one" and «واحد» are pronouns more often than numbers.
        if amount == 1 and written[first].script != "number" and not _counts(reading, first):
            continue
        yield Fact(NUMBER, _plain(amount), written[first].start, written[at - 1].end, _counted(reading, at))


def _joined(reading: Reading, at: int, current: Decimal) -> tuple[int, Decimal, Decimal] | None:  # noqa: PLR0911 - a list of cases
    """The number with the word after it taken in: its place, the new value, and what is complete already."""
    word, following = reading.words[at], reading.words[at + 1]
    if word.script == "number" and following.script == "number":
        if _FRACTION.fullmatch(following.gap) and current == int(current):
            return (
                at + 1,
                Decimal(f"{_plain(current)}.{re.sub(r'[^0-9]', '', following.folded) or 0}"),
                Decimal(0),
            )
        return None
    if following.gap.strip(" -‐‑") != "":
        return None
    if following.spelled == "and" and at + 2 < len(reading.words) and current >= 100:
        value = _value(reading.words[at + 2])
        if value is not None and value < 100 and reading.words[at + 2].script != "number":
            return at + 2, current + value, Decimal(0)
        return None
    value = _value(following)
    if value is None or following.script == "number":
        return None
    if value >= 100 and value > current and not following.spelled.startswith("و"):
        return at + 1, current * value, Decimal(0)
    if following.spelled.startswith("و") or (
        following.script == "latin" and value < 10 <= current < 100 and current % 10 == 0
    ):
        if value >= 1000:
            return at + 1, value, current
        return at + 1, current + value, Decimal(0)
    return None


def _counts(reading: Reading, at: int) -> bool:
    """Whether "one" counts: «طائرة واحدة», "one drone"."""
    return reading.words[at].spelled in {"واحدة", "واحد", "one", "single"} and at + 1 <= len(reading.words)


def _counted(reading: Reading, at: int) -> str:
    return reading.words[at].folded if at < len(reading.words) else ""


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


# Dates


# Before the number of a day of the week, Monday's is 0.
WEEKDAY = "weekday-"


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, str]:
    return {
        spelled(word): row[1] for row in rows("numbers") if row[0] == "weekday" for word in row[2:] if word
    }


def _weekday(reading: Reading, at: int) -> tuple[Fact, int] | None:
    """«يوم الثلاثاء», "on Tuesday"."""
    word = reading.words[at]
    number = _weekdays().get(word.spelled)
    if number is None or (word.script == "latin" and not word.is_capitalised):
        return None
    return Fact(DATE, WEEKDAY + number, word.start, word.end), at + 1


def dates(reading: Reading) -> Iterator[Fact]:
    return facts_along(reading, _date_at)


def _date_at(reading: Reading, at: int) -> tuple[Fact, int] | None:
    return _iso_date(reading, at) or _written_date(reading, at) or _year(reading, at) or _weekday(reading, at)


def _iso_date(reading: Reading, at: int) -> tuple[Fact, int] | None:
    """2021-11-07, 07/11/2021."""
    if at + 2 >= len(reading.words):
        return None
    parts = reading.words[at : at + 3]
    if any(part.script != "number" for part in parts) or any(
        part.gap not in {"-", "/", "."} for part in parts[1:]
    ):
        return None
    values = [int(re.sub(r"\D", "", part.folded) or 0) for part in parts]
    year, month, day = values if values[0] >= _LEAST_YEAR else values[::-1]
    if not (_LEAST_YEAR <= year <= _MOST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _date(reading, range(at, at + 3), year, month, day), at + 3


def _written_date(reading: Reading, at: int) -> tuple[Fact, int] | None:
    """7 November 2021, November 7, 2021, 7 تشرين الثاني/نوفمبر 2021, العاشر من أكتوبر."""
    first, day, year = at, 0, 0
    value = _value(reading.words[at])
    if value is not None and 1 <= value <= 31 and value == int(value):
        day, at = int(value), at + 1
        if at < len(reading.words) and reading.words[at].spelled in {"من", "of"}:
            at += 1
    month, after = _month(reading, at)
    if not month:
        return None
    at = after
    if not day and at < len(reading.words) and reading.words[at].script == "number":
        value = _value(reading.words[at])
        if value is not None and 1 <= value <= 31 and reading.words[at].script == "number":
            day, at = int(value), at + 1
    if (
        at < len(reading.words)
        and (found := _year_value(reading, at))
        and reading.words[at].gap.strip(" ,،") == ""
    ):
        year, at = found, at + 1
    if not day and not year and reading.words[first].spelled in {"may", "march", "اب", "ايار"}:
        # A verb or a noun as often as a month.
        return None
    return _date(reading, range(first, at), year, month, day), at


def _month(reading: Reading, at: int) -> tuple[int, int]:
    """The month named at that word, also by both its Arabic names, and the place after it; 0 for none."""
    months = _months()
    number = 0
    while at < len(reading.words):
        word = reading.words[at]
        pair = f"{word.spelled} {reading.words[at + 1].spelled}" if at + 1 < len(reading.words) else ""
        if pair in months:
            found, taken = months[pair], 2
        else:
            found, taken = months.get(word.spelled.removeprefix("و"), 0), 1
        if not found or (number and found != number) or (number and "/" not in word.gap):
            break
        number, at = found, at + taken
    return number, at


def _year_value(reading: Reading, at: int) -> int:
    word = reading.words[at]
    digits = re.sub(r"\D", "", word.folded) if word.script == "number" else ""
    return (
        int(digits)
        if len(digits) == 4 and "," not in word.text and _LEAST_YEAR <= int(digits) <= _MOST_YEAR
        else 0
    )


def _year(reading: Reading, at: int) -> tuple[Fact, int] | None:
    """«عام 2003», "in 2003", "since 2003"."""
    year = _year_value(reading, at)
    if not year or at == 0:
        return None
    if spelled(reading.words[at - 1].text) not in _year_words():
        return None
    return _date(reading, range(at, at + 1), year, 0, 0), at + 1


@lru_cache(maxsize=1)
def _year_words() -> frozenset[str]:
    return frozenset(spelled(word) for row in rows("numbers") if row[0] == "year" for word in row[2:] if word)


def _date(reading: Reading, at: range, year: int, month: int, day: int) -> Fact:
    value = f"{year:04}" if year else "????"
    value += f"-{month:02}" if month else "-??"
    value += f"-{day:02}" if day else "-??"
    return Fact(DATE, value, reading.words[at.start].start, reading.words[at.stop - 1].end)
