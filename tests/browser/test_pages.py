"""Every kind of page in a real browser: no complaint, nothing from elsewhere, readable by everyone at any width."""

from __future__ import annotations

import re
import urllib.request
from itertools import pairwise

import pytest

LANGUAGES = ("ar", "en")
# Kind of page, and how to find one: a list and what the link's address looks like, or an address.
KINDS = {
    "front": "/{language}/",
    "results": "/{language}/?q=kadhimi",
    "arabic results": "/{language}/?q=%D8%A7%D9%84%D8%B7%D8%A7%D8%A6%D8%B1%D8%A7%D8%AA",
    "narrowed results": "/{language}/?q=kadhimi&type=claim&year=2021&month=2021-11&verdict=unverified&verdict=disputed",
    "no results": "/{language}/?q=xqzxqz&type=claim&lang=en",
    "claims": "/{language}/claims/",
    "narrowed claims": "/{language}/claims/?verdict=disputed&since=2021-01-01",
    "articles": "/{language}/articles/",
    "people": "/{language}/people/",
    "organisations": "/{language}/organisations/",
    "outlets": "/{language}/outlets/",
    "corrections": "/{language}/corrections/",
    "about": "/{language}/about/",
    "claim": ("/en/?q=drones+made+in+Iran&type=claim", "claims"),
    "disputed claim": ("/en/claims/?verdict=disputed", "claims"),
    "article": ("/en/?q=%22Who+flew+the+drones%22&type=article", "articles"),
    "person": ("/en/people/?name=Kadhimi", "people"),
    "organisation": ("/en/organisations/", "organisations"),
    "outlet": ("/en/outlets/?name=Reuters", "outlets"),
    "400": "/{language}/?page=0",
    "404": "/{language}/nowhere/",
}
ERRORS = {"400": 400, "404": 404}
HEAVIEST = 150_000


def address(site, kind: str, language: str) -> str:
    """The path of a page of that kind; for records the first that a list links to."""
    where = KINDS[kind]
    if isinstance(where, str):
        return where.format(language=language)
    listed, prefix = where
    with urllib.request.urlopen(site(listed)) as answer:  # noqa: S310 - our own address
        body = answer.read().decode()
    links = re.findall(rf'<h[123][^>]*><a href="/en/({prefix}/[0-9a-z]{{10}}/)', body)
    assert links, f"{listed} lists no {kind}"
    return f"/{language}/{links[0]}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_sound_for_every_eye_and_width(site, visit, violations, kind, language):
    opened = visit(width=1440, scheme="light")
    answer = opened.goto(site(address(site, kind, language)))

    assert answer.status == ERRORS.get(kind, 200)
    found = {}
    for width, scheme in ((1440, "light"), (360, "dark"), (360, "light")):
        opened.page.set_viewport_size({"width": width, "height": 900})
        opened.page.emulate_media(color_scheme=scheme)
        assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"overflows at {width}"
        )
        if (width, scheme) != (360, "light"):
            found[width, scheme] = violations(opened.page)
    opened.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
        "overflows in large type"
    )
    assert not any(found.values()), found
    # The browser notes the status of an error page itself.
    assert [said for said in opened.complaints if "status of" not in said] == []
    assert opened.elsewhere(site) == []
    assert opened.context.cookies() == []


