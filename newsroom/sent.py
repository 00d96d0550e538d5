"""What is sent: not too much, and readable text, or an answer that names the field. See also `newsroom.gate`.

Django puts U+FFFD in place of bytes that are no text. What a person wrote would be stored damaged, without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote_plus, unquote_to_bytes

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from newsroom.errors import bad_request, language_of
from newsroom.gate import BadInput

URLENCODED = "application/x-www-form-urlencoded"
# Other pages take a form, no files.
TAKES_FILES = re.compile(r"^/(ar|en)/admin/articles/article/import/$")
_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class SentGate:
    """Middleware: answers 413 to what is too large, before a byte of it is read, and 400 to a form that is no text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            # The sentence is made where the fault is found.
            with override(language_of(request)):
                try:
                    check_size(request)
                    if request.method == "POST" and request.content_type == URLENCODED:
                        check_sent(request.body)
                except (BadInput, RequestDataTooBig) as refused:
                    return bad_request(request, refused)
        return self.get_response(request)


def check_size(request: HttpRequest) -> None:
    """Raise RequestDataTooBig for more than the page can take; Django itself counts no files, whoever sends them."""
    takes_files = TAKES_FILES.match(request.path_info)
    most = settings.UPLOAD_MAX_SIZE if takes_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    length = request.META.get("CONTENT_LENGTH") or "0"
    # Without a length nothing is read.
    if length.isascii() and length.isdigit() and int(length[:20]) > most:
        raise RequestDataTooBig


def check_sent(body: bytes) -> None:
    """Raise BadInput, naming the field, unless the urlencoded body is UTF-8."""
    if not _BROKEN_ESCAPE.search(body) and _is_text(body):
        return
    for pair in body.split(b"&"):
        name, _equals, _value = pair.partition(b"=")
        if _BROKEN_ESCAPE.search(pair) or not _is_text(pair):
            field = unquote_plus(name.decode("ascii", "replace"), errors="replace")[:60]
            raise BadInput(
                _(
                    "Nothing was saved: a part of “%(field)s” is not readable text (UTF-8). Go back, look the field "
                    "over, and save again."
                )
                % {"field": field},
                field,
            )


def _is_text(sent: bytes) -> bool:
    try:
        # Surrogates, too, are no UTF-8.
        unquote_to_bytes(sent).decode()
    except UnicodeDecodeError:
        return False
    return True
