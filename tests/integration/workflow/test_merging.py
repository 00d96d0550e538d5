"""Two records that are one: nothing is lost when they are merged, and nothing is left of it when that is undone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from articles.choices import RelationType, Status, SuggestionState, Verdict
from articles.merging import MergeRefused, kept_in_place_of, merge, preview, undo
from articles.models import (
    Appearance,
    Article,
    Assessment,
    Claim,
    ClaimRelation,
    Mention,
    Merge,
    Outlet,
    OutletDomain,
    OutletName,
    Source,
)
from articles.roles import PERMISSIONS
from articles.workflow import assess
from people.models import Name, Organisation, Person, Position
from tests.builders import (
    NOON,
    a_claim,
    a_person,
    a_public_article,
    a_public_claim,
    a_telling,
    an_article,
    an_organisation,
    an_outlet,
)
from tests.integration.desk.editor import Editor, a_user

pytestmark = pytest.mark.django_db

MODELS = [Outlet, OutletName, OutletDomain, Person, Organisation, Name, Position, Article, Mention, Claim,
          Appearance, Source, ClaimRelation, Assessment, Claim.people.through, Claim.organisations.through]  # fmt: skip
# What every save moves on, and columns that are kept by the active language.
MOVING = {"version", "updated_at", "name", "description", "statement", "context", "headline", "body",
          "arabic_changed_at", "english_changed_at"}  # fmt: skip


def everything() -> str:
    """All rows of the newsroom as text, without what every save moves on."""
    rows = []
    for model in MODELS:
        for row in serializers.serialize("python", model._base_manager.order_by("pk")):
            row["fields"] = {name: value for name, value in row["fields"].items() if name not in MOVING}
            rows.append(row)
    return json.dumps(rows, default=str, ensure_ascii=False)


def two_outlets() -> tuple[Outlet, Outlet]:
    kept = an_outlet(name_ar="رويترز", name_en="Reuters")
    merged = an_outlet(
        name_ar="وكالة رويترز", name_en="Reuters", homepage="https://reuters.example", country="GB"
    )
    merged.domains.create(domain="reuters.example")
    for outlet in (kept, merged):
        OutletName.objects.create(outlet=outlet, text="رويتر", language="ar")
    an_outlet(name_en="Reuters Arabic", parent=merged)
    article = a_public_article(outlet=merged)
    for outlet in (kept, merged):
        Mention.objects.create(article=article, outlet=outlet, state=SuggestionState.CONFIRMED)
    a_telling(a_public_claim(), article, merged)
    return kept, merged


def two_people() -> tuple[Person, Person]:
    kept, merged = (
        a_person(name_ar="مصطفى الكاظمي"),
        a_person(name_en="Mustafa Kadhimi", description_en="Prime minister"),
    )
    Position.objects.create(person=merged, title_en="Prime minister")
    claim, other = a_claim(), a_claim()
    claim.people.add(kept, merged)
    other.people.add(merged)
    a_telling(claim, an_article(), merged)
    return kept, merged


def two_organisations() -> tuple[Organisation, Organisation]:
    kept, merged = an_organisation(name_ar="الحشد الشعبي"), an_organisation(name_en="PMF")
    Position.objects.create(person=a_person(), title_en="Spokesman", organisation=merged)
    a_claim().organisations.add(merged)
    return kept, merged


def two_claims() -> tuple[Claim, Claim]:
    kept, merged = (
        a_public_claim(statement_ar="غرقت العبّارة"),
        a_claim(statement_en="The ferry sank.", context_en="At sea."),
    )
    article = an_article(body_ar="غرقت العبّارة مساء الأربعاء.")
    for claim in (kept, merged):
        a_telling(claim, article, "خفر السواحل", quote="غرقت العبّارة")
    a_telling(merged, an_article(), "ناجين")
    ClaimRelation.objects.create(claim=merged, other=kept, type=RelationType.UPDATES)
    ClaimRelation.objects.create(claim=merged, other=a_claim(), type=RelationType.CONTRADICTS)
    return kept, merged


PAIRS = {"outlet": two_outlets, "person": two_people, "organisation": two_organisations, "claim": two_claims}


@pytest.mark.parametrize("kind", PAIRS)
def test_an_undone_merge_leaves_everything_as_it_was(kind):
    kept, merged = PAIRS[kind]()
    before = everything()

    made = merge(kept, merged, by=a_user(), at=NOON)
    assert everything() != before
    assert not type(kept).objects.filter(public_id=merged.public_id).exists()
    undo(made, by=made.merged_by, at=NOON)

    assert everything() == before
    with pytest.raises(MergeRefused):
        undo(made, by=made.merged_by, at=NOON)


def test_what_hangs_on_an_outlet_moves_and_its_name_is_kept(db):
    kept, merged = two_outlets()
    merge(kept, merged, by=None, at=NOON)

    kept.refresh_from_db()
    assert kept.homepage == "https://reuters.example"
    assert {name.text for name in kept.names.all()} == {"رويتر", "وكالة رويترز"}
    assert OutletDomain.objects.get().outlet == kept
    assert Outlet.objects.get(name_en="Reuters Arabic").parent == kept
    assert Article.objects.get(outlet=kept).history.first().history_change_reason == "merged"
    assert Source.objects.get().outlet == kept
    assert Mention.objects.get().outlet == kept


def test_a_house_that_is_merged_into_its_own_outlet_leaves_no_circle(db):
    house, above = an_outlet(name_en="House"), an_outlet(name_en="Group")
    house.parent = above
    house.save()
    child = an_outlet(name_en="Channel", parent=house)
    before = everything()

    made = merge(child, house, by=None, at=NOON)
    child.refresh_from_db()
    assert child.parent == above
    undo(made, by=None, at=NOON)

    assert everything() == before


def test_a_public_claim_is_withdrawn_with_the_reason_and_public_again_after_the_undo(db):
    kept, merged = a_public_claim(statement_ar="غرقت العبّارة"), a_public_claim(statement_ar="العبّارة غرقت")
    before = everything()

    made = merge(kept, merged, by=None, at=timezone.now())
    merged.refresh_from_db()
    assert merged.status == Status.WITHDRAWN
    assert "غرقت العبّارة" in merged.withdrawal_reason_ar

    undo(made, by=None, at=NOON)
    assert everything() == before


def verdicts(*claims: Claim) -> list[str]:
    """The verdicts of the claims as they now stand; the claims are read again."""
    for claim in claims:
        claim.refresh_from_db()
    return [claim.verdict for claim in claims]


def reasons(claim: Claim) -> list[str]:
    """The reasons given for the claim's verdicts, newest first."""
    return [one.rationale_ar for one in Assessment.objects.of(claim).latest_first()]


