"""Which voices stand behind a claim: each rule of counting with its example."""

import pytest

from articles.attribution import Origin, Publication, Stance, Tally, origin_count, origins, tally
from articles.choices import AppearanceKind, Certainty
from tests.unit.attribution.cast import (
    AFP,
    CLOSE_SOURCES,
    DARAJ,
    HERALD,
    KADHIMI,
    MEMO,
    MINISTRY,
    OFFICIALS,
    POST,
    REUTERS,
    STATEMENT,
    WITNESSES,
    document,
    outlet,
    told,
    unnamed,
)

OWN = AppearanceKind.OWN_REPORTING


def names(found: tuple[Origin, ...]) -> list[str]:
    return [" + ".join(speaker.name_en for speaker in origin.speakers) for origin in found]


def test_a_chain_goes_back_to_its_last_step():
    [origin] = origins([told(HERALD, DARAJ, REUTERS, KADHIMI)])

    assert origin.speakers == (KADHIMI,)
    assert not origin.is_unnamed


def test_own_reporting_is_an_origin():
    [origin] = origins([told(DARAJ, kind=OWN)])

    assert origin.speakers == (DARAJ,)
    assert origin.is_own_reporting


def test_an_outlet_that_names_no_source_is_an_origin_but_not_by_its_own_reporting():
    [origin] = origins([told(DARAJ)])

    assert origin.speakers == (DARAJ,)
    assert not origin.is_own_reporting


def test_own_reporting_from_someone_goes_back_to_them():
    assert names(origins([told(DARAJ, WITNESSES, kind=OWN)])) == ["witnesses"]


def test_forty_copies_of_a_report_and_the_report_are_one_origin():
    report = told(REUTERS, OFFICIALS, article="report")
    copies = [
        told(outlet(f"site {n}"), unnamed(f"officials, in wording {n}"), copy_of=report.publication)
        for n in range(40)
    ]

    [origin] = origins([report, *copies])

    assert origin.speakers == (OFFICIALS,)
    assert len(origin.tellings) == 41


def test_copies_of_a_report_that_is_not_told_here_are_one_origin_by_the_one_that_names_most():
    report = Publication("report", REUTERS)
    bare = told(HERALD, copy_of=report)
    fuller = told(POST, REUTERS, OFFICIALS, copy_of=report)

    assert names(origins([bare])) == ["Reuters"]
    assert names(origins([bare, fuller])) == ["security officials"]


def test_a_copy_of_a_copy_is_a_copy_of_the_first():
    report = told(REUTERS, OFFICIALS, article="report")
    copy = told(HERALD, article="copy", copy_of=report.publication)
    again = told(POST, KADHIMI, copy_of=Publication("copy", HERALD))

    assert names(origins([report, copy, again])) == ["security officials"]


def test_articles_that_copy_each_other_are_one_origin():
    here, there = Publication("here", HERALD), Publication("there", POST)

    assert (
        origin_count([told(HERALD, article="here", copy_of=there), told(POST, article="there", copy_of=here)])
        == 1
    )


def test_whoever_reprints_a_report_has_not_reported_it():
    copy = told(HERALD, kind=OWN, copy_of=Publication("report", REUTERS))

    assert names(origins([copy, told(DARAJ, REUTERS, OFFICIALS)])) == ["security officials"]


def test_citing_an_agency_adds_nothing_to_what_the_agency_rests_on():
    shallow = told(HERALD, REUTERS)

    [origin] = origins([shallow, told(DARAJ, REUTERS, (OFFICIALS, CLOSE_SOURCES))])

    assert origin.speakers == (OFFICIALS, CLOSE_SOURCES)
    assert shallow in origin.tellings


def test_the_agency_in_its_own_article_explains_those_who_cite_it():
    assert names(origins([told(HERALD, REUTERS), told(REUTERS, OFFICIALS)])) == ["security officials"]


def test_a_headline_without_a_source_is_explained_by_the_article():
    headline = told(DARAJ, article="a", kind=AppearanceKind.HEADLINE)

    assert names(origins([headline, told(DARAJ, REUTERS, article="a")])) == ["Reuters"]


def test_own_reporting_stays_an_origin_beside_what_the_outlet_cites():
    assert names(origins([told(DARAJ, kind=OWN), told(DARAJ, REUTERS)])) == ["Reuters", "Daraj"]


def test_unnamed_sources_in_one_step_are_one_origin():
    [origin] = origins([told(DARAJ, REUTERS, (OFFICIALS, CLOSE_SOURCES))])

    assert origin.is_unnamed
    assert origin.vouchers == (REUTERS,)


