"""The embedded PostgreSQL of a checkout."""

import os


def use_unless_configured() -> None:
    """Give DATABASE_URL a value for this process, unless it has one."""
    if not os.environ.get("DATABASE_URL"):
        raise SystemExit("DATABASE_URL is not set.")
