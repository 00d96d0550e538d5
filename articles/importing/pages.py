"""A saved web page: its text by trafilatura, and of its facts only those the page states about itself."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html
import nh3
import trafilatura
from lxml import etree

from articles.importing.rows import one_line

# A page without an article is told to whoever imports it; trafilatura's own log would repeat it as an error.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# The charset a page declares, within its first bytes.
DECLARED_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_-]{2,40})""")

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset({*_HEADINGS, "p", "li", "pre", "td", "th", "dd", "dt", "div", "body"})
_TAGS = {
    *_HEADINGS,
    "p",
    "li",
    "ul",
    "ol",
    "blockquote",
    "pre",
    "br",
    "table",
    "tr",
    "td",
    "th",
    "dl",
    "dd",
    "dt",
}
_NEWS_TYPES = re.compile(
    r"(?:News|Analysis|Opinion|Reportage|Review|BackgroundNews|AskPublicNews)?Article\b|Report\b|BlogPosting"
)
MOST_JSON_LD_CHARACTERS = 500_000
# The largest pages of newspapers have a tenth of it; more keep a processor busy for minutes, and so do the attributes of a
# single tag, of which each is compared with all before it.
MOST_TAGS = 200_000
MOST_ATTRIBUTES = 2_000
_LONG_TAG = re.compile(r"<[^<>]{20000,}")
_EMBEDDED = re.compile(r"data:[^\s\"'<>]*")
_BETWEEN_ATTRIBUTES = re.compile(r"[\s/]+")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds and states; every field is empty where it says nothing."""

    text: str
    headline: str = ""
    byline: str = ""
    published_at: str = ""
    url: str = ""
    language: str = ""
    site: str = ""


def is_readable(html: str) -> bool:
    """Whether the page is one that somebody may have saved, and not one made to be read for ever."""
    return html.count("<") <= MOST_TAGS and all(
        len(_BETWEEN_ATTRIBUTES.findall(_EMBEDDED.sub("", tag))) <= MOST_ATTRIBUTES
        for tag in _LONG_TAG.findall(html)
    )


def read_page(html: str) -> Page:
    """The article of a page. `text` is empty where no article can be told from the rest of the page."""
    # lxml refuses a str that declares an encoding in an XML declaration.
    html = re.sub(r"\A\s*<\?xml[^>]*\?>", "", html)
    try:
        tree = lxml.html.document_fromstring(html)
    except (etree.LxmlError, ValueError):
        return Page("")
    extracted = trafilatura.extract(
        html, output_format="html", include_comments=False, include_links=False, include_images=False
    )
    facts = _Facts(tree)
    return Page(
        text=_plain_text(extracted or ""),
        headline=facts.headline(),
        byline=facts.byline(),
        published_at=facts.published_at(),
        url=facts.url(),
        language=one_line(tree.get("lang") or "")[:35],
        site=facts.meta("og:site_name"),
    )


def _plain_text(html: str) -> str:
    """The paragraphs of simple HTML, one a line; those of a quotation begin with "> "."""
    # Whatever extraction let through, only harmless tags without attributes go on.
    clean = nh3.clean(html, tags=_TAGS, attributes={}, clean_content_tags={"script", "style"})
    if not clean.strip():
        return ""
    return "\n\n".join(_paragraphs(lxml.html.fragment_fromstring(clean, create_parent="body"), quoted=False))


def _paragraphs(element: Any, *, quoted: bool) -> Iterator[str]:
    parts = [element.text or ""]
    for child in element:
        if child.tag == "br":
            parts.append("\n")
        elif child.tag in _BLOCKS or child.tag in _TAGS:
            yield from _lines(parts, quoted=quoted)
            parts = []
            yield from _paragraphs(child, quoted=quoted or child.tag == "blockquote")
        else:
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    yield from _lines(parts, quoted=quoted)


def _lines(parts: list[str], *, quoted: bool) -> Iterator[str]:
    # In HTML a line break is a space; only <br>, which became a line feed above, ends a line.
    for line in "".join(part if part == "\n" else re.sub(r"\s+", " ", part) for part in parts).split("\n"):
        if text := line.strip():
            yield f"> {text}" if quoted else text


class _Facts:
    """What the page says of itself in JSON-LD, in its meta elements and in its only h1; guesses are left out."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.article = next(_news_articles(tree), {})

    def meta(self, *names: str) -> str:
        for name in names:
            for attribute in ("property", "name", "itemprop"):
                for element in self.tree.xpath(
                    "//meta[@*[name()=$attribute]=$name]", attribute=attribute, name=name
                ):
                    if value := one_line(element.get("content") or ""):
                        return value
        return ""

    def headline(self) -> str:
        if stated := _text(self.article.get("headline")):
            return stated
        headings = [one_line(heading.text_content()) for heading in self.tree.iter("h1")]
        headings = [heading for heading in headings if heading]
        # <title> carries the site's name as well and is left alone.
        return headings[0] if len(headings) == 1 else self.meta("og:title", "twitter:title")

    def byline(self) -> str:
        author = self.article.get("author")
        authors = author if isinstance(author, list) else [author]
        names = [_text(one.get("name") if isinstance(one, dict) else one) for one in authors]
        stated = "، ".join(name for name in names if name) or self.meta("author", "article:author")
        # Some sites put the address of an account there.
        return "" if stated.startswith(("http:", "https:")) else stated

    def published_at(self) -> str:
        stated = _text(self.article.get("datePublished"))
        return stated or self.meta(
            "article:published_time", "datePublished", "og:article:published_time", "pubdate"
        )

    def url(self) -> str:
        links = self.tree.xpath("//link[@rel='canonical']/@href")
        return one_line(links[0]) if links else self.meta("og:url")


def _text(value: Any) -> str:
    return one_line(value) if isinstance(value, str) else ""


def _news_articles(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        source = script.text_content()
        if len(source) > MOST_JSON_LD_CHARACTERS:
            continue
        try:
            found = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _flattened(found):
            types = item.get("@type")
            if any(
                isinstance(one, str) and _NEWS_TYPES.fullmatch(one)
                for one in (types if isinstance(types, list) else [types])
            ):
                yield item


def _flattened(found: Any) -> Iterator[dict[str, Any]]:
    for item in found if isinstance(found, list) else [found]:
        if isinstance(item, dict):
            yield item
            if isinstance(graph := item.get("@graph"), list):
                yield from (node for node in graph if isinstance(node, dict))
