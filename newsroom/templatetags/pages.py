"""What every public page needs of its language: direction, digits, dates, and text that may be in the other one."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from newsroom.text.dates import partial_date
from newsroom.text.fragments import Fragment, fragment
from newsroom.text.highlight import excerpt
from newsroom.text.languages import LANGUAGE_NAMES, LANGUAGES, direction
from newsroom.text.numbers import localised_digits, localised_number

register = template.Library()

# Each language by its own name: whoever looks for it reads that one.
_OWN_NAMES = {"ar": "العربية", "en": "English"}
# As https://ogp.me writes them: a language with the country whose way of writing it is.
_LOCALES = {"ar": "ar_AR", "en": "en_GB"}
LONGEST_SHARED_TITLE, LONGEST_DESCRIPTION = 120, 200
_JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
_NAVIGATION = {
    "claim_list": gettext_lazy("Claims"),
    "article_list": gettext_lazy("Articles"),
    "person_list": gettext_lazy("People"),
    "organisation_list": gettext_lazy("Organisations"),
    "outlet_list": gettext_lazy("Outlets"),
}


def page_language() -> str:
    return get_language() or LANGUAGES[0]


@register.filter
def text_direction(language: str) -> str:
    return direction(language)


@register.filter
def own_language_name(language: str) -> str:
    return _OWN_NAMES[language]


@register.filter
def language_name(language: str) -> str:
    return str(LANGUAGE_NAMES.get(language, language))


@register.filter
def number(value: int) -> str:
    """The number in the digits and separators of the page's language."""
    return localised_number(value, page_language())


@register.filter
def digits(text: object) -> str:
    """The text with its digits as the page's language writes them."""
    return localised_digits(str(text), page_language())


@register.filter
def in_page_language(fragment: Fragment) -> bool:
    return fragment.language == page_language()


@register.filter
def language_attributes(fragment: Fragment) -> SafeString:
    """The lang and dir attributes of an element around the fragment; nothing where the page's own hold."""
    if fragment.language == page_language() or not fragment.text:
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', fragment.language, fragment.direction)


@register.filter
def say(fragment: Fragment) -> SafeString:
    """The fragment inside a sentence: isolated and labelled where it is in the other language."""
    if fragment.language == page_language() or not fragment.text:
        return format_html("{}", fragment.text)
    return format_html(
        '<bdi lang="{}" dir="{}">{}</bdi>', fragment.language, fragment.direction, fragment.text
    )


@register.filter
def isolated(text: object) -> SafeString:
    """Words of whatever language inside a sentence: they run in their own direction and leave the rest in its."""
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def set_apart(text: object) -> str:
    """The same where no element can stand, as in a title: between the characters that isolate (Unicode's FSI and PDI)."""
    return f"\u2068{text}\u2069"


@register.filter
def shortened(text: object, width: int) -> str:
    """The beginning of a text, cut after a whole word: a letter of Arabic looks different where its word is broken."""
    return str(excerpt(str(text), frozenset(), width))


@register.filter
def name_of(record: Any) -> SafeString:
    """A person's, organisation's or outlet's name for use inside a sentence."""
    return say(record.name_in(page_language()))


@register.filter
def title_of(record: Any) -> SafeString:
    """An article's or claim's title for use inside a sentence."""
    return say(record.title_in(page_language()))


@register.filter
def text_of(record: Any, field: str) -> Fragment:
    """A translated field in the page's language or else in the other: `record|text_of:"description"`."""
    return fragment(record, field, page_language())


@register.simple_tag
def on_date(value: datetime.date | None, precision: str = "day") -> SafeString:
    """A <time> with the date in words, no more exact than it is known."""
    if value is None:
        return SafeString("")
    zone = get_current_timezone()
    if isinstance(value, datetime.datetime):
        value = value.astimezone(zone)
    words = partial_date(value, precision or "day", page_language(), zone)
    machine = {"year": f"{value:%Y}", "month": f"{value:%Y-%m}"}.get(precision, f"{value:%Y-%m-%d}")
    if precision == "moment":
        machine = value.isoformat()
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.simple_tag
def on_day(value: datetime.date | None, precision: str = "day") -> SafeString:
    """The same for lists, where the time of day would be in the way."""
    return on_date(value, "day" if precision == "moment" else precision)


