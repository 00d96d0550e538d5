import json

import pytest
from django.core.management import CommandError, call_command

from articles.search.indexing import catch_up
from tests.builders import a_public_article, a_public_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    queries, judgements = tmp_path / "queries.jsonl", tmp_path / "qrels.txt"
    rows = [
        {
            "query_id": "1",
            "text": "drones",
            "task": "words",
            "query_language": "en",
            "target_language": "en",
            "type": "article",
        },
        {
            "query_id": "2",
            "text": "kites",
            "task": "words",
            "query_language": "en",
            "target_language": "en",
            "type": "article",
        },
        {
            "query_id": "3",
            "text": "مسيرة",
            "task": "words",
            "query_language": "ar",
            "target_language": "any",
            "type": "claim",
        },
        {"query_id": "unjudged", "text": "drones"},
    ]
    queries.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    judgements.write_text("1 0 found 1\n2 0 found 1\n3 0 told 2\n", encoding="utf-8")
    return [queries, judgements]


def test_relevance_is_averaged_by_task_and_languages(files, capsys):
    a_public_article(headline_en="Drones", external_id="found")
    a_public_claim(statement_ar="مسيّرات", external_id="told")
    catch_up()

    call_command("bench", "relevance", *map(str, files))

    table = capsys.readouterr().out
    assert "| words en → en | 2 | 0.500 | 0.500 | 0.500 | 50.0% |" in table
    assert "| words ar → any | 1 | 1.000 | 1.000 | 1.000 | 0.0% |" in table


def test_a_damaged_file_is_named_with_its_line(files):
    files[1].write_text("1 0 found 1\nonly three words\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"qrels.txt, line 2"):
        call_command("bench", "relevance", *map(str, files))


def test_both_kinds_of_file_are_asked_for(files):
    with pytest.raises(CommandError, match="judgements"):
        call_command("bench", "relevance", str(files[0]))
