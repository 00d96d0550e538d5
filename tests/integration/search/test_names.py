"""A name in another spelling or script finds what is told under it, and offers whose name it is."""

import datetime

import pytest
from django.core.management import call_command

from articles.choices import Status, SuggestionState
from articles.models import Mention, OutletName
from articles.search.forms import SearchRequest
from articles.search.indexing import catch_up
from articles.search.service import SearchPage, search
from people.choices import NameKind
from people.models import Name
from tests.builders import (
    NOON,
    a_person,
    a_public_article,
    a_public_claim,
    an_organisation,
    an_outlet,
)

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def find(text: str = "", *, at: datetime.datetime = NOON, **facts) -> SearchPage:
    catch_up()
    return search(SearchRequest(text, **facts), at=at)


def found(page: SearchPage) -> list:
    return [hit.record for hit in page.hits]


def named(page: SearchPage) -> list:
    return [card.record for card in page.entities]


def an_article_titled(title: str, language: str = "ar", **facts):
    other = "en" if language == "ar" else "ar"
    titles = {
        f"headline_{language}": title,
        f"headline_{other}": "",
        f"body_{language}": title,
        f"body_{other}": "",
    }
    return a_public_article(**titles, original_language=language, **facts)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Soleimani", "قاسم سليماني"),
        ("Kanburoglu", "كانبوراوغلو"),
        ("Mustafa al-Kadhimi", "مصطفى الكاظمي"),
        ("Kazemi", "الكاظمي"),
        ("Youssef", "يوسف"),
    ],
)
def test_a_name_finds_the_title_that_sounds_like_it_first(typed, title):
    an_article_titled("فيضان في المدينة")
    an_article_titled("مصطفى كمال")
    article = an_article_titled(title)

    assert found(find(typed))[:1] == [article]
    assert found(find(typed, language="ar"))[:1] == [article]


@pytest.mark.parametrize(
    ("typed", "title"), [("سليماني", "Qasem Soleimani"), ("كانبوراوغلو", "Kanburoglu"), ("ميركل", "Merkel")]
)
def test_an_arabic_name_finds_its_english_title(typed, title):
    an_article_titled("Flood in the city", "en")
    article = an_article_titled(title, "en")

    assert found(find(typed))[:1] == [article]


def test_a_name_is_found_within_a_headline():
    article = an_article_titled("نجاة رئيس الوزراء العراقي مصطفى الكاظمي من محاولة اغتيال")
    an_article_titled("رئيس الوزراء العراقي يزور مدينة البصرة بعد الفيضان الكبير")

    assert found(find("Kadhimi")) == [article]


def test_what_has_the_word_itself_comes_before_what_only_sounds_like_it():
    alike = an_article_titled("كاظمي")
    itself = an_article_titled("A day in the life of Kadhimi and of his neighbours", "en")

    assert found(find("Kadhimi")) == [itself, alike]


def test_filters_the_hour_and_the_database_hold_for_names_too():
    article = an_article_titled("سليماني")
    an_article_titled("سليماني", publish_at=NOON + datetime.timedelta(hours=1))

    assert found(find("Soleimani")) == [article]
    assert find("Soleimani").total == 1
    assert found(find("Soleimani", language="en")) == []

    type(article).objects.filter(pk=article.pk).update(status=Status.DRAFT)

    assert found(find("Soleimani")) == []


def test_total_and_facets_count_what_sounds_alike():
    an_article_titled("سليماني")
    a_public_claim(statement_ar="سليماني", statement_en="")

    page = find("Soleimani")

    assert page.total == len(page.hits) == 2
    assert {value.value: value.count for value in page.facets["type"]} == {"article": 1, "claim": 1}


def test_a_known_person_is_offered_and_found_in_any_spelling_and_script():
    person = a_person(name_ar="مصطفى الكاظمي", name_en="Mustafa al-Kadhimi")
    claim = a_public_claim(statement_ar="المسيّرات إيرانية الصنع", statement_en="")
    claim.people.add(person)

    for typed in [
        "Mustafa al-Kadhimi",
        "Kadhimi Mustafa",
        "Mustapha Kazemi",
        "al-Kadhemi",
        "الكاظمي",
        "كاظمى",
    ]:
        page = find(typed)
        assert named(page) == [person], typed
        assert found(page) == [claim], typed
    assert find("Mustafa al-Kadhimi").entities[0].is_exact
    assert not find("Mustapha Kazemi").entities[0].is_exact
    assert find("Kazemi").entities[0].link == person.get_absolute_url()


