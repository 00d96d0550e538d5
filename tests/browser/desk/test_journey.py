"""The forms of the desk in a real browser, by keyboard; every kind of its pages against axe-core, in both languages."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from playwright.sync_api import expect

from tests.browser.desk.hands import Hands, sign_in


def test_a_step_over_unsaved_words_waits(site, visit):
    opened = visit(width=1440)
    page = sign_in(opened, site, "publisher", "en")
    opened.goto(site("/en/admin/articles/article/?status__exact=draft"))
    page.locator("#result_list tbody th a").first.click()
    page.locator("#id_headline_en").press_sequentially("x")

    page.locator(".desk-step").first.click()

    expect(page.locator(".desk-unsaved")).to_be_visible()
    assert "/change/" in page.url


def test_a_line_taken_out_of_a_chain_is_not_saved(site, visit):
    opened = visit(width=1440)
    page = sign_in(opened, site, "publisher", "en")
    opened.goto(site("/en/admin/articles/claim/add/"))
    hands = Hands(page)
    hands.type("#id_statement_en", "A line was taken out of the chain.")
    hands.choose("#appearances-0 .field-article", "the", "")
    hands.type("#id_appearances-0-sources-0-description_en", "a porter")
    hands.press(".desk-add-source[data-step=next]")
    hands.type("#id_appearances-0-sources-1-description_en", "a passer-by")
    page.locator("#appearances-0-sources-1 .desk-remove-source").press("Enter")
    hands.to(".desk-add-source")
    hands.save()

    with psycopg.connect(site.database_url) as connection:
        rows = connection.execute(
            """SELECT s.description_en FROM articles_source s JOIN articles_appearance a ON a.id = s.appearance_id
               JOIN articles_claim c ON c.id = a.claim_id WHERE c.statement_en = 'A line was taken out of the chain.'"""
        ).fetchall()
    assert rows == [("a porter",)]


def test_a_second_telling_has_a_chain_of_its_own(site, visit):
    opened = visit(width=1440)
    page = sign_in(opened, site, "publisher", "en")
    opened.goto(site("/en/admin/articles/claim/add/"))
    hands = Hands(page)
    hands.type("#id_statement_en", "It was told twice.")
    for telling, teller in enumerate(("a porter", "a passer-by")):
        if telling:
            hands.press("#appearances-group .add-row a")
        page.locator(f"#appearances-{telling} .field-article .select2-selection").focus()
        hands.choose(f"#appearances-{telling} .field-article", "the", "")
        hands.type(f"#id_appearances-{telling}-sources-0-description_en", teller)
        page.locator(f"#appearances-{telling}-sources .desk-add-source[data-step=next]").press("Enter")
        hands.type(f"#id_appearances-{telling}-sources-1-description_en", f"whom {teller} cites")
    hands.save()

    with psycopg.connect(site.database_url) as connection:
        rows = connection.execute(
            """SELECT a.id, s.step, s.description_en FROM articles_source s
               JOIN articles_appearance a ON a.id = s.appearance_id JOIN articles_claim c ON c.id = a.claim_id
               WHERE c.statement_en = 'It was told twice.' ORDER BY a.id, s.step"""
        ).fetchall()
    first, second = sorted({row[0] for row in rows})
    assert rows == [
        (first, 1, "a porter"),
        (first, 2, "whom a porter cites"),
        (second, 1, "a passer-by"),
        (second, 2, "whom a passer-by cites"),
    ]


PAGES = {
    "index": "",
    "articles": "articles/article/",
    "claims": "articles/claim/",
    "tellings": "articles/appearance/",
    "outlets": "articles/outlet/",
    "assessments": "articles/assessment/",
    "article": "articles/article/add/",
    "claim": "articles/claim/add/",
    "person": "people/person/add/",
    "first article": ("articles/article/", "#result_list tbody th a"),
    "first claim": ("articles/claim/?status__exact=published", "#result_list tbody th a"),
    "first history": ("articles/claim/?status__exact=published", "#result_list tbody th a", "a.historylink"),
    "compare": (
        "articles/claim/?status__exact=published",
        "#result_list tbody th a",
        "a.historylink",
        "a[href*='/history/compare/']",
    ),
    "publish": (
        "articles/article/?status__exact=draft",
        "#result_list tbody th a",
        "a[href$='/step/publish/']",
    ),
    "preview": ("articles/article/?status__exact=draft", "#result_list tbody th a", "a[href$='/preview/']"),
    "relations": ("articles/claim/?q=Kadhimi", "#result_list tbody th a", "a[href$='/relations/']"),
    "import": "articles/article/import/",
    "table": "articles/claim/import-table/",
    "merge": "articles/merge/two/?kind=outlet&kept=1&merged=2",
    "merges": "articles/merge/",
    "nothing found": "articles/outlet/?q=qqqqqq",
    "withdraw": ("articles/article/?status__exact=published", "#result_list tbody th a", "a.desk-step.grave"),
    "assess": (
        "articles/claim/?status__exact=published",
        "#result_list tbody th a",
        "a.desk-step:not(.grave)",
    ),
    "delete": ("articles/outlet/", "#result_list tbody th a", "a.deletelink"),
}


WIDE, PHONE_AT_NIGHT = (1440, "light"), (360, "dark")
# The admin's links fade from one colour to the other, and would be measured on their way.
AT_REST = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => {
    for (const one of document.getAnimations()) if (one.effect.getComputedTiming().endTime < Infinity) one.finish();
})"""


