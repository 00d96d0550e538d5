"""The page of an article: its text, the claims told in it, and what was corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from articles.attribution import Telling
from articles.choices import QuoteState, SuggestionState
from articles.models import Appearance, Article, Claim, Correction, Mention
from articles.views.common import page_language, public_page, public_read, redirect_to_address
from articles.views.structured import article_data
from articles.views.summaries import articles_for_list, lend_openings, light_tellings
from articles.views.told import Paragraph, Quote, told_paragraphs
from newsroom.errors import gone
from newsroom.text.fragments import Fragment, fragment
from newsroom.text.languages import other_language

MOST_COPIES = 20


@dataclass
class Note:
    """A claim answered in the margin: its number in the text, its tellings here, and the words that could not be marked."""

    number: int
    claim: Claim
    tellings: list[Telling] = field(default_factory=list)
    # The key of the first piece of text with its words; None where they cannot be marked.
    words: int | None = None

    @property
    def appearances(self) -> list[Appearance]:
        return [cast("Appearance", telling.record) for telling in self.tellings]


@public_read
def article(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    at = timezone.now()
    visible = Article.objects.visible_to(request.user, at=at)
    shown = visible.select_related("outlet").defer("raw_text", "cuts").filter(public_id=public_id).first()
    if shown is None:
        return withdrawn(request, public_id)
    if elsewhere := redirect_to_address(request, shown):
        return elsewhere

    language = page_language()
    body = fragment(shown, "body", language)
    appearances = (
        Appearance.objects.visible_to(request.user, at=at).filter(article=shown).select_related("claim")
    )
    notes = margin(light_tellings(appearances, user=request.user, at=at), body)
    paragraphs = told_paragraphs(body.text, quotes_in(notes, body))
    link_words(notes, paragraphs)
    corrections = list(Correction.objects.visible_to(request.user, at=at).filter(article=shown))
    original = (
        visible.select_related("outlet").filter(pk=shown.copy_of_id).first() if shown.copy_of_id else None
    )
    return public_page(
        request,
        "articles/article.html",
        {
            "article": shown,
            "structured": article_data(request, shown, language, corrections=corrections, original=original),
            "title": shown.title_in(language),
            "headline": fragment(shown, "headline", language),
            "standfirst": fragment(shown, "standfirst", language),
            "body": body,
            "paragraphs": paragraphs,
            "notes": notes,
            "corrections": corrections,
            "original": original,
            "copies": lend_openings(
                articles_for_list(visible.filter(copy_of=shown)).newest_first()[:MOST_COPIES]
            ),
            "mentions": named_in(shown),
            "translation": translation_note(shown, body or fragment(shown, "headline", language)),
        },
        address=shown.get_absolute_url,
    )


def withdrawn(request: HttpRequest, public_id: str) -> HttpResponse:
    """410 with the reason for an article that was public once, 404 for any other."""
    article = Article.objects.withdrawn().filter(public_id=public_id).first()
    if article is None:
        raise Http404
    # Neither headline nor text: whatever the reason was, it holds for them too.
    return gone(
        request,
        kind="article",
        reason=article.withdrawal_reason_in(page_language()),
        withdrawn_at=article.withdrawn_at,
    )


def margin(told: list[Telling], body: Fragment) -> list[Note]:
    """One note a claim, numbered as its words come in the text; those without words in it follow."""

    def place(telling: Telling) -> tuple[bool, int, int]:
        appearance = cast("Appearance", telling.record)
        return (not stands_in(appearance, body), appearance.quote_start or 0, appearance.pk)

    notes: dict[int, Note] = {}
    for telling in sorted(told, key=place):
        claim = cast("Appearance", telling.record).claim
        notes.setdefault(claim.pk, Note(len(notes) + 1, claim)).tellings.append(telling)
    return list(notes.values())


def quotes_in(notes: list[Note], body: Fragment) -> list[Quote]:
    return [
        Quote(
            note.number,
            appearance.quote_start or 0,
            (appearance.quote_start or 0) + len(appearance.quote_exact),
        )
        for note in notes
        for appearance in note.appearances
        if stands_in(appearance, body)
    ]


def link_words(notes: list[Note], paragraphs: list[Paragraph]) -> None:
    """Tell each note which piece of the text its words begin with."""
    first: dict[int, int] = {}
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            for number in piece.numbers:
                first.setdefault(number, piece.key)
    for note in notes:
        note.words = first.get(note.number)


def stands_in(appearance: Appearance, body: Fragment) -> bool:
    """Whether the quote stands, at its place, in the text that is shown."""
    start = appearance.quote_start
    return bool(
        appearance.quote_exact
        and start is not None
        and appearance.quote_state != QuoteState.ORPHANED
        and appearance.quote_language == body.language
        and body.text.startswith(appearance.quote_exact, start)
    )


def named_in(article: Article) -> list[Mention]:
    """Whom the article names, as the desk confirmed it."""
    mentions = Mention.objects.filter(article=article, state=SuggestionState.CONFIRMED)
    return list(mentions.select_related("person", "organisation", "outlet").order_by("pk"))


def translation_note(article: Article, shown: Fragment) -> str:
    """Which note the text needs: `missing` (it is in the other language), `ours` (it is a translation), or none."""
    if shown.is_fallback:
        return "missing"
    if article.original_language == other_language(shown.language) and shown.text:
        return "ours"
    return ""
