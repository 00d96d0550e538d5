"""How the tests are shared among the processes of a full run. Loaded by pytest before anything else."""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

BROWSER = "tests/browser/"
# The longest go first, so that no process works on alone when the others are done.
LONGEST_FIRST = (BROWSER, "tests/relevance/", "tests/integration/", "tests/unit/")


class Sharing(LoadFileScheduling):
    """A file is one process's; so are all tests in the browser, for they need a site, which takes long to prepare."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing | None:
    if config.getvalue("dist") != "loadfile":
        return None
    # By itself xdist starts with the files of most tests, and ends with the few tests that take longest.
    config.option.loadscopereorder = False
    return Sharing(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    for turn, folder in enumerate(LONGEST_FIRST):
        if item.nodeid.startswith(folder):
            return turn
    return len(LONGEST_FIRST)
