"""The checks that refuse a database on which search by name cannot work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core import checks
from psycopg import sql

from newsroom.checks import trigram_faults


@contextmanager
def database(options: str) -> Iterator[psycopg.Cursor]:
    """A database made with these options, gone afterwards."""
    name = sql.Identifier(f"isnad_check_{os.getpid()}")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, dbname="postgres") as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ").format(name) + sql.SQL(options))  # type: ignore[arg-type]
        try:
            url = os.environ["DATABASE_URL"]
            with psycopg.connect(url, autocommit=True, dbname=f"isnad_check_{os.getpid()}") as connection:
                yield connection.cursor()
        finally:
            server.execute(sql.SQL("DROP DATABASE {}").format(name))


@pytest.mark.django_db
def test_the_database_of_the_tests_is_fit():
    assert checks.run_checks(tags=["database"], databases=["default"]) == []


@pytest.mark.parametrize(
    "options", ["LC_CTYPE 'C' LC_COLLATE 'C'", "LC_CTYPE 'C' LC_COLLATE 'C' ENCODING 'SQL_ASCII'"]
)
def test_a_database_that_takes_arabic_letters_for_no_letters_is_refused(options):
    with database(options) as cursor:
        [fault] = trigram_faults("default", cursor)

    assert fault.id == "newsroom.E001"
    assert fault.is_serious()
    assert "C.UTF-8" in fault.hint


def test_a_fit_database_is_accepted_before_and_after_its_extension_is_installed():
    with database("LC_CTYPE 'C.UTF-8' LC_COLLATE 'C' ENCODING 'UTF8'") as cursor:
        assert trigram_faults("default", cursor) == []
        cursor.execute("CREATE EXTENSION pg_trgm")
        assert trigram_faults("default", cursor) == []
