"""What the tests of the desk do in a browser: signing in, two hands on a keyboard, and what the database has of it."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, expect

MOST_TABS = 90


def sign_in(opened: Any, site: Any, role: str, language: str = "ar") -> Page:
    """The desk's first page: through the form the first time, later with the session that gave."""
    page = opened.page
    if role in site.sessions:
        opened.context.add_cookies(site.sessions[role])
        opened.goto(site(f"/{language}/admin/"))
        return page
    user, password = site.logins[role]
    opened.goto(site(f"/{language}/admin/login/?next=/{language}/admin/"))
    page.keyboard.type(user)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.wait_for_url(site(f"/{language}/admin/"))
    site.sessions[role] = opened.context.cookies()
    return page


class Hands:
    """Two hands on a keyboard: nothing here touches the mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, selector: str, key: str = "Tab") -> None:
        """Press Tab until the focus is there."""
        for _press in range(MOST_TABS):
            if self.page.evaluate("wanted => !!document.activeElement?.matches(wanted)", selector):
                return
            self.page.keyboard.press(key)
        pytest.fail(f"{selector} was not reached in {MOST_TABS} presses of {key}.")

    def type(self, selector: str, text: str) -> None:
        self.to(selector)
        self.page.keyboard.insert_text(text)

    def choose(self, cell: str, text: str, wanted: str) -> None:
        """Type a part of a name into an autocomplete and take the first that is found."""
        self.to(f"{cell} .select2-selection")
        # Playwright makes no key of an Arabic letter, on which the list would open: it is opened first.
        self.page.keyboard.press("Enter")
        self.page.keyboard.insert_text(text)
        found = self.page.locator(".select2-results__option--highlighted")
        expect(found).to_contain_text(wanted)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(f"{cell} .select2-selection__rendered")).to_contain_text(wanted)

    def press(self, selector: str) -> None:
        self.to(selector)
        self.page.keyboard.press("Enter")

    def save(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Control+Enter")


class Counted:
    """A keyboard that counts: presses of keys and chords, and letters typed."""

    def __init__(self, page: Page) -> None:
        self.keyboard, self.presses, self.letters = page.keyboard, 0, 0

    def press(self, *chords: str) -> None:
        for chord in chords:
            self.keyboard.press(chord)
            self.presses += 1

    def type(self, text: str) -> None:
        self.keyboard.insert_text(text)
        self.letters += len(text)


def select(page: Page, language: str, quote: str) -> None:
    page.locator(f"#id_body_{language}").evaluate(
        """(text, quote) => { const start = text.value.indexOf(quote); text.focus();
           text.setSelectionRange(start, start + quote.length); }""",
        quote,
    )


def chains(site: Any, quotes: tuple[str, ...]) -> list[tuple]:
    """Each quote as it is stored, with the steps of its chain."""
    with psycopg.connect(site.database_url) as connection:
        return connection.execute(
            """SELECT a.quote_exact, a.quote_state, s.step, o.name_en, coalesce(s.description_ar, s.description_en)
               FROM articles_source s JOIN articles_appearance a ON a.id = s.appearance_id
               LEFT JOIN articles_outlet o ON o.id = s.outlet_id
               WHERE a.quote_exact = ANY(%s) ORDER BY a.id, s.step, s.id""",
            [list(quotes)],
        ).fetchall()
