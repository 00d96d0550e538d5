"""An editor answers what is suggested of an article, in Arabic and by keyboard alone."""

from __future__ import annotations

import psycopg
from playwright.sync_api import expect

from tests.browser.desk.hands import Hands, sign_in

RAW = (
    "أعلنت بلدية المرفأ إغلاق السوق القديم\n\n"
    "شارك المقال:\n\n"
    "قالت الباحثة هدى الصفدي لوكالة رويترز إن السوق القديم أغلق مساء الثلاثاء بعد تصدع جدرانه.\n\n"
    "وأكد مهندسون في البلدية أن التصدع ظهر قبل شهرين من الإغلاق.\n\n"
    "زر الذهاب إلى الأعلى"
)
STATEMENT = "السوق القديم أغلق مساء الثلاثاء بعد تصدع جدرانه"


def stored(site, article):
    with psycopg.connect(site.database_url) as connection:
        mentions = connection.execute(
            "SELECT state FROM articles_mention WHERE article_id = %s", [article]
        ).fetchall()
        answers = connection.execute(
            "SELECT kind, answer FROM articles_suggestiondecision WHERE article_id = %s ORDER BY id",
            [article],
        ).fetchall()
    return mentions, answers


def test_suggestions_are_answered_by_keyboard_in_arabic(site, visit, violations):
    opened = visit(width=1440)
    page = sign_in(opened, site, "publisher")
    hands = Hands(page)
    opened.goto(site("/ar/admin/articles/article/import/"))
    hands.type("#id_text-text", RAW)
    with page.expect_navigation(url="**/change/"):
        hands.press("[name=_text]")
    article = int(page.url.split("/article/")[1].split("/")[0])
    current = page.locator(".suggest-item.is-current")
    waiting = page.locator(".suggest-count")
    expect(waiting).not_to_be_empty()
    assert violations(page) == []

    # Down to the cut, which is kept as it was made.
    page.keyboard.press("Alt+s")
    while current.get_attribute("data-kind") != "cut":
        page.keyboard.press("ArrowDown")
    words = current.get_attribute("data-words")
    page.keyboard.press("a")
    expect(page.locator(".suggest-said")).to_contain_text(words)

    # The agency is confirmed, wrongly; that is taken back, and then confirmed after all.
    page.keyboard.press("j")
    while "outlet" not in (current.get_attribute("data-key") or ""):
        page.keyboard.press("j")
    expect(page.locator(".desk-mirror .is-chosen")).to_have_count(1)
    before = waiting.inner_text()
    page.keyboard.press("Enter")
    expect(waiting).not_to_have_text(before)
    assert stored(site, article)[0] == [("confirmed",)]
    page.keyboard.press("u")
    expect(waiting).to_have_text(before)
    assert stored(site, article)[0] == []

    # A name of whom there is no record is dismissed.
    while current.get_attribute("data-kind") != "unknown":
        page.keyboard.press("j")
    page.keyboard.press("d")
    expect(waiting).not_to_have_text(before)
    assert stored(site, article)[1][-1] == ("unknown", "dismissed")

    # The sentence opens the panel with its chain.
    while current.get_attribute("data-kind") != "attribution":
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    panel = page.locator("#claim-panel")
    expect(panel.locator("[name=statement_ar]")).to_have_value(STATEMENT)
    expect(panel).to_contain_text("رويترز")
    assert violations(page) == []
    assert opened.complaints == []
