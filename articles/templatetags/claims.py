"""A claim's chain and tree in HTML: names as links, each in its own language and direction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.attribution import Node, Speaker, SpeakerKind, Telling
from articles.attribution.sentence import Phrase, chain_phrases
from articles.choices import Certainty
from newsroom.templatetags.pages import page_language, say
from newsroom.text.fragments import Fragment, fragment
from people.countries import country_name

register = template.Library()

_SHAPES = {
    SpeakerKind.OUTLET: "outlet",
    SpeakerKind.PERSON: "person",
    SpeakerKind.ORGANISATION: "organisation",
    SpeakerKind.UNNAMED: "unnamed",
    SpeakerKind.DOCUMENT: "document",
}
_KIND_NAMES = {
    SpeakerKind.OUTLET: gettext_lazy("outlet"),
    SpeakerKind.PERSON: gettext_lazy("person"),
    SpeakerKind.ORGANISATION: gettext_lazy("organisation"),
    SpeakerKind.UNNAMED: gettext_lazy("unnamed"),
    SpeakerKind.DOCUMENT: gettext_lazy("document"),
}


@register.simple_tag
def chain(phrases: Iterable[Phrase], *, linked: bool = False) -> SafeString:
    """The sentence of a chain: speakers stand out, and lead to their pages where that is wanted."""
    return format_html_join("", "{}", ((_phrase(phrase, linked=linked),) for phrase in phrases))


@register.simple_tag
def chain_of(telling: Telling, *, linked: bool = False) -> SafeString:
    return chain(chain_phrases(telling, page_language()), linked=linked)


def _phrase(phrase: Phrase, *, linked: bool) -> SafeString:
    text = say(Fragment(phrase.text, phrase.language))
    if phrase.speaker is None:
        return text
    address = _address(phrase.speaker) if linked else ""
    if address:
        return format_html('<a href="{}">{}</a>', address, text)
    return format_html("<strong>{}</strong>", text) if phrase.speaker.is_named else text


@register.filter
def shape(node: Node) -> str:
    """The class of the node's marker: the kind of those who speak in it, the plainest where they differ."""
    kinds = {speaker.kind for speaker in node.speakers}
    if not kinds:
        return "unknown"
    return _SHAPES[next(kind for kind in _SHAPES if kind in kinds)]


@register.simple_tag
def speakers(node: Node) -> SafeString:
    """Those who speak side by side in a node, named ones as links."""
    if not node.speakers:
        return format_html("{}", _("An article whose publisher is not known"))
    return format_html_join(
        SafeString(' <small class="plus">+</small> '),
        "{}",
        ((speaker_name(speaker),) for speaker in node.speakers),
    )


@register.simple_tag
def speaker_name(speaker: Speaker) -> SafeString:
    name = speaker.name_in(page_language())
    shown = say(name) if name.text else format_html("{}", _KIND_NAMES[speaker.kind])
    address = _address(speaker)
    return format_html('<a href="{}">{}</a>', address, shown) if address else shown


@register.filter
def about_speakers(node: Node) -> str:
    """What a reader should know of the node in a word or two: the kind of a lone speaker, its role at the time."""
    if len(node.speakers) != 1:
        return ""
    speaker = node.speakers[0]
    role = fragment(speaker, "role", page_language())
    if role.text and not role.is_fallback:
        return role.text
    kind = getattr(speaker.record, "get_kind_display", None)
    return str(kind()) if kind and speaker.is_named else ""


@register.filter
def is_notable(certainty: str) -> bool:
    """Whether the certainty needs saying: most tellings simply report."""
    return certainty in {Certainty.ALLEGED, Certainty.DENIED, Certainty.QUESTIONED, Certainty.ASSERTED}


def _address(speaker: Speaker) -> str:
    record: Any = speaker.record
    return record.get_absolute_url() if speaker.is_named and hasattr(record, "get_absolute_url") else ""


@register.filter
def kind_of_record(record: Any) -> str:
    """What a person, organisation or outlet is, in a word."""
    kind = getattr(record, "get_kind_display", None)
    return str(kind()) if kind else _("person")


@register.filter
def country(code: str) -> str:
    """The country's name in the page's language."""
    return country_name(code, page_language())
