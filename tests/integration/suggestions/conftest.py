from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.utils.translation import override

from tests.integration.desk.editor import a_user


@pytest.fixture
def user(db: None) -> User:
    """Whoever answers: an editor."""
    return a_user("editor")


@pytest.fixture
def english() -> Iterator[None]:
    """What is said is said in English."""
    with override("en"):
        yield
