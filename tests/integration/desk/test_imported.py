"""What an editor sees of the text as it came in."""

import pytest

from articles.admin.imported import HEADLINE, imported_pieces
from articles.importing import chrome
from articles.importing.cuts import find_cuts
from articles.models import Article
from articles.suggestions.cut_pieces import REASONS

RAW_TEXT = "fbpx\n\nسقطت الطائرة في الحقل.\n\nاقرأ أيضاً:\n\nزر الذهاب إلى الأعلى"


def an_imported_article() -> Article:
    cuts = [{"start": cut.start, "end": cut.end, "kind": cut.kind} for cut in find_cuts(RAW_TEXT)]
    return Article(raw_text=RAW_TEXT, cuts=cuts)


def test_the_pieces_are_the_whole_text_in_order() -> None:
    pieces = imported_pieces(an_imported_article())

    assert "".join(piece.text for piece in pieces) == RAW_TEXT
    assert next(piece.text.strip() for piece in pieces if piece.is_cut) == "fbpx"
    assert "سقطت الطائرة في الحقل." in "".join(piece.text for piece in pieces if not piece.is_cut)


def test_the_headline_moved_to_its_own_field_and_is_not_struck_through() -> None:
    article = Article(raw_text="عنوان\n\nمتن", cuts=[{"start": 0, "end": 5, "kind": HEADLINE}])

    assert [piece.is_cut for piece in imported_pieces(article)] == [False]


def test_an_article_that_was_typed_in_has_none() -> None:
    assert imported_pieces(Article()) == []


@pytest.mark.parametrize("kind", sorted({*chrome._LINES, *chrome._LINES_BESIDE_CHROME}))
def test_every_kind_of_cut_has_its_words(kind: str) -> None:
    assert kind in REASONS


@pytest.mark.django_db
def test_the_page_shows_what_was_cut_and_why(admin_client) -> None:
    article = an_imported_article()
    article.headline_ar = "عنوان"
    article.save()

    page = admin_client.get(f"/en/admin/articles/article/{article.pk}/change/").text

    assert "<del>fbpx" in page
    assert "back to top" in page
