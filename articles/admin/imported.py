"""The text of an article as it was imported, with what was left out of the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.importing.cuts import cuts_from_json
from articles.suggestions.cut_pieces import REASONS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from articles.models import Article

# The headline is taken out of the body too, but to its own field: it is nothing lost.
HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the imported text; one that was cut says why."""

    text: str
    is_cut: bool = False
    reason: str | _StrPromise = ""


def imported_pieces(article: Article) -> list[Piece]:
    """The imported text in order, empty for an article that was typed in."""
    raw_text, pieces, end = article.raw_text, [], 0
    for cut in cuts_from_json(article.cuts):
        if cut.kind == HEADLINE:
            continue
        pieces.append(Piece(raw_text[end : cut.start]))
        pieces.append(
            Piece(raw_text[cut.start : cut.end], is_cut=True, reason=REASONS.get(cut.kind, cut.kind))
        )
        end = cut.end
    return [piece for piece in [*pieces, Piece(raw_text[end:])] if piece.text]
