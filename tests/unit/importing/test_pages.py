"""A saved page gives its text, and only the facts it states about itself."""

from articles.importing.pages import DECLARED_CHARSET, read_page
from articles.importing.readers import Notice, read
from articles.importing.rows import Row

FIRST = "قالت البلدية إن الجسر الجديد سيفتح يوم الخميس أمام الشاحنات، بعد عامين من العمل المتواصل فيه ليلاً ونهاراً."
SECOND = (
    "وأضافت أن العبّارة ستبقى تعمل حتى نهاية الشتاء، وأن أجرتها لن تتغير على الركاب ولا على السائقين من القرى."
)
ARTICLE = f"""
<article><h1>الجسر الجديد يفتح أبوابه</h1><p>{FIRST}</p>
<h2>ماذا عن العبّارة؟</h2><blockquote><p>العبّارة باقية، وأجرتها لن تتغير.</p></blockquote>
<p>{SECOND}<br>وهذا سطر ثانٍ.<script>alert("x")</script></p><p onclick="alert(1)">وختم المدير بشكر <b>العمال</b> كلهم.</p>
<p>اقرأ أيضاً: <a href="/x">حين غرقت العبّارة</a></p></article>"""


def page(head: str = "", *, body: str = ARTICLE) -> str:
    return f'<!DOCTYPE html><html lang="ar"><head><title>صحيفة</title>{head}</head><body><nav><a href="/">الرئيسية</a></nav>{body}<footer>جميع الحقوق محفوظة</footer></body></html>'


def test_paragraphs_quotations_and_line_breaks_become_plain_lines():
    text = read_page(page()).text.split("\n\n")

    assert text[1:4] == [FIRST, "ماذا عن العبّارة؟", "> العبّارة باقية، وأجرتها لن تتغير."]
    assert "وهذا سطر ثانٍ." in text
    assert "وختم المدير بشكر العمال كلهم." in text


def test_no_script_and_no_tag_reaches_the_text():
    text = read_page(page()).text

    assert "alert" not in text
    assert "<" not in text


def test_facts_are_taken_from_what_the_page_states():
    stated = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"],
    "headline": "الجسر يفتح", "datePublished": "2021-11-07T10:00:00+03:00", "author": [{"name": "سامي"}, {"name": "هدى"}]}]}</script>
    <link rel="canonical" href="https://alnahr.example/bridge"><meta property="og:site_name" content="النهر">"""
    found = read_page(page(stated))

    assert found.headline == "الجسر يفتح"
    assert found.published_at == "2021-11-07T10:00:00+03:00"
    assert found.byline == "سامي، هدى"
    assert (found.url, found.site, found.language) == ("https://alnahr.example/bridge", "النهر", "ar")


def test_meta_elements_and_the_only_first_heading_count_as_statements():
    stated = (
        '<meta property="article:published_time" content="2021-11-07"><meta name="author" content="سامي">'
    )
    found = read_page(page(stated))

    assert (found.headline, found.published_at, found.byline) == (
        "الجسر الجديد يفتح أبوابه",
        "2021-11-07",
        "سامي",
    )


def test_a_date_that_merely_stands_on_the_page_is_not_the_date_of_publication():
    body = ARTICLE.replace("<h1>", "<p>12 مايو 2022</p><h1>") + "<p>© 2019</p>"

    assert (
        read_page(page('<meta property="og:updated_time" content="2022-01-01">', body=body)).published_at
        == ""
    )


def test_broken_statements_are_passed_over():
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", </script><meta name="author" content="https://x.example/u">'
    found = read_page(page(broken))

    assert (found.byline, found.published_at) == ("", "")


def test_a_page_without_an_article_and_no_page_at_all_have_no_text():
    for html in ("", "<html></html>", "   ", "<p></p>", "<?xml version='1.0' encoding='utf-8'?>", "\ufeff"):
        assert read_page(html).text == ""


def test_the_declared_charset_is_found():
    for declaration in (
        b'<meta charset="windows-1256">',
        b"<META http-equiv=x content='text/html; charset=windows-1256'>",
    ):
        assert DECLARED_CHARSET.search(declaration).group(1) == b"windows-1256"


def test_a_saved_page_becomes_an_article_without_its_chrome(tmp_path):
    path = tmp_path / "bridge.html"
    path.write_bytes(
        page('<meta charset="windows-1256"><meta property="og:site_name" content="النهر">').encode(
            "cp1256", "xmlcharrefreplace"
        )
    )

    items = list(read(path, name="bridge.html"))
    [row] = [item for item in items if isinstance(item, Row)]
    [notice] = [item for item in items if isinstance(item, Notice)]

    assert (row.external_id, row.title, row.language) == ("bridge.html", "الجسر الجديد يفتح أبوابه", "ar")
    assert row.body.startswith(FIRST)
    assert [cut.kind for cut in row.cuts] == ["headline", "related"]
    assert (row.outlet, row.published) == ("", None)
    assert notice.message.code == "site-name"