def test_a_verdict_is_not_lost_and_goes_back_with_its_claim(db):
    kept, merged = a_public_claim(), a_public_claim()
    assess(merged, verdict=Verdict.REFUTED, rationale_ar="سبب", by=a_user(), at=NOON)
    verdicts(merged)

    made = merge(kept, merged, by=None, at=timezone.now())
    assert verdicts(kept) == [Verdict.REFUTED]
    assert reasons(kept) == ["سبب"]
    page = Client().get(kept.get_absolute_url("ar"))
    assert "سبب" in page.text

    undo(made, by=None, at=timezone.now())
    assert verdicts(kept, merged) == [Verdict.UNVERIFIED, Verdict.REFUTED]
    assert reasons(kept) == []
    assert "سبب" not in Client().get(kept.get_absolute_url("ar")).text


def test_of_two_that_were_assessed_the_latest_says_the_verdict_until_they_are_parted(db):
    kept, merged = a_public_claim(), a_public_claim()
    assess(kept, verdict=Verdict.CONFIRMED, rationale_ar="الأول", by=a_user(), at=NOON)
    assess(merged, verdict=Verdict.DISPUTED, rationale_ar="الثاني", by=None, at=NOON + timedelta(hours=1))
    verdicts(kept, merged)

    made = merge(kept, merged, by=None, at=timezone.now())
    assert verdicts(kept) == [Verdict.DISPUTED]
    assert reasons(kept) == ["الثاني", "الأول"]

    undo(made, by=None, at=timezone.now())
    assert verdicts(kept, merged) == [Verdict.CONFIRMED, Verdict.DISPUTED]
    assert [reasons(kept), reasons(merged)] == [["الأول"], ["الثاني"]]


def test_what_was_assessed_after_the_merge_stays_with_the_claim_that_was_assessed(db):
    kept, merged = a_public_claim(), a_public_claim()
    assess(merged, verdict=Verdict.REFUTED, rationale_ar="قبل", by=None, at=NOON)
    verdicts(merged)
    made = merge(kept, merged, by=None, at=timezone.now())
    verdicts(kept)
    assess(kept, verdict=Verdict.CONFIRMED, rationale_ar="بعد", by=None, at=NOON + timedelta(hours=1))

    undo(made, by=None, at=timezone.now())

    assert verdicts(kept, merged) == [Verdict.CONFIRMED, Verdict.REFUTED]
    assert [reasons(kept), reasons(merged)] == [["بعد"], ["قبل"]]
    assert Assessment.objects.count() == 2


def test_verdicts_follow_a_claim_that_is_merged_twice_and_the_later_merge_is_undone_first(db):
    first, second, third = a_public_claim(), a_public_claim(), a_public_claim()
    assess(first, verdict=Verdict.REFUTED, rationale_ar="سبب", by=None, at=NOON)
    verdicts(first)
    earlier = merge(second, first, by=None, at=timezone.now())
    verdicts(second)
    later = merge(third, second, by=None, at=timezone.now())
    assert verdicts(third) == [Verdict.REFUTED]

    with override("en"), pytest.raises(MergeRefused, match="later merge"):
        undo(earlier, by=None, at=NOON)
    undo(later, by=None, at=NOON)
    assert verdicts(second, third) == [Verdict.REFUTED, Verdict.UNVERIFIED]
    undo(earlier, by=None, at=NOON)
    assert verdicts(first, second) == [Verdict.REFUTED, Verdict.UNVERIFIED]


