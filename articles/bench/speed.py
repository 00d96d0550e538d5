"""How fast this machine indexes and searches a made collection, in a database that exists only for that."""

from __future__ import annotations

import resource
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.db import connection, reset_queries
from django.utils import timezone

from articles.bench import cpu, freshness, naive, serving
from articles.bench.corpus import OUTLETS, BenchQuery, Corpus, queries
from articles.bench.filling import fill, fill_vectors
from articles.models import Article, Claim, Outlet
from articles.search.engine import SearchUnavailable, Sort
from articles.search.forms import SearchRequest
from articles.search.indexing import index_folder, rebuild, usable
from articles.search.reader import searcher
from articles.search.service import search
from articles.search.suggest import completions
from articles.search.vectors import store
from articles.search.vectors.encoder import encoder_name, query_vector
from newsroom.text.languages import detect_language

type Say = Callable[[str], None]

_DATABASE = "isnad_bench"
_HYBRID, _CHANGES, _REQUESTS = "question of eight words", 30, 40


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
    index_seconds: float
    index_bytes: int
    peak_memory_bytes: int
    ours: Timings
    stored: Timings
    # The vector made while searching: of so few queries that only their median says something.
    plain: Timings
    # The same questions by words alone and with meaning; None where the database has no vectors.
    hybrid: tuple[list[float], list[float]] | None
    # One request over HTTP by kind.
    requests: dict[str, float]
    late: list[float]
    save_with: float
    save_without: float
    is_processor_time: bool


@contextmanager
def scratch_site(keep: str = "") -> Iterator[None]:
    """A database and an index folder of their own, taken away at the end unless they have a name to be kept under."""
    live_database, live_folder = connection.settings_dict["NAME"], settings.SEARCH_INDEX_DIR
    folder = Path(live_folder).parent / keep if keep else Path(tempfile.mkdtemp(prefix="isnad-bench-"))
    connection.settings_dict["TEST"]["NAME"] = keep or f"{_DATABASE}_{folder.name[-8:].lower()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=bool(keep))
    settings.SEARCH_INDEX_DIR = folder / "index"
    try:
        yield
    finally:
        settings.SEARCH_INDEX_DIR = live_folder
        connection.creation.destroy_test_db(live_database, verbosity=0, keepdb=bool(keep))
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def measure(count: int, *, each: int, naive_each: int, plain: int, say: Say) -> SpeedReport:
    """Build the collection in the scratch site and measure everything; call inside `scratch_site`."""
    corpus = Corpus(count)
    _prepare(corpus, say)
    index_seconds = _index(say)
    mix = queries(corpus, each)
    outlets = {number: Outlet.objects.get(name_en=corpus.outlet(number)) for number in range(OUTLETS)}
    with _words_alone():
        say(f"{len(mix)} searches …")
        # A worker that has served for a while has met most words: other queries first.
        warming = queries(corpus, each, start=each)
        ours = _time(warming, mix, lambda query: _page(query, outlets))
    say("Searches the plain PostgreSQL way …")
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    few = [query for number, query in enumerate(mix) if number % each < naive_each]
    stored = _time([], few, lambda query: naive.stored_page(query, detect_language(query.text), outlets))
    fewest = [query for number, query in enumerate(mix) if number % each == 0][:plain]
    slow = _time([], fewest, lambda query: naive.page(query, detect_language(query.text), outlets))
    with connection.cursor() as cursor:
        cursor.execute("RESET max_parallel_workers_per_gather")
    say("Meaning, requests, changes …")
    hybrid = _hybrid([query for query in mix if query.kind == _HYBRID], outlets)
    requests = serving.requests_cost(
        [query.text for query in mix if query.outlet is None][:: max(1, each * 9 // _REQUESTS)]
    )
    with_search, without = freshness.save_cost()
    return SpeedReport(
        articles=Article.objects.count(),
        claims=Claim.objects.count(),
        index_seconds=index_seconds,
        index_bytes=sum(file.stat().st_size for file in _generation().rglob("*") if file.is_file()),
        peak_memory_bytes=1024
        * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)),
        ours=ours,
        stored=stored,
        plain=slow,
        hybrid=hybrid,
        requests=requests,
        late=freshness.lateness(_CHANGES),
        save_with=with_search,
        save_without=without,
        is_processor_time=cpu.is_counted(),
    )


def _prepare(corpus: Corpus, say: Say) -> None:
    if not Article.objects.exists():
        say(f"Writing {corpus.documents} documents …")
        fill(corpus)
    say("Vectors for PostgreSQL's own search and for meaning …")
    naive.store_vectors()
    if encoder_name() and store.ensure() and not store.count(encoder=encoder_name()):
        fill_vectors(encoder=encoder_name())


def _index(say: Say) -> float:
    """Seconds that building took; 0 where an index was kept."""
    if usable(index_folder().current()):
        return 0.0
    say("Indexing …")
    started = time.perf_counter()
    rebuild(index_folder())
    return time.perf_counter() - started


def _generation() -> Path:
    generation = index_folder().current()
    if generation is None:
        raise SearchUnavailable("The index that was just built is not there any more.")
    return generation


@contextmanager
def _words_alone() -> Iterator[None]:
    with mock.patch("articles.search.vectors.joining.encoder_name", return_value=""):
        yield


def _page(query: BenchQuery, outlets: dict[int, Outlet]) -> int:
    # Nothing is to be remembered of an earlier query: every page pays for its counts.
    searcher().forget()
    if query.is_typed:
        return len(completions(query.text, language=detect_language(query.text), at=timezone.now()))
    return search(
        SearchRequest(
            query.text,
            outlets=frozenset() if query.outlet is None else frozenset({outlets[query.outlet].public_id}),
            years=frozenset() if query.year is None else frozenset({query.year}),
            sort=Sort.DATE if query.by_date else Sort.RELEVANCE,
        )
    ).total


def _hybrid(mix: Sequence[BenchQuery], outlets: dict[int, Outlet]) -> tuple[list[float], list[float]] | None:
    if not (encoder_name() and store.exists() and store.count(encoder=encoder_name())):
        return None

    def uncached(query: BenchQuery) -> int:
        query_vector.cache_clear()
        return _page(query, outlets)

    with _words_alone():
        by_words = _time(mix, mix, uncached)
    with_meaning = _time(mix, mix, uncached)
    return by_words.everything(), with_meaning.everything()


def _time(
    warming: Sequence[BenchQuery], mix: Sequence[BenchQuery], run: Callable[[BenchQuery], int]
) -> Timings:
    timings = Timings()
    pids = cpu.backends()
    for query in warming:
        run(query)
    for query in mix:
        timings.seconds[query.kind].append(cpu.spent(lambda query=query: run(query), pids=pids))  # type: ignore[misc]
    reset_queries()
    return timings
