"""What a reader types, and what is found."""

import datetime

import pytest

from articles.choices import Status, SuggestionState, Verdict
from articles.models import Mention, OutletName
from articles.search.engine import Kind, SearchUnavailable, Sort
from articles.search.forms import SearchRequest
from articles.search.indexing import catch_up
from articles.search.reader import searcher
from articles.search.service import SearchPage, search
from articles.search.terms import terms_in
from articles.search.verbs import other_forms
from people.choices import NameKind
from people.models import Name
from tests.builders import (
    NOON,
    ONE_SECOND,
    a_person,
    a_public_article,
    a_public_claim,
    a_telling,
    an_organisation,
    an_outlet,
)

pytestmark = pytest.mark.django_db


def find(text: str = "", *, at: datetime.datetime = NOON, **facts) -> SearchPage:
    catch_up()
    return search(SearchRequest(text, **facts), at=at)


def titles(page: SearchPage) -> list[str]:
    return [str(hit.shown.title) for hit in page.hits]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("طائرات", "الطائرات فوق بغداد"),
        ("طائرات مسيّرة", "الطائرات المسيرة"),
        ("الحكومه", "حكومة جديدة"),
        ("ايران", "إيران"),
        ("drones", "One drone fell"),
        ("Kadhimi's home", "The home of Kadhimi"),
        ("٢٠٢١", "Elections of 2021"),
    ],
)
def test_forms_and_spellings_of_a_word_meet(typed, written):
    a_public_article(headline_ar=written)

    assert titles(find(typed)) == [written]


def test_a_present_finds_the_past_of_its_verb_below_what_has_the_word_itself():
    a_public_article(headline_ar="يستعرض الكاتب ما مضى", body_ar="")
    past = a_public_article(headline_ar="واستعرض الوزير خطة الوزارة", body_ar="")
    same = a_public_article(headline_ar="الوزير يستعرض خطة الوزارة", body_ar="")
    a_public_article(headline_ar="عرض مسرحي", body_ar="")

    page = find("الوزير يستعرض")

    assert [hit.record for hit in page.hits][:2] == [same, past]
    assert page.total_with_all == 2
    assert "\ue000واستعرض\ue001" in page.hits[1].shown.title.text
    assert page.did_you_mean is None


def test_a_noun_is_not_asked_for_in_forms_of_a_verb():
    a_public_article(headline_ar="وقع الوزير توقعات المجلس بعد تحزب في الحزب", body_ar="")
    catch_up()

    assert not any(other_forms(searcher(), term) for term in terms_in("توقعات المجلس الوزير الحزب حزب"))


def test_claims_and_articles_are_found_in_either_language():
    claim = a_public_claim(statement_ar="المسيّرات إيرانية الصنع", statement_en="The drones were Iranian-made")

    arabic, english = find("مسيّرة"), find("drone", shown_language="en")

    assert [hit.record for hit in arabic.hits] == [hit.record for hit in english.hits] == [claim]
    assert arabic.hits[0].shown.language == "ar"
    assert english.hits[0].shown.language == "en"


def test_a_hit_is_shown_in_the_language_that_holds_the_words():
    a_public_article(
        headline_ar="مسيّرات فوق المدينة", headline_en="Aircraft over the city", body_ar="", body_en=""
    )

    shown = find("aircraft", shown_language="ar").hits[0].shown

    assert (shown.language, shown.title.text) == ("en", "\ue000Aircraft\ue001 over the city")


def test_all_words_come_before_some_of_them():
    some = a_public_article(headline_en="Drones, drones and drones over the river", body_ar="")
    every = a_public_article(
        headline_en="An unremarkable headline",
        body_ar="",
        body_en=f"{'Many words. ' * 200} A bridge and drones.",
    )

    page = find("drones bridge")

    assert [hit.record for hit in page.hits] == [every, some]
    assert (page.is_loosened, page.total_with_all, page.total) == (True, 1, 2)


def test_few_words_are_not_loosened_while_enough_records_have_them_all():
    for _ in range(10):
        a_public_article(headline_en="Drones over the bridge")
    a_public_article(headline_en="Drones over the river")

    page = find("drones bridge")

    assert (page.total, page.is_loosened) == (10, False)


def test_a_phrase_in_quotation_marks_must_stand_as_written():
    a_public_article(headline_en="Three drones hit one house")
    exact = a_public_article(headline_en="One drone, three houses: what one house saw")

    assert titles(find('"three houses"')) == [exact.headline_en]
    assert find('house -"three houses"').total == 1


def test_a_phrase_does_not_reach_from_the_headline_into_the_body():
    a_public_article(headline_en="They saw three", body_en="Houses burned.")

    page = find('"three houses"')

    assert page.is_loosened
    assert page.total_with_all == 0


