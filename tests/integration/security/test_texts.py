"""What people write can neither break a page nor lie about itself: control characters, turned letters, false addresses."""

import pytest
from lxml import etree

from articles.importing.rows import is_web_address
from articles.models import Article, Correction, Outlet
from articles.search import indexing
from newsroom.exchange.columns import Address, Column, Line
from tests.builders import NOON, a_public_article, a_public_claim, a_telling, an_outlet
from tests.integration.desk.editor import Editor

pytestmark = pytest.mark.django_db

UNSEEN = "A\x0bB\x1bC\ufffeD\uffffE\u202eF\x7fG"
SEEN = "A BCDEFG"


def test_a_control_character_in_one_headline_breaks_no_feed(client):
    both = {"headline_ar": UNSEEN, "headline_en": UNSEEN, "standfirst_en": UNSEEN, "byline": UNSEEN}
    article = a_public_article(outlet=an_outlet(name_en=UNSEEN), **both)
    a_telling(a_public_claim(statement_en=UNSEEN), article, an_outlet(name_en=UNSEEN))
    Correction.objects.create(article=article, made_at=NOON, text_en=UNSEEN)
    indexing.rebuild(indexing.index_folder())

    for feed in (
        "/en/feed/",
        "/ar/feed/",
        "/en/corrections/feed/",
        "/en/search.atom?q=%EF%BF%BE",
        "/sitemap-articles-1.xml",
    ):
        answered = client.get(feed)

        assert answered.status_code == 200, feed
        etree.fromstring(answered.content)


def test_a_line_typed_at_the_desk_is_kept_without_what_nobody_sees(editor: Editor):
    page = editor.open("articles/article/add/")
    editor.send(page, headline_en=UNSEEN, byline=UNSEEN, body_en=UNSEEN)

    article = Article.objects.get()
    assert (article.headline_en, article.byline, article.body_en) == (SEEN, SEEN, "A\nBCDEFG")


def test_a_cell_of_a_table_is_kept_without_what_nobody_sees():
    assert Line("name_en").read(UNSEEN) == SEEN
    assert Column("note").read(UNSEEN) == "A\nBCDEFG"


FALSE = [
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://files.example/",
    "https://www.reuters.com@evil.example/",
    "https://a.example/\u2066gpj.exe",
    'https://a.example/"onmouseover=x',
    "https://a.example\\@evil.example/",
]


@pytest.mark.parametrize("address", FALSE)
def test_an_address_that_does_not_show_where_it_leads_is_refused_wherever_it_is_written(
    editor: Editor, address
):
    page = editor.open("articles/outlet/add/")
    editor.send(page, name_en="Rasif", homepage=address)

    assert not Outlet.objects.exists()
    assert not is_web_address(address)
    with pytest.raises(ValueError, match=r"web address|عنوان"):
        Address("homepage").read(address)


def test_addresses_as_newspapers_have_them_are_taken(editor: Editor):
    for number, address in enumerate(
        ("https://صحيفة.example/مقال/1", "http://a.example:8080/x?y=(z)|'w'#t", "https://xn--mgb.example/")
    ):
        editor.send(editor.open("articles/outlet/add/"), name_en=f"Rasif {number}", homepage=address)

        assert Outlet.objects.filter(homepage=address).exists(), address
        assert Address("homepage").read(address) == address
