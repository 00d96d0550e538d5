"""Who sees what, at which moment: every page, feed and count starts from these questions."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User

from articles.choices import Status, SuggestionState
from articles.models import Appearance, Article, Claim, ClaimRelation, Correction, Mention, Outlet
from articles.querysets import publicly_named
from people.models import Organisation, Person
from tests.builders import (
    NOON,
    ONE_SECOND,
    a_claim,
    a_person,
    a_public_article,
    a_public_claim,
    a_telling,
    an_article,
    an_organisation,
    an_outlet,
)

pytestmark = pytest.mark.django_db
READER = AnonymousUser()


def a_writer() -> User:
    user = User.objects.create_user("writer", is_staff=True)
    user.groups.add(Group.objects.get(name="writer"))
    return user


def test_an_embargoed_article_appears_at_its_hour() -> None:
    article = a_public_article(publish_at=NOON)

    assert article not in Article.objects.visible_to(READER, at=NOON - ONE_SECOND)
    assert article in Article.objects.visible_to(READER, at=NOON)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.WITHDRAWN])
def test_only_what_is_published_is_public(status: Status) -> None:
    facts = {"publish_at": NOON, "status": status}
    if status == Status.WITHDRAWN:
        facts |= {"withdrawn_at": NOON, "withdrawal_reason_ar": "خطأ"}
    article, claim = an_article(**facts), a_claim(**facts)

    assert not Article.objects.visible_to(READER, at=NOON).exists()
    assert not Claim.objects.visible_to(READER, at=NOON).exists()
    assert article in Article.objects.visible_to(a_writer(), at=NOON)
    assert claim in Claim.objects.all()


def test_a_signed_in_reader_is_a_reader() -> None:
    an_article()
    reader = User.objects.create_user("reader")

    assert not Article.objects.visible_to(reader, at=NOON).exists()


def test_a_telling_is_public_only_with_its_claim_and_its_article() -> None:
    shown = a_telling(a_public_claim(), a_public_article())
    a_telling(a_claim(), a_public_article())
    a_telling(a_public_claim(), an_article())

    assert list(Appearance.objects.visible_to(READER, at=NOON)) == [shown]
    assert Appearance.objects.visible_to(a_writer(), at=NOON).count() == 3


def test_a_name_typed_for_a_draft_is_not_public() -> None:
    person, organisation, outlet = a_person(), an_organisation(), an_outlet()
    claim = a_claim()
    claim.people.add(person)
    claim.organisations.add(organisation)
    a_telling(claim, an_article(outlet=outlet), person, organisation)
    Mention.objects.create(article=a_public_article(), person=person, state=SuggestionState.SUGGESTED)

    assert not publicly_named(Person.objects.all(), at=NOON).exists()
    assert not publicly_named(Organisation.objects.all(), at=NOON).exists()
    assert not Outlet.objects.visible_to(READER, at=NOON).exists()


def test_whom_something_public_names_is_public() -> None:
    subject, source, mentioned, body = a_person(), a_person(), a_person(), an_organisation()
    publisher, cited, house = an_outlet(), an_outlet(), an_outlet()
    publisher.parent = house
    publisher.save()
    claim, article = a_public_claim(), a_public_article(outlet=publisher)
    claim.people.add(subject)
    claim.organisations.add(body)
    a_telling(claim, article, cited, source)
    Mention.objects.create(article=article, person=mentioned)

    assert set(publicly_named(Person.objects.all(), at=NOON)) == {subject, source, mentioned}
    assert set(publicly_named(Organisation.objects.all(), at=NOON)) == {body}
    assert set(Outlet.objects.visible_to(READER, at=NOON)) == {publisher, cited, house}


def test_a_relation_is_public_between_public_claims_once_confirmed() -> None:
    one, other, draft = a_public_claim(), a_public_claim(), a_claim()
    shown = ClaimRelation.objects.create(claim=one, other=other, type="contradicts")
    ClaimRelation.objects.create(claim=one, other=draft, type="contradicts")
    ClaimRelation.objects.create(claim=one, other=other, type="updates", state=SuggestionState.SUGGESTED)

    assert list(ClaimRelation.objects.visible_to(READER, at=NOON).touching(other)) == [shown]


def test_a_correction_is_public_with_its_article() -> None:
    shown = Correction.objects.create(article=a_public_article(), text_ar="الصواب كذا", made_at=NOON)
    Correction.objects.create(article=an_article(), text_ar="الصواب كذا", made_at=NOON)

    assert list(Correction.objects.visible_to(READER, at=NOON)) == [shown]


def test_claims_are_found_by_who_tells_them_and_whom_they_cite() -> None:
    daraj, reuters, person = an_outlet(), an_outlet(), a_person()
    claim, other = a_claim(), a_claim()
    a_telling(claim, an_article(outlet=daraj), reuters, [person, "مسؤولون"])
    a_telling(other, an_article(), "مسؤولون")

    assert list(Claim.objects.told_by(daraj)) == [claim]
    assert list(Claim.objects.citing(reuters)) == [claim]
    assert list(Claim.objects.citing(person)) == [claim]
    assert not Claim.objects.told_by(reuters)


def test_the_longest_domain_finds_the_outlet_of_an_address() -> None:
    house, edition = an_outlet(), an_outlet()
    house.domains.create(domain="example.com")
    edition.domains.create(domain="arabic.example.com")

    assert Outlet.objects.for_url("https://arabic.example.com/news/1?x=1") == edition
    assert Outlet.objects.for_url("http://www.example.com") == house
    assert Outlet.objects.for_url("https://notexample.com") is None
    assert Outlet.objects.for_url("http://[broken") is None


def test_families_end_at_the_house_even_when_they_go_round() -> None:
    house, edition, bureau = an_outlet(), an_outlet(), an_outlet()
    Outlet.objects.filter(pk=edition.pk).update(parent=house)
    Outlet.objects.filter(pk=bureau.pk).update(parent=edition)
    assert Outlet.objects.families() == {edition.pk: house.pk, bureau.pk: house.pk}

    Outlet.objects.filter(pk=house.pk).update(parent=bureau)
    assert len(set(Outlet.objects.families().values())) == 1


@pytest.mark.parametrize("spelling", ["كاظمى", "الكاظمي", "KAZEMI", "al-Kadhimi", "Kadhimi"])
def test_a_name_is_found_in_any_spelling(spelling: str) -> None:
    person = a_person(name_ar="مصطفى الكاظمي", name_en="Mustafa al-Kadhimi")
    person.names.create(text="Kazemi", language="en")

    assert person in Person.objects.called(spelling)
    assert person not in Person.objects.called("سليماني")


def test_what_never_was_public_is_not_shown_as_withdrawn() -> None:
    facts = {"status": Status.WITHDRAWN, "withdrawn_at": NOON, "withdrawal_reason_ar": "خطأ"}
    shown_once = an_article(**facts, publish_at=NOON - ONE_SECOND)
    an_article(**facts, publish_at=NOON + ONE_SECOND)

    assert list(Article.objects.withdrawn()) == [shown_once]
