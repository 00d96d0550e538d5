"""Relations that are proposed: found by meaning and by what differs, stated by a person alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from articles.choices import Aspect, RelationType, Status, SuggestionState
from articles.models import Claim, ClaimRelation
from articles.relating import marked, proposed_relations
from articles.roles import PERMISSIONS
from articles.suggestions.differences import differences
from articles.suggestions.records import known_names
from tests.builders import NOON, a_claim, a_person, an_organisation
from tests.integration.desk.editor import Editor, a_user

pytestmark = pytest.mark.django_db

TWENTY = "قُتل عشرون شخصاً في غرق العبّارة قبالة الساحل."
THIRTY = "قُتل ثلاثون شخصاً في غرق العبّارة قبالة الساحل."


def claims(*statements: str, **facts: Any) -> list[Claim]:
    """Drafts that name the same body, so that they are compared before anything is indexed."""
    coastguard = an_organisation(name_ar="خفر السواحل")
    made = [a_claim(statement_ar=statement, **facts) for statement in statements]
    for claim in made:
        claim.organisations.add(coastguard)
    return made


def proposed(claim: Claim, user: Any = None) -> list[Any]:
    return proposed_relations(claim, user=user or a_user(username="chief-2"), at=NOON, names=known_names())


def test_another_number_is_proposed_as_a_contradiction_with_the_words_marked(db):
    mine, _other = claims(TWENTY, THIRTY)
    (found,) = proposed(mine)

    assert (found.type, found.aspect) == (RelationType.CONTRADICTS, Aspect.NUMBER)
    assert [text for text, differs in found.mine.runs if differs] == ["عشرون"]
    assert [text for text, differs in found.theirs.runs if differs] == ["ثلاثون"]
    assert "".join(text for text, _differs in found.mine.runs) == TWENTY


@pytest.mark.parametrize(
    ("mine", "theirs", "aspect", "words"),
    [
        (
            "شنّت ميليشيات موالية للحاكم هجوماً على ميناء العبّارات.",
            "نفّذت جهات مجهولة الهجوم على ميناء العبّارات.",
            Aspect.PERPETRATOR,
            (["ميليشيات موالية للحاكم"], ["جهات مجهولة"]),
        ),
        ("عُقد لقاء الوزيرين في عمّان.", "عُقد لقاء الوزيرين في القاهرة.", Aspect.PLACE, (["عمّان"], ["القاهرة"])),
        ("رست العبّارة سالمة في الميناء.", "لم ترس العبّارة سالمة في الميناء.", Aspect.WORDING, ([], ["لم"])),
    ],
)  # fmt: skip
def test_another_doer_or_place_and_a_denial_are_proposed_as_contradictions(mine, theirs, aspect, words, db):
    claim, _other = claims(mine, theirs)
    (found,) = proposed(claim)

    assert (found.type, found.aspect) == (RelationType.CONTRADICTS, aspect)
    assert [text for text, differs in found.mine.runs if differs] == words[0]
    assert [text for text, differs in found.theirs.runs if differs] == words[1]


def test_what_followed_is_proposed_as_an_update(db):
    claim, _other = claims("اعتُقل ربّان العبّارة بعد غرقها.", "أُفرج عن ربّان العبّارة بعد غرقها.")

    assert [one.type for one in proposed(claim)] == [RelationType.UPDATES]


def test_a_toll_of_another_day_is_proposed_as_an_update(db):
    mine, other = claims(TWENTY, THIRTY)
    Claim.objects.filter(pk=mine.pk).update(occurred_on="2026-03-01", occurred_precision="day")
    Claim.objects.filter(pk=other.pk).update(occurred_on="2026-03-02", occurred_precision="day")
    mine.refresh_from_db()

    assert [one.type for one in proposed(mine)] == [RelationType.UPDATES]


def test_the_same_in_other_words_is_proposed_as_one_claim(db):
    mine, _other = claims(TWENTY, "قُتل عشرون شخصاً عندما غرقت العبّارة قبالة الساحل.")
    (found,) = proposed(mine)

    assert found.type == RelationType.CORROBORATES
    assert found.is_perhaps_one


def test_another_subject_is_not_proposed(db):
    mine, _other = claims(TWENTY, "ارتفعت أسعار الوقود في العاصمة أمس.")
    assert proposed(mine) == []


def test_what_a_user_may_not_see_is_not_proposed(db):
    mine, _other = claims(TWENTY, THIRTY)
    assert proposed(mine, AnonymousUser()) == []


@pytest.mark.parametrize("texts", [(TWENTY, THIRTY), ("", TWENTY), ("20 and 30 and 20", "5")])
def test_marked_runs_are_the_text(texts):
    found = differences(*texts)
    assert "".join(text for text, _ in marked(texts[0], [f for one in found for f in one.only_a])) == texts[0]


# At the desk


def address(claim: Claim) -> str:
    return f"articles/claim/{claim.pk}/relations/"


def decide(editor: Editor, mine: Claim, other: Claim, button: str, **fields: str) -> Any:
    sent = {"type": "contradicts", "aspect": "number", "note_ar": "", "note_en": "", **fields}
    return editor.post(
        address(mine),
        {"other": other.pk, button: "1"} | {f"{other.pk}-{name}": value for name, value in sent.items()},
    )


def test_an_accepted_relation_is_stated_with_aspect_and_note(editor: Editor):
    mine, other = claims(TWENTY, THIRTY)
    page = editor.open(address(mine))
    assert "<mark>" in page.text

    decide(editor, mine, other, "_accept", note_en="The first count.")

    relation = ClaimRelation.objects.get()
    assert (relation.claim, relation.other, relation.type) == (mine, other, RelationType.CONTRADICTS)
    assert (relation.aspect, relation.note_en, relation.state) == (
        "number",
        "The first count.",
        SuggestionState.CONFIRMED,
    )
    assert proposed(mine) == []


def test_a_dismissed_relation_is_not_proposed_again_from_either_side(editor: Editor):
    mine, other = claims(TWENTY, THIRTY)
    decide(editor, mine, other, "_dismiss")

    assert ClaimRelation.objects.get().state == SuggestionState.DISMISSED
    assert proposed(mine) == proposed(other, editor.user) == []


def test_a_choice_that_is_none_is_refused_and_kept_in_the_form(editor: Editor):
    mine, other = claims(TWENTY, THIRTY)
    page = decide(editor, mine, other, "_accept", type="is like", note_en="Kept words.")

    assert page.status == 422
    assert "Kept words." in page.text
    assert not ClaimRelation.objects.exists()


@pytest.mark.parametrize("role", PERMISSIONS)
@pytest.mark.parametrize("status", [Status.DRAFT, Status.APPROVED])
def test_relations_are_proposed_to_those_who_may_state_them(role, status):
    mine, other = claims(TWENTY, THIRTY)
    Claim.objects.filter(pk=mine.pk).update(status=status)
    someone = Editor(a_user(role))
    may = (
        "articles.add_claimrelation" in PERMISSIONS[role]
        and someone.client.get(reverse("admin:articles_claim_change", args=[mine.pk])).context[
            "has_change_permission"
        ]
        if "articles.view_claim" in PERMISSIONS[role]
        else False
    )

    assert someone.open(address(mine)).status == (200 if may else 403)
    decide(someone, mine, other, "_accept")
    assert ClaimRelation.objects.exists() == may


def test_the_page_asks_the_database_the_same_however_many_are_proposed(
    editor: Editor, django_assert_max_num_queries
):
    numbers = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون"]
    mine, *_others = claims(*(f"قُتل {number} شخصاً في غرق العبّارة قبالة الساحل." for number in numbers))
    mine.people.add(a_person())
    editor.open(address(mine))
    with django_assert_max_num_queries(25):
        assert editor.open(address(mine)).text.count("desk-pair") == 5