def test_named_sources_in_one_step_count_each_and_the_unnamed_beside_them_once():
    assert names(origins([told(DARAJ, (REUTERS, AFP, OFFICIALS, WITNESSES))])) == [
        "AFP",
        "Reuters",
        "security officials + witnesses",
    ]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (told(DARAJ, REUTERS, OFFICIALS), told(HERALD, REUTERS, OFFICIALS), 1),
        (told(DARAJ, REUTERS, OFFICIALS), told(HERALD, AFP, OFFICIALS), 2),
        (told(DARAJ, REUTERS, OFFICIALS), told(DARAJ, OFFICIALS), 2),
        (told(DARAJ, REUTERS, OFFICIALS), told(HERALD, REUTERS, WITNESSES), 2),
        (told(DARAJ, REUTERS, (OFFICIALS, WITNESSES)), told(HERALD, REUTERS, WITNESSES), 1),
        (told(None, OFFICIALS, article="a"), told(None, OFFICIALS, article="b"), 2),
        (told(REUTERS, OFFICIALS), told(HERALD, REUTERS, OFFICIALS), 1),
        (told(REUTERS, OFFICIALS, WITNESSES), told(REUTERS, WITNESSES), 1),
    ],
    ids=[
        "the same words, vouched for by the same agency",
        "the same words, vouched for by two agencies",
        "the same words, vouched for by the agency and by the site itself",
        "other words, vouched for by the same agency",
        "one of two wordings",
        "the same words in two articles of unknown publisher",
        "the agency itself and who cites it",
        "the agency vouches for those whom its unnamed sources cite",
    ],
)
def test_unnamed_sources_are_told_apart_by_who_vouches_for_them_and_by_their_wording(one, other, count):
    assert origin_count([one, other]) == count


def test_a_wording_meets_itself_in_either_language_and_any_spelling():
    arabic = told(DARAJ, REUTERS, unnamed("", "مسؤولين أمنيّين"))
    english = told(HERALD, REUTERS, unnamed("Security  officials"))

    assert origin_count([arabic, english]) == 2
    assert origin_count([arabic, english, told(POST, REUTERS, OFFICIALS)]) == 1


def test_a_document_is_the_same_whoever_quotes_it():
    assert origin_count([told(DARAJ, MEMO), told(HERALD, AFP, MEMO)]) == 1
    assert origin_count([told(DARAJ, MEMO), told(HERALD, document("a video"))]) == 2


def test_a_statement_explains_the_ministry_that_made_it():
    assert names(origins([told(DARAJ, MINISTRY), told(HERALD, MINISTRY, STATEMENT)])) == [STATEMENT.name_en]


@pytest.mark.parametrize("house", ["bbc", "bbc arabic"])
def test_outlets_of_one_house_are_one_origin(house):
    arabic = outlet("bbc arabic", house="bbc")
    persian = outlet("bbc persian", house=house)

    [origin] = origins([told(arabic, kind=OWN), told(persian, kind=OWN)])

    assert origin.speakers == (arabic, persian)


def test_outlets_that_are_each_others_house_are_one_origin():
    assert (
        origin_count(
            [told(outlet("a", house="b")), told(outlet("b", house="c")), told(outlet("c", house="a"))]
        )
        == 1
    )


def test_articles_of_unknown_publisher_are_an_origin_each():
    found = origins([told(None, article="a"), told(None, article="b"), told(None, key="again", article="b")])

    assert [(origin.speakers, len(origin.tellings)) for origin in found] == [((), 2), ((), 1)]


def test_outlets_that_only_cite_each_other_are_one_origin():
    [origin] = origins([told(HERALD, POST), told(POST, HERALD)])

    assert origin.speakers == (HERALD, POST)


def test_an_outlet_that_cites_itself_is_its_own_origin():
    assert names(origins([told(DARAJ, DARAJ)])) == ["Daraj"]
    assert names(origins([told(DARAJ, DARAJ, REUTERS)])) == ["Reuters"]
    assert names(origins([told(DARAJ, HERALD, DARAJ)])) == ["Daraj + Example Herald"]


def test_who_denies_or_questions_does_not_stand_behind_the_claim():
    said = told(HERALD, DARAJ)
    denied = told(DARAJ, MINISTRY, certainty=Certainty.DENIED)
    questioned = told(POST, kind=AppearanceKind.HEADLINE, certainty=Certainty.QUESTIONED)
    tellings = [said, denied, questioned]

    assert names(origins(tellings)) == ["Daraj"]
    assert names(origins(tellings, stance=Stance.DENIED)) == ["the Interior Ministry"]


def test_nothing_told_has_no_origin():
    assert origins([]) == ()
    assert origin_count([told(DARAJ, certainty=Certainty.DENIED)]) == 0


def test_named_origins_come_first_then_the_most_told():
    found = origins(
        [told(DARAJ, AFP), told(HERALD, REUTERS), told(POST, REUTERS), told(DARAJ, KADHIMI, OFFICIALS)]
    )

    assert names(found) == ["Reuters", "AFP", "security officials"]


def test_the_tally_counts_outlets_that_published_and_articles_that_no_one_owns_up_to():
    tellings = [
        told(DARAJ, REUTERS, OFFICIALS, language="ar", article="a"),
        told(DARAJ, article="a", language="ar", kind=AppearanceKind.HEADLINE),
        told(HERALD, REUTERS, language="en"),
        told(None, KADHIMI, language="ar"),
    ]

    assert tally(tellings) == Tally(
        tellings=4, outlets=2, articles_without_outlet=1, languages=2, origins=2, unnamed_origins=1
    )
