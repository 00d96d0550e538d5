"""What the search field says while it is typed in."""

from __future__ import annotations

import json

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.search.suggest import MOST_COMPLETIONS
from newsroom.templatetags.pages import page_language
from newsroom.text.numbers import localised_number

register = template.Library()


@register.simple_tag
def suggestion_words() -> str:
    """As JSON for a data attribute: the name of the list, how many suggestions there are, and each kind's name."""
    words = {
        "list": _("Suggestions"),
        # One sentence a number: no program has to know the plurals of Arabic.
        "counts": [_count(number) for number in range(MOST_COMPLETIONS + 1)],
        "kinds": {
            "person": _("person"),
            "organisation": _("organisation"),
            "outlet": _("outlet"),
            "article": _("article"),
            "claim": _("claim"),
        },
    }
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def _count(number: int) -> str:
    if not number:
        return _("No suggestions.")
    sentence = ngettext(
        "%(n)s suggestion; the arrow keys lead to it.",
        "%(n)s suggestions; the arrow keys lead to them.",
        number,
    )
    return sentence % {"n": localised_number(number, page_language())}
