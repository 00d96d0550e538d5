"""The two languages of the newsroom, and which of them a text is in."""

import os
import re
from typing import Final, Literal

from django.utils.translation import gettext_lazy as _

ARABIC: Final = "ar"
ENGLISH: Final = "en"
UNDETERMINED: Final = "und"

LANGUAGES: Final = (ARABIC, ENGLISH)
LANGUAGE_NAMES: Final = {ARABIC: _("Arabic"), ENGLISH: _("English"), UNDETERMINED: _("Language not known")}

type Direction = Literal["rtl", "ltr", "auto"]

_DIRECTIONS: Final[dict[str, Direction]] = {ARABIC: "rtl", ENGLISH: "ltr"}

# Addresses and handles are in Latin letters whatever the language of the post around them.
_ADDRESSES = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}|@\w{1,64}")
_ARABIC_LETTERS = re.compile(
    r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdfb\ufe70-\ufefc]"
)
_LATIN_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]")
_LETTERS = re.compile(r"[^\W\d_]")

# Enough for a whole article's opening; a longer text does not change its language in the middle.
_SAMPLE_CHARACTERS = 20_000
# Arabic leaves most vowels unwritten: three of its letters say as much as about four Latin ones.
_ARABIC_LETTER_WEIGHT = 4 / 3


def other_language(code: str) -> str:
    """The newsroom's other language: Arabic for English, and English for anything else."""
    return ARABIC if code == ENGLISH else ENGLISH


def environment_language() -> str:
    """The language of the terminal: Arabic where its locale says so, and English otherwise."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return ARABIC if value.lower().startswith(ARABIC) else ENGLISH
    return ENGLISH


def direction(code: str) -> Direction:
    """The value of the `dir` attribute for text in that language."""
    return _DIRECTIONS.get(code, "auto")


def detect_language(text: str) -> str:
    """Arabic or English by the share of letters of each script; undetermined where neither leads."""
    sample = _ADDRESSES.sub(" ", text[:_SAMPLE_CHARACTERS])
    arabic = len(_ARABIC_LETTERS.findall(sample))
    latin = len(_LATIN_LETTERS.findall(sample))
    neither = len(_LETTERS.findall(sample)) - arabic - latin
    weighted_arabic = arabic * _ARABIC_LETTER_WEIGHT
    if neither > max(weighted_arabic, latin) or arabic == latin == 0:
        return UNDETERMINED
    return ARABIC if weighted_arabic >= latin else ENGLISH
