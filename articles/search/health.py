"""Whether search can serve, for the readiness report."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from articles.search import outbox
from articles.search.engine import SearchUnavailable
from articles.search.folder import read_followed
from articles.search.indexing import index_folder
from articles.search.reader import searcher
from articles.search.vectors import encoding

# Changes older than this should long be in the index (seconds): the indexer is not running or does not keep up.
LATE_AFTER = 60.0


def report() -> dict[str, Any]:
    """`ready`, and what there is to know about the index of this machine."""
    try:
        documents = searcher().document_count
    except SearchUnavailable:
        return {"ready": False, "index": "missing; manage.py indexer builds it"}
    generation = index_folder().current()
    followed = read_followed(generation) if generation else None
    if followed is None or followed.database != outbox.database():
        return {"ready": False, "index": "of another database or version; manage.py indexer builds it anew"}
    since = outbox.waiting_since(followed.snapshot)
    behind = (timezone.now() - since).total_seconds() if since else 0.0
    return {
        "ready": behind < LATE_AFTER,
        "index": "ok",
        "documents": documents,
        "seconds_behind": round(behind, 1),
        # Without it search serves all the same, by words alone.
        "meaning": encoding.report(),
    }
