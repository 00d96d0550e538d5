"""Files made to hurt: what unpacks without end, what is read for ever, what no page can show."""

import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.admin import importing
from articles.importing import pages, readers
from articles.importing.problems import FileRefused
from articles.models import Article
from tests.integration.desk.editor import Editor

pytestmark = pytest.mark.django_db


def send(editor: Editor, *files: SimpleUploadedFile):
    return editor.client.post(
        "/en/admin/articles/article/import/", {"_files": "1", "files-uploads": list(files)}
    )


def test_archives_count_as_what_they_unpack_to(editor, monkeypatch):
    monkeypatch.setattr(importing, "MOST_MEGABYTES", 2)
    bomb = gzip.compress(b"\n" * 1_500_000)

    one = send(editor, SimpleUploadedFile("one.jsonl.gz", bomb))
    two = send(editor, SimpleUploadedFile("one.jsonl.gz", bomb), SimpleUploadedFile("two.jsonl.gz", bomb))

    assert "larger than" not in one.content.decode()
    assert two.status_code == 422
    assert "The files are larger than 2 MB together" in two.content.decode()


def test_an_archive_is_read_after_it_was_measured(editor):
    row = b'{"id": "1", "title": "A bridge", "body": "It fell.", "language": "en"}\n'

    assert send(editor, SimpleUploadedFile("a.jsonl.gz", gzip.compress(row))).status_code == 200
    assert Article.objects.get().headline_en == "A bridge"
    assert send(editor, SimpleUploadedFile("b.jsonl.gz", gzip.compress(row)[:-9])).status_code == 422
    assert send(editor, SimpleUploadedFile("c.jsonl.gz", b"no archive")).status_code == 422


@pytest.mark.parametrize(
    "row",
    [
        b'{"id": "1", "title": "A", "body": "b", "language": "en", "k\\ud800": 1}',
        b'{"id": "1", "k\\ud800": 1, "k\\ud800": 2}',
        b'{"id": "1", "type": "\\ud800", "people": ["\\ud800"], "title": "\\ud800"}',
    ],
)
def test_half_a_character_in_a_file_is_told_on_a_page(editor, row):
    assert send(editor, SimpleUploadedFile("half.jsonl", row)).status_code in {200, 422}


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * (pages.MOST_TAGS + 1),
        f"<p {' '.join(f'a{number}=1' for number in range(30_000))}>",
        f"<p {'/'.join(f'a{number}' for number in range(30_000))}>",
    ],
)
def test_a_page_that_would_be_read_for_ever_is_refused(tmp_path, page):
    saved = tmp_path / "page.html"
    saved.write_text(f"<html><body>{page}<p>Text.</p></body></html>")

    with pytest.raises(FileRefused) as refused:
        list(readers.read(saved, name=saved.name))
    assert refused.value.problem.message.code == "page-too-large"


def test_a_page_with_its_pictures_in_it_is_one_like_any_other():
    picture = f'<img src="data:image/png;base64,{"A/+b" * 100_000}" alt="">'

    assert pages.is_readable(f"<html><body>{picture * 3}<p>Text.</p></body></html>")
