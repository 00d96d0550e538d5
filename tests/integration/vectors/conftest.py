from collections.abc import Callable
from pathlib import Path

import pytest

from articles.search.forms import SearchRequest
from articles.search.indexing import catch_up
from articles.search.service import SearchPage, search
from articles.search.vectors.encoding import Encoding
from tests.builders import NOON

type Find = Callable[..., SearchPage]


@pytest.fixture(autouse=True)
def index(tmp_path: Path, settings, monkeypatch) -> Path:
    """An index folder of the test's own, empty as on a new machine."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    # What dictionaries this machine has must not show in a test.
    monkeypatch.setenv("SEARCH_DICTIONARIES_DIR", str(tmp_path))
    return settings.SEARCH_INDEX_DIR


@pytest.fixture
def find() -> Find:
    """Searches after words and meaning have both followed what was saved."""

    def found(text: str, *, at=NOON, **facts) -> SearchPage:
        catch_up()
        Encoding().everything()
        return search(SearchRequest(text, **facts), at=at)

    return found
