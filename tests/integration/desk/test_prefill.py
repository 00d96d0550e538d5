"""A form filled in by its address."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("plain", ["", "&plain=1"])
@pytest.mark.parametrize("prefill", ["published_at=x", "published_at=2021-99-99", "published_at=2021-11-07"])
def test_a_date_in_the_address_of_a_new_article_never_fails(admin_client, prefill, plain) -> None:
    assert admin_client.get(f"/en/admin/articles/article/add/?{prefill}{plain}").status_code == 200


def test_a_good_date_in_the_address_is_filled_in(admin_client) -> None:
    page = admin_client.get("/en/admin/articles/claim/add/?occurred_on=2021-11-07").text

    assert 'value="2021-11-07"' in page
