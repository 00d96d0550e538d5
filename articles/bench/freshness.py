"""How soon a change is found, and what following changes adds to a save."""

from __future__ import annotations

import time

from django.db import connection
from django.utils import timezone

from articles.bench import cpu
from articles.bench.serving import process
from articles.choices import Status
from articles.models import Article
from articles.search.forms import SearchRequest
from articles.search.service import search

_PATIENCE = 60.0
_SAVES = 40


class NeverFound(Exception):
    """A committed article was not found; the indexer of the measurement does not follow."""


def lateness(changes: int) -> list[float]:
    """Seconds from commit to found, one change after another, with an indexer of its own process."""
    waits = []
    with process(["manage.py", "indexer"]):
        for number in range(changes + 1):
            article = _an_article(f"freshlycommitted{number}word")
            started = time.monotonic()
            while not search(SearchRequest(article.headline_en or "")).total:
                if time.monotonic() - started > _PATIENCE:
                    raise NeverFound(f"A change was not found within {_PATIENCE:.0f} seconds.")
                # Looking takes processor time from the indexer.
                time.sleep(0.02)
            waits.append(time.monotonic() - started)
            article.delete()
    # The first waited for the indexer to start.
    return waits[1:]


def save_cost() -> tuple[float, float]:
    """Processor time of saving an article, with what makes search follow and without it, in seconds."""
    article = _an_article("saved")
    costs = []
    for how in ("ENABLE", "DISABLE"):
        _switch_triggers(how)
        pids = cpu.backends()
        article.save()
        costs.append(cpu.spent(lambda: _save(article), pids=pids) / _SAVES)
    _switch_triggers("ENABLE")
    article.delete()
    return costs[0], costs[1]


def _save(article: Article) -> None:
    for _number in range(_SAVES):
        article.save()


def _switch_triggers(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {Article._meta.db_table} {how} TRIGGER USER")


def _an_article(headline: str) -> Article:
    return Article.objects.create(
        headline_en=headline,
        headline_ar="",
        body_en="A short text.",
        original_language="en",
        status=Status.PUBLISHED,
        publish_at=timezone.now(),
        external_id="",
    )
