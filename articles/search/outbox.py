"""What changed in the database since an index last followed it, in terms of the articles and claims to look at again.

A row of `articles_searchchange` is written in the same transaction as the change itself. Transactions end in another
order than they begin, so "rows after the last id" would skip some for ever. Instead each reading remembers PostgreSQL's
snapshot, and the next one takes exactly the rows whose transaction had not ended in it: nothing is skipped however long a
transaction stays open, and nobody waits for one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched

from django.db import connection, models

from articles.choices import Status
from articles.models import Appearance, Article, Claim, Mention, Source
from articles.search.engine import Kind

# A cursor older than this starts over with a rebuild; rows that old are of no use to any other.
KEPT = datetime.timedelta(days=7)
CHANNEL = "articles_search"
_KEYS_A_QUERY = 10_000

type Record = tuple[Kind, int]


class TooFarBehind(Exception):
    """The changes since that snapshot are not known any more: the index has to be built anew."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after one snapshot, up to and including another."""

    records: frozenset[Record]
    snapshot: str
    # Something was truncated: every record has to be looked at.
    is_everything: bool = False
    # Nothing was written down at all; a change may also concern no record that is searched.
    is_nothing: bool = True


def database() -> str:
    """What tells this database from every other, also from a copy of it on another server."""
    with connection.cursor() as cursor:
        # Some hosts keep the server's own number from ordinary roles; the name and its number remain.
        cursor.execute(
            "SELECT has_function_privilege('pg_control_system()', 'EXECUTE'), current_database(), "
            "(SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        may_ask, name, number = cursor.fetchone()
        server = "unknown"
        if may_ask:
            cursor.execute("SELECT system_identifier FROM pg_control_system()")
            server = cursor.fetchone()[0]
    return f"{server}/{number}/{name}"


# On a standby the snapshot does not list the transactions under way, and inside a transaction that has changed something
# it leaves out that one, which may go on to change more: those from the oldest one on count as unseen.
_SNAPSHOT = """
    CASE WHEN pg_is_in_recovery() OR pg_current_xact_id_if_assigned() IS NOT NULL
        THEN pg_snapshot_xmin(pg_current_snapshot())::text || ':' || pg_snapshot_xmin(pg_current_snapshot())::text || ':'
        ELSE pg_current_snapshot()::text
    END
"""


def snapshot() -> str:
    """The state of the database now: an index filled after this call may follow changes from here on."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_SNAPSHOT}")
        return cursor.fetchone()[0]


def changes_since(seen: str) -> Changes:
    """The articles and claims that transactions unseen by that snapshot may have changed."""
    with connection.cursor() as cursor:
        # One statement has one snapshot: the rows and the name of the state they were read in belong together.
        cursor.execute(
            f"""
            SELECT {_SNAPSHOT},
                   pg_snapshot_xmax(%(seen)s::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()),
                   change.kind, array_agg(DISTINCT change.record_id)
            FROM (SELECT 1) AS one
            LEFT JOIN articles_searchchange AS change
                ON change.xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
                AND NOT pg_visible_in_snapshot(change.xid, %(seen)s::pg_snapshot)
            GROUP BY change.kind
            """,  # noqa: S608 - a constant
            {"seen": seen},
        )
        rows = cursor.fetchall()
    if any(is_ahead for _now, is_ahead, _kind, _ids in rows):
        raise TooFarBehind(
            "The index follows a later state than the database is in; it may have been restored."
        )
    changed = {kind: ids for _now, _is_ahead, kind, ids in rows if kind is not None}
    return Changes(frozenset(_records(changed)), rows[0][0], "everything" in changed, not changed)


def has_changes_between(earlier: str, later: str) -> bool:
    """Whether a change shows in the later snapshot that did not show in the earlier one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM articles_searchchange WHERE xid >= pg_snapshot_xmin(%(earlier)s::pg_snapshot) "
            "AND NOT pg_visible_in_snapshot(xid, %(earlier)s::pg_snapshot) "
            "AND pg_visible_in_snapshot(xid, %(later)s::pg_snapshot))",
            {"earlier": earlier, "later": later},
        )
        return cursor.fetchone()[0]


def waiting_since(seen: str) -> datetime.datetime | None:
    """When the oldest change was begun that the snapshot does not show; None where it shows all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(changed_at) FROM articles_searchchange WHERE xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot) "
            "AND NOT pg_visible_in_snapshot(xid, %(seen)s::pg_snapshot)",
            {"seen": seen},
        )
        return cursor.fetchone()[0]


def became_public(*, after: datetime.datetime, until: datetime.datetime) -> frozenset[Record]:
    """Records whose hour came in between, with those whose index entry names them: no row changes at that moment."""
    due = models.Q(status=Status.PUBLISHED, publish_at__gt=after, publish_at__lte=until)
    articles = list(Article.objects.filter(due).values_list("pk", flat=True))
    claims = list(Claim.objects.filter(due).values_list("pk", flat=True))
    return frozenset(_records({"article": articles, "claim": claims}))


def is_standby() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return cursor.fetchone()[0]


def prune(*, now: datetime.datetime) -> int:
    """Forget changes that every index has followed or will never follow; how many they were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_searchchange WHERE changed_at < %s", [now - KEPT])
        return cursor.rowcount


def _records(changed: dict[str, list[int]]) -> Iterable[Record]:
    articles = set(changed.get("article", ()))
    claims = set(changed.get("claim", ()))
    claims |= _linked(Appearance, "pk", changed.get("appearance", ()), "claim_id")
    for kind in ("outlet", "person", "organisation"):
        named = changed.get(kind, ())
        articles |= _linked(Mention, kind, named, "article_id")
        claims |= _linked(Source, kind, named, "appearance__claim_id")
    articles |= _linked(Article, "outlet", changed.get("outlet", ()), "pk")
    claims |= _linked(Claim, "people", changed.get("person", ()), "pk")
    claims |= _linked(Claim, "organisations", changed.get("organisation", ()), "pk")
    # A claim is found under the outlets of its public tellings, so what happens to an article happens to its claims.
    claims |= _linked(Appearance, "article", articles, "claim_id")
    # A copy of a copy is shown under what that one copies.
    articles |= _linked(Article, "copy_of", changed.get("article", ()), "pk")
    yield from ((Kind.ARTICLE, pk) for pk in articles)
    yield from ((Kind.CLAIM, pk) for pk in claims)


def _linked(model: type[models.Model], column: str, keys: Iterable[int], wanted: str) -> set[int]:
    found: set[int] = set()
    for batch in batched(keys, _KEYS_A_QUERY, strict=False):
        found.update(model._default_manager.filter(**{f"{column}__in": batch}).values_list(wanted, flat=True))
    return found
