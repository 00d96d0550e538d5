from pathlib import Path

import pytest

from articles.search.folder import IndexFolder
from articles.search.indexing import index_folder


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> IndexFolder:
    """An index folder of the test's own, empty as on a new machine."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return index_folder()
