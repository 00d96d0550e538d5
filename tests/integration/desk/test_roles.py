"""Who may do what at the desk: every address of every registered model against the one table of roles.

The table is made from the registry, so that a model registered tomorrow is asked about tomorrow.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group, User
from django.test import Client
from django.urls import NoReverseMatch, reverse

from articles.admin.steps import STEPS
from articles.choices import RelationType, Status, Verdict
from articles.models import (
    Appearance,
    Article,
    Assessment,
    Claim,
    ClaimRelation,
    Correction,
    Merge,
    Outlet,
    Term,
)
from articles.roles import PERMISSIONS
from people.models import Organisation, Person
from tests.builders import NOON, a_claim, a_person, a_telling, a_term, an_article, an_organisation, an_outlet
from tests.integration.desk.editor import a_user

pytestmark = pytest.mark.django_db

ROLES = list(PERMISSIONS)
OUTSIDERS = ["anonymous", "no staff"]
# Rows that are changed on the page of the record they belong to, and groups, which a migration makes.
LISTS_ALONE = {Appearance, ClaimRelation, Assessment, Correction, Group}
SEEN_BY_A_SECOND_PERSON = {Status.APPROVED, Status.PUBLISHED, Status.WITHDRAWN}


def in_status(status: Status) -> dict[str, Any]:
    facts: dict[str, Any] = {"status": status}
    if status in {Status.PUBLISHED, Status.WITHDRAWN}:
        facts["publish_at"] = NOON
    if status == Status.WITHDRAWN:
        facts |= {"withdrawn_at": NOON, "withdrawal_reason_ar": "خطأ"}
    return facts


def a_record_of(model: type) -> Any:
    made = {
        Article: an_article,
        Claim: a_claim,
        Outlet: an_outlet,
        Term: a_term,
        Person: a_person,
        Organisation: an_organisation,
        User: lambda: User.objects.create(username="somebody"),
        Group: Group.objects.first,
        Appearance: lambda: a_telling(a_claim(), an_article()),
        ClaimRelation: lambda: ClaimRelation.objects.create(
            claim=a_claim(), other=a_claim(), type=RelationType.UPDATES
        ),
        Assessment: lambda: Assessment.objects.create(
            claim=a_claim(), verdict=Verdict.DISPUTED, rationale_ar="سبب", assessed_at=NOON
        ),
        Merge: lambda: Merge.objects.create(
            kind="claim", kept_public_id="a", merged_public_id="b", merged_at=NOON
        ),
        Correction: lambda: Correction.objects.create(article=an_article(), text_ar="تصحيح", made_at=NOON),
    }
    # A KeyError here means: a new model was registered; say how to make one, and what may be done with it.
    return made[model]()


def client_for(who: str) -> Client:
    client = Client()
    if who == "no staff":
        client.force_login(User.objects.create(username="reader"))
    elif who != "anonymous":
        client.force_login(a_user(who))
    return client


def holds(role: str, action: str, model: type) -> bool:
    return f"{model._meta.app_label}.{action}_{model._meta.model_name}" in PERMISSIONS.get(role, ())


def address(model: type, name: str, *args: Any) -> str | None:
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)
    except NoReverseMatch:
        return None


@pytest.mark.parametrize("role", [*ROLES, *OUTSIDERS])
@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model.__name__)
def test_every_address_of_a_model_is_open_to_exactly_whom_the_table_names(model, role):
    record, client = a_record_of(model), client_for(role)
    sees = holds(role, "view", model)
    is_open = model not in LISTS_ALONE
    shown = 200 if is_open or model is Group else 302
    expected = {
        ("changelist",): 200 if sees else 403,
        ("add",): 200 if is_open and holds(role, "add", model) else 403,
        ("change", record.pk): shown if sees else 403,
        ("delete", record.pk): 200 if is_open and holds(role, "delete", model) else 403,
        ("history", record.pk): 200 if sees else 403,
    }
    for (name, *args), status in expected.items():
        url = address(model, name, *args)
        found = client.get(url).status_code
        assert found == (302 if role in OUTSIDERS else status), f"{role}: {url}"
        if role in OUTSIDERS:
            assert "/admin/login/" in client.get(url).headers["Location"]

    if beats := address(model, "presence", record.pk):
        found = client.post(beats).status_code
        assert found == (302 if role in OUTSIDERS else 200 if sees else 403), f"{role}: {beats}"

    may_save = is_open and holds(role, "change", model)
    saved = client.post(address(model, "change", record.pk), {}).status_code
    if role in OUTSIDERS:
        assert saved == 302
    elif is_open:
        assert saved == (403 if not may_save else 200) or (may_save and saved == 409)
    else:
        assert saved in ({403} if not sees or model is Group else {302})


@pytest.mark.parametrize("role", [*ROLES, *OUTSIDERS])
def test_an_autocomplete_answers_only_those_who_may_see_what_it_finds(role):
    client = client_for(role)
    for model, field, target in (
        ("source", "outlet", Outlet),
        ("appearance", "article", Article),
        ("claim", "people", Person),
    ):
        query = {"term": "x", "app_label": "articles", "model_name": model, "field_name": field}
        found = client.get(reverse("admin:autocomplete"), query).status_code
        assert found == (302 if role in OUTSIDERS else 200 if holds(role, "view", target) else 403)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", [Article, Claim], ids=lambda model: model.__name__)
@pytest.mark.parametrize("status", list(Status))
def test_what_a_second_person_has_seen_is_changed_by_those_who_approve_and_by_translators(
    model, role, status
):
    record = (an_article if model is Article else a_claim)(**in_status(status))
    client = client_for(role)

    saved = client.post(address(model, "change", record.pk), {}).status_code

    may = holds(role, "change", model) and (
        status not in SEEN_BY_A_SECOND_PERSON
        or holds(role, "approve", model)
        or not holds(role, "add", model)
    )
    assert saved == (409 if may else 403)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", list(Status))
def test_nobody_deletes_what_was_public(role, status):
    client = client_for(role)
    for model, made in ((Article, an_article), (Claim, a_claim)):
        record = made(**in_status(status))

        found = client.post(address(model, "delete", record.pk), {"post": "yes"}).status_code

        was_public = status in {Status.PUBLISHED, Status.WITHDRAWN}
        assert found == (302 if holds(role, "delete", model) and not was_public else 403)
        assert model.objects.filter(pk=record.pk).exists() == (found == 403)


def test_the_action_that_deletes_spares_what_was_public():
    client = client_for("publisher")
    public, draft = an_article(**in_status(Status.PUBLISHED)), an_article()

    client.post(
        address(Article, "changelist"),
        {"action": "delete_selected", "_selected_action": [public.pk, draft.pk], "post": "yes"},
    )

    assert Article.objects.filter(pk=public.pk).exists()


def test_an_assessed_claim_is_kept():
    claim = a_claim()
    Assessment.objects.create(claim=claim, verdict=Verdict.DISPUTED, rationale_ar="سبب", assessed_at=NOON)

    client_for("publisher").post(address(Claim, "delete", claim.pk), {"post": "yes"})

    assert Claim.objects.filter(pk=claim.pk).exists()


NEEDS = {
    "submit": "change",
    "approve": "approve",
    "return": "approve",
    "publish": "publish",
    "withdraw": "withdraw",
    "reopen": "withdraw",
    "reschedule": "publish",
    "unschedule": "publish",
    "keep-translation": "translate",
    "correct": "articles.add_correction",
    "assess": "articles.add_assessment",
}


@pytest.mark.parametrize("role", [*ROLES, *OUTSIDERS])
@pytest.mark.parametrize("model", [Article, Claim], ids=lambda model: model.__name__)
@pytest.mark.parametrize("name", list(STEPS))
def test_a_step_is_taken_by_exactly_whom_the_table_names(name, model, role):
    client, step = client_for(role), STEPS[name]
    for status in Status:
        record = (an_article if model is Article else a_claim)(**in_status(status))
        url = address(model, "step", record.pk, name)
        found = client.post(url, {"reason_ar": "خطأ"}).status_code
        if role in OUTSIDERS:
            assert found == 302
            continue
        if model not in step.models:
            assert found == 404
            continue
        needed = NEEDS[name]
        may = needed in PERMISSIONS[role] if "." in needed else holds(role, needed, model)
        if needed == "translate":
            may = holds(role, "change", model) and (
                status not in SEEN_BY_A_SECOND_PERSON
                or holds(role, "approve", model)
                or not holds(role, "add", model)
            )
        if needed == "change":
            may = (
                may
                and holds(role, "add", model)
                and (status not in SEEN_BY_A_SECOND_PERSON or holds(role, "approve", model))
            )
        assert (found == 403) == (not may), f"{role} {name} {status}: {found}"
        if not may:
            record.refresh_from_db()
            assert record.status == status


def test_a_step_is_never_taken_by_opening_an_address():
    # Whoever may do everything: what this does not bring about, nobody's visit does.
    client = client_for("administrator")
    for model, made in ((Article, an_article), (Claim, a_claim)):
        for status in Status:
            record = made(**in_status(status))
            for name in STEPS:
                client.get(address(model, "step", record.pk, name))
            record.refresh_from_db()
            assert (record.status, record.version) == (status, 1)


def test_a_translator_changes_the_language_columns_of_a_public_record_and_nothing_else():
    from tests.integration.desk.editor import Editor

    translator = Editor(a_user("translator"))
    outlet, other = an_outlet(), an_outlet()
    article = an_article(outlet=outlet, **in_status(Status.PUBLISHED))
    claim = a_claim(**in_status(Status.PUBLISHED))
    a_telling(claim, article, "مهندسون")

    page = translator.open(f"articles/article/{article.pk}/change/")
    assert {name for name in page.form if name.endswith(("_ar", "_en"))} >= {
        "headline_en",
        "body_en",
        "standfirst_en",
    }
    assert "outlet" not in page.form
    translator.send(
        page, headline_en="Translated", outlet=str(other.pk), url="https://x.example/", byline="x"
    )
    article.refresh_from_db()
    assert (article.headline_en, article.outlet, article.url, article.byline) == (
        "Translated",
        outlet,
        "",
        "",
    )

    page = translator.open(f"articles/claim/{claim.pk}/change/")
    translator.send(
        page,
        {
            "statement_en": "Claimed",
            "appearances-0-sources-0-description_en": "engineers",
            "appearances-0-sources-0-step": "2",
        },
    )
    claim.refresh_from_db()
    source = claim.appearances.get().sources.get()
    assert (claim.statement_en, source.description_en, source.step) == ("Claimed", "engineers", 1)


def test_an_administrator_makes_no_superuser_and_touches_none():
    chief = a_user(username="root")
    client = client_for("administrator")
    somebody = User.objects.create(username="somebody")
    url = address(User, "change", somebody.pk)

    client.post(url, {"username": "somebody", "is_superuser": "on", "is_staff": "on"})

    somebody.refresh_from_db()
    assert not somebody.is_superuser
    assert client.post(address(User, "change", chief.pk), {"username": "mine"}).status_code == 403
    assert client.get(reverse("admin:auth_user_password_change", args=[chief.pk])).status_code == 403


def test_nothing_of_the_desk_is_open_to_a_reader_but_the_way_in():
    client = Client()
    opened = []
    for pattern in admin.site.get_urls():
        name = getattr(pattern, "name", None)
        if not name:
            continue
        try:
            url = reverse(f"admin:{name}")
        except NoReverseMatch:
            continue
        if client.get(url).status_code == 200:
            opened.append(name)
    assert set(opened) <= {"login", "jsi18n"}
    assert not admin.site.has_permission(type("Request", (), {"user": AnonymousUser()})())


def test_the_moment_of_noon_is_past():
    """The records above are public only because of it."""
    assert datetime.datetime.now(datetime.UTC) > NOON


def test_roles_are_shown_by_their_names_in_both_languages():
    from tests.integration.desk.editor import Editor

    chief = a_user()
    writer = Group.objects.get(name="writer")
    for language in ("en", "ar"):
        editor = Editor(chief, language)
        form = editor.open(f"auth/user/{chief.pk}/change/").text
        label = re.search(rf'<option value="{writer.pk}"[^>]*>([^<]*)</option>', form)
        assert label
        assert label[1] != "writer"
        assert label[1] in editor.open("auth/group/").text
        assert label[1] in editor.open("auth/user/").text
