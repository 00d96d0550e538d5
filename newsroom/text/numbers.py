"""Numbers as each language writes them."""

from decimal import Decimal

from newsroom.text.languages import ARABIC

_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_ARABIC_SEPARATORS = str.maketrans(",.", "٬٫")


def localised_digits(text: str, language: str) -> str:
    """The text with its digits as that language writes them; separators stay."""
    return text.translate(_ARABIC_DIGITS) if language == ARABIC else text


def localised_number(n: int | float | Decimal, language: str) -> str:
    """The number with its digits and separators: ١٢٬٣٤٥ in Arabic, 12,345 in English."""
    english = f"{n:,}"
    if language != ARABIC:
        return english
    # A left-to-right mark keeps the minus on its side of the digits in a right-to-left line.
    return ("\u200e" if english.startswith("-") else "") + localised_digits(
        english.translate(_ARABIC_SEPARATORS), language
    )
