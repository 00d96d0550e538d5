"""What a folder stands for: its importable files, and nothing that could hold the import up."""

import os

from articles.importing.folders import find_files


def test_a_named_pipe_in_a_folder_is_told_and_not_waited_for(tmp_path):
    (tmp_path / "a.txt").write_text("A headline")
    os.mkfifo(tmp_path / "pipe.txt")

    found = find_files([tmp_path])

    assert [path.name for path in found.files] == ["a.txt"]
    assert [path.name for path in found.others] == ["pipe.txt"]


def test_a_link_that_leads_nowhere_stays_among_the_files_so_that_it_is_reported(tmp_path):
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nothing")

    assert [path.name for path in find_files([tmp_path]).files] == ["dead.txt"]


def test_a_folder_that_links_to_itself_is_looked_into_once(tmp_path):
    (tmp_path / "a.txt").write_text("A headline")
    (tmp_path / "self").symlink_to(tmp_path)

    assert [path.name for path in find_files([tmp_path]).files] == ["a.txt"]


def test_a_link_out_of_the_folder_is_told_and_not_followed(tmp_path):
    (tmp_path / "secret.txt").write_text("Not for import")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text("A headline")
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    (folder / "outside.txt").symlink_to(tmp_path / "secret.txt")

    found = find_files([folder])

    assert [path.name for path in found.files] == ["a.txt", "inside.txt"]
    assert [path.name for path in found.others] == ["outside.txt"]
