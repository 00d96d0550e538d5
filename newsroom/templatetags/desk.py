"""Template tags of the editor's desk."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.urls import translate_url

from newsroom.text.languages import LANGUAGES

register = template.Library()

OWN_NAMES = {"ar": "العربية", "en": "English"}


@register.filter
def in_other_languages(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Code, own name and address of this page in each language but the present one."""
    here = request.get_full_path()
    present = getattr(request, "LANGUAGE_CODE", LANGUAGES[0])
    return [(code, OWN_NAMES[code], translate_url(here, code)) for code in LANGUAGES if code != present]
