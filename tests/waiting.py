"""How tests wait for what another process does: until it is so, with a patience that only a real hang exhausts."""

from __future__ import annotations

import time
from collections.abc import Callable

# Seconds; a machine that does much else at once makes a test slow, and must not make it fail.
PATIENCE = 300.0


def comes_true(condition: Callable[[], object]) -> bool:
    """Whether the condition holds before patience is exhausted."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
