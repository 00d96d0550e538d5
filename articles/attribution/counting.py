"""Counted nouns: the form of a noun beside a number."""

from collections.abc import Mapping

from newsroom.text.languages import ARABIC
from newsroom.text.numbers import localised_number


def plural_category(n: int, language: str) -> str:
    """The plural category of Unicode CLDR for a whole number: six in Arabic, two in English."""
    if language != ARABIC:
        return "one" if n == 1 else "other"
    if n in {0, 1, 2}:
        return ("zero", "one", "two")[n]
    # Arabic looks at the last two digits: ١٠٣ روايات, ١١١ رواية, ١٠٠ رواية.
    if 3 <= n % 100 <= 10:
        return "few"
    return "many" if n % 100 >= 11 else "other"


def counted(n: int, forms: Mapping[str, str], language: str) -> str:
    """The form for that number, with the number written where it says `{n}`.

    A form stands under a category, or under one number ("=2"); what has none of its own takes the one under "other".
    """
    form = forms.get(f"={n}") or forms.get(plural_category(n, language)) or forms["other"]
    return form.format(n=localised_number(n, language))
