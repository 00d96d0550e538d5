"""Loaded by pytest before anything else: the tests always run on a real PostgreSQL."""

from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Give DATABASE_URL a value before pytest-django reads the settings."""
    from newsroom import embedded

    embedded.use_unless_configured()
    return (yield)
