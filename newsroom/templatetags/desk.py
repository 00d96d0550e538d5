"""Template tags of the editor's desk."""

from __future__ import annotations

import datetime

from django import template
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from newsroom.text.dates import DatePrecision, partial_date
from newsroom.text.languages import LANGUAGES

register = template.Library()

OWN_NAMES = {"ar": "العربية", "en": "English"}


@register.filter
def in_other_languages(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Code, own name and address of this page in each language but the present one."""
    here = request.get_full_path()
    present = getattr(request, "LANGUAGE_CODE", LANGUAGES[0])
    return [(code, OWN_NAMES[code], translate_url(here, code)) for code in LANGUAGES if code != present]


@register.filter(needs_autoescape=False)
def shown_lines(text: str) -> SafeString:
    """The text of a difference with its line breaks; one that consists of nothing else is shown as a sign."""
    lines = conditional_escape(text).replace("\n", SafeString("<br>"))
    return SafeString(lines if text.strip() else f"¶{lines}" if "\n" in text else "␣")


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """A moment in words, in the language of the page, with the name of the time zone."""
    language = get_language() or LANGUAGES[0]
    return partial_date(value, DatePrecision.MOMENT, language, timezone.get_current_timezone())
