from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.bench.relevance import BadRelevanceFile, Result, measure, read_judgements, read_queries
from articles.search.engine import SearchUnavailable


class Command(BaseCommand):
    help = "Measures search: the order of what it finds, or its speed beside the plain PostgreSQL way."

    def add_arguments(self, parser: CommandParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        relevance = tasks.add_parser("relevance", help="nDCG@10, MRR@10 and Recall@10 on this site's index.")
        relevance.add_argument(
            "files",
            nargs="+",
            type=Path,
            metavar="FILE",
            help="Queries (.jsonl: query_id, text, task, query_language, target_language, type) and judgements in TREC "
            "form (query 0 document grade), documents by their external id; .gz is read too.",
        )
        relevance.add_argument(
            "--task", dest="only", action="append", help="Only this task of the queries; may be repeated."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["task"] == "relevance":
            self.relevance(options["files"], options["only"])

    def relevance(self, files: list[Path], only: list[str] | None) -> None:
        queries = [file for file in files if ".jsonl" in file.suffixes]
        judgements = [file for file in files if file not in queries]
        if not queries or not judgements:
            raise CommandError("Give a file of queries (.jsonl) and a file of judgements (TREC form).")
        try:
            judged: dict[str, dict[str, int]] = {}
            for file in judgements:
                judged |= read_judgements(file)
            asked = [
                query for file in queries for query in read_queries(file) if not only or query.task in only
            ]
            results = measure(asked, judged)
        except (BadRelevanceFile, SearchUnavailable) as reason:
            raise CommandError(str(reason)) from reason
        if not results:
            raise CommandError("No query has a judgement: do the two files belong together?")
        self.show_relevance(results)

    def show_relevance(self, results: list[Result]) -> None:
        self.stdout.write("| queries | number | nDCG@10 | MRR@10 | Recall@10 | without a hit |")
        self.stdout.write("|---|---|---|---|---|---|")
        for row in results:
            self.stdout.write(
                f"| {row.group} | {row.queries} | {row.ndcg:.3f} | {row.reciprocal_rank:.3f} | {row.recall:.3f} "
                f"| {row.unanswered:.1%} |"
            )
