"""One article from its raw text to its correction, by two people: imported, its suggestions answered and four claims linked
by keyboard alone, returned, submitted again, approved, published, corrected, and read in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.hands import Counted, Hands, chains, select, sign_in

RAW = {
    "ar": (
        "ثلاث مسيّرات نحو منزل رئيس الحكومة في بغداد\n\nشارك المقال:\n\n"
        "قالت وكالة رويترز إن الطائرات التي أصابت المنزل صُنعت في إيران.\n\n"
        "وأكد مسؤولون أمنيون لوكالة رويترز أن جماعة مسلحة نفذت الهجوم.\n\n"
        "أُسقطت طائرتان قبل بلوغ المنزل. وجُرح عدد من الحراس في تلك الليلة.\n\n"
        "زر الذهاب إلى الأعلى"
    ),
    "en": (
        "Three drones sent to the prime minister's home in Baghdad\n\nShare this article:\n\n"
        "Reuters reported that the drones which struck the house had been made in Iran.\n\n"
        "Security officials told Reuters that an armed group carried out the attack.\n\n"
        "Two aircraft were shot down before they arrived. Several of the guards were hurt that night.\n\n"
        "Back to top"
    ),
}
SELECTED = {
    "ar": ("أُسقطت طائرتان قبل بلوغ المنزل", "جُرح عدد من الحراس"),
    "en": ("Two aircraft were shot down", "Several of the guards were hurt"),
}
AGENCY = {"ar": "رويترز", "en": "Reuters"}
UNNAMED = {"ar": "حراس كانوا هناك", "en": "guards who were there"}
NOTE = {"ar": "من الناشر؟", "en": "Who published it?"}
CORRECTION = {"ar": "صُحّح عدد الطائرات.", "en": "The number of drones was corrected."}
# Keys and chords for four claims with their chains; letters come on top.
MOST_PRESSES = 30


def list_read(page: Page) -> None:
    expect(page.locator(".suggest-count")).not_to_be_empty()


def imported(opened: Any, site: Any, language: str) -> int:
    page = opened.page
    opened.goto(site(f"/{language}/admin/articles/article/import/"))
    hands = Hands(page)
    hands.type("#id_text-text", RAW[language])
    with page.expect_navigation(url="**/change/"):
        hands.press("[name=_text]")
    list_read(page)
    return int(page.url.split("/article/")[1].split("/")[0])


def to_sentence(page: Page, keys: Counted) -> None:
    """Go down to the next sentence on somebody's word; cuts and names on the way are accepted."""
    current, waiting = page.locator(".suggest-item.is-current"), page.locator(".suggest-count")
    keys.press("Alt+s")
    expect(current).to_be_focused()
    while (kind := current.get_attribute("data-kind")) != "attribution":
        key, before = current.get_attribute("data-key"), waiting.inner_text()
        if kind in {"cut", "mention"}:
            keys.press("a")
            expect(waiting).not_to_have_text(before)
            list_read(page)
        else:
            keys.press("j")
        expect(current).not_to_have_attribute("data-key", key or "")
        expect(current).to_be_focused()


def saved(page: Page, number: int) -> None:
    expect(page.locator(".panel-sitting .told")).to_have_count(number)


def linked_from_suggestions(page: Page, keys: Counted, language: str) -> list[str]:
    statements = []
    to_sentence(page, Counted(page))
    for number in (1, 2):
        if number > 1:
            to_sentence(page, keys)
        keys.press("Enter")
        statement = page.locator(f"#claim-panel [name=statement_{language}]")
        expect(statement).not_to_be_empty()
        expect(page.locator(f".desk-sentence p[lang={language}]")).to_contain_text(AGENCY[language])
        statements.append(statement.input_value())
        keys.press("Control+Enter")
        saved(page, number)
    return statements


def linked_from_selections(page: Page, keys: Counted, language: str) -> None:
    box = page.locator("#appearances-0-sources-0 .field-outlet .select2-selection")
    first, second = SELECTED[language]
    select(page, language, first)
    keys.press("Alt+c")
    expect(box).to_be_focused()
    keys.press("Enter")
    keys.type(AGENCY[language])
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Reuters")
    keys.press("Enter", "Alt+n", "Alt+u")
    keys.type(UNNAMED[language])
    expect(page.locator(f".desk-sentence p[lang={language}]")).to_contain_text(UNNAMED[language])
    keys.press("Control+Shift+Enter")
    saved(page, 3)
    select(page, language, second)
    keys.press("Alt+c")
    expect(box).to_be_focused()
    keys.press("Control+Enter")
    saved(page, 4)


def step(opened: Any, address: str, name: str, **given: str) -> None:
    """Take a step of the workflow from the article's page, and answer what it asks."""
    page = opened.page
    opened.goto(address)
    with page.expect_navigation():
        page.locator(f"a[href$='/step/{name}/'], form[action$='/step/{name}/'] button").press("Enter")
    if page.url.endswith(f"/step/{name}/"):
        for field, value in given.items():
            page.locator(f"[name={field}]").fill(value)
        with page.expect_navigation():
            page.locator("input[type=submit].default").press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()


def all_claims(opened: Any, address: str, name: str) -> None:
    """Take a step with all claims of the article, in their list."""
    page = opened.page
    opened.goto(address)
    opened.goto(page.locator("#claims .desk-all a").evaluate("link => link.href"))
    page.locator("#action-toggle").press("Space")
    page.locator("select[name=action]").select_option(f"step_{name}")
    with page.expect_navigation():
        page.locator(".actions button[type=submit]").press("Enter")
    if page.locator(".desk-concerned").count():
        expect(page.locator(".desk-concerned li")).to_have_count(4)
        with page.expect_navigation():
            page.locator("input[type=submit].default").press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_article_goes_from_its_raw_text_to_its_correction_through_two_pairs_of_hands(
    site, visit, violations, language
):
    writing, publishing = visit(width=1440), visit(width=1440)
    page = sign_in(writing, site, "writer", language)
    address = site(f"/{language}/admin/articles/article/{imported(writing, site, language)}/change/")

    keys = Counted(page)
    statements = linked_from_suggestions(page, keys, language)
    linked_from_selections(page, keys, language)
    assert keys.presses <= MOST_PRESSES
    assert [row[1:] for row in chains(site, SELECTED[language])] == [
        ("anchored", number, outlet, words)
        for _quote in SELECTED[language]
        for number, outlet, words in ((1, "Reuters", None), (2, None, UNNAMED[language]))
    ]
    assert violations(page) == []

    step(writing, address, "submit")
    all_claims(writing, address, "submit")
    second = sign_in(publishing, site, "publisher", language)
    step(publishing, address, "return", note=NOTE[language])
    writing.goto(site(f"/{language}/admin/"))
    expect(page.locator(".desk-queue")).to_contain_text(NOTE[language])
    step(writing, address, "submit")
    step(publishing, address, "approve")
    all_claims(publishing, address, "approve")
    step(publishing, address, "publish")
    all_claims(publishing, address, "publish")
    step(publishing, address, "correct", **{f"text_{code}": text for code, text in CORRECTION.items()})

    second.goto(second.locator("a.viewsitelink").evaluate("link => link.href"))
    for code in (language, "en" if language == "ar" else "ar"):
        publishing.goto(second.url.replace(site(f"/{language}/"), site(f"/{code}/")))
        shown = second.locator("main")
        expect(shown).to_contain_text(CORRECTION[code])
        for statement in [*statements, *SELECTED[language]]:
            expect(shown).to_contain_text(statement)
    assert writing.complaints + publishing.complaints == []