@register.simple_tag(takes_context=True)
def navigation_link(context: template.Context, name: str) -> SafeString:
    """A link of the site's navigation, marked where it leads to the page itself or to the list it stands in."""
    here = getattr(getattr(context.get("request"), "resolver_match", None), "url_name", "") or ""
    current = {name: "page", name.removesuffix("_list"): "true"}.get(here)
    mark = format_html(' aria-current="{}"', current) if current else ""
    return format_html('<a href="{}"{}>{}</a>', reverse(name), mark, _NAVIGATION[name])


@register.simple_tag(takes_context=True)
def canonical_links(context: template.Context) -> SafeString:
    """<link> elements: the page's one address and the same page in each language. Nothing on error pages."""
    request, canonical = context.get("request"), context.get("canonical")
    # A preview has no address that anybody may keep.
    if request is None or not canonical or getattr(request, "preview", None):
        return SafeString("")
    links = [("canonical", "", request.build_absolute_uri(canonical))]
    links += [("alternate", code, request.build_absolute_uri(url)) for code, url in context["hreflang"]]
    return format_html_join(
        "\n",
        '<link rel="{}"{} href="{}">',
        ((rel, format_html(' hreflang="{}"', code) if code else "", url) for rel, code, url in links),
    )


@register.simple_tag(takes_context=True)
def open_graph(
    context: template.Context, title: object, description: object, kind: str = "website"
) -> SafeString:
    """<meta> elements for where a link to the page is shared (https://ogp.me). Nothing where the page has no address."""
    request, canonical = context.get("request"), context.get("canonical")
    if request is None or not canonical or getattr(request, "preview", None):
        return SafeString("")
    language = page_language()
    facts = [
        ("og:type", kind),
        ("og:site_name", _("Isnad")),
        ("og:title", shortened(title, LONGEST_SHARED_TITLE)),
        ("og:description", shortened(description, LONGEST_DESCRIPTION)),
        ("og:url", request.build_absolute_uri(canonical)),
        ("og:locale", _LOCALES[language]),
        *(("og:locale:alternate", _LOCALES[code]) for code in LANGUAGES if code != language),
        ("og:image", request.build_absolute_uri(static(f"newsroom/icons/share-{language}.png"))),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
    ]
    return format_html_join(
        "\n", '<meta property="{}" content="{}">', ((name, said) for name, said in facts if said)
    )


@register.simple_tag
def data_block(data: dict[str, Any]) -> SafeString:
    """Facts for machines as JSON-LD. It is data, not a program: the strict policy has nothing to say to it."""
    # As in json_script: no text can close the element or open a comment.
    written = json.dumps(data, ensure_ascii=False).translate(_JSON_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(written))


@register.simple_tag(takes_context=True)
def changed_query(context: template.Context, **changes: object) -> str:
    """The page's query string with parameters replaced, or left out where None; always back to the first page."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, page: int) -> str:
    """The query string of another page of the same list."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    if page > 1:
        query["page"] = str(page)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def quoted(text: str, language: str) -> SafeString:
    """Somebody's words in the quotation marks of their language, without doubling marks they already have."""
    bare = text.strip()
    if bare[:1] in '«“"' and bare[-1:] in '»”"':
        return format_html("{}", bare)
    opening, closing = ("«", "»") if language == "ar" else ("“", "”")
    return format_html("{}{}{}", opening, bare, closing)


@register.filter
def title_fragment(record: Any) -> Fragment:
    """An article's or claim's title in the page's language or else in the other."""
    return record.title_in(page_language())


@register.filter
def name_fragment(record: Any) -> Fragment:
    return record.name_in(page_language())


@register.filter
def address(url: str) -> str:
    """The address as people say it: without https:// and the closing slash."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
