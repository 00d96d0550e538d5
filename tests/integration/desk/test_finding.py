"""Finding at the desk: what readers find, and drafts, which they do not."""

from pathlib import Path

import pytest

from articles.search.indexing import catch_up
from tests.builders import a_public_article, an_article
from tests.integration.desk.editor import Editor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def index(tmp_path: Path, settings) -> Path:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return settings.SEARCH_INDEX_DIR


def found(editor: Editor, text: str) -> set[str]:
    page = editor.open(f"articles/article/?q={text}")
    return {str(article) for article in page.response.context["cl"].result_list}


def test_a_list_finds_words_of_the_body_of_what_is_published_and_titles_of_drafts(editor: Editor):
    a_public_article(headline_ar="عبّارة", body_ar="غرقت السفن قبالة الساحل.")
    an_article(headline_ar="السفينة في الميناء", body_ar="مسودة.")
    catch_up()

    assert found(editor, "سفن") == {"عبّارة"}
    assert found(editor, "السفينه") >= {"السفينة في الميناء"}
    assert found(editor, "مين") == {"السفينة في الميناء"}
    assert found(editor, "طائرة") == set()


def test_a_list_finds_titles_while_there_is_no_index(editor: Editor):
    a_public_article(headline_ar="عبّارة", body_ar="غرقت السفن قبالة الساحل.")

    assert found(editor, "عباره") == {"عبّارة"}
    assert found(editor, "السفن") == set()
