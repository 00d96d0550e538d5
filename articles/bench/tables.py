"""What `bench search` prints: a row for each kind of query, and the ratios beside what they must reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from articles.bench.measures import percentile
from articles.bench.speed import SpeedReport

# From this number of documents on the stricter targets hold.
_MANY = 500_000


def lines(report: SpeedReport) -> Iterator[str]:
    count = report.articles + report.claims
    kind = "processor time, client and PostgreSQL" if report.is_processor_time else "time on the wall"
    yield f"{report.articles} articles and {report.claims} claims; milliseconds of {kind}"
    if report.index_seconds:
        yield f"indexed in {report.index_seconds:.0f} s, {count / report.index_seconds:.0f} a second (time on the wall)"
    yield f"index size {report.index_bytes / 1e6:.1f} MB, peak memory {report.peak_memory_bytes / 1e6:.0f} MB"
    yield ""
    yield "| kind of query | p50 | p95 | p99 | stored vector and GIN p50 | p95 | vector made while searching p50 |"
    yield "|---|---|---|---|---|---|---|"
    for name, ours in report.ours.seconds.items():
        yield _row(name, ours, report.stored.seconds[name], report.plain.seconds.get(name, []))
    yield _row("all", report.ours.everything(), report.stored.everything(), report.plain.everything())
    yield ""
    yield "| | measured | must reach | |"
    yield "|---|---|---|---|"
    for name, found, most in _ratios(report, is_many=count >= _MANY):
        yield f"| {name} | {found:.3g} | {most:.3g} | {'reached' if found <= most else 'missed'} |"


def _ratios(report: SpeedReport, *, is_many: bool) -> Iterator[tuple[str, float, float]]:
    ours, stored, plain = (way.everything() for way in (report.ours, report.stored, report.plain))
    half, tail = (1 / 25, 1 / 120) if is_many else (1 / 5, 1 / 40)
    page = percentile(ours, 0.5)
    yield "page p50 / PostgreSQL p50, stored vector and GIN", page / percentile(stored, 0.5), half
    yield (
        "page p95 / PostgreSQL p95, stored vector and GIN",
        percentile(ours, 0.95) / percentile(stored, 0.95),
        tail,
    )
    if plain:
        yield "page p50 / PostgreSQL p50, vector made while searching", page / percentile(plain, 0.5), half
        yield (
            "page p95 / PostgreSQL p95, vector made while searching",
            percentile(ours, 0.95) / max(plain),
            tail,
        )
    least = report.requests["select one"]
    for name, seconds in report.requests.items():
        if name != "select one":
            yield f"{name} request / SELECT 1 request", seconds / least, 45 if is_many else 20
    if report.hybrid:
        words, meaning = report.hybrid
        yield (
            "with meaning / by words alone, p50",
            percentile(meaning, 0.5) / percentile(words, 0.5),
            2 if is_many else 2.5,
        )
    worst = max(percentile(values, 0.95) for values in report.ours.seconds.values())
    usual = median(percentile(values, 0.5) for values in report.ours.seconds.values())
    yield "p95 of the worst kind / p50 of the median kind", worst / usual, 5
    yield "committed to found, p95 (s)", percentile(report.late, 0.95), 1
    yield "save with search / without", report.save_with / report.save_without, 3
    if is_many:
        yield "index size (GB)", report.index_bytes / 1e9, 1


def _row(name: str, ours: Sequence[float], stored: Sequence[float], plain: Sequence[float]) -> str:
    figures = [percentile(ours, share) for share in (0.5, 0.95, 0.99)]
    figures += [percentile(stored, share) for share in (0.5, 0.95)]
    shown = [f"{figure * 1000:.1f}" for figure in figures]
    shown.append(f"{percentile(plain, 0.5) * 1000:.0f}" if plain else "")
    return f"| {name} | {' | '.join(shown)} |"
