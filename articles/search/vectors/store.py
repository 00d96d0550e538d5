"""Vectors in PostgreSQL, where the extension pgvector is at hand: one for an article, one for each statement of a claim.

The table is derived data, like the index: `ensure()` makes it, and dropping it loses nothing but computing time. It
references nothing, for it may be behind by a moment; whoever reads it joins the records as they are.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import DatabaseError, OperationalError, connection, transaction

from articles.choices import Status
from articles.search.engine import Kind
from articles.search.vectors.encoder import DIMENSIONS
from newsroom.text.languages import LANGUAGES

logger = logging.getLogger(__name__)

TABLE, STATE = "articles_vector", "articles_vectorstate"
RECORDS = {Kind.ARTICLE: "articles_article", Kind.CLAIM: "articles_claim"}
# A reader does not wait longer for meaning; words alone answer then.
LONGEST_LOOK = "1s"
# How many candidates the index keeps while it looks: of the 60 nearest it misses about one in a hundred.
_EFFORT = 64

type Key = tuple[Kind, int]


class VectorRow(NamedTuple):
    kind: Kind
    pk: int
    language: str
    # A digest of the text that was encoded: the vector is made again when another text stands there.
    made_from: bytes
    vector: Any


@dataclass(frozen=True, slots=True)
class Near:
    """A record near in meaning: the cosine of its vector with the one asked about."""

    kind: Kind
    pk: int
    language: str
    cosine: float


class VectorsUnavailable(Exception):
    """There are no vectors to ask at the moment, and why."""


@lru_cache(maxsize=64)
def warn_once(sentence: str) -> None:
    """Log the sentence the first time this process has it to say: meaning may be off for good, and `/readyz` says so."""
    logger.warning("%s", sentence)


_TABLES = f"""
    CREATE TABLE IF NOT EXISTS {TABLE} (
        kind smallint NOT NULL,
        record_id bigint NOT NULL,
        language text NOT NULL,
        encoder text NOT NULL,
        made_from bytea NOT NULL,
        vector halfvec({DIMENSIONS}) NOT NULL,
        PRIMARY KEY (kind, record_id, language)
    );
    CREATE TABLE IF NOT EXISTS {STATE} (
        encoder text NOT NULL PRIMARY KEY,
        snapshot text NOT NULL,
        database text NOT NULL,
        at timestamptz NOT NULL
    );
"""


def _indexes() -> str:
    # One graph for each kind and language: a query asks each for its nearest, so no filter empties what a graph finds.
    # Vectors have length 1, so the inner product is the cosine, and cheaper.
    return "\n".join(
        f"CREATE INDEX IF NOT EXISTS {TABLE}_{kind.code}_{language} ON {TABLE} "
        f"USING hnsw (vector halfvec_ip_ops) WHERE kind = {int(kind)} AND language = '{language}';"
        for kind in Kind
        for language in LANGUAGES
    )


def has_extension() -> bool:
    """Whether this database server can have pgvector with half-precision vectors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_type WHERE typname = 'halfvec')")
        if cursor.fetchone()[0]:
            return True
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_available_extension_versions "
            "WHERE name = 'vector' AND string_to_array(version, '.')::int[] >= '{0,8}')"
        )
        return cursor.fetchone()[0]


def exists() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [TABLE])
        return cursor.fetchone()[0]


def ensure() -> bool:
    """Make the tables where they can be made; whether they are there."""
    if exists():
        return True
    if not has_extension():
        return False
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")
            cursor.execute(_TABLES + _indexes())
    except DatabaseError:
        # The extension is there but this role may not install it: docs/production.md says what to do.
        return False
    return True


