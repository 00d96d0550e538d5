import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from articles.attribution import SpeakerKind, Telling, attribution_tree, origin_count
from articles.models import Appearance, Claim
from tests.builders import (
    NOON,
    a_person,
    a_public_article,
    a_public_claim,
    a_telling,
    an_article,
    an_outlet,
)

pytestmark = pytest.mark.django_db
READER = AnonymousUser()


def told_of(claim: Claim) -> list[Telling]:
    return Claim.objects.filter(pk=claim.pk).tellings(user=READER, at=NOON)[claim.pk]


def test_a_chain_of_records_becomes_a_chain_of_speakers() -> None:
    daraj, reuters, person = an_outlet(name_ar="درج"), an_outlet(name_ar="رويترز"), a_person()
    claim = a_public_claim()
    a_telling(claim, a_public_article(outlet=daraj), reuters, ["مسؤولين أمنيين", person])

    (telling,) = told_of(claim)

    assert telling.outlet is not None
    assert telling.outlet.record == daraj
    kinds = [[speaker.kind for speaker in step] for step in telling.steps]
    assert kinds == [[SpeakerKind.OUTLET], [SpeakerKind.UNNAMED, SpeakerKind.PERSON]]


def test_copies_of_one_wire_report_are_many_tellings_and_one_origin() -> None:
    wire = a_public_article(outlet=an_outlet())
    claim = a_public_claim()
    a_telling(claim, wire)
    for _paper in range(4):
        a_telling(claim, a_public_article(outlet=an_outlet(), copy_of=wire))

    told = told_of(claim)

    assert len(told) == 5
    assert origin_count(told) == 1


def test_outlets_of_one_house_are_one_origin() -> None:
    house = an_outlet()
    claim = a_public_claim()
    a_telling(claim, a_public_article(outlet=an_outlet(parent=house)))
    a_telling(claim, a_public_article(outlet=an_outlet(parent=house)))

    assert origin_count(told_of(claim)) == 1


def test_an_original_that_is_not_public_counts_but_is_not_named() -> None:
    wire = an_article(outlet=an_outlet(name_ar="وكالة سرية"))
    claim = a_public_claim()
    for _paper in range(2):
        a_telling(claim, a_public_article(outlet=an_outlet(), copy_of=wire))

    told = told_of(claim)

    assert origin_count(told) == 1
    assert "وكالة سرية" not in repr(told) + repr(attribution_tree(told))


def test_articles_that_copy_each_other_do_no_harm() -> None:
    one, other = a_public_article(), a_public_article()
    one.copy_of, other.copy_of = other, one
    one.save()
    other.save()
    claim = a_public_claim()
    a_telling(claim, one)
    a_telling(claim, other)

    assert len(attribution_tree(told_of(claim))) >= 1


def test_a_person_speaks_in_the_office_held_on_the_day() -> None:
    person = a_person()
    for title, started, ended in [
        ("مدير", (2016, 6, 1), (2020, 5, 6)),
        ("رئيس", (2020, 5, 7), (2022, 10, 27)),
    ]:
        person.positions.create(
            title_ar=title,
            started_on=datetime.date(*started),
            started_precision="day",
            ended_on=datetime.date(*ended),
            ended_precision="day",
        )
    claim = a_public_claim()
    for year in (2018, 2021, 2024):
        a_telling(claim, a_public_article(published_at=NOON.replace(year=year)), person)

    roles = [telling.steps[0][0].role_ar for telling in told_of(claim)]

    assert roles == ["مدير", "رئيس", ""]


@pytest.mark.parametrize("number", [1, 12])
def test_the_number_of_queries_does_not_grow_with_the_tellings(number, django_assert_num_queries) -> None:
    claim, reuters = a_public_claim(), an_outlet()
    for _telling in range(number):
        a_telling(claim, a_public_article(outlet=an_outlet(parent=reuters)), reuters, [a_person(), "مسؤولين"])

    with django_assert_num_queries(6):
        Appearance.objects.all().origins(user=READER, at=NOON)
