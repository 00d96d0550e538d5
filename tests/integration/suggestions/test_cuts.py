"""Cuts that are kept or taken back, and the quotes in them."""

import pytest

from articles.choices import QuoteState, SuggestionKind
from articles.models import SuggestionDecision
from articles.suggestions.decisions import QuotesWouldBeLost, Refused, accept, dismiss, undo
from tests.builders import a_claim, a_telling
from tests.integration.suggestions.answering import RAW, an_imported_article, answer, suggested

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_a_cut_is_seen_and_stays(user):
    article = an_imported_article()
    body = article.body_ar
    found = suggested(article, SuggestionKind.CUT)
    assert all(one.is_cut and one.is_open for one in found)

    answer(accept, article, found[0], user)

    article.refresh_from_db()
    assert (article.body_ar, article.raw_text) == (body, RAW)
    assert len([one for one in suggested(article, SuggestionKind.CUT) if one.is_open]) == len(found) - 1


def test_a_passage_kept_comes_back_and_goes_again(user):
    article = an_imported_article()
    body, cuts = article.body_ar, article.cuts
    found = next(one for one in suggested(article, SuggestionKind.CUT) if "الأعلى" in one.words)

    answer(dismiss, article, found, user)

    article.refresh_from_db()
    assert article.body_ar == f"{body}\n\nزر الذهاب إلى الأعلى"
    assert article.raw_text == RAW
    # The rules still see chrome there; the editor said that it is none.
    (again,) = [one for one in suggested(article, SuggestionKind.CUT) if "الأعلى" in one.words]
    assert (again.is_cut, again.is_open) == (False, False)
    answer(undo, article, again, user)
    article.refresh_from_db()
    assert (article.body_ar, article.cuts) == (body, cuts)


def test_quotes_in_what_is_cut_are_warned_of_and_never_lost(user):
    article = an_imported_article()
    found = next(one for one in suggested(article, SuggestionKind.CUT) if "الأعلى" in one.words)
    answer(dismiss, article, found, user)
    article.refresh_from_db()
    telling = a_telling(a_claim(), article, quote="الذهاب إلى الأعلى")
    answer(undo_decision_only, article, found, user)

    with pytest.raises(QuotesWouldBeLost, match="الذهاب إلى الأعلى"):
        answer(accept, article, found, user)
    article.refresh_from_db()
    telling.refresh_from_db()
    assert "الذهاب إلى الأعلى" in article.body_ar
    assert telling.quote_state == QuoteState.ANCHORED
    assert not SuggestionDecision.objects.exists()

    answer(accept, article, found, user, sure=True)
    article.refresh_from_db()
    telling.refresh_from_db()
    assert "الذهاب إلى الأعلى" not in article.body_ar
    assert (telling.quote_exact, telling.quote_state) == ("الذهاب إلى الأعلى", QuoteState.ORPHANED)

    # Put back, the quote is found again.
    answer(undo, article, found, user)
    telling.refresh_from_db()
    assert telling.quote_state != QuoteState.ORPHANED


def undo_decision_only(article, key, *, version, by):
    SuggestionDecision.objects.filter(article=article).delete()


def test_a_passage_edited_by_hand_is_left_to_the_editor(user):
    article = an_imported_article()
    article.body_ar = "نص كتب من جديد."
    article.save()
    found = suggested(article, SuggestionKind.CUT)[0]

    with pytest.raises(Refused, match="by hand"):
        answer(dismiss, article, found, user)

    article.refresh_from_db()
    assert article.body_ar == "نص كتب من جديد."
