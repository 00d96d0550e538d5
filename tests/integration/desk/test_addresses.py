"""Who may open which address of the desk, of all there are: what `test_roles` asks of every model, and the rows below.

An address that no row asks about fails the first test. Records are asked about one by one: somebody else's draft, what was
approved, what is public.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from articles.choices import Status
from articles.merging import merge
from articles.models import Article, Claim
from tests.builders import a_claim, a_person, an_article, an_organisation, an_outlet
from tests.integration.desk.editor import a_user
from tests.integration.desk.test_roles import (
    OUTSIDERS,
    ROLES,
    SEEN_BY_A_SECOND_PERSON,
    a_record_of,
    client_for,
    holds,
    in_status,
)

pytestmark = pytest.mark.django_db

# Asked of every model by tests/integration/desk/test_roles.py.
ASKED_OF_EVERY_MODEL = {"changelist", "add", "change", "delete", "history", "presence", "step"}
ASKED_BY_NAME = {"autocomplete"}
# Open to whoever may enter the desk: they show nothing but what is asked for elsewhere, or the person's own account.
FOR_ALL_STAFF = {"index", "password_change", "password_change_done", "view_on_site", "app_list"}
# The way in and out, and words of Django's own scripts.
FOR_ANYBODY = {"login", "logout", "jsi18n"}
STATES = [Status.DRAFT, Status.APPROVED, Status.PUBLISHED]


@dataclass(frozen=True)
class Row:
    """Of an address: whom it is open to, what follows the record in it, and how it is asked."""

    may: Callable[[str, Any], bool]
    more: Callable[[Any], list[Any]] = lambda record: []
    is_of_a_record: bool = True
    sent: dict[str, str] | None = None


def may_see(role: str, record: Any) -> bool:
    return holds(role, "view", type(record))


def may_change(role: str, record: Any) -> bool:
    model = type(record)
    if not holds(role, "change", model):
        return False
    is_looked_over = getattr(record, "status", "") in SEEN_BY_A_SECOND_PERSON
    return not is_looked_over or holds(role, "approve", model) or not holds(role, "add", model)


def may_add(role: str, record: Any) -> bool:
    return holds(role, "add", type(record))


ROWS = {
    "compare": Row(may_see),
    "simple_history": Row(may_see, lambda record: [record.history.latest().pk]),
    "preview": Row(may_see),
    "suggestions": Row(lambda role, record: may_change(role, record) and may_add(role, record)),
    "relations": Row(lambda role, record: may_change(role, record) and may_add(role, record)),
    "import": Row(may_add, is_of_a_record=False),
    "export": Row(may_see, lambda record: ["csv"], is_of_a_record=False),
    "import_table": Row(
        lambda role, record: may_add(role, record) and holds(role, "change", type(record)),
        is_of_a_record=False,
    ),
    "sentence": Row(
        lambda role, record: may_add(role, record) or holds(role, "change", type(record)),
        is_of_a_record=False,
        sent={"row": "appearances-0"},
    ),
    "password_change": Row(lambda role, record: holds(role, "change", type(record))),
}
MERGES = {"two", "undo"}


def addresses(patterns: list | None = None) -> Iterator[tuple[str, str]]:
    """The name and the address of every view under the desk."""
    for pattern in admin.site.get_urls() if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or "", str(pattern.pattern)


def of_models() -> Iterator[tuple[type, str]]:
    """Each model with the rest of the name of each of its addresses."""
    for model in admin.site._registry:
        prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
        for name, _address in addresses():
            if name.startswith(prefix):
                yield model, name.removeprefix(prefix)


def test_every_address_of_the_desk_is_asked_about():
    named = {f"{model._meta.app_label}_{model._meta.model_name}_{rest}" for model, rest in of_models()}
    # Addresses without a name lead on to others: `record/ID/` to its form, and whatever is left to a 404.
    left = {name for name, _address in addresses()} - named - {""}
    assert left <= FOR_ALL_STAFF | FOR_ANYBODY | ASKED_BY_NAME
    rest = {rest for _model, rest in of_models()}
    unasked = rest - ASKED_OF_EVERY_MODEL - set(ROWS) - MERGES
    assert not unasked, f"Say in ROWS whom these addresses are open to: {sorted(unasked)}"
    assert set(ROWS) <= rest


def in_every_state(model: type) -> list[Any]:
    if model is Article:
        return [an_article(**in_status(status)) for status in STATES]
    if model is Claim:
        return [a_claim(**in_status(status)) for status in STATES]
    return [a_record_of(model)]


def answer(client: Client, url: str, sent: dict[str, str] | None) -> Any:
    return client.get(url) if sent is None else client.post(url, sent)


def is_turned_away(found: Any) -> bool:
    return found.status_code == 302 and "/admin/login/" in found.headers["Location"]


@pytest.mark.parametrize("role", [*ROLES, *OUTSIDERS])
def test_an_address_is_open_to_exactly_whom_its_row_names_for_every_record(role):
    client = client_for(role)
    records = {model: in_every_state(model) for model in admin.site._registry}
    for model, rest in of_models():
        if rest not in ROWS:
            continue
        row = ROWS[rest]
        for record in records[model] if row.is_of_a_record else records[model][:1]:
            named = [record.pk] if row.is_of_a_record else []
            url = reverse(
                f"admin:{model._meta.app_label}_{model._meta.model_name}_{rest}",
                args=[*named, *row.more(record)],
            )
            found = answer(client, url, row.sent)
            case = f"{role}: {url} ({getattr(record, 'status', '')}): {found.status_code}"
            if role in OUTSIDERS:
                assert is_turned_away(found), case
            elif row.may(role, record):
                assert found.status_code in {200, 302}, case
                assert not is_turned_away(found), case
            else:
                assert found.status_code == 403, case


@pytest.mark.parametrize("role", [*ROLES, *OUTSIDERS])
def test_two_records_are_merged_and_parted_by_those_who_may_change_and_delete_them(role):
    client, chief = client_for(role), a_user(username="chief")
    for make in (an_outlet, a_person, an_organisation, a_claim):
        kept, merged, third = make(), make(), make()
        kind = kept._meta.model_name
        two = f"{reverse('admin:articles_merge_two')}?kind={kind}&kept={kept.pk}&merged={third.pk}"
        undo = reverse(
            "admin:articles_merge_undo", args=[merge(kept, merged, by=chief, at=timezone.now()).pk]
        )
        may = may_change(role, kept) and holds(role, "delete", type(kept))
        for url in (two, undo):
            found = client.get(url)
            if role in OUTSIDERS:
                assert is_turned_away(found)
            else:
                assert found.status_code == (200 if may else 403), f"{role}: {url}"


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_from_outside_opens_what_all_of_the_desk_may_open(who):
    client = client_for(who)
    for name, args in (("index", []), ("app_list", ["articles"]), ("view_on_site", ["1", "1"])):
        assert is_turned_away(client.get(reverse(f"admin:{name}", args=args)))
    # An account's own password is changed by whoever is signed in, as Django has it; it shows no record.
    assert client.get(reverse("admin:password_change")).status_code == 302


@pytest.mark.parametrize("role", ROLES)
def test_a_claim_is_opened_in_the_panel_by_those_who_may_change_it(role):
    client, article = client_for(role), an_article(body_ar="نص")
    for claim in in_every_state(Claim):
        url = reverse("admin:articles_claim_change", args=[claim.pk])
        found = client.get(url, {"_panel": "1", "article": str(article.pk)}).status_code
        # One more telling is written, not translated.
        may = may_change(role, claim) and may_add(role, claim)
        assert found == (200 if may else 403), f"{role} {claim.status}: {found}"
