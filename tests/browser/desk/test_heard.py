"""The claim panel as a screen reader meets it: each control has a name in the page's language, each key leaves the focus on
one of them, and what a key did is said. What was typed outlives the network and the session."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.hands import select, sign_in
from tests.browser.desk.test_panel import an_article_with_text

CONTROLS = {
    "button",
    "checkbox",
    "combobox",
    "DisclosureTriangle",
    "link",
    "listbox",
    "option",
    "radio",
    "searchbox",
    "spinbutton",
    "textbox",
}
LETTERS = {"ar": re.compile(r"[\u0600-\u06ff]"), "en": re.compile(r"[A-Za-z]")}
QUOTE = {"ar": "أُغلق جسر المشاة", "en": "The footbridge was closed"}
SOURCES = {"ar": ("حارس", "مهندس"), "en": ("a porter", "an engineer")}


def nodes(page: Page) -> list[dict]:
    """What Chromium hands to a screen reader, without what it hides from it."""
    session = page.context.new_cdp_session(page)
    found = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [node for node in found if not node.get("ignored")]


def value(node: dict, name: str) -> str:
    return node.get(name, {}).get("value", "")


def unnamed(page: Page, language: str) -> list[str]:
    """The controls whose name is missing, or holds no letter of the page's language; chosen records keep their own."""
    foreign = page.evaluate(
        "() => [...document.querySelectorAll('.desk-language')].map(one => one.textContent)"
    )
    return [
        f"{value(node, 'role')}: {value(node, 'name')!r}"
        for node in nodes(page)
        if value(node, "role") in CONTROLS
        and not LETTERS[language].search(value(node, "name"))
        and value(node, "name") not in foreign
    ]


def focused(page: Page) -> tuple[str, str]:
    """Role and name of what has the focus."""
    for node in nodes(page):
        facts = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        if facts.get("focused") and value(node, "role") != "RootWebArea":
            return value(node, "role"), value(node, "name")
    pytest.fail("The focus is on nothing that a screen reader would name.")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_key_of_the_panel_leaves_the_focus_on_a_named_control_and_says_what_it_did(
    site, visit, language
):
    opened = visit(width=1440)
    page = sign_in(opened, site, "publisher", language)
    an_article_with_text(opened, site, language)
    said, first, second = page.locator(".desk-chain-said"), *SOURCES[language]

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)
            role, name = focused(page)
            assert role in CONTROLS, (key, role)
            assert LETTERS[language].search(name), (key, role, name)

    select(page, language, QUOTE[language])
    page.keyboard.press("Alt+c")
    expect(page.locator("#appearances-0-sources-0 .field-outlet .select2-selection")).to_be_focused()
    press("Alt+u")
    page.keyboard.insert_text(first)
    press("Alt+n", "Alt+u")
    page.keyboard.insert_text(second)
    assert unnamed(page, language) == []

    # The second source goes beside the first, then before it; and there is nothing before that.
    press("Alt+ArrowUp")
    expect(said).to_contain_text(first)
    press("Alt+ArrowUp", "Alt+ArrowUp")
    sentence = page.locator(f".desk-sentence p[lang={language}]")
    expect(sentence).to_have_text(re.compile(f"{second}.*{first}"))
    press("Alt+PageDown")
    expect(sentence).to_have_text(re.compile(f"{first}.*{second}"))
    sources = page.locator("#claim-panel .desk-source:visible")
    press("Alt+x")
    expect(sources).to_have_count(1)
    press("Alt+z")
    expect(sources).to_have_count(2)
    expect(sentence).to_have_text(re.compile(f"{first}.*{second}"))
    press("Alt+x")
    expect(sources).to_have_count(1)

    # A refused save goes to its field, a save back to the text.
    page.locator(f"#claim-panel [name=statement_{language}]").fill("")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#claim-panel .panel-statements .errorlist")).to_be_visible()
    expect(page.locator("#claim-panel .panel-statements textarea").first).to_be_focused()
    expect(page.locator(".panel-alert")).not_to_be_empty()
    page.keyboard.insert_text(QUOTE[language])
    page.keyboard.press("Control+Enter")
    expect(page.locator(".panel-status")).to_contain_text(QUOTE[language])
    expect(page.locator(f"#id_body_{language}")).to_be_focused()


def test_what_is_in_the_panel_outlives_the_network_and_the_session(site, visit):
    opened = visit(width=1440)
    page = sign_in(opened, site, "publisher", "en")
    an_article_with_text(opened, site, "en")
    alert = page.locator(".panel-alert")
    select(page, "en", QUOTE["en"])
    page.keyboard.press("Alt+c")
    expect(page.locator("#appearances-0-sources-0 .field-outlet .select2-selection")).to_be_focused()
    page.keyboard.press("Alt+u")
    page.keyboard.insert_text("a porter")

    opened.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(alert).to_contain_text("still here")
    opened.context.set_offline(False)

    opened.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    expect(alert).to_contain_text("no longer signed in")
    tab = opened.context.new_page()
    tab.goto(site("/en/admin/login/?next=/en/admin/"))
    user, password = site.logins["publisher"]
    tab.fill("#id_username", user)
    tab.fill("#id_password", password)
    tab.locator("#id_password").press("Enter")
    tab.wait_for_url(site("/en/admin/"))
    tab.close()

    expect(page.locator("#id_appearances-0-sources-0-description_en")).to_have_value("a porter")
    page.locator("#id_appearances-0-sources-0-description_en").press("Control+Enter")
    expect(page.locator(".panel-sitting .told")).to_have_count(1)