def test_a_public_claim_is_not_merged_into_one_that_nobody_sees(db):
    draft, public = a_claim(), a_public_claim()
    assert preview(draft, public).refusals
    with pytest.raises(MergeRefused):
        merge(draft, public, by=None, at=NOON)


def test_the_same_words_with_another_chain_are_for_an_editor_to_decide(db):
    kept, merged = two_claims()
    telling = kept.appearances.get()
    Source.objects.filter(appearance=telling).update(description_ar="مصدر آخر")

    with override("en"), pytest.raises(MergeRefused, match="different chains"):
        merge(kept, merged, by=None, at=NOON)
    assert Claim.objects.filter(pk=merged.pk).exists()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_old_address_leads_to_what_was_kept_even_twice_merged(language):
    first, second = two_outlets()
    third = an_outlet(name_ar="ثالثة")
    a_telling(a_public_claim(), a_public_article(), third)
    old = second.get_absolute_url(language)
    merge(first, second, by=None, at=NOON)
    first.refresh_from_db()
    merge(third, first, by=None, at=NOON)

    response = Client().get(old)
    third.refresh_from_db()
    assert kept_in_place_of(Outlet, second.public_id) == third.public_id
    assert (response.status_code, response.headers["Location"]) == (301, third.get_absolute_url(language))


@pytest.mark.parametrize("kind", ["person", "organisation", "claim"])
def test_an_address_leads_to_nothing_that_readers_do_not_see(kind):
    kept, merged = PAIRS[kind]()
    if isinstance(kept, Claim):
        Claim.objects.filter(pk=kept.pk).update(status=Status.DRAFT, publish_at=None)
        kept.refresh_from_db()
    address = merged.get_absolute_url("ar")
    merge(kept, merged, by=None, at=NOON)

    assert Client().get(address).status_code == 404


# At the desk


def ask(editor: Editor, kept: Any, merged: Any) -> Any:
    query = {"kind": kept._meta.model_name, "kept": kept.pk, "merged": merged.pk}
    return editor.open("articles/merge/two/?" + "&".join(f"{name}={value}" for name, value in query.items()))


def do(editor: Editor, kept: Any, merged: Any, **changes: Any) -> Any:
    data = {
        "_merge": "1",
        "kind": kept._meta.model_name,
        "kept": kept.pk,
        "merged": merged.pk,
        "kept_version": kept.version,
        "merged_version": merged.version,
        **changes,
    }
    return editor.post("articles/merge/two/", data)


@pytest.mark.parametrize("role", PERMISSIONS)
@pytest.mark.parametrize("kind", PAIRS)
def test_who_may_delete_and_change_may_merge_and_undo(kind, role):
    kept, merged = PAIRS[kind]()
    opts = kept._meta
    may = {f"{opts.app_label}.{action}_{opts.model_name}" for action in ("change", "delete")} <= set(
        PERMISSIONS[role]
    )
    someone = Editor(a_user(role))

    assert ask(someone, kept, merged).status == (200 if may else 403)
    do(someone, kept, merged)
    assert Merge.objects.exists() == may
    made = Merge.objects.first() or merge(kept, merged, by=None, at=NOON)
    assert someone.open(f"articles/merge/{made.pk}/undo/").status == (200 if may else 403)
    someone.post(f"articles/merge/{made.pk}/undo/")
    made.refresh_from_db()
    assert (made.undone_at is not None) == may


def test_a_list_leads_to_the_page_that_compares_the_two(db):
    kept, merged = two_people()
    editor = Editor(a_user())
    page = editor.post(
        "people/person/", {"action": "merge_two", "_selected_action": [kept.pk, merged.pk], "index": 0}
    )

    assert page.status == 200
    assert "Prime minister" in page.text
    assert str(kept) in page.text


def test_what_was_changed_meanwhile_is_looked_over_again(db):
    kept, merged = two_people()
    editor = Editor(a_user())

    page = do(editor, kept, merged, merged_version=99)

    assert not Merge.objects.exists()
    assert any("Nothing was merged" in message for message in page.messages)


def test_an_address_that_names_no_two_records_is_not_found(db):
    editor, kept = Editor(a_user()), a_person()
    for query in (
        "",
        "?kind=person&kept=1&merged=x",
        f"?kind=person&kept={kept.pk}&merged={kept.pk}",
        "?kind=user&kept=1&merged=2",
    ):
        assert editor.open(f"articles/merge/two/{query}").status == 404
