import pytest

from articles.models import Article, Claim
from newsroom.records import PUBLIC_ID_ALPHABET, StaleRecord, new_public_id
from tests.builders import a_claim, a_person, a_telling, an_article, an_organisation, an_outlet

pytestmark = pytest.mark.django_db


def test_of_two_editors_the_second_is_refused_and_nothing_is_overwritten() -> None:
    article = an_article(headline_ar="الأول")
    mine, theirs = Article.objects.get(pk=article.pk), Article.objects.get(pk=article.pk)
    theirs.headline_ar = "الثاني"
    theirs.save()

    mine.headline_ar = "الثالث"
    with pytest.raises(StaleRecord):
        mine.save()

    assert Article.objects.get(pk=article.pk).headline_ar == "الثاني"
    assert mine.version == 1, "a refused save leaves the record as it was read"


def test_a_save_of_some_fields_counts_as_a_version_too() -> None:
    claim = a_claim()
    claim.statement_en = "A statement"
    claim.save(update_fields=["statement_en"])

    assert Claim.objects.get(pk=claim.pk).version == 2


@pytest.mark.parametrize(
    ("make", "column"),
    [
        (an_outlet, "name"),
        (a_person, "biography"),
        (an_organisation, "description"),
        (an_article, "body"),
        (a_claim, "statement"),
    ],
)
def test_history_keeps_both_languages_of_every_version(make, column) -> None:
    record = make()
    setattr(record, f"{column}_ar", "صيغة ثانية")
    setattr(record, f"{column}_en", "second wording")
    record.save()

    latest = record.history.first()
    assert record.history.count() == 2
    assert (getattr(latest, f"{column}_ar"), getattr(latest, f"{column}_en")) == (
        "صيغة ثانية",
        "second wording",
    )
    assert latest.version == 2


def test_history_keeps_appearances_and_their_sources() -> None:
    appearance = a_telling(a_claim(), an_article(), an_outlet(), "مسؤولون")
    source = appearance.sources.last()
    source.description_en = "officials"
    source.save()

    assert appearance.history.count() == 1
    assert [row.description_en for row in source.history.all()] == ["officials", None]


def test_history_remembers_the_people_of_a_claim() -> None:
    claim, person = a_claim(), a_person()
    claim.people.add(person)

    assert [row.person for row in claim.history.first().people.all()] == [person]


def test_public_ids_are_short_readable_and_differ() -> None:
    ids = {new_public_id() for _id in range(1000)}

    assert len(ids) == 1000
    assert all(len(one) == 10 and set(one) <= set(PUBLIC_ID_ALPHABET) for one in ids)
