"""Two browsers at one article, a closed tab, and a page pasted from Word: no word goes unseen."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.hands import sign_in

WORD = """<html><head><style>p.MsoNormal {color: red}</style></head><body><!--StartFragment-->
<p class=MsoNormal style='mso-margin-top-alt:auto'><b>قالت</b>&nbsp;الوكالة&shy; إن&#8203;ه <o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<blockquote><p>كتـــاب أول</p></blockquote>
<ul><li>بند</li><li>بند <a href="https://a.example/x">ثانٍ</a></li></ul>
<p class=MsoListParagraph><span style='mso-list:Ignore'>·</span>واحد <a href="javascript:alert(1)">هنا</a></p><script>x</script><!--EndFragment--></body></html>"""
PASTED = "قالت الوكالة إنه\n\n> كتـــاب أول\n\nبند\nبند [ثانٍ](https://a.example/x)\n\nواحد هنا"


@pytest.fixture
def article(site: Any) -> int:
    """A published article of the demo newsroom, with a text in both languages."""
    with psycopg.connect(site.database_url) as connection:
        [(key,)] = connection.execute(
            "SELECT id FROM articles_article WHERE body_ar > '' AND body_en > '' AND status = 'published' ORDER BY id LIMIT 1"
        ).fetchall()
    return key


def paste(page: Page, html: str) -> None:
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "plain");
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )


def drafts(page: Page) -> list[dict[str, Any]]:
    stored = page.evaluate(
        "() => Object.keys(localStorage).filter(key => key.startsWith('isnad-draft:')).map(key => localStorage[key])"
    )
    return [json.loads(draft) for draft in stored]


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator("[name=_continue]").first.click()


def write(mona: Page, before: str) -> None:
    """Paste, take it back, and write a quotation with a link, by keys."""
    body = mona.locator("#id_body_ar")
    # What is pasted keeps its paragraphs, its quotation and its link; one Ctrl+Z takes it back.
    body.focus()
    mona.keyboard.press("Control+End")
    mona.keyboard.type("\n\n")
    paste(mona, WORD)
    expect(body).to_have_value(f"{before}\n\n{PASTED}")
    mona.keyboard.press("Control+z")
    expect(body).to_have_value(f"{before}\n\n")
    mona.keyboard.type("see")
    mona.keyboard.press("Control+Shift+Digit9")
    expect(body).to_have_value(f"{before}\n\n> see")
    body.evaluate("field => field.setSelectionRange(field.value.length - 3, field.value.length)")
    mona.keyboard.press("Control+k")
    mona.keyboard.type("https://b.example/")
    mona.keyboard.press("Enter")
    expect(body).to_have_value(f"{before}\n\n> [see](https://b.example/)")


def test_two_people_at_one_article_lose_no_word(site, visit, violations, article):
    first, second = visit(width=1440), visit(width=1440)
    mona, karim = sign_in(first, site, "editor", "ar"), sign_in(second, site, "publisher", "en")
    first.goto(site(f"/ar/admin/articles/article/{article}/change/"))
    second.goto(site(f"/en/admin/articles/article/{article}/change/"))
    before = mona.locator("#id_body_ar").input_value()
    write(mona, before)

    # The other is told at the next beat, which coming back to the page brings about.
    mona.locator("#id_headline_en").fill("Mona's headline")
    second.goto(site(f"/en/admin/articles/article/{article}/change/"))
    expect(karim.locator(".desk-presence")).to_contain_text("With unsaved changes.")

    # A closed tab: the words are kept, offered, compared, and put back into the form by the server.
    mona.wait_for_function(
        '() => Object.keys(localStorage).some(key => localStorage[key].includes("Mona\'s"))'
    )
    mona.on("dialog", lambda dialog: dialog.accept())
    first.goto(site(f"/ar/admin/articles/article/{article}/change/"))
    expect(mona.locator(".desk-draft ins").first).to_be_visible()
    assert violations(mona) == []
    with mona.expect_navigation():
        mona.locator(".desk-draft [data-do=restore]").click()
    expect(mona.locator("#id_headline_en")).to_have_value("Mona's headline")

    # The other saves first; the late save shows both texts, and a button takes one of them.
    karim.locator("#id_headline_en").fill("Karim's headline")
    karim.locator("#id_standfirst_en").fill("Karim's standfirst")
    save(karim)
    save(mona)
    expect(mona.locator(".desk-conflict")).to_be_visible()
    expect(mona.locator("#id_standfirst_en")).to_have_value("Karim's standfirst")
    expect(mona.locator("#id_headline_en")).to_have_value("Mona's headline")
    row = mona.locator("[data-field=headline_en]")
    row.locator("[data-choice=both]").click()
    expect(mona.locator("#id_headline_en")).to_have_value("Mona's headline / Karim's headline")
    row.locator("[data-choice=theirs]").click()
    expect(row.locator("[data-choice=theirs]")).to_have_attribute("aria-pressed", "true")
    assert violations(mona) == []
    save(mona)
    expect(mona.locator(".messagelist .success")).to_be_visible()

    assert drafts(mona) == []
    expect(mona.locator("#id_headline_en")).to_have_value("Karim's headline")
    expect(mona.locator("#id_body_ar")).to_have_value(f"{before}\n\n> [see](https://b.example/)")
    complaints = [said for said in first.complaints + second.complaints if "409" not in said]
    assert complaints == []
