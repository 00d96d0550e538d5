"""What an editor should know about a raw text before it becomes an article: hints alone, nothing is filled in from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from articles.importing.cuts import DATE, HEADLINE, Cut
from articles.importing.headline import is_byline, is_date_line
from articles.importing.paragraphs import lines_outside
from articles.importing.problems import Message
from newsroom.text.fold import fold

# Author, place and date stand in the first or the last lines of an article.
EDGE_LINES = 4
_RELATIVE_DATE = re.compile(
    r"(?i)\b(?:اليوم|[أا]مس|غدا)،?\s+(?:ال[أا]حد|الاثنين|الإثنين|الثلاثاء|ال[أا]ربعاء|الخميس|الجمعة|السبت)\b"
    r"|\b(?:on|last|this)\s+(?:sunday|monday|tuesday|wednesday|thursday|friday|saturday)\b|\byesterday\b"
)
_MARKUP = re.compile(
    r"</?(?:p|div|span|br|a|b|i|strong|em|h[1-6]|img|ul|li|table|script)\b[^>]{0,300}>|&(?:nbsp|quot|amp|lt|gt|#\d{2,5});"
)


def hints(raw_text: str, cuts: Sequence[Cut], body: str) -> Iterator[Message]:
    """Sentences for the editor about dates, bylines, publishers and leftovers of the page."""
    yield from _dates(raw_text, cuts, body)
    yield from _bylines(raw_text, cuts)
    if found := _MARKUP.search(body):
        yield Message(
            "markup",
            _("The text still holds markup such as “%(found)s”; it is shown to readers as it stands."),
            {"found": found.group()[:40]},
        )


def publisher_hints(
    raw_text: str, cuts: Sequence[Cut], names: Sequence[tuple[str, str]]
) -> Iterator[Message]:
    """Which known outlets the site chrome names. `names` holds pairs: the name as shown and a spelling to look for."""
    chrome = fold(
        " ".join(raw_text[cut.start : cut.end] for cut in cuts if cut.kind in {"promotion", "copyright"})
    )
    words = f" {re.sub(r'\W+', ' ', chrome)} "
    shown = dict.fromkeys(
        name for name, spelling in names if f" {re.sub(r'\W+', ' ', fold(spelling)).strip()} " in words
    )
    for name in shown:
        yield Message(
            "publisher-in-chrome",
            _(
                "The text around the article names “%(outlet)s”. If it is the publisher, choose it; nothing was set."
            ),
            {"outlet": name},
        )


def _dates(raw_text: str, cuts: Sequence[Cut], body: str) -> Iterator[Message]:
    for cut in cuts:
        found = DATE.search(raw_text, cut.start, cut.end) if cut.kind != HEADLINE else None
        if found:
            yield Message(
                "date-in-cut",
                _(
                    "The date “%(date)s” stands in a passage that was cut: it belongs to something else on the page."
                ),
                {"date": found.group()},
            )
    paragraphs = body.split("\n\n")
    edges = paragraphs[:EDGE_LINES] + paragraphs[EDGE_LINES:][-EDGE_LINES:]
    date_line = next((line for line in edges if is_date_line(line)), "")
    if date_line:
        yield Message(
            "date-line",
            _("“%(line)s” reads like the date of publication. If it is, enter it; nothing was set."),
            {"line": date_line[:80]},
        )
    elif relative := _RELATIVE_DATE.search(body):
        yield Message(
            "relative-date",
            _("No date of publication is given; “%(words)s” in the text may help to find it."),
            {"words": relative.group()},
        )
    else:
        yield Message("no-date", _("No date of publication is given."))


def _bylines(raw_text: str, cuts: Sequence[Cut]) -> Iterator[Message]:
    lines = [line.of(raw_text) for line in lines_outside(raw_text, cuts)]
    for line in lines[:EDGE_LINES] + lines[EDGE_LINES:][-EDGE_LINES:]:
        if is_byline(line):
            yield Message(
                "byline",
                _("“%(line)s” reads like a byline. If it is, enter the name; nothing was set."),
                {"line": line[:80]},
            )
            return
