"""Forms that are not readable text, or too large: a sentence in the reader's language, and nothing stored."""

import pytest
from django.test import Client

from tests.builders import an_article
from tests.integration.desk.editor import a_user

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


def sent(body: bytes, language: str = "en"):
    client = Client()
    client.force_login(a_user("editor"))
    article = an_article(headline_en="First")
    answer = client.post(f"/{language}/admin/articles/article/{article.pk}/change/", body, content_type=FORM)
    article.refresh_from_db()
    assert article.headline_en == "First"
    return answer


@pytest.mark.parametrize(
    "value",
    [b"%ED%A0%80", b"%FF%FE", b"\xe3\x28", b"%C3", b"%zz"],
    ids=["surrogate", "bytes", "raw", "cut", "escape"],
)
def test_a_field_that_is_no_text_is_refused_by_its_name(value):
    answer = sent(b"headline_ar=%D9%85&headline_en=a" + value + b"&version=1")

    assert answer.status_code == 400
    assert "“headline_en” is not readable text" in answer.content.decode()


def test_a_form_of_eleven_megabytes_is_answered_in_the_language_of_the_page():
    answer = sent(b"body_ar=" + b"a" * (11 * 1024**2), "ar")

    assert answer.status_code == 413
    assert answer.headers["Content-Language"] == "ar"
    assert 'lang="ar"' in answer.content.decode()


def test_a_form_of_too_many_fields_is_answered_with_a_sentence():
    answer = sent("&".join(f"field{number}=" for number in range(6_000)).encode())

    assert answer.status_code == 413
    assert "too many fields" in answer.content.decode()


def test_what_people_write_goes_through():
    answer = sent("headline_en=100%25 %E2%80%8F٪ + \U0001f600&version=x".encode())

    assert answer.status_code == 409
