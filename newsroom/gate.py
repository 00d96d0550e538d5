"""The input gate: what no honest request holds is refused here, with a sentence, before any view sees it.

NUL and lone surrogates make PostgreSQL raise, int() accepts "٣" and chokes on five thousand nines, and a page of 10**18
overflows an offset. One gate in front of all views is easier to trust than a guard in each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from newsroom.errors import bad_request, language_of
from newsroom.text.languages import LANGUAGES
from newsroom.text.numbers import localised_digits

LONGEST_PATH = 1_000
LONGEST_QUERY_STRING = 8_000
LONGEST_VALUE = 200
LONGEST_NAME = 60
MOST_PARAMETERS = 60
DEEPEST_PAGE = 50
LONGEST_NUMBER = 18
# Python has no later one.
LAST_YEAR = 9999

# The admin prefills forms from the address (quotes, return addresses) and has its own, permission-checked views.
DESK_PATH = re.compile(r"^/(ar|en)/admin(/|$)")
DESK_LONGEST_VALUE = 4_000

# A pasted post fits into `q`.
LONGEST_VALUES = {"q": 512}
# Words: "٢٠٢١" is something to search for, elsewhere it is a number in digits that int() would take and a URL should not.
FREE_TEXT = {
    *("q", "exact", "prefix", "suffix", "name", "term", "quote", "todo"),
    *("statement_ar", "statement_en", "name_ar", "name_en"),
}
CHOICES = {
    "lang": frozenset({"ar", "en", "any"}),
    "type": frozenset({"article", "claim", "any"}),
}
NUMBERS = {"page": DEEPEST_PAGE, "page_size": 100}

_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class BadInput(BadRequest):
    """A reader's input that cannot be answered: which parameter, and a sentence in the reader's language."""

    def __init__(self, sentence: str | Promise, parameter: str = "") -> None:
        self.sentence = sentence
        self.parameter = parameter
        super().__init__(parameter)


class InputGate:
    """Middleware: answers 400 to what is malformed, over-long or out of range; views may raise BadInput for the rest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A sentence with a value in it is made where it is raised: in this reader's language, not the last one's.
        with override(language_of(request)):
            try:
                check_path(request)
                check_query(
                    request.META.get("QUERY_STRING", ""), at_the_desk=bool(DESK_PATH.match(request.path_info))
                )
                check_cookies(request)
            except BadInput as refused:
                return bad_request(request, refused)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """BadInput raised in a view gets the same page, in debug mode too."""
        return bad_request(request, exception) if isinstance(exception, BadInput) else None


def check_path(request: HttpRequest) -> None:
    """Raise BadInput unless the path is short, clean UTF-8 whose numbers are plain."""
    path = request.path_info
    # Django leaves bytes that are not UTF-8 percent-encoded; no address of this site holds a percent sign.
    if "%" in path or "\ufffd" in path or _SURROGATE.search(path):
        raise BadInput(_("This address is damaged: a part of it is not readable text."))
    if _CONTROL.search(path):
        raise BadInput(_("This address holds a character that no text contains."))
    if len(path) > LONGEST_PATH:
        raise BadInput(_("This address is too long."))
    for segment in path.split("/"):
        if segment.isdigit() and (not segment.isascii() or len(segment) > LONGEST_NUMBER):
            raise BadInput(_("The number in this address is not a valid one."))


def check_query(query_string: str, *, at_the_desk: bool = False) -> None:
    """Raise BadInput unless every parameter is readable, short, and a number or choice where one is expected."""
    if len(query_string) > (LONGEST_QUERY_STRING * 4 if at_the_desk else LONGEST_QUERY_STRING):
        raise BadInput(_("The query is too long."))
    if _BROKEN_ESCAPE.search(query_string):
        raise BadInput(_("The address is damaged: write a percent sign as %25."))
    try:
        # WSGI hands over bytes as Latin-1; as UTF-8 they must make sense.
        readable = query_string.encode("latin-1").decode("utf-8")
        pairs = parse_qsl(readable, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeError as broken:
        raise BadInput(_("The query is not readable text (UTF-8).")) from broken
    except ValueError as crowded:
        raise BadInput(_("The query has too many parameters.")) from crowded
    for name, value in pairs:
        check_parameter(name, value, at_the_desk=at_the_desk)


def check_parameter(name: str, value: str, *, at_the_desk: bool = False) -> None:
    """Raise BadInput, naming the parameter, unless its value is one that a view can read."""
    if len(name) > LONGEST_NAME or _CONTROL.search(name) or _SURROGATE.search(name):
        raise BadInput(_("The name of a parameter is not a valid one."))
    if _CONTROL.search(value) or _SURROGATE.search(value):
        raise BadInput(
            _("“%(parameter)s” holds a character that no text contains.") % {"parameter": name}, name
        )
    longest = DESK_LONGEST_VALUE if at_the_desk else LONGEST_VALUES.get(name, LONGEST_VALUE)
    if len(value) > longest and name == "q":
        # The one parameter that readers fill in themselves: they know it by another name.
        sentence = _("The query is too long: at most %(longest)s characters.")
        raise BadInput(_localised(sentence % {"longest": longest}), name)
    if len(value) > longest:
        sentence = _("“%(parameter)s” is too long: at most %(longest)s characters.")
        raise BadInput(_localised(sentence % {"parameter": name, "longest": longest}), name)
    if name in FREE_TEXT:
        return
    if is_no_year(name, value) or (value.isdigit() and (not value.isascii() or len(value) > LONGEST_NUMBER)):
        raise BadInput(_("“%(parameter)s” is not a valid number.") % {"parameter": name}, name)
    if not at_the_desk:
        check_range(name, value)


def is_no_year(name: str, value: str) -> bool:
    """Whether a filter of the desk by year asks for one that no calendar here has."""
    return name.endswith("__year") and value.isdecimal() and not 1 <= int(value[:LONGEST_NUMBER]) <= LAST_YEAR


def check_range(name: str, value: str) -> None:
    """Raise BadInput unless a well-known parameter of the public pages has a value that they know."""
    if name in NUMBERS and not (value.isascii() and value.isdigit() and 1 <= int(value) <= NUMBERS[name]):
        sentence = _("“%(parameter)s” must be a number from 1 to %(largest)s.")
        raise BadInput(_localised(sentence % {"parameter": name, "largest": NUMBERS[name]}), name)
    if name in CHOICES and value and value not in CHOICES[name]:
        sentence = _("“%(parameter)s” must be one of: %(choices)s.")
        choices = str(_(", ")).join(sorted(CHOICES[name]))
        raise BadInput(sentence % {"parameter": name, "choices": choices}, name)


def check_cookies(request: HttpRequest) -> None:
    """Raise BadInput for a cookie no browser of ours holds: a session key with NUL would reach the database."""
    for name, value in request.COOKIES.items():
        if _CONTROL.search(name) or _CONTROL.search(value) or _SURROGATE.search(value):
            raise BadInput(_("A cookie of this request is damaged; delete the cookies of this site."))


def _localised(sentence: str) -> str:
    """The sentence with its digits as the language in force writes them."""
    return localised_digits(sentence, get_language() or LANGUAGES[0])
