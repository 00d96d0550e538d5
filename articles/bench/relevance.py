"""Queries and judgements in the form of TREC, run against the index of this site."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from articles.bench.measures import Grades, ndcg, recall, reciprocal_rank
from articles.search.engine import Kind
from articles.search.forms import SearchRequest
from articles.search.service import search
from newsroom.text.languages import LANGUAGES

DEPTH = 10


class BadRelevanceFile(Exception):
    """A file of queries or judgements cannot be read; the message names it, the line and what was found."""


@dataclass(frozen=True, slots=True)
class Query:
    key: str
    text: str
    # Queries of one task and one pair of languages are averaged together.
    task: str
    language: str
    # The language of the documents looked for; None for any.
    target: str | None
    kinds: frozenset[Kind]

    @property
    def group(self) -> str:
        return f"{self.task} {self.language} → {self.target or 'any'}"


@dataclass(frozen=True, slots=True)
class Result:
    group: str
    queries: int
    ndcg: float
    reciprocal_rank: float
    recall: float
    # The share of queries that found nothing at all.
    unanswered: float


def read_queries(path: Path) -> Iterator[Query]:
    """`.jsonl`, also gzipped: query_id, text, and if given task, query_language, target_language, type."""
    for number, line in _lines(path):
        try:
            row = json.loads(line)
            target = row.get("target_language")
            yield Query(
                key=row["query_id"],
                text=row["text"],
                task=row.get("task", path.name),
                language=row.get("query_language", "?"),
                target=target if target in LANGUAGES else None,
                kinds=frozenset(kind for kind in Kind if kind.code == row.get("type")),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise BadRelevanceFile(
                f"{path}, line {number}: not a query with query_id and text ({error})."
            ) from error


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """TREC form, also gzipped: query, a column that is ignored, document, grade."""
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for number, line in _lines(path):
        try:
            query, _iteration, document, grade = line.split()
            judged[query][document] = int(grade)
        except ValueError as error:
            raise BadRelevanceFile(f"{path}, line {number}: not “query 0 document grade”.") from error
    return dict(judged)


def measure(queries: Iterable[Query], judged: dict[str, dict[str, int]]) -> list[Result]:
    """Each group of queries with its averages; a query without judgements is left out."""
    groups: dict[str, list[tuple[float, float, float, bool]]] = defaultdict(list)
    for query in queries:
        grades: Grades | None = judged.get(query.key)
        if not grades:
            continue
        ranked = _ranked(query)
        groups[query.group].append(
            (ndcg(ranked, grades), reciprocal_rank(ranked, grades), recall(ranked, grades), not ranked)
        )
    return [
        Result(group, len(rows), *(sum(column) / len(rows) for column in zip(*rows, strict=True)))
        for group, rows in sorted(groups.items())
    ]


def _ranked(query: Query) -> list[str]:
    asked = SearchRequest(
        text=query.text[:512].strip(), language=query.target, kinds=query.kinds, page_size=DEPTH
    )
    return [hit.record.external_id for hit in search(asked, at=timezone.now()).hits]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as file
        ):
            yield from ((number, line) for number, line in enumerate(file, start=1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise BadRelevanceFile(f"{path} cannot be read: {error}") from error
