from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.bench.freshness import NeverFound
from articles.bench.measures import percentile
from articles.bench.names import BadNamesFile, read_names
from articles.bench.names import measure as measure_names
from articles.bench.relevance import BadRelevanceFile, Result, measure, read_judgements, read_queries
from articles.bench.serving import DoesNotServe
from articles.bench.speed import measure as measure_speed
from articles.bench.speed import scratch_site
from articles.bench.suggestions import BadAnnotation, read_annotation
from articles.bench.suggestions import measure as measure_suggestions
from articles.bench.tables import lines
from articles.search.engine import SearchUnavailable


class Command(BaseCommand):
    help = "Measures search (the order of what it finds, its speed beside plain PostgreSQL) and the desk's suggestions."

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

        speed = tasks.add_parser(
            "search", help="Import and index a made collection in a scratch database, and search it."
        )
        speed.add_argument(
            "--documents", type=int, default=10_000, metavar="N", help="how many articles and claims (10000)"
        )
        speed.add_argument("--queries", type=int, default=40, metavar="N", help="how many of each kind (40)")
        speed.add_argument(
            "--naive-queries",
            type=int,
            default=4,
            metavar="N",
            help="how many of each kind of PostgreSQL's own search with stored vectors (4)",
        )
        speed.add_argument(
            "--plain-queries",
            type=int,
            default=10,
            metavar="N",
            help="how many in all where PostgreSQL makes the vectors while it searches (10); each takes minutes at a million",
        )
        speed.add_argument(
            "--keep",
            default="",
            metavar="NAME",
            help="Keep the scratch database under this name, and what is found there is used: a second run only measures.",
        )

        suggestions = tasks.add_parser(
            "suggestions", help="Precision and recall of suggestions against an annotation."
        )
        suggestions.add_argument(
            "file", type=Path, metavar="FILE", help="The annotation; see docs/suggestions.md."
        )
        suggestions.add_argument("--texts", type=Path, metavar="FOLDER", help="where the annotated texts are")
        suggestions.add_argument(
            "--details", action="store_true", help="list what was missed and what was wrong"
        )

        names = tasks.add_parser(
            "names", help="How often a name finds itself in the other script, by its sound alone."
        )
        names.add_argument(
            "file", type=Path, metavar="FILE", help="Lines of an English name, a tab and the Arabic one."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["task"] == "relevance":
            self.relevance(options["files"], options["only"])
        elif options["task"] == "names":
            self.names(options["file"])
        elif options["task"] == "suggestions":
            self.suggestions(options["file"], options["texts"], details=options["details"])
        else:
            self.speed(options)

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

    def suggestions(self, file: Path, texts: Path | None, *, details: bool) -> None:
        try:
            report = measure_suggestions(*read_annotation(file, texts))
        except BadAnnotation as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write("| part | annotated | suggested | recall | precision | F1 |")
        self.stdout.write("|---|---|---|---|---|---|")
        for score in report.scores:
            self.stdout.write(
                f"| {score.part} | {score.annotated} | {score.suggested} | {score.recall:.3f} | {score.precision:.3f} "
                f"| {score.f1:.3f} |"
            )
        if details:
            self.stdout.writelines([f"missed: {line}" for line in report.misses])
            self.stdout.writelines([f"wrong: {line}" for line in report.extras])

    def names(self, file: Path) -> None:
        try:
            pairs = read_names(file)
        except BadNamesFile as reason:
            raise CommandError(str(reason)) from reason
        if not pairs:
            raise CommandError(f"{file} holds no names.")
        self.stdout.write("| names | number | Recall@1 | compared | p50 ms | p95 ms |")
        self.stdout.write("|---|---|---|---|---|---|")
        for row in measure_names(pairs):
            milliseconds = " | ".join(f"{percentile(row.seconds, share) * 1000:.1f}" for share in (0.5, 0.95))
            self.stdout.write(
                f"| {row.direction} | {row.names} | {row.recall_at_1:.3f} | {row.compared:.3f} | {milliseconds} |"
            )

    def speed(self, options: dict[str, Any]) -> None:
        if min(options[name] for name in ("documents", "queries", "naive_queries")) < 1:
            raise CommandError("Numbers of documents and queries start at 1.")
        try:
            with scratch_site(options["keep"]):
                report = measure_speed(
                    options["documents"],
                    each=options["queries"],
                    naive_each=options["naive_queries"],
                    plain=options["plain_queries"],
                    say=self.stderr.write,
                )
        except (DoesNotServe, NeverFound) as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.writelines(line + "\n" for line in lines(report))
