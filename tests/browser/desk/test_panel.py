"""The claim panel in a real browser: claims linked to their sources beside the text, by keyboard alone, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk.hands import Counted, chains, select, sign_in

TEXTS = {
    "ar": "أُغلق جسر المشاة صباح الاثنين بعد ظهور شقوق فيه.\n\nظهرت الشقوق قبل أسبوعين في أحد أعمدته بحسب السكان.",
    "en": "The footbridge was closed on Monday after cracks appeared.\n\nThe cracks appeared two weeks earlier, residents say.",
}
QUOTES = {
    "ar": ("أُغلق جسر المشاة صباح الاثنين", "ظهرت الشقوق قبل أسبوعين"),
    "en": ("The footbridge was closed on Monday", "The cracks appeared two weeks earlier"),
}
UNNAMED = {"ar": "مهندسين في البلدية", "en": "engineers of the municipality"}
AGENCY = {"ar": "رويترز", "en": "Reuters"}
MOST_PRESSES = {"first": 7, "next": 2}


def an_article_with_text(opened: Any, site: Any, language: str) -> None:
    page = opened.page
    opened.goto(site(f"/{language}/admin/articles/article/add/"))
    page.fill(f"#id_headline_{language}", "جسر" if language == "ar" else "A footbridge")
    page.fill(f"#id_body_{language}", TEXTS[language])
    with page.expect_navigation():
        page.locator("[name=_continue]").first.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_two_claims_are_linked_with_their_chains_by_keyboard_alone(site, visit, violations, language):
    opened = visit(width=1440)
    page = sign_in(opened, site, "publisher", language)
    an_article_with_text(opened, site, language)
    first, second = QUOTES[language]
    status, keys = page.locator(".panel-status"), Counted(page)

    select(page, language, first)
    keys.press("Alt+c")
    box = page.locator("#appearances-0-sources-0 .field-outlet .select2-selection")
    expect(box).to_be_focused()
    keys.press("Enter")
    keys.type(AGENCY[language])
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Reuters")
    keys.press("Enter", "Alt+n", "Alt+u")
    keys.type(UNNAMED[language])
    sentence = page.locator(f".desk-sentence p[lang={language}]")
    expect(sentence).to_contain_text(UNNAMED[language])
    expect(sentence).to_contain_text(AGENCY[language])
    assert violations(page) == []
    keys.press("Control+Shift+Enter")
    expect(status).to_contain_text(first)
    assert keys.presses <= MOST_PRESSES["first"]
    text = page.locator(f"#id_body_{language}")
    expect(text).to_be_focused()

    keys = Counted(page)
    select(page, language, second)
    keys.press("Alt+c")
    # The chain was kept: its first source is named, and the focus is on it.
    expect(page.locator("#appearances-0-sources-0 .field-outlet")).to_contain_text(AGENCY[language])
    expect(box).to_be_focused()
    keys.press("Control+Enter")
    expect(page.locator(".panel-sitting .told")).to_have_count(2)
    expect(status).to_contain_text(second)
    assert keys.presses <= MOST_PRESSES["next"]
    expect(page.locator("#claims .told")).to_have_count(2)
    expect(page.locator(".desk-mirror .mark-quote")).to_have_text([first, second])

    described = UNNAMED[language]
    assert chains(site, QUOTES[language]) == [
        (quote, "anchored", step, outlet, words)
        for quote in (first, second)
        for step, outlet, words in ((1, "Reuters", None), (2, None, described))
    ]
    assert violations(page) == []
    assert opened.complaints == []


def test_the_panel_keeps_its_words_where_saving_is_refused_and_leads_back_to_the_text(site, visit):
    opened = visit(width=360, height=740)
    page = sign_in(opened, site, "publisher", "en")
    an_article_with_text(opened, site, "en")
    text = page.locator("#id_body_en")
    text.evaluate("text => { text.focus(); text.setSelectionRange(0, 0); }")
    page.keyboard.insert_text("Newly typed. ")
    select(page, "en", "Newly typed")

    page.keyboard.press("Alt+c")
    expect(page.locator(".panel-alert")).to_contain_text("save the article first")
    page.keyboard.press("Alt+u")
    page.keyboard.insert_text("a porter")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".panel-alert")).to_contain_text("Nothing was saved")
    expect(page.locator("#id_appearances-0-quote_exact")).to_have_value("Newly typed")
    expect(page.locator("#id_appearances-0-sources-0-description_en")).to_have_value("a porter")
    page.locator("#id_appearances-0-sources-0-description_en").press("Escape")
    expect(text).to_be_focused()
    assert text.evaluate("text => text.value.slice(text.selectionStart, text.selectionEnd)") == "Newly typed"

    # Saved, the article brings the panel back with what was in it.
    with page.expect_navigation():
        page.locator("[name=_continue]").first.press("Enter")
    expect(page.locator("#id_appearances-0-sources-0-description_en")).to_have_value("a porter")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".panel-sitting .told")).to_have_count(1)
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_an_outlet_that_is_not_known_is_added_without_leaving_the_text(site, visit):
    opened = visit(width=1440)
    page = sign_in(opened, site, "publisher", "en")
    an_article_with_text(opened, site, "en")
    select(page, "en", "closed on Monday")
    page.keyboard.press("Alt+c")
    expect(page.locator("#appearances-0-sources-0 .field-outlet .select2-selection")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.insert_text("The Banks Herald")
    expect(page.locator(".select2-results__message")).to_be_visible()

    with page.expect_popup() as popup:
        page.keyboard.press("Alt+a")
    popup.value.wait_for_load_state()
    expect(popup.value.locator("#id_name_en")).to_have_value("The Banks Herald")
    with popup.value.expect_event("close"):
        popup.value.locator("#id_name_en").press("Control+Enter")

    expect(
        page.locator("#appearances-0-sources-0 .field-outlet .select2-selection__rendered")
    ).to_contain_text("The Banks Herald")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".panel-sitting .told")).to_have_count(1)
    assert opened.complaints == []
