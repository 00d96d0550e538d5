"""`manage.py indexer` as a process of its own: started, doubled, killed, cut off."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import make_conninfo

from articles.models import Article
from articles.search.engine import SearchUnavailable
from articles.search.forms import SearchRequest
from articles.search.service import search
from tests.builders import NOON, a_public_article
from tests.waiting import PATIENCE, comes_true

pytestmark = pytest.mark.django_db(transaction=True)

APPLICATION = "isnad-indexer-under-test"

type Start = Callable[[], subprocess.Popen]


@pytest.fixture
def start(settings) -> Iterator[Start]:
    """Starts an indexer on the test database and the test's index folder; whatever still runs is stopped at the end."""
    database = connection.get_connection_params()
    known = {
        key: database[key] for key in ("dbname", "user", "password", "host", "port") if database.get(key)
    }
    environment = {
        **os.environ,
        "DATABASE_URL": make_conninfo("", **known),
        "SEARCH_INDEX_DIR": str(settings.SEARCH_INDEX_DIR),
        "PGAPPNAME": APPLICATION,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "newsroom.settings"),
    }
    started: list[subprocess.Popen] = []

    def start_one() -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "indexer"],
            cwd=Path(django_settings.BASE_DIR),
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start_one
    for process in started:
        process.kill()
        process.communicate()


def total(text: str) -> int | None:
    """How many there are; None while there is no index."""
    try:
        return search(SearchRequest(text), at=NOON).total
    except SearchUnavailable:
        return None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_builds_follows_and_stops_when_told(start: Start, number):
    a_public_article(headline_en="Drones")
    indexer = start()
    assert comes_true(lambda: total("drones") == 1)

    a_public_article(headline_en="Drones")
    assert comes_true(lambda: total("drones") == 2)
    Article.objects.all().delete()
    assert comes_true(lambda: total("drones") == 0)

    indexer.send_signal(number)
    assert indexer.wait(PATIENCE) == 0


def test_a_second_one_refuses_to_start_and_leaves_the_first_alone(start: Start):
    start()
    assert comes_true(lambda: total("drones") == 0)

    second = start()
    _output, complaint = second.communicate(timeout=PATIENCE)

    assert second.returncode == 1
    assert "Another process already does the indexing" in complaint
    a_public_article(headline_en="Drones")
    assert comes_true(lambda: total("drones") == 1)


def test_killed_in_the_middle_it_loses_nothing(start: Start):
    indexer = start()
    assert comes_true(lambda: total("drones") == 0)
    for moment in range(4):
        for _ in range(30):
            a_public_article(headline_en="Drones")
        time.sleep(0.02 * moment)
        indexer.kill()
        indexer.wait(PATIENCE)
        indexer = start()

    assert comes_true(lambda: total("drones") == 120)
    call_command("reindex", "--check")


def test_killed_while_it_builds_it_builds_again(start: Start, settings):
    for _ in range(300):
        a_public_article(headline_en="Drones")
    first = start()
    assert comes_true(lambda: any(Path(settings.SEARCH_INDEX_DIR).glob("generation-*")))
    first.kill()
    first.wait(PATIENCE)

    start()

    assert comes_true(lambda: total("drones") == 300)
    call_command("reindex", "--check")
    assert len(list(Path(settings.SEARCH_INDEX_DIR).glob("generation-*"))) == 1


def test_cut_off_from_the_database_it_comes_back(start: Start):
    indexer = start()
    assert comes_true(lambda: total("drones") == 0)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE application_name = %s AND datname = current_database()",
            [APPLICATION],
        )
        assert cursor.fetchone()[0] >= 2
    a_public_article(headline_en="Drones")

    assert comes_true(lambda: total("drones") == 1)
    assert indexer.poll() is None


def test_a_folder_deleted_under_it_is_built_again(start: Start, settings):
    a_public_article(headline_en="Drones")
    start()
    assert comes_true(lambda: total("drones") == 1)

    # The indexer may make the folder again while it is being emptied: rm then complains, and the index must recover all the same.
    subprocess.run(["rm", "-rf", settings.SEARCH_INDEX_DIR], check=False)
    a_public_article(headline_en="Drones")

    assert comes_true(lambda: total("drones") == 2)
    call_command("reindex", "--check")


def test_an_index_rebuilt_by_hand_is_followed_on(start: Start):
    start()
    assert comes_true(lambda: total("drones") == 0)

    call_command("reindex")
    a_public_article(headline_en="Drones")

    assert comes_true(lambda: total("drones") == 1)
