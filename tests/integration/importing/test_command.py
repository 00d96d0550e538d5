"""The command takes files and folders, says what became of them in the reader's language, and fails when a file fails."""

import io
import json
import os

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import get_language

from articles.management.commands import import_articles
from articles.models import Article, Outlet

pytestmark = pytest.mark.django_db

BODY = "The council said that the bridge would open to lorries on Thursday, after two years of steady work."


def command(*args, **options) -> tuple[str, str]:
    """What the command writes to its output and to its errors."""
    out, errors = io.StringIO(), io.StringIO()
    call_command("import_articles", *args, stdout=out, stderr=errors, **{"locale": "en", **options})
    return out.getvalue(), errors.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text(f"The ferry stays\n\n{BODY} The ferry stays until spring.")
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"id": "1", "language": "en", "title": "Bridge opens", "body": BODY})
    )
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    return tmp_path


def test_a_folder_is_imported_with_all_below_it_and_other_files_are_told(folder):
    out, _errors = command(folder)

    assert set(Article.objects.values_list("external_id", flat=True)) == {"1", "two.txt"}
    assert "2 articles imported" in out
    assert "notes.pdf" in out


def test_the_report_is_in_the_language_asked_for_and_the_active_one_comes_back(folder):
    active = get_language()
    out, _errors = command(folder, locale="ar")

    assert get_language() == active
    assert "notes.pdf" in out


@pytest.mark.parametrize(
    ("value", "language"), [("ar_IQ.UTF-8", "ar"), ("en_GB.UTF-8", "en"), ("C", "en"), ("", "en")]
)
def test_the_environment_tells_the_language_of_the_report(monkeypatch, value, language):
    for variable in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", value)

    assert import_articles.environment_language() == language


def test_a_wrong_file_fails_the_command_after_the_others_were_imported(folder):
    (folder / "a.jsonl").write_text('{"id": "1", "language": "fr", "title": "Pont"}')
    errors = io.StringIO()

    with pytest.raises(CommandError, match="1 file"):
        call_command("import_articles", folder, stdout=io.StringIO(), stderr=errors, locale="en")

    assert "a.jsonl, line 1, column 25" in errors.getvalue()
    assert "Traceback" not in errors.getvalue()
    assert Article.objects.get().external_id == "two.txt"


def test_a_missing_file_and_a_file_of_another_kind_fail_the_command(folder):
    for path in (folder / "absent.jsonl", folder / "notes.pdf"):
        with pytest.raises(CommandError):
            command(path)


def test_a_file_name_that_is_no_text_is_told_and_not_imported(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(BODY)

    with pytest.raises(CommandError):
        command(tmp_path)

    assert not Article.objects.exists()


def test_an_outlet_is_given_by_name_or_public_id_and_must_be_known(folder):
    outlet = Outlet.objects.create(name_en="The River")

    command(folder / "a.jsonl", outlet="the river")
    command(folder / "b", outlet=outlet.public_id)

    assert Article.objects.filter(outlet=outlet).count() == 2
    with pytest.raises(CommandError, match="The Sea"):
        command(folder, outlet="The Sea")


def test_the_report_can_be_read_by_programs(folder):
    (folder / "c.jsonl").write_text('{"id": 1.5, "title": "x"}')
    out = io.StringIO()

    with pytest.raises(CommandError):
        call_command("import_articles", folder, report="json", publish=True, stdout=out, stderr=io.StringIO())

    report = json.loads(out.getvalue())
    assert [(file["imported"], file["articles"], file["published"]) for file in report["files"]] == [
        (True, 1, 1),
        (False, 0, 0),
        (True, 1, 1),
    ]
    [problem] = report["files"][1]["problems"]
    assert (problem["code"], problem["line"], problem["column"]) == ("wrong-type", 1, 8)
    assert report["left_out"] == [str(folder / "notes.pdf")]


def test_a_trial_says_that_it_was_one(folder):
    out, _errors = command(folder, dry_run=True)

    assert "nothing was written" in out
    assert not Article.objects.exists()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_long_file_shows_a_bar_on_a_terminal_and_lines_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(import_articles, "TERMINAL_EVERY", -1)
    monkeypatch.setattr(import_articles, "LOG_EVERY", -1)
    path = tmp_path / "rows.jsonl"
    path.write_text("x" * 1_000)

    for out, sign in ((Terminal(), "\r"), (io.StringIO(), "\n")):
        progress = import_articles.Progress(out, path, quiet=False)
        progress.advanced(500, 7)
        progress.finish()
        assert "50" in out.getvalue()
        assert sign in out.getvalue()

    silent = io.StringIO()
    import_articles.Progress(silent, path, quiet=True).advanced(500, 7)
    assert silent.getvalue() == ""
