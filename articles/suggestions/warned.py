"""What an editor should know of an article before going on. Warnings never stand in the way of anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.importing.cuts import DATE, HEADLINE, cuts_from_json
from articles.models import Article
from articles.suggestions.items import CopyFound, Warned, fingerprint_of

# From this share of its words on an article is largely that of another.
LARGELY = 50


def warnings(article: Article, language: str, copies: Iterable[CopyFound]) -> Iterator[Warned]:
    """The warnings, the weightiest first. `copies` are the articles that share passages with it."""
    if not (article.headline_ar or article.headline_en):
        yield _warned(
            "no-headline",
            _("It has no headline. Lists show the first words of the text."),
            f"headline_{language}",
        )
    if not (article.body_ar or article.body_en):
        yield _warned("no-body", _("It has no text."), f"body_{language}")
    if article.outlet_id is None:
        yield _warned(
            "no-publisher",
            _("The publisher is not known: whatever it tells counts as a voice of its own."),
            "outlet",
        )
    if article.published_at is None:
        yield _warned("no-date", _("The day on which the outlet published it is not known."), "published_at")
    for date in _dates_in_cuts(article):
        yield _warned(
            "date-in-cut",
            format_lazy(
                _(
                    "The date “{date}” stands in a passage that was cut: it belongs to something else on the page."
                ),
                date=date,
            ),
            words=date,
        )
    for copy in copies:
        if copy.share >= LARGELY and not copy.is_done and article.copy_of_id is None:
            yield _warned(
                "largely-another",
                format_lazy(
                    _(
                        "{share}% of its words stand in “{title}” too. If it is a copy, say so below: a copy is no second witness."
                    ),
                    share=copy.share,
                    title=copy.words,
                ),
                "copy_of",
                words=copy.fingerprint,
            )
            return


def _warned(code: str, message: object, target: str = "", *, words: str = "") -> Warned:
    return Warned(fingerprint=fingerprint_of(code, words), words=words, message=message, target=target)  # type: ignore[arg-type]


def _dates_in_cuts(article: Article) -> list[str]:
    found = [
        date.group()
        for cut in cuts_from_json(article.cuts)
        if cut.kind != HEADLINE and (date := DATE.search(article.raw_text, cut.start, cut.end))
    ]
    return list(dict.fromkeys(found))