@pytest.mark.parametrize("kind", ["front", "claim", "article", "results"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_with_all_it_loads_stays_light(site, visit, kind, language):
    opened = visit()
    sizes: list[float] = []
    session = opened.context.new_cdp_session(opened.page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    opened.goto(site(address(site, kind, language)))

    assert 10_000 < sum(sizes) <= HEAVIEST


def test_an_arabic_page_without_a_latin_word_fetches_no_latin_letters(site, visit):
    opened = visit()
    opened.goto(site("/ar/about/"))
    fonts = {url.rpartition("/")[2].partition(".")[0] for url in opened.requests if url.endswith(".woff2")}

    assert fonts == {"naskh-arabic", "naskh-punctuation", "label-arabic", "label-punctuation"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finger_finds_every_link_and_an_eye_every_word_on_a_phone(site, visit, language):
    opened = visit(width=360, height=740, has_touch=True, is_mobile=True)
    for kind in ("front", "narrowed results", "claim", "article", "person", "narrowed claims"):
        opened.goto(site(address(site, kind, language)))
        small = opened.page.evaluate(
            """() => {
                const shown = (element) => element.checkVisibility({contentVisibilityAuto: true}) && !element.closest(".visually-hidden, .skip");
                const low = [...document.querySelectorAll("a[href], button, input:not([type=hidden], [type=checkbox], [type=radio]), select, summary, .facet label")]
                    .filter((element) => shown(element) && element.getBoundingClientRect().height < 43);
                const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                const tiny = new Set();
                while (words.nextNode()) {
                    const element = words.currentNode.parentElement;
                    /* Five words on one line of a phone, and the numbers of notes. */
                    if (!words.currentNode.textContent.trim() || element.closest(".bar nav, sup, script, svg") || !shown(element)) continue;
                    if (parseFloat(getComputedStyle(element).fontSize) < 16) tiny.add(element);
                }
                return [...low, ...tiny].map((element) => element.outerHTML.slice(0, 120));
            }"""
        )
        assert small == [], kind


@pytest.mark.parametrize("javascript", [True, False])
def test_what_narrows_a_search_is_folded_on_a_phone_and_open_on_a_wide_screen_from_the_first(
    site, visit, javascript
):
    for width, is_open in ((360, False), (1280, True)):
        opened = visit(width=width, javascript=javascript)
        opened.goto(site("/ar/?q=kadhimi")) if javascript else opened.page.goto(site("/ar/?q=kadhimi"))

        assert opened.page.locator(".facets input[type=checkbox]").first.is_visible() is is_open
        assert opened.page.locator(".facets .panel > summary").is_visible() is not is_open


def test_on_a_phone_several_values_are_ticked_before_the_list_is_narrowed(site, visit):
    page = visit(width=360, height=740, has_touch=True, is_mobile=True).page
    page.goto(site("/en/?q=kadhimi"))
    page.tap(".facets .panel > summary")
    page.check("input[name=verdict][value=disputed]")
    page.check("input[name=verdict][value=unverified]")
    assert page.url == site("/en/?q=kadhimi")

    page.tap(".facets button[type=submit]")
    page.wait_for_url("**verdict=unverified&verdict=disputed*")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["front", "claim", "article", "results", "claims"])
def test_whoever_uses_the_keyboard_sees_where_they_are(site, visit, kind, language):
    opened = visit()
    opened.goto(site(address(site, kind, language)))
    seen = set()
    for _press in range(30):
        opened.page.keyboard.press("Tab")
        spot = opened.page.evaluate(
            """() => {
                const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
                const around = getComputedStyle(element.closest("form.search") || element);
                const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                return {tag: element.tagName, text: element.textContent.trim().slice(0, 30), outlined: outlined || around.boxShadow !== "none",
                        inView: box.bottom > 0 && box.top < innerHeight};
            }"""
        )
        if spot["tag"] == "BODY":
            break
        assert spot["outlined"], spot
        assert spot["inView"], spot
        seen.add((spot["tag"], spot["text"]))
    assert len(seen) > 5


def test_the_first_key_leads_past_the_navigation(site, visit):
    opened = visit()
    opened.goto(site("/en/claims/"))
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")

    assert opened.page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_stands_beside_its_words_on_a_wide_screen(site, visit, language):
    opened = visit(width=1440)
    opened.goto(site(address(site, "article", language)))
    tops = opened.page.evaluate(
        """() => [...document.querySelectorAll(".margin li")].map((note) => {
            const words = document.getElementById(note.dataset.words || "");
            return {words: words && words.getBoundingClientRect().top, top: note.getBoundingClientRect().top, bottom: note.getBoundingClientRect().bottom};
        })"""
    )

    assert tops
    for before, after in pairwise(tops):
        assert after["top"] >= before["bottom"] - 1
    first = tops[0]
    assert first["words"] is not None
    assert abs(first["top"] - first["words"]) < 40


@pytest.mark.parametrize(("language", "typed"), [("en", "kadh"), ("ar", "الكاظ")])
def test_the_search_field_offers_what_may_be_meant(site, visit, violations, language, typed):
    opened = visit()
    page = opened.page
    opened.goto(site(f"/{language}/"))
    field = page.get_by_role("combobox")
    field.press_sequentially(typed)
    options = page.get_by_role("option")
    options.first.wait_for()

    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator("form.search [role=status]").inner_text()
    assert {"lang", "dir"} <= set(options.first.locator("span").evaluate("span => span.getAttributeNames()"))
    assert violations(page) == []
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    # Upwards from the first is the field itself.
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None

    field.press("Escape")
    page.get_by_role("listbox").wait_for(state="hidden")
    assert field.input_value() == typed
    field.press("ArrowDown")
    options.first.wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(f"**/{language}/people/**")
    assert opened.complaints == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reader_finds_a_claim_in_arabic_and_reads_it_in_english(site, visit, javascript):
    opened = visit(javascript=javascript, locale="ar-IQ")
    page = opened.page
    page.goto(site("/"))
    assert page.url == site("/ar/")

    page.fill("input[type=search]", "الطائرات المسيرة")
    page.press("input[type=search]", "Enter")
    page.wait_for_url("**/ar/?q=*")
    page.check("input[name=type][value=claim]")
    if not javascript:
        page.click(".facets button[type=submit]")
    page.wait_for_url("**type=claim*")
    page.click("article.claim h2 a >> nth=0")
    page.wait_for_url("**/ar/claims/**")
    assert page.get_attribute("html", "dir") == "rtl"
    assert page.locator(".tree .node").count() > 1

    page.click(".language a")
    page.wait_for_url("**/en/claims/**")
    assert page.get_attribute("html", "lang") == "en"
    assert opened.context.cookies() == []
    assert opened.complaints == []