def test_what_an_article_says_first_counts_more():
    filler = "word " * 150
    last = a_public_article(headline_en="One", body_ar="", body_en=f"{filler} the harbour was closed")
    first = a_public_article(headline_en="Two", body_ar="", body_en=f"The harbour was closed {filler}")

    assert [hit.record for hit in find("harbour").hits] == [first, last]


def test_a_quoted_phrase_that_stands_nowhere_gives_way_to_its_words():
    article = a_public_article(headline_en="Three burning houses")

    page = find('"three houses"')

    assert [hit.record for hit in page.hits] == [article]
    assert page.is_loosened


def test_what_must_not_occur_never_does():
    a_public_article(headline_en="Drones over Basra")
    a_public_article(headline_en="Drones over Baghdad")

    assert titles(find("drones -basra")) == ["Drones over Baghdad"]
    assert titles(find("+drones -basra +nowhere")) == ["Drones over Baghdad"]


def test_either_side_of_or_is_enough():
    for place in ("Basra", "Baghdad", "Mosul"):
        a_public_article(headline_en=f"News of {place}")

    assert sorted(titles(find("basra OR mosul"))) == ["News of Basra", "News of Mosul"]


def test_a_name_spelled_like_a_preposition_is_not_drowned_by_it():
    a_public_article(headline_ar="خبر على عجل", body_ar="")
    named = a_public_article(headline_ar="خبر عن علي", body_ar="")

    assert [hit.record for hit in find("علي").hits] == [named]


def test_a_question_of_nothing_but_common_words_still_finds_them():
    article = a_public_article(headline_en="To be or not to be")

    assert [hit.record for hit in find("to be or not to be").hits] == [article]


def test_linked_names_find_a_record_in_any_spelling_and_hostile_ones_too():
    person = a_person(name_ar="مصطفى الكاظمي")
    Name.objects.create(person=person, text="Kadhimi", language="en", kind=NameKind.TRANSLITERATION)
    Name.objects.create(person=person, text="لقب مسيء", language="ar", kind=NameKind.HOSTILE)
    outlet = an_outlet(name_ar="رويترز")
    OutletName.objects.create(outlet=outlet, text="Reuters", language="en")
    organisation = an_organisation(name_en="Popular Mobilisation Forces")
    article = a_public_article(outlet=outlet)
    Mention.objects.create(article=article, person=person)
    claim = a_public_claim()
    claim.organisations.add(organisation)

    assert [hit.record for hit in find("Kadhimi").hits] == [article]
    assert [hit.record for hit in find("لقب مسيء").hits] == [article]
    assert [hit.record for hit in find("reuters").hits] == [article]
    assert [hit.record for hit in find("mobilization").hits] == [claim]


def test_a_mention_that_nobody_confirmed_finds_nothing():
    person = a_person(name_en="Kadhimi")
    article = a_public_article()
    for state in (SuggestionState.SUGGESTED, SuggestionState.DISMISSED):
        Mention.objects.update_or_create(article=article, person=person, defaults={"state": state})

        assert find("Kadhimi").total == 0


def test_without_words_everything_is_found_newest_first():
    old = a_public_article(published_at=NOON - 400 * 24 * 3600 * ONE_SECOND)
    new = a_public_article(published_at=NOON - ONE_SECOND)

    assert [hit.record for hit in find().hits] == [new, old]


def test_hits_can_be_ordered_by_date():
    old = a_public_article(headline_en="Drones and drones", published_at=NOON - 24 * 3600 * ONE_SECOND)
    new = a_public_article(headline_en="Something about drones and much else", published_at=NOON - ONE_SECOND)

    assert [hit.record for hit in find("drones", sort=Sort.DATE).hits] == [new, old]


def test_by_date_a_record_needs_all_the_words():
    a_public_article(headline_en="Drones over the bridge", published_at=NOON - 24 * 3600 * ONE_SECOND)
    a_public_article(headline_en="A bridge of boats", published_at=NOON - ONE_SECOND)

    assert titles(find("drones over a bridge", sort=Sort.DATE)) == ["Drones over the bridge"]


