"""How fast this machine imports, indexes and searches a made collection, in a database that exists only for that."""

from __future__ import annotations

import json
import resource
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, reset_queries

from articles.bench import naive
from articles.bench.corpus import OUTLETS, PEOPLE, BenchQuery, Corpus, queries
from articles.models import Article, Claim, Mention, Outlet
from articles.search.engine import Sort
from articles.search.forms import SearchRequest
from articles.search.indexing import index_folder, rebuild
from articles.search.service import search
from newsroom.text.languages import detect_language
from people.models import Person

type Say = Callable[[str], None]

_DATABASE = "isnad_bench"


@dataclass
class Timings:
    """Seconds by kind of query, for one way of searching."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def everything(self) -> list[float]:
        return [value for values in self.seconds.values() for value in values]


@dataclass
class SpeedReport:
    articles: int
    claims: int
    import_seconds: float
    index_seconds: float
    index_bytes: int
    peak_memory_bytes: int
    ours: Timings
    naive: Timings
    stored: Timings


@contextmanager
def scratch_site() -> Iterator[None]:
    """A database and an index folder of their own, taken away at the end; the live ones are not touched."""
    live_database, live_folder = connection.settings_dict["NAME"], settings.SEARCH_INDEX_DIR
    folder = Path(tempfile.mkdtemp(prefix="isnad-bench-"))
    connection.settings_dict["TEST"]["NAME"] = f"{_DATABASE}_{folder.name[-8:].lower()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    settings.SEARCH_INDEX_DIR = folder / "index"
    try:
        yield
    finally:
        settings.SEARCH_INDEX_DIR = live_folder
        connection.creation.destroy_test_db(live_database, verbosity=0)
        shutil.rmtree(folder, ignore_errors=True)


def measure(count: int, *, each: int, naive_each: int, say: Say) -> SpeedReport:
    """Build the collection in the scratch site and time everything; call inside `scratch_site`."""
    corpus = Corpus(count)
    import_seconds = _import(corpus, say)
    say("Indexing …")
    started = time.perf_counter()
    generation = rebuild(index_folder())
    index_seconds = time.perf_counter() - started
    mix = queries(corpus, each)
    outlets = {number: Outlet.objects.get(name_en=corpus.outlet(number)) for number in range(OUTLETS)}
    say(f"{len(mix)} searches …")
    ours = _time(mix, lambda query: _page(query, outlets))
    few = [query for number, query in enumerate(mix) if number % each < naive_each]
    say(f"{len(few)} searches the plain PostgreSQL way, then with stored vectors …")
    plain = _time(few, lambda query: naive.page(query, detect_language(query.text), outlets))
    naive.store_vectors()
    stored = _time(few, lambda query: naive.stored_page(query, detect_language(query.text), outlets))
    return SpeedReport(
        articles=Article.objects.count(),
        claims=Claim.objects.count(),
        import_seconds=import_seconds,
        index_seconds=index_seconds,
        index_bytes=sum(file.stat().st_size for file in generation.rglob("*") if file.is_file()),
        peak_memory_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        ours=ours,
        naive=plain,
        stored=stored,
    )


def _import(corpus: Corpus, say: Say) -> float:
    say(f"Importing {corpus.documents} documents …")
    Outlet.objects.bulk_create(Outlet(name_en=corpus.outlet(number)) for number in range(OUTLETS))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for row in corpus.rows():
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()
        started = time.perf_counter()
        call_command(
            "import_articles", file.name, publish=True, verbosity=0, stdout=_Silence(), stderr=_Silence()
        )
        seconds = time.perf_counter() - started
    _mention_people()
    return seconds


def _mention_people() -> None:
    """Each article names two people, some of them far more often than others."""
    people = [Person(name_en=f"Bench Person {number + 1}") for number in range(PEOPLE)]
    keys = [person.pk for person in Person.objects.bulk_create(people)]
    mentions = (
        Mention(article_id=article, person_id=keys[place])
        for article in Article.objects.values_list("pk", flat=True).iterator()
        for place in {article * article % PEOPLE, article * 7 % (PEOPLE // 10)}
    )
    Mention.objects.bulk_create(mentions, batch_size=5_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _page(query: BenchQuery, outlets: dict[int, Outlet]) -> int:
    return search(
        SearchRequest(
            query.text,
            outlets=frozenset() if query.outlet is None else frozenset({outlets[query.outlet].public_id}),
            years=frozenset() if query.year is None else frozenset({query.year}),
            sort=Sort.DATE if query.by_date else Sort.RELEVANCE,
        )
    ).total


def _time(mix: list[BenchQuery], run: Callable[[BenchQuery], int]) -> Timings:
    timings = Timings()
    # One of each kind first: files and connections are warm in a running site.
    for query in {query.kind: query for query in mix}.values():
        run(query)
    for query in mix:
        started = time.perf_counter()
        run(query)
        timings.seconds[query.kind].append(time.perf_counter() - started)
    reset_queries()
    return timings


class _Silence:
    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return False
