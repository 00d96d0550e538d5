import shutil
from pathlib import Path

import pytest

from newsroom.embedded import Lease


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an embedded server that was made once and stopped in order, to be copied: making one takes longest."""
    folder = tmp_path_factory.mktemp("cluster") / "pg"
    with Lease(folder):
        pass
    return folder


@pytest.fixture
def var(tmp_path: Path, cluster: Path) -> Path:
    """A folder in which Isnad ran before."""
    shutil.copytree(cluster, tmp_path / "var" / "pg")
    return tmp_path / "var"


@pytest.fixture
def new_var(tmp_path: Path) -> Path:
    """A folder in which nothing ran yet."""
    return tmp_path / "var"
