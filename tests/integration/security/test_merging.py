"""A merge and its undo show nobody what is not public, and take no step that the person may not take."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.choices import Status
from articles.merging import MergeRefused, merge
from tests.builders import a_public_claim
from tests.integration.desk.editor import a_user

pytestmark = pytest.mark.django_db


def client_for(role: str) -> Client:
    client = Client()
    client.force_login(a_user(role))
    return client


def test_a_public_claim_is_not_merged_into_one_that_is_still_to_come():
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    kept, merged = a_public_claim(statement_en="Under embargo.", publish_at=tomorrow), a_public_claim()

    with pytest.raises(MergeRefused):
        merge(kept, merged, by=None, at=timezone.now())

    assert "Under embargo" not in Client().get(merged.get_absolute_url("en")).content.decode()


def test_the_page_of_a_merged_claim_does_not_repeat_what_was_withdrawn_since():
    kept, merged = a_public_claim(statement_en="A libel."), a_public_claim(statement_en="The same.")
    address = merged.get_absolute_url("en")
    merge(kept, merged, by=None, at=timezone.now())
    kept.refresh_from_db()
    workflow.withdraw(kept, by=None, at=timezone.now(), reason_en="It was one.")

    answered = Client().get(address)

    assert answered.status_code == 410
    assert "A libel" not in answered.content.decode()


@pytest.mark.parametrize(("role", "may"), [("editor", False), ("publisher", True)])
def test_what_readers_see_is_merged_away_and_given_back_by_those_who_may_withdraw(role, may):
    client, chief = client_for(role), a_user(username="chief")
    kept, merged, third = a_public_claim(), a_public_claim(), a_public_claim()
    two, made = reverse("admin:articles_merge_two"), merge(kept, merged, by=chief, at=timezone.now())
    kept.refresh_from_db()
    sent = {"kind": "claim", "kept": kept.pk, "merged": third.pk, "_merge": "1"}
    sent |= {"kept_version": kept.version, "merged_version": third.version}

    assert client.post(two, sent).status_code == (302 if may else 403)
    assert client.post(reverse("admin:articles_merge_undo", args=[made.pk])).status_code == (
        302 if may else 403
    )

    third.refresh_from_db()
    assert third.status == (Status.WITHDRAWN if may else Status.PUBLISHED)