def test_filters_narrow_each_other_and_values_of_one_add_up():
    outlets = [an_outlet() for _ in range(3)]
    for outlet in outlets:
        a_public_article(
            outlet=outlet,
            headline_en="Drones",
            published_at=datetime.datetime(2021, 11, 7, 9, tzinfo=datetime.UTC),
        )
    a_public_claim(statement_en="Drones", occurred_on=datetime.date(2020, 5, 1), occurred_precision="day")
    chosen = frozenset(outlet.public_id for outlet in outlets[:2])

    assert find("drones", outlets=chosen).total == 2
    assert find("drones", outlets=chosen, years=frozenset({2020})).total == 0
    assert find("drones", years=frozenset({2020, 2021})).total == 4
    assert find("drones", kinds=frozenset({Kind.CLAIM})).total == 1
    assert find("drones", date_from=datetime.date(2021, 11, 7), date_to=datetime.date(2021, 11, 7)).total == 3
    assert find("drones", date_to=datetime.date(2021, 11, 6)).total == 1
    assert find("drones", language="ar").total == 4
    assert find("drones", verdicts=frozenset({Verdict.REFUTED})).total == 0


def test_a_filter_on_an_unknown_record_finds_nothing():
    a_public_article()

    assert find(outlets=frozenset({"0123456789"})).total == 0


def test_facets_count_exactly_under_all_filters_but_their_own():
    daraj, reuters = an_outlet(name_en="Daraj"), an_outlet(name_en="Reuters")
    a_public_article(outlet=daraj, headline_en="Drones")
    a_public_article(outlet=daraj, headline_en="Drones")
    article = a_public_article(outlet=reuters, headline_en="Drones")
    claim = a_public_claim(statement_en="The drones were three")
    a_telling(claim, article)

    page = find("drones", outlets=frozenset({reuters.public_id}), kinds=frozenset({Kind.ARTICLE}))

    assert page.total == 1
    counts = {value.record.name_en: (value.count, value.is_chosen) for value in page.facets["outlet"]}
    assert counts == {"Daraj": (2, False), "Reuters": (1, True)}
    assert {value.value: (value.count, value.is_chosen) for value in page.facets["type"]} == {
        "article": (1, True),
        "claim": (1, False),
    }


def test_a_claim_is_found_under_the_outlets_that_told_it_and_those_they_cite():
    daraj, reuters = an_outlet(), an_outlet()
    claim = a_public_claim()
    a_telling(claim, a_public_article(outlet=daraj), reuters)

    for outlet in (daraj, reuters):
        found = find(outlets=frozenset({outlet.public_id}), kinds=frozenset({Kind.CLAIM}))
        assert [hit.record for hit in found.hits] == [claim]


def test_pages_follow_one_another_without_overlap():
    for _ in range(7):
        a_public_article(headline_en="Drones")

    pages = [find("drones", page=number, page_size=3) for number in (1, 2, 3, 4)]

    assert [len(page.hits) for page in pages] == [3, 3, 1, 0]
    assert len({hit.record.pk for page in pages for hit in page.hits}) == 7
    assert {page.total for page in pages} == {7}
    assert pages[0].page_count == 3


def test_what_is_public_later_is_neither_found_nor_counted_before_its_hour():
    a_public_article(headline_en="Drones", publish_at=NOON + ONE_SECOND)

    assert find("drones", at=NOON).total == 0
    assert find("drones", at=NOON).facets["type"] == []
    assert find("drones", at=NOON + ONE_SECOND).total == 1


def test_a_telling_in_an_article_to_come_does_not_show_its_outlet_on_the_claim():
    outlet = an_outlet()
    claim = a_public_claim(statement_en="Drones")
    far_ahead = datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC)
    a_telling(claim, a_public_article(outlet=outlet, publish_at=far_ahead))

    assert find("drones").facets["outlet"] == []


def test_drafts_are_not_found():
    a_public_article(headline_en="Drones", status=Status.DRAFT)

    assert find("drones").total == 0


def test_an_index_that_is_late_leaks_nothing():
    article = a_public_article(headline_en="Drones withdrawn")
    others = [a_public_article(headline_en="Drones") for _ in range(3)]
    catch_up()
    type(article).objects.filter(pk=article.pk).update(status=Status.DRAFT)

    page = search(SearchRequest("drones withdrawn", page_size=2), at=NOON)

    assert article not in [hit.record for hit in page.hits]
    assert len(page.hits) == 2
    assert page.total == len(others)


def test_without_an_index_search_says_so():
    with pytest.raises(SearchUnavailable):
        search(SearchRequest("drones"), at=NOON)


def test_hits_cost_the_same_number_of_queries_however_many_they_are(django_assert_max_num_queries):
    outlet = an_outlet()
    for _ in range(9):
        a_telling(
            a_public_claim(statement_en="Drones"), a_public_article(headline_en="Drones", outlet=outlet)
        )
    catch_up()

    # Articles, claims and the outlets of the facet, and one look at the vectors within a limit of its own.
    with django_assert_max_num_queries(3 + 5):
        page = search(SearchRequest("drones", page_size=18), at=NOON)
        assert len(page.hits) == 18
        assert all(hit.kind is Kind.CLAIM or hit.record.outlet == outlet for hit in page.hits)
