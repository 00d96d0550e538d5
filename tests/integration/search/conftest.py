from pathlib import Path

import pytest

from articles.search.folder import IndexFolder
from articles.search.indexing import index_folder


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings, monkeypatch) -> IndexFolder:
    """An index folder of the test's own, empty as on a new machine."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    # What dictionaries this machine has must not show in a test.
    monkeypatch.setenv("SEARCH_DICTIONARIES_DIR", str(tmp_path))
    return index_folder()