def nearest(
    vector: Any,
    *,
    encoder: str,
    count: int,
    at: datetime.datetime,
    kinds: Sequence[Kind] = tuple(Kind),
    and_also: Sequence[Key] = (),
) -> tuple[list[Near], list[Near]]:
    """Of each kind in either language the records nearest in meaning that are public at that moment, at most `count` each.

    Beside them, how near the records of `and_also` are; one that has no vector yet is missing.
    """
    # Named once: the text of a vector is long to read.
    asked = "vector <#> (SELECT vector FROM asked)"
    parts: list[str] = []
    values: list[Any] = [halfvec(vector)]
    for kind in kinds:
        for language in LANGUAGES:
            # The newest state of each record decides; the graph knows nothing of what was withdrawn a moment ago.
            parts.append(
                f"SELECT true, {int(kind)}, near.record_id, '{language}', near.distance FROM ("  # noqa: S608 - constants
                f"SELECT record_id, {asked} AS distance FROM {TABLE} "
                f"WHERE kind = {int(kind)} AND language = '{language}' AND encoder = %s "
                f"ORDER BY {asked} LIMIT %s) AS near "
                f"JOIN {RECORDS[kind]} AS record ON record.id = near.record_id "
                "WHERE record.status = %s AND record.publish_at <= %s"
            )
            values += [encoder, count, Status.PUBLISHED, at]
    if and_also:
        parts.append(
            f"SELECT false, kind, record_id, language, {asked} FROM {TABLE} "  # noqa: S608 - a constant
            "JOIN unnest(%s::smallint[], %s::bigint[]) AS wanted(kind, record_id) USING (kind, record_id) "
            "WHERE encoder = %s"
        )
        values += [[int(kind) for kind, _pk in and_also], [pk for _kind, pk in and_also], encoder]
    statement = "WITH asked AS MATERIALIZED (SELECT %s::halfvec AS vector) " + " UNION ALL ".join(parts)
    found: dict[bool, list[Near]] = {True: [], False: []}
    with looking() as cursor:
        cursor.execute(statement, values)
        for is_nearest, kind, pk, language, distance in cursor.fetchall():
            found[is_nearest].append(Near(Kind(kind), pk, language, -distance))
    nearest_first = sorted(found[True], key=lambda near: (-near.cosine, near.kind, near.pk, near.language))
    return nearest_first, found[False]


def digests(keys: Sequence[Key], *, encoder: str) -> dict[tuple[Kind, int, str], bytes]:
    """What the vectors of those records were made from."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, record_id, language, made_from FROM {TABLE} "  # noqa: S608 - a constant
            "JOIN unnest(%s::smallint[], %s::bigint[]) AS wanted(kind, record_id) USING (kind, record_id) "
            "WHERE encoder = %s",
            [[int(kind) for kind, _pk in keys], [pk for _kind, pk in keys], encoder],
        )
        return {(Kind(kind), pk, language): bytes(made) for kind, pk, language, made in cursor.fetchall()}


def put(rows: Sequence[VectorRow], *, encoder: str) -> None:
    """Write the vectors, in place of earlier ones."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (kind, record_id, language, encoder, made_from, vector) "  # noqa: S608 - a constant
            "VALUES (%s, %s, %s, %s, %s, %s::halfvec) ON CONFLICT (kind, record_id, language) DO UPDATE "
            "SET encoder = EXCLUDED.encoder, made_from = EXCLUDED.made_from, vector = EXCLUDED.vector",
            [
                (int(row.kind), row.pk, row.language, encoder, row.made_from, halfvec(row.vector))
                for row in rows
            ],
        )


def remove(kind: Kind, pk: int, languages: Sequence[str] = LANGUAGES) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {TABLE} WHERE kind = %s AND record_id = %s AND language = ANY(%s)",  # noqa: S608 - a constant
            [int(kind), pk, list(languages)],
        )


def remove_superfluous() -> int:
    """Take away the vectors of records that are not published or not there any more; how many they were."""
    removed = 0
    with connection.cursor() as cursor:
        for kind, table in RECORDS.items():
            cursor.execute(
                f"DELETE FROM {TABLE} WHERE kind = %s AND NOT EXISTS (SELECT FROM {table} AS record "  # noqa: S608
                "WHERE record.id = record_id AND record.status = %s)",
                [int(kind), Status.PUBLISHED],
            )
            removed += cursor.rowcount
    return removed


def count(*, encoder: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE} WHERE encoder = %s", [encoder])  # noqa: S608 - a constant
        return cursor.fetchone()[0]


def halfvec(vector: Any) -> str:
    """The vector as pgvector reads it: one digit more than half precision holds."""
    return f"[{','.join(format(value, '.5g') for value in vector.tolist())}]"


@contextmanager
def looking() -> Iterator[Any]:
    """A cursor for a reader's question, which ends soon whatever is asked; VectorsUnavailable where it cannot be asked."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('statement_timeout'), set_config('statement_timeout', %s, true), "
                "set_config('hnsw.ef_search', %s, true), "
                # What is left of replaced vectors must not crowd out those that are there.
                "set_config('hnsw.iterative_scan', 'relaxed_order', true)",
                [LONGEST_LOOK, str(_EFFORT)],
            )
            before = cursor.fetchone()[0]
            yield cursor
            # The caller's transaction goes on under its own limit.
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [before])
    except OperationalError as error:
        raise VectorsUnavailable(f"The vectors were not read in {LONGEST_LOOK}: {error}") from error
    except DatabaseError as error:
        raise VectorsUnavailable(f"There are no vectors to read: {error}") from error
