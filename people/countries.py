"""Countries by their ISO 3166-1 code, named by CLDR in the reader's language."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language

# Left to editors' descriptions: CLDR lists groupings and user-assigned codes beside countries.
_NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"}


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale(language).territories
    named = {
        code: name for code, name in territories.items() if len(code) == 2 and code not in _NOT_COUNTRIES
    }
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def country_choices() -> list[tuple[str, str]]:
    """Code and name of every country, in the language now active."""
    return list(_names((get_language() or "ar")[:2]).items())


def country_name(code: str, language: str) -> str:
    """The country's name in that language, or the code itself where CLDR knows none."""
    return _names(language).get(code, code)
