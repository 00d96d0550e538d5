"""The links of a body on the page of its article, and what lists and titles say of such a text."""

import pytest
from django.test import Client

from articles.choices import Status
from tests.builders import NOON, an_article

pytestmark = pytest.mark.django_db


def test_a_link_of_a_body_leads_away_without_credit_and_shows_where():
    article = an_article(
        status=Status.PUBLISHED,
        publish_at=NOON,
        headline_en="H",
        body_en="See [www.bank.example](https://evil.example/?a=1&b=<x>) and https://a.example/x, [<b>words</b>](https://a.example/?a=1&b=2).\n\n> [no](javascript:alert(1))",
    )

    page = Client().get(article.get_absolute_url("en"), follow=True).content.decode()

    assert "evil.example" in page
    assert (
        '<a href="https://a.example/x" rel="external nofollow noopener"><bdi dir="ltr">https://a.example/x</bdi></a>,'
        in page
    )
    assert (
        '<a href="https://a.example/?a=1&amp;b=2" rel="external nofollow noopener"><bdi>&lt;b&gt;words&lt;/b&gt;</bdi></a>.'
        in page
    )
    assert 'href="javascript' not in page
    assert "<b>words" not in page


def test_words_that_look_like_another_address_stand_before_the_real_host():
    article = an_article(
        status=Status.PUBLISHED,
        publish_at=NOON,
        headline_ar="",
        headline_en="",
        body_en="[www.bank.example](https://evil.example/)",
    )

    page = Client().get(article.get_absolute_url("en"), follow=True).content.decode()

    assert '<bdi>www.bank.example</bdi></a> <bdi dir="ltr">(evil.example)</bdi>' in page
    assert article.title_in("en").text == "www.bank.example"
