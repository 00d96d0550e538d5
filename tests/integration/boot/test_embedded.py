"""The embedded PostgreSQL, with real processes in a folder of their own."""

import os
import signal
import stat
from pathlib import Path

import psycopg
import pytest

from newsroom.embedded import Lease
from tests.integration.boot.holders import Holder, answers, ask, holder, postmaster
from tests.waiting import PATIENCE, comes_true


def keep_a_row(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('إسناد')")


def kept_word(url: str) -> object:
    return ask(url, "SELECT word FROM kept")


def test_two_that_start_at_once_share_one_server_and_the_last_to_leave_stops_it(new_var):
    with holder(new_var) as first, holder(new_var) as second:
        url = first.url()

        assert second.url() == url
        assert first.leave() == 0
        assert answers(url)
        assert second.leave() == 0
        assert not answers(url)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_to_its_only_user_stops_the_server(var, number):
    with holder(var) as only:
        url = only.url()
        only.end_by(number)

        assert not answers(url)


def test_a_server_that_outlived_its_killed_user_is_used_again_and_then_stopped(var):
    with holder(var) as killed:
        url = killed.url()
        server = postmaster(var)
        killed.end_by(signal.SIGKILL)
        assert answers(url)

        with holder(var) as next_one:
            assert next_one.url() == url
            assert postmaster(var) == server

        assert not answers(url)


def test_when_everything_was_killed_the_next_start_finds_what_was_saved(var):
    with holder(var) as killed:
        keep_a_row(killed.url())
        killed.end_by(signal.SIGKILL)
        os.kill(postmaster(var), signal.SIGKILL)

        with holder(var) as next_one:
            assert kept_word(next_one.url()) == "إسناد"


def test_a_dead_server_is_not_taken_for_the_process_that_got_its_number(var):
    with holder(var) as killed:
        keep_a_row(killed.url())
        killed.end_by(signal.SIGKILL)
        os.kill(postmaster(var), signal.SIGKILL)
        pid_file = var / "pg" / "data" / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(os.getpid()), *lines[1:], ""]))

        with holder(var) as next_one:
            assert kept_word(next_one.url()) == "إسناد"


def test_a_data_folder_that_was_cut_short_is_made_again(new_var):
    unfinished = new_var / "pg" / "data.unfinished-1"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")

    with holder(new_var) as first:
        assert answers(first.url())

    assert not unfinished.exists()


def test_a_server_whose_data_was_removed_gives_way_to_a_new_one(var):
    with holder(var) as killed:
        killed.url()
        killed.end_by(signal.SIGKILL)
        (var / "pg" / "data").rename(var / "removed")

        with holder(var) as next_one:
            assert answers(next_one.url())


def test_data_of_another_major_version_is_named_and_left_alone(var):
    version = var / "pg" / "data" / "PG_VERSION"
    version.write_text("17\n")

    refused = Holder(var)
    _, said = refused.process.communicate(timeout=PATIENCE)

    assert refused.process.returncode == 1
    assert "was made by PostgreSQL 17, installed is 18" in said
    assert version.read_text() == "17\n"


def test_nobody_else_can_reach_the_server(var):
    with holder(var) as only:
        url = only.url()

        assert ask(url, "SHOW listen_addresses") == ""
        for folder in ("pg", "pg/data", "pg/socket"):
            if (var / folder).exists():
                assert stat.S_IMODE((var / folder).stat().st_mode) == 0o700
        assert stat.S_IMODE(Path(str(ask(url, "SHOW unix_socket_directories"))).stat().st_mode) == 0o700


def test_arabic_letters_are_letters(var):
    with holder(var) as only:
        with psycopg.connect(only.url(), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
            alike = connection.execute("SELECT similarity('صحيفة', 'الصحيفة')").fetchone()

        assert alike is not None
        assert alike[0] > 0


def test_a_path_too_long_for_a_socket_gets_a_short_private_folder(tmp_path):
    var = tmp_path / ("long" * 20) / "with space %41 é" / "var"
    with holder(var) as only:
        url = only.url()
        folder = Path(str(ask(url, "SHOW unix_socket_directories")))

        assert len(str(folder)) < 60
        assert folder.stat().st_uid == os.getuid()

    assert not folder.exists()


def test_a_forked_child_does_not_stop_the_server_of_its_parent(var):
    lease = Lease(var / "pg")
    url = lease.acquire()
    child = os.fork()
    if child == 0:
        lease.release()
        os._exit(0)
    os.waitpid(child, 0)

    assert answers(url)
    lease.release()
    assert not answers(url)


def test_a_server_killed_under_its_user_is_started_again_with_what_was_saved(var):
    lease = Lease(var / "pg")
    with lease as url:
        keep_a_row(url)
        assert not lease.keep_running()

        os.kill(postmaster(var), signal.SIGKILL)
        assert comes_true(lease.keep_running)

        assert kept_word(url) == "إسناد"