class Looking:
    """One look at each page on every screen; a page is loaded on the first of them, and turned to the others as it is."""

    def __init__(self, opened: Any, violations: Any, screens: list[tuple[int, str]]) -> None:
        self.page, self.violations, self.screens = opened.page, violations, screens
        self.broken: dict[str, list[str]] = {}

    def look(self, name: str) -> None:
        for width, scheme in [*self.screens[1:], self.screens[0]]:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            self.page.evaluate(AT_REST)
            found = self.violations(self.page)
            if self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            ):
                found.append("wider than the screen")
            if found:
                self.broken[f"{name} at {width}"] = found


def look_at_what_opens_on_an_article(opened: Any, site: Any, looking: Looking, language: str) -> None:
    """The suggestions, the claim panel, the list of keys, and a save that comes too late."""
    page = opened.page
    opened.goto(site(f"/{language}/admin/articles/article/?status__exact=published"))
    opened.goto(site(page.locator("#result_list tbody th a").first.get_attribute("href") or ""))
    expect(page.locator(".suggest-count")).not_to_be_empty()
    page.keyboard.press("Alt+s")
    looking.look("suggestions")
    page.evaluate(
        """() => { const text = [...document.querySelectorAll("textarea[id^=id_body_]")].find((one) => one.value);
           text.focus(); text.setSelectionRange(0, text.value.search(/ |$/)); }"""
    )
    page.keyboard.press("Alt+c")
    expect(page.locator("#claim-panel .panel-buttons")).to_be_visible()
    looking.look("panel")
    page.locator(".panel-discard").press("Enter")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    expect(page.locator("#desk-keys")).to_be_visible()
    looking.look("keys")
    page.keyboard.press("Escape")
    expect(page.locator("#desk-keys")).to_be_hidden()

    with psycopg.connect(site.database_url) as connection:
        connection.execute(
            "UPDATE articles_article SET byline = byline || ' x', version = version + 1 WHERE id = %s",
            [page.url.split("/article/")[1].split("/")[0]],
        )
    page.locator("#id_byline").fill("y")
    with page.expect_navigation():
        page.locator("#id_byline").press("Control+Enter")
    expect(page.locator(".desk-conflict")).to_be_visible()
    looking.look("conflict")


@pytest.mark.parametrize(
    ("language", "screens"), [("ar", [WIDE, PHONE_AT_NIGHT]), ("en", [PHONE_AT_NIGHT, WIDE])]
)
def test_every_kind_of_page_at_the_desk_is_sound(site, visit, violations, language, screens):
    width, scheme = screens[0]
    opened = visit(width=width, scheme=scheme)
    looking = Looking(opened, violations, screens)
    opened.goto(site(f"/{language}/admin/login/"))
    looking.look("login")
    page = sign_in(opened, site, "publisher", language)
    for name, way in PAGES.items():
        start, *clicks = [way] if isinstance(way, str) else way
        opened.goto(site(f"/{language}/admin/{start}"))
        for selector in clicks:
            opened.goto(site(page.locator(selector).first.get_attribute("href") or ""))
        looking.look(name)
    look_at_what_opens_on_an_article(opened, site, looking, language)

    assert looking.broken == {}
    # The browser itself notes that a late save is answered by 409.
    assert [said for said in opened.complaints if "409" not in said] == []
    assert opened.elsewhere(site) == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_open_list_of_choices_is_named_and_legible(site, visit, violations, language):
    opened = visit(width=1440, scheme="dark")
    page = sign_in(opened, site, "publisher", language)
    opened.goto(site(f"/{language}/admin/articles/claim/add/"))
    page.locator("#appearances-0-sources-0 .field-outlet .select2-selection").press("r")
    expect(page.locator(".select2-results__option--highlighted")).to_be_visible()

    # select2 puts its list at the end of the page, outside the landmarks: no success criterion forbids that.
    assert [broken for broken in violations(page) if not broken.startswith("region:")] == []


def test_the_whole_form_works_without_javascript(site, visit):
    opened = visit(width=1440, javascript=False)
    user, password = site.logins["publisher"]
    page = opened.page
    page.goto(site("/en/admin/login/"))
    page.fill("#id_username", user)
    page.fill("#id_password", password)
    page.click("input[type=submit]")
    page.goto(site("/en/admin/articles/claim/add/?plain=1"))
    page.fill("#id_statement_en", "It works without a script.")
    page.select_option("#id_appearances-0-article", index=1)
    page.select_option("#id_appearances-0-sources-0-outlet", index=1)
    page.fill("#id_appearances-0-sources-1-step", "2")
    page.fill("#id_appearances-0-sources-1-description_en", "a porter")
    page.locator("[name=_save]").first.click()

    expect(page.locator(".messagelist .success")).to_contain_text("It works without a script.")
