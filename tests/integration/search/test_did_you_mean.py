"""Another spelling is suggested where the words as typed are nowhere, and only one that finds something public."""

import pytest

from articles.choices import Status
from articles.models import Article, Mention
from articles.search.forms import SearchRequest
from articles.search.indexing import catch_up, index_folder, rebuild
from articles.search.service import search
from tests.builders import NOON, a_person, a_public_article, an_outlet

pytestmark = pytest.mark.django_db


def suggested(text: str, **facts) -> str | None:
    suggestion = search(SearchRequest(text, shown_language="en", **facts), at=NOON).did_you_mean
    assert suggestion is None or "".join(part.text for part in suggestion.parts) == suggestion.text
    return suggestion.text if suggestion else None


@pytest.fixture
def news():
    a_public_article(
        headline_en="The Government answers",
        headline_ar="",
        body_en="Elections in Baghdad were postponed.",
        body_ar="",
    )
    a_public_article(headline_ar="الحكومة العراقية تردّ", body_ar="النظام الانتخابي في كربلاء قيد المراجعة.")
    catch_up()


@pytest.mark.usefixtures("news")
def test_a_slip_is_corrected_in_both_scripts_and_written_as_the_records_write_it():
    for typed, meant in (
        ("goverment", "Government"),
        ("govenrment of postponed elections", "Government of postponed elections"),
        ("elecctions", "Elections"),
        ("النضام الانتخابي", "النظام الانتخابي"),
        ("الحكوومة", "الحكومة"),
        ("الحكومةالعراقية", "الحكومة العراقية"),
        ('+goverment "postponed"', '+Government "postponed"'),
    ):
        assert suggested(typed) == meant


@pytest.mark.usefixtures("news")
def test_the_changed_words_are_told_from_those_kept():
    suggestion = search(SearchRequest("postponed elecctions"), at=NOON).did_you_mean

    assert suggestion is not None
    assert [(part.text, part.is_changed) for part in suggestion.parts] == [
        ("postponed ", False),
        ("Elections", True),
    ]


@pytest.mark.usefixtures("news")
def test_a_query_typed_in_the_other_keyboard_layout_is_read():
    assert suggested("hgp;,lm") == "الحكومة"
    assert suggested("لخرثقىةثىف") == "Government"
    assert suggested("لاشلايشي") == "Baghdad"


@pytest.mark.usefixtures("news")
def test_a_query_with_good_hits_is_left_alone():
    a_public_article(headline_en="A goverment of one typo", headline_ar="")
    rebuild(index_folder())

    for typed in (
        "government",
        "goverment",
        "elections",
        "حكومة",
        "بغداد",
        "Iraq",
        "the",
        "2024",
        "",
        "  ",
        '""',
    ):
        assert suggested(typed) is None, typed


@pytest.mark.usefixtures("news")
def test_a_query_that_names_somebody_is_left_alone():
    Mention.objects.create(article=Article.objects.first(), person=a_person(name_ar="مصطفى الكاظمي"))
    rebuild(index_folder())

    assert suggested("Kazimi") is None


@pytest.mark.usefixtures("news")
def test_what_finds_nothing_under_the_same_filters_is_not_suggested():
    other = an_outlet()
    a_public_article(outlet=other)
    rebuild(index_folder())

    assert suggested("goverment") == "Government"
    assert suggested("goverment", outlets=frozenset({other.public_id})) is None
    assert suggested("goverment -answers") is None
    assert suggested("zzzzqqqq") is None


@pytest.mark.usefixtures("news")
def test_a_word_only_in_a_withdrawn_article_is_never_suggested():
    # Withdrawn, and the index has not followed.
    Article.objects.filter(headline_en__gt="").update(
        status=Status.WITHDRAWN, withdrawn_at=NOON, withdrawal_reason_en="Wrong."
    )
    assert suggested("goverment") is None

    rebuild(index_folder())
    assert suggested("goverment") is None


@pytest.mark.usefixtures("news")
def test_no_query_makes_the_search_for_spellings_fail_or_ask_the_database_more(django_assert_max_num_queries):
    for typed in (
        "x" * 512,
        "qzxw " * 100,
        "كظضط " * 3,
        '"' * 512,
        "لا" * 250,
        "\u202e\u0600\ud800",
        "a" * 4 + "-" * 30,
    ):
        with django_assert_max_num_queries(25):
            suggested(typed)
