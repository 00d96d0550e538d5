"""Putting the made collection into a scratch database: COPY, since importing it is not what is measured here."""

from __future__ import annotations

import datetime
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import batched
from typing import Any

from django.db import connection, models

from articles.bench.corpus import OUTLETS, PEOPLE, SEED, Corpus
from articles.choices import DateBasis, Status
from articles.models import Article, Claim, Mention, Outlet
from articles.search.engine import Kind
from articles.search.vectors import store
from articles.search.vectors.encoder import DIMENSIONS
from newsroom.records import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH
from newsroom.text.dates import DatePrecision
from people.models import Person

PUBLISHED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
# What stands in for the meanings of texts: directions around so many themes, for encoding a million texts takes hours.
_THEMES, _SPREAD = 2_000, 0.8
_VECTORS_AT_ONCE = 2_000


def fill(corpus: Corpus) -> None:
    """Write outlets, people, articles, claims and mentions; what is searched without a trace in the outbox."""
    Outlet.objects.bulk_create(Outlet(name_en=corpus.outlet(number)) for number in range(OUTLETS))
    outlets = dict(Outlet.objects.values_list("name_en", "pk"))
    people = Person.objects.bulk_create(
        Person(name_en=f"Bench Person {number + 1}") for number in range(PEOPLE)
    )
    keys = [person.pk for person in people]
    with _without_triggers(Article, Claim, Mention):
        _copy(Article, (_article(row, outlets) for row in corpus.rows() if row["type"] == "article"))
        _copy(Claim, (_claim(row) for row in corpus.rows() if row["type"] == "claim"))
        # Read before they are written: one connection does not do both at once.
        articles = list(Article.objects.order_by("pk").values_list("pk", flat=True))
        _copy(Mention, _mentions(articles, keys))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _published(number: int, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "public_id": _public_id(number),
        "external_id": row["id"],
        "original_language": row["language"],
        "status": Status.PUBLISHED,
        "publish_at": PUBLISHED,
    }


def _article(row: dict[str, Any], outlets: dict[str, int]) -> dict[str, Any]:
    language = row["language"]
    return _published(int(row["id"].removeprefix("bench-")), row) | {
        f"headline_{language}": row["title"],
        f"body_{language}": row["body"],
        "outlet_id": outlets[row["outlet"]],
        "published_at": datetime.datetime.fromisoformat(row["published_at"]).replace(tzinfo=datetime.UTC),
        "published_precision": DatePrecision.DAY,
        "published_basis": DateBasis.STATED,
    }


def _claim(row: dict[str, Any]) -> dict[str, Any]:
    return _published(int(row["id"].removeprefix("bench-")), row) | {
        f"statement_{row['language']}": row["body"]
    }


def _mentions(articles: list[int], people: list[int]) -> Iterator[dict[str, Any]]:
    """Each article names two people, some of them far more often than others."""
    for article in articles:
        for place in sorted({article * article % PEOPLE, article * 7 % (PEOPLE // 10)}):
            yield {"article_id": article, "person_id": people[place]}


def _public_id(number: int) -> str:
    digits = ""
    for _place in range(PUBLIC_ID_LENGTH):
        number, digit = divmod(number, len(PUBLIC_ID_ALPHABET))
        digits = PUBLIC_ID_ALPHABET[digit] + digits
    return digits


def _copy(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """Write the rows with the model's own defaults for every column they leave out."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    usual = {field.column: _usual(field) for field in fields}
    columns = ", ".join(f'"{column}"' for column in usual)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(list((usual | row).values()))


def _usual(field: Any) -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return PUBLISHED
    value = field.get_default() if field.has_default() or not field.null else None
    return "[]" if value == [] else value


@contextmanager
def _without_triggers(*tables: type[models.Model]) -> Iterator[None]:
    def switch(how: str) -> None:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table._meta.db_table} {how} TRIGGER USER")

    switch("DISABLE")
    try:
        yield
    finally:
        switch("ENABLE")


def fill_vectors(*, encoder: str) -> bool:
    """Give every article and claim a made vector, the same every time; False where the database cannot hold any."""
    if not store.ensure():
        return False
    import numpy

    themes = numpy.random.default_rng(SEED).standard_normal((_THEMES, DIMENSIONS), dtype=numpy.float32)
    searched = list(_searched())
    with connection.cursor() as cursor:
        # In memory and after the rows: a graph of a million is built in minutes.
        cursor.execute("SET maintenance_work_mem = '2GB'")
        graphs = _graphs(cursor)
        with cursor.copy(f"COPY {store.TABLE} FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0))
            for rows in batched(searched, _VECTORS_AT_ONCE, strict=False):
                copy.write(b"".join(_binary_rows(rows, themes, encoder)))
            copy.write(struct.pack("!h", -1))
        for definition in graphs:
            cursor.execute(definition)
        cursor.execute(f"ANALYZE {store.TABLE}")
        cursor.execute("RESET maintenance_work_mem")
    return True


def _graphs(cursor: Any) -> list[str]:
    """Drops the graphs of the vectors; returns what makes them again."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexdef LIKE '%%hnsw%%'",
        [store.TABLE],
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in found]


def _searched() -> Iterator[tuple[Kind, int, str]]:
    for kind, model in ((Kind.ARTICLE, Article), (Kind.CLAIM, Claim)):
        keys = model._default_manager.order_by("pk").values_list("pk", "original_language")
        yield from ((kind, pk, language) for pk, language in keys)


def _binary_rows(rows: tuple, themes: Any, encoder: str) -> Iterator[bytes]:
    import numpy

    dice = numpy.random.default_rng([SEED, rows[0][0], rows[0][1]])
    vectors = themes[dice.integers(0, _THEMES, len(rows))]
    vectors = vectors + _SPREAD * dice.standard_normal(vectors.shape, dtype=numpy.float32)
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    halves = vectors.astype(">f2")
    for (kind, pk, language), half in zip(rows, halves, strict=True):
        values = (
            struct.pack("!h", kind),
            struct.pack("!q", pk),
            language.encode(),
            encoder.encode(),
            b"made",
            struct.pack("!hh", DIMENSIONS, 0) + half.tobytes(),
        )
        yield struct.pack("!h", len(values)) + b"".join(struct.pack("!i", len(v)) + v for v in values)