def test_organisations_and_outlets_are_offered_too():
    organisation = an_organisation(name_ar="كتائب حزب الله", name_en="")
    outlet = an_outlet(name_ar="رويترز", name_en="")
    OutletName.objects.create(outlet=outlet, text="وكالة رويترز", language="ar")
    claim = a_public_claim()
    claim.organisations.add(organisation)
    article = a_public_article(outlet=outlet, headline_ar="فيضان", headline_en="")

    assert named(find("Kataib Hezbollah")) == [organisation]
    page = find("Reuters")
    assert named(page) == [outlet]
    assert article in found(page)


def test_a_hostile_name_finds_its_bearer_but_is_not_shown():
    person = a_person(name_ar="مصطفى الكاظمي", name_en="Mustafa al-Kadhimi")
    Name.objects.create(person=person, text="Zarkapov", language="en", kind=NameKind.HOSTILE)
    claim = a_public_claim(statement_ar="المسيّرات إيرانية الصنع", statement_en="")
    claim.people.add(person)

    page = find("زاركابوف")

    assert named(page) == [person]
    assert found(page) == [claim]
    assert "Zarkapov" not in repr(page.entities)


def test_whom_nothing_public_names_is_not_offered():
    person = a_person(name_ar="مصطفى الكاظمي", name_en="Mustafa al-Kadhimi")
    article = an_article_titled("مسودة", status=Status.DRAFT)
    Mention.objects.create(article=article, person=person, state=SuggestionState.CONFIRMED)
    suggested = an_article_titled("فيضان")
    Mention.objects.create(article=suggested, person=person, state=SuggestionState.SUGGESTED)

    assert named(find("Mustafa al-Kadhimi")) == []


def test_who_was_named_by_what_is_public_no_more_is_not_offered_although_the_index_is_late():
    person = a_person(name_ar="مصطفى الكاظمي", name_en="Mustafa al-Kadhimi")
    claim = a_public_claim()
    claim.people.add(person)
    assert named(find("Kadhimi")) == [person]

    type(claim).objects.filter(pk=claim.pk).update(status=Status.DRAFT)

    assert named(search(SearchRequest("Kadhimi"), at=NOON)) == []


def test_entities_are_offered_on_the_first_page_only():
    person = a_person(name_ar="مصطفى الكاظمي", name_en="Mustafa al-Kadhimi")
    for _number in range(3):
        a_public_claim().people.add(person)

    assert named(find("Kadhimi", page_size=2)) == [person]
    assert named(find("Kadhimi", page_size=2, page=2)) == []


def test_a_first_name_that_many_share_names_none_of_them():
    for surname in ["الكاظمي", "كمال", "البارزاني", "العقاد"]:
        a_public_claim().people.add(a_person(name_ar=f"مصطفى {surname}"))

    assert named(find("Mustapha")) == []
    assert named(find("مصطفى كمال")) != []


def test_a_name_search_costs_a_bounded_number_of_queries(django_assert_max_num_queries):
    for number in range(30):
        person = a_person(name_ar="مصطفى الكاظمي", name_en=f"Mustafa al-Kadhimi {number}")
        a_public_claim().people.add(person)
        an_article_titled("الكاظمي")
    catch_up()

    with django_assert_max_num_queries(10):
        page = search(SearchRequest("Mustapha Kazemi"), at=NOON)

    assert len(page.entities) == 3


def test_the_index_and_the_database_agree_on_the_sounds(capsys):
    an_article_titled("سليماني")
    catch_up()

    call_command("reindex", "--check")


def test_the_page_shows_whom_a_search_names_in_another_script(client):
    person = a_person(
        name_ar="مصطفى الكاظمي", name_en="Mustafa al-Kadhimi", description_en="Former prime minister"
    )
    a_public_claim(publish_at=LONG_AGO).people.add(person)
    catch_up()

    page = client.get("/en/", {"q": "مصطفى كاظمي"}).content.decode()

    assert 'class="entity"' in page
    assert "Mustafa al-Kadhimi" in page
    assert person.get_absolute_url("en") in page
    assert 'class="entity"' not in client.get("/en/", {"q": "Merkel"}).content.decode()
