"""Nothing that is not public shows anywhere, not by a word, a count, a link or a name."""

import pytest

from tests.integration.pages import addresses
from tests.integration.pages.conftest import HIDDEN, HIDDEN_ARABIC

pytestmark = pytest.mark.django_db


def test_no_hidden_word_stands_on_any_page_feed_or_list(client, indexed):
    ids = [record.public_id for record in indexed.hidden_records]
    for address in addresses.everything(indexed):
        body = client.get(address).content.decode()

        for word in ("quuxq", HIDDEN_ARABIC):
            assert word not in body, address
        for public_id in ids:
            # A reader's own filter comes back in the form and in the language switch.
            assert public_id not in body or public_id in address, address


def test_what_is_hidden_has_no_page(client, newsroom):
    for record in newsroom.hidden_records:
        for language in addresses.LANGUAGES:
            assert client.get(record.get_absolute_url(language)).status_code == 404, record


def test_a_withdrawn_page_shows_no_word_of_what_it_was(client, newsroom):
    for record in (newsroom.withdrawn, newsroom.withdrawn_claim):
        for language in addresses.LANGUAGES:
            body = client.get(record.get_absolute_url(language)).content.decode()

            assert HIDDEN not in body
            assert HIDDEN_ARABIC not in body


def test_hidden_tellings_are_not_counted(client, newsroom):
    page = client.get(newsroom.claim.get_absolute_url("en"))

    assert page.context["figures"].tellings == 1
    assert page.context["page"].paginator.count == 1
    assert not page.context["disputes"]
    assert not page.context["related"]


def test_a_filter_on_somebody_hidden_finds_nothing_and_names_nobody(client, newsroom):
    response = client.get(f"/en/claims/?told_by={newsroom.hidden_outlet.public_id}")

    assert response.context["page"].paginator.count == 0
    [(_name, _label, record)] = response.context["filter"].linked
    assert record is None


def test_the_desk_sees_drafts_on_their_pages_but_not_in_the_lists(admin_client, newsroom):
    assert admin_client.get(newsroom.draft.get_absolute_url("en")).status_code == 200
    assert HIDDEN not in admin_client.get("/en/articles/").content.decode()
    assert "private" in admin_client.get(newsroom.article.get_absolute_url("en")).headers["Cache-Control"]


def test_what_a_reader_gets_may_be_kept_by_any_cache_that_asks_each_time(client, newsroom):
    for address in (newsroom.article.get_absolute_url("en"), "/en/", "/api/v1/search/"):
        assert client.get(address).headers["Cache-Control"] == "no-cache"
