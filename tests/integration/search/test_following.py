"""The index follows the database, whatever happens to either."""

import datetime
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from articles.choices import Status
from articles.models import Appearance, Article, Claim, Mention, OutletName, Source
from articles.search import documents, indexing, outbox
from articles.search.engine import Kind, SearchUnavailable
from articles.search.folder import INDEXING, AlreadyRunning, IndexFolder, read_followed, write_followed
from articles.search.forms import SearchRequest
from articles.search.indexing import Follower, catch_up, rebuild
from articles.search.service import search
from people.models import Name
from tests.builders import (
    NOON,
    ONE_SECOND,
    a_person,
    a_public_article,
    a_public_claim,
    a_telling,
    an_organisation,
    an_outlet,
)

pytestmark = pytest.mark.django_db(transaction=True)


def found(text: str, *, at: datetime.datetime = NOON) -> set[object]:
    return {hit.record for hit in search(SearchRequest(text), at=at).hits}


@contextmanager
def another_connection() -> Iterator[psycopg.Connection]:
    settings = {
        key: value for key, value in connection.get_connection_params().items() if key != "cursor_factory"
    }
    with psycopg.connect(**settings) as other:
        yield other


def by_save(article: Article) -> None:
    article.headline_en = "Kites"
    article.save()


def by_bulk_update(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(headline_en="Kites")


def by_raw_sql(article: Article) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET headline_en = 'Kites' WHERE id = %s", [article.pk])


@pytest.mark.parametrize("change", [by_save, by_bulk_update, by_raw_sql])
def test_a_change_is_followed_whoever_makes_it(change: Callable[[Article], None]):
    article = a_public_article(headline_en="Drones")
    catch_up()

    change(article)
    catch_up()

    assert found("kites") == {article}
    assert found("drones") == set()


def test_a_change_that_is_rolled_back_leaves_nothing_to_follow():
    a_public_article(headline_en="Drones")
    catch_up()

    with transaction.atomic():
        Article.objects.update(headline_en="Kites")
        transaction.set_rollback(True)

    assert catch_up() == 0
    assert found("kites") == set()


def test_what_is_withdrawn_or_deleted_is_gone():
    withdrawn, deleted = a_public_article(headline_en="Drones"), a_public_claim(statement_en="Drones")
    catch_up()

    Article.objects.filter(pk=withdrawn.pk).update(
        status=Status.WITHDRAWN, withdrawn_at=NOON, withdrawal_reason_en="It was wrong."
    )
    deleted.delete()
    catch_up()

    assert search(SearchRequest("drones"), at=NOON).total == 0


def test_a_transaction_that_ends_late_is_not_skipped():
    catch_up()
    early = a_public_article(headline_en="Drones")
    with another_connection() as other:
        # Its change is noted before the next one, and is committed after that has been followed.
        other.execute("UPDATE articles_article SET headline_en = 'Kites' WHERE id = %s", [early.pk])
        later = a_public_article(headline_en="Drones")
        catch_up()
        assert found("drones") == {early, later}
        other.commit()

    catch_up()

    assert found("kites") == {early}
    assert found("drones") == {later}


def test_a_savepoint_is_followed_with_its_transaction():
    catch_up()
    with transaction.atomic(), transaction.atomic():
        article = a_public_article(headline_en="Drones")

    catch_up()

    assert found("drones") == {article}


def test_a_transaction_that_asks_from_inside_misses_none_of_its_own_later_changes():
    with transaction.atomic():
        article = a_public_article(headline_en="Drones")
        with another_connection() as other:
            # A later one that ends: from then on PostgreSQL's snapshot would show the one under way as seen.
            other.execute("SELECT pg_current_xact_id()")
            other.commit()
        before = outbox.snapshot()
        Article.objects.filter(pk=article.pk).update(headline_en="Kites")

        assert (Kind.ARTICLE, article.pk) in outbox.changes_since(before).records


def test_everything_a_record_is_found_by_is_followed():
    person, organisation, outlet = a_person(), an_organisation(), an_outlet()
    article, claim = a_public_article(), a_public_claim()
    catch_up()

    def finds(text: str) -> set[object]:
        catch_up()
        return found(text)

    Mention.objects.create(article=article, person=person)
    Name.objects.create(person=person, text="Personal", language="en")
    assert finds("personal") == {article}

    claim.organisations.add(organisation)
    Name.objects.create(organisation=organisation, text="Organised", language="en")
    assert finds("organised") == {claim}
    claim.organisations.clear()
    assert finds("organised") == set()

    telling = a_telling(claim, article, outlet)
    OutletName.objects.create(outlet=outlet, text="Published", language="en")
    assert finds("published") == {claim}
    Source.objects.all().delete()
    assert finds("published") == set()

    article.outlet = outlet
    article.save()
    assert finds("published") == {article, claim}
    Appearance.objects.filter(pk=telling.pk).delete()
    assert finds("published") == {article}

    Name.objects.filter(person=person).update(text="Renamed")
    assert finds("renamed") == {article}
    assert finds("personal") == set()


def test_the_hour_of_an_article_is_followed_though_no_row_changes_then(monkeypatch):
    outlet = an_outlet(name_en="Reuters")
    claim = a_public_claim()
    a_telling(claim, a_public_article(outlet=outlet, publish_at=NOON + ONE_SECOND))
    for now in (NOON, NOON + ONE_SECOND):
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        catch_up()

        assert (claim in found("reuters", at=now)) == (now > NOON)


def test_a_table_that_is_emptied_empties_the_index():
    a_public_claim(statement_en="Drones")
    catch_up()

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE articles_claim CASCADE")
    catch_up()

    assert search(SearchRequest("drones"), at=NOON).total == 0


def lose_the_folder(folder: IndexFolder) -> None:
    shutil.rmtree(folder.path)


def lose_the_pointer(folder: IndexFolder) -> None:
    (folder.path / "CURRENT").unlink()


def garble_the_pointer(folder: IndexFolder) -> None:
    (folder.path / "CURRENT").write_bytes(b"\xff../../etc")


def halve_every_segment(folder: IndexFolder) -> None:
    for file in (folder.current() / "index").glob("*.*"):
        if file.suffix in {".idx", ".term", ".pos", ".fast", ".fieldnorm", ".store"}:
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def garble_the_list_of_segments(folder: IndexFolder) -> None:
    (folder.current() / "index" / "meta.json").write_text("{")


def lose_the_place(folder: IndexFolder) -> None:
    (folder.current() / "followed.json").unlink()


def be_of_other_code(folder: IndexFolder) -> None:
    rewrite(folder, version="0.0")


def be_of_another_database(folder: IndexFolder) -> None:
    rewrite(folder, database="1/1/elsewhere")


def be_forgotten_by_the_outbox(folder: IndexFolder) -> None:
    rewrite(folder, at=timezone.now() - outbox.KEPT)


def be_ahead_of_a_restored_database(folder: IndexFolder) -> None:
    rewrite(folder, snapshot="9000000000000:9000000000000:")


def rewrite(folder: IndexFolder, **facts) -> None:
    followed = read_followed(folder.current())
    values = {name: getattr(followed, name) for name in ("snapshot", "at", "database", "version")}
    write_followed(folder.current(), type(followed)(**{**values, **facts}))


@pytest.mark.parametrize(
    "damage",
    [
        lose_the_folder,
        lose_the_pointer,
        garble_the_pointer,
        halve_every_segment,
        garble_the_list_of_segments,
        lose_the_place,
        be_of_other_code,
        be_of_another_database,
        be_forgotten_by_the_outbox,
        be_ahead_of_a_restored_database,
    ],
)
def test_an_index_that_is_lost_or_useless_is_built_anew(folder, damage):
    before = a_public_article(headline_en="Drones")
    catch_up()
    damage(folder)
    # As after a restart: nothing is open any more.
    Article.objects.filter(pk=before.pk).update(headline_en="Kites")

    catch_up()

    assert found("kites") == {before}
    call_command("reindex", "--check")


def test_an_indexer_whose_folder_is_taken_away_leaves_the_new_one_to_whoever_holds_its_lock(folder):
    with folder.locked(INDEXING) as lock, Follower(folder, lock) as follower:
        a_public_article(headline_en="Drones")
        follower.catch_up()

        lose_the_folder(folder)
        article = a_public_article(headline_en="Kites")
        with pytest.raises(AlreadyRunning):
            follower.catch_up()

    catch_up()
    assert found("kites") == {article}
    assert len(found("drones")) == 1


@pytest.mark.parametrize("damage", [halve_every_segment, lose_the_pointer])
def test_an_indexer_goes_on_when_the_folder_is_damaged_under_it(folder, damage):
    with folder.locked(INDEXING) as lock, Follower(folder, lock) as follower:
        a_public_article(headline_en="Drones")
        follower.catch_up()

        damage(folder)
        folder.report_broken(getattr(folder.current(), "name", ""))
        article = a_public_article(headline_en="Kites")
        follower.catch_up()

    assert found("kites") == {article}
    assert len(found("drones")) == 1


def test_a_reader_keeps_what_it_has_open_while_the_folder_is_gone(folder):
    article = a_public_article(headline_en="Drones")
    catch_up()
    assert found("drones") == {article}

    shutil.rmtree(folder.path)

    assert found("drones") == {article}


def test_an_index_is_rebuilt_beside_one_that_is_followed(folder):
    with folder.locked(INDEXING) as lock, Follower(folder, lock) as follower:
        a_public_article(headline_en="Drones")
        follower.catch_up()
        before = folder.current()

        rebuild(folder)
        article = a_public_article(headline_en="Kites")
        follower.catch_up()

        assert folder.current() != before
        assert not before.exists()
    assert found("kites") == {article}
    assert len(found("drones")) == 1


def test_changes_during_a_rebuild_are_not_lost(folder, monkeypatch):
    article = a_public_article(headline_en="Drones")
    real = documents.documents

    def documents_then_a_change(*args, **options):
        read = real(*args, **options)
        Article.objects.filter(pk=article.pk).update(headline_en="Kites")
        return read

    monkeypatch.setattr(documents, "documents", documents_then_a_change)
    rebuild(folder)
    monkeypatch.undo()
    catch_up()

    assert found("kites") == {article}


def test_waiting_for_another_indexer_ends_with_an_error_when_it_hangs(folder, monkeypatch):
    a_public_article(headline_en="Drones")
    monkeypatch.setattr(indexing, "_WAIT_FOR_ANOTHER", 0.2)

    with folder.locked(INDEXING), pytest.raises(SearchUnavailable):
        catch_up()


def test_the_newest_change_is_indexed_before_a_long_import(folder, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 2)
    monkeypatch.setattr(indexing, "COMMIT_EVERY", 0.0)
    with folder.locked(INDEXING) as lock, Follower(folder, lock) as follower:
        follower.catch_up()
        imported = [a_public_article(headline_en="Drones") for _ in range(9)]
        follower.step()
        newest = a_public_article(headline_en="Kites")
        follower.step()

        assert follower.has_more
        assert found("kites") == {newest}
        follower.catch_up()
    assert len(found("drones")) == len(imported)


def test_a_check_names_what_differs(folder, monkeypatch):
    changed, lost = a_public_article(headline_en="Drones"), a_public_claim(statement_en="Drones")
    catch_up()
    with connection.cursor() as cursor:
        # What no trigger sees: a row that is lost, and one that is changed behind the outbox.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE articles_article SET headline_en = 'Kites' WHERE id = %s", [changed.pk])
        cursor.execute("UPDATE articles_claim SET status = 'draft' WHERE id = %s", [lost.pk])
        cursor.execute("SET session_replication_role = DEFAULT")

    with pytest.raises(
        Exception, match=rf"1 superfluous \(claim {lost.pk}\); 1 different \(article {changed.pk}\)"
    ):
        call_command("reindex", "--check")


def test_old_changes_are_forgotten_when_no_index_can_need_them():
    a_public_article()
    Claim.objects.all().delete()
    now = timezone.now()

    assert outbox.prune(now=now) == 0
    assert outbox.prune(now=now + outbox.KEPT + ONE_SECOND) > 0
    assert outbox.prune(now=now + outbox.KEPT + ONE_SECOND) == 0
