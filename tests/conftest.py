"""What every kind of test stands on. The database is set up in tests/postgres.py."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation

from newsroom import catalogues

# How long an example takes says more about the machine than about the code. The same examples each time, so that a
# change is judged by itself; `make explore` looks for new ones.
hypothesis.settings.register_profile(
    "isnad", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile(
    "explore",
    derandomize=False,
    max_examples=2000,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)

STATIC_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.fixture(scope="session", autouse=True)
def built_site() -> Iterator[None]:
    """Translations compiled and static files by their plain names, so that no test waits for a build."""
    catalogues.compile_stale(catalogues.catalogue_files())
    # WhiteNoise warns of a missing folder, and a warning is an error here.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": {"BACKEND": STATIC_FILES}}):
        yield


@pytest.fixture(autouse=True)
def own_language() -> None:
    """A request leaves its language active in the thread: every test starts in the site's own, as if it ran alone."""
    translation.deactivate()
