"""What import-linter cannot say: pure code does not reach for the database by way of Django either."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# An enumeration; it only lives there.
HARMLESS = {"django.db.models.TextChoices", "django.db.models.IntegerChoices"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("folder", ["newsroom/text", "articles/attribution"])
def test_pure_code_imports_nothing_of_the_database(folder):
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files

    reached = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in files
        for name in imported(path)
        if name.startswith(("django.db", "django.contrib", "psycopg")) and name not in HARMLESS
    }

    assert reached == set()
