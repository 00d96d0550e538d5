"""Every promise of the models: its name, the record that would break it, and the sentence the editor reads."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from articles.choices import QuoteState, RelationType, Status, Verdict
from articles.models import (
    Appearance,
    Article,
    Assessment,
    Claim,
    ClaimRelation,
    Correction,
    Mention,
    Merge,
    Outlet,
    OutletDomain,
    OutletName,
    Source,
    SuggestionDecision,
    Term,
)
from people.models import Name, Organisation, Person, Position
from tests.builders import NOON, a_claim, a_person, a_telling, an_article, an_organisation, an_outlet

pytestmark = pytest.mark.django_db

DAY = datetime.date(2021, 11, 7)
EARLIER = datetime.date(2020, 1, 1)


def _twice(make: Callable[[], models.Model]) -> models.Model:
    make().save()
    return make()


def _same_relation() -> ClaimRelation:
    one, other = a_claim(), a_claim()
    ClaimRelation.objects.create(claim=one, other=other, type=RelationType.CONTRADICTS)
    return ClaimRelation(claim=other, other=one, type=RelationType.CONTRADICTS)


def _related_to_itself() -> ClaimRelation:
    claim = a_claim()
    return ClaimRelation(claim=claim, other=claim, type=RelationType.UPDATES)


def _same_term_in_capitals() -> Term:
    Term.objects.create(term_ar="هدنة", term_en="truce")
    return Term(term_ar="هدنة", term_en="Truce")


def _merge(**facts: str) -> Merge:
    return Merge(kind="outlet", words="رويترز", merged_at=NOON, **facts)


def _decision(**facts: Any) -> SuggestionDecision:
    return SuggestionDecision(kind="mention", answer="dismissed", **facts)


def _decided_twice() -> SuggestionDecision:
    article = an_article()
    return _twice(lambda: _decision(article=article, fingerprint="daraj"))


def _itself(record: models.Model, field: str) -> models.Model:
    setattr(record, field, record)
    return record


def _same_place() -> Appearance:
    first = a_telling(a_claim(), an_article(), quote="فقرة")
    return Appearance(
        claim=first.claim,
        article=first.article,
        quote_exact="فقرة",
        quote_language="ar",
        quote_state=QuoteState.ANCHORED,
        quote_start=first.quote_start,
    )


def _same_name_of_a_person() -> Name:
    person = a_person()
    return _twice(lambda: Name(person=person, text="كاظمي", language="ar"))


def _same_name_of_an_outlet() -> OutletName:
    outlet = an_outlet()
    return _twice(lambda: OutletName(outlet=outlet, text="Reuters", language="en"))


def _same_mention() -> Mention:
    article, person = an_article(), a_person()
    return _twice(lambda: Mention(article=article, person=person))


def _source(**facts: Any) -> Source:
    return Source(appearance=a_telling(a_claim(), an_article()), **facts)


BROKEN: dict[str, Callable[[], models.Model]] = {
    "organisation_has_name": Organisation,
    "organisation_wikidata_once": lambda: _twice(lambda: Organisation(name_ar="هيئة", wikidata_id="Q1")),
    "person_has_name": lambda: Person(name_ar=""),
    "person_birth_has_precision": lambda: Person(name_ar="شخص", born_on=DAY),
    "person_death_has_precision": lambda: Person(name_ar="شخص", died_precision="day"),
    "person_born_before_death": lambda: Person(
        name_ar="شخص", born_on=DAY, born_precision="day", died_on=EARLIER, died_precision="day"
    ),
    "person_wikidata_once": lambda: _twice(lambda: Person(name_en="Somebody", wikidata_id="Q2")),
    "name_belongs_to_one": lambda: Name(
        person=a_person(), organisation=an_organisation(), text="س", language="ar"
    ),
    "name_has_text": lambda: Name(person=a_person(), text="", language="ar"),
    "name_once": _same_name_of_a_person,
    "position_has_title": lambda: Position(person=a_person()),
    "position_start_has_precision": lambda: Position(person=a_person(), title_ar="وزير", started_on=DAY),
    "position_end_has_precision": lambda: Position(person=a_person(), title_ar="وزير", ended_on=DAY),
    "position_ends_after_start": lambda: Position(
        person=a_person(),
        title_ar="وزير",
        started_on=DAY,
        started_precision="day",
        ended_on=EARLIER,
        ended_precision="day",
    ),
    "outlet_has_name": Outlet,
    "outlet_not_its_own_parent": lambda: _itself(an_outlet(), "parent"),
    "outlet_wikidata_once": lambda: _twice(lambda: Outlet(name_en="Paper", wikidata_id="Q3")),
    "outlet_name_once": _same_name_of_an_outlet,
    "outlet_domain_is_plain": lambda: OutletDomain(outlet=an_outlet(), domain="https://example.com/"),
    "term_in_both_languages": lambda: Term(term_ar="هدنة", term_en=""),
    "term_pair_once": _same_term_in_capitals,
    "article_published_has_moment": lambda: Article(headline_ar="عنوان", status=Status.PUBLISHED),
    "article_withdrawn_has_reason": lambda: Article(
        headline_ar="عنوان", status=Status.WITHDRAWN, withdrawn_at=NOON
    ),
    "article_returned_with_note": lambda: Article(headline_ar="عنوان", returned_at=NOON),
    "article_external_id_once": lambda: _twice(lambda: Article(headline_ar="عنوان", external_id="row-1")),
    "article_published_has_text": lambda: Article(status=Status.PUBLISHED, publish_at=NOON),
    "article_date_has_precision_and_basis": lambda: Article(headline_ar="عنوان", published_at=NOON),
    "article_not_copy_of_itself": lambda: _itself(an_article(), "copy_of"),
    "mention_names_exactly_one": lambda: Mention(article=an_article(), person=a_person(), outlet=an_outlet()),
    "mention_once": _same_mention,
    "correction_has_text": lambda: Correction(article=an_article(), made_at=NOON),
    "claim_published_has_moment": lambda: Claim(statement_ar="قول", status=Status.PUBLISHED),
    "claim_withdrawn_has_reason": lambda: Claim(statement_ar="قول", status=Status.WITHDRAWN),
    "claim_returned_with_note": lambda: Claim(statement_ar="قول", returned_at=NOON),
    "claim_external_id_once": lambda: _twice(lambda: Claim(statement_ar="قول", external_id="row-1")),
    "claim_has_statement": lambda: Claim(statement_en=""),
    "claim_date_has_precision": lambda: Claim(statement_ar="قول", occurred_on=DAY),
    "appearance_quote_has_language_and_state": lambda: Appearance(
        claim=a_claim(), article=an_article(), quote_exact="فقرة"
    ),
    "appearance_anchored_quote_has_position": lambda: Appearance(
        claim=a_claim(),
        article=an_article(),
        quote_exact="فقرة",
        quote_language="ar",
        quote_state=QuoteState.MOVED,
    ),
    "appearance_once_at_its_place": _same_place,
    "source_is_exactly_one": lambda: _source(outlet=an_outlet(), person=a_person()),
    "source_step_in_chain": lambda: _source(outlet=an_outlet(), step=10),
    "source_document_is_described": lambda: _source(outlet=an_outlet(), is_document=True),
    "claim_relation_of_two": _related_to_itself,
    "claim_relation_once": _same_relation,
    "merge_of_two": lambda: _merge(kept_public_id="a", merged_public_id="a"),
    "merged_once": lambda: _twice(lambda: _merge(kept_public_id="a", merged_public_id="b")),
    "suggestion_decision_has_fingerprint": lambda: _decision(article=an_article(), fingerprint=""),
    "suggestion_decided_once": _decided_twice,
    "assessment_has_rationale": lambda: Assessment(
        claim=a_claim(), verdict=Verdict.DISPUTED, assessed_at=NOON
    ),
}


def _constraints() -> dict[str, models.BaseConstraint]:
    ours = (model for app in ("people", "articles") for model in apps.get_app_config(app).get_models())
    return {
        constraint.name: constraint
        for model in ours
        if not model.__name__.startswith("Historical")
        for constraint in model._meta.constraints
    }


def test_every_constraint_is_tried_here() -> None:
    assert set(BROKEN) == set(_constraints())


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_database_refuses_a_broken_promise(name: str) -> None:
    record = BROKEN[name]()

    # bulk_create and update walk past save() and clean(): the database alone stands here.
    rows = type(record)._base_manager
    if record._state.adding:
        write = partial(rows.bulk_create, [record])
    else:
        columns = record._meta.local_concrete_fields
        write = partial(
            rows.filter(pk=record.pk).update,
            **{column.attname: getattr(record, column.attname) for column in columns},
        )
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_form_gives_the_editor_the_sentence(name: str) -> None:
    record = BROKEN[name]()
    sentence = str(_constraints()[name].violation_error_message)

    with pytest.raises(ValidationError) as refused:
        record.validate_constraints()

    assert "“" not in sentence
    assert sentence in refused.value.messages
    assert sentence != models.BaseConstraint.default_violation_error_message % {"name": name}
