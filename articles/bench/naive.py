"""The usual Django way, for comparison: SearchVector, SearchQuery and SearchRank over the same rows."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from articles.bench.corpus import BenchQuery
from articles.models import Article, Outlet

_COLUMN = "bench_vector"
_TEXTS = {
    "ar": ("arabic", "headline_ar", "standfirst_ar", "body_ar"),
    "en": ("english", "headline_en", "standfirst_en", "body_en"),
}


def page(query: BenchQuery, language: str, outlets: dict[int, Outlet]) -> int:
    """A page of twenty articles and the total, the vector made while searching."""
    config, *columns = _TEXTS[language]
    return _read(
        Article.objects.annotate(vector=SearchVector(*columns, config=config)), query, config, outlets
    )


def stored_page(query: BenchQuery, language: str, outlets: dict[int, Outlet]) -> int:
    """The same with the vector stored and indexed by GIN."""
    vector = RawSQL(f"articles_article.{_COLUMN}", [], output_field=SearchVectorField())  # noqa: S611 - a constant
    return _read(Article.objects.annotate(vector=vector), query, _TEXTS[language][0], outlets)


def store_vectors() -> None:
    """Add the column and its index where they are not there yet; only ever called on the scratch database."""
    parts = " || ".join(
        f"to_tsvector('{config}', coalesce({column}, ''))"
        for config, *columns in _TEXTS.values()
        for column in columns
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER TABLE articles_article ADD COLUMN IF NOT EXISTS {_COLUMN} tsvector GENERATED ALWAYS AS ({parts}) STORED"
        )
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {_COLUMN} ON articles_article USING gin ({_COLUMN})")
        cursor.execute("ANALYZE articles_article")


def _read(articles: QuerySet, query: BenchQuery, config: str, outlets: dict[int, Outlet]) -> int:
    # "+word" is not of websearch's language, where all words must occur anyway.
    text = query.text.replace("+", "")
    wanted = SearchQuery(text, config=config, search_type="websearch")
    if query.is_typed:
        wanted = SearchQuery(" & ".join(text.split()) + ":*", config=config, search_type="raw")
    found = articles.filter(vector=wanted)
    if query.outlet is not None:
        found = found.filter(outlet=outlets[query.outlet])
    if query.year is not None:
        found = found.filter(published_at__year=query.year)
    order = "-published_at" if query.by_date else "-rank"
    ranked = found.annotate(rank=SearchRank(F("vector"), wanted)).order_by(order)
    list(ranked.values_list("pk", "headline_ar", "headline_en", "rank")[:20])
    return found.count()
