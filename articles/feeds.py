"""Atom feeds, one in each language: the newest claims and articles, the corrections, and any search."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.models import Article, Claim, Correction
from articles.search.engine import SearchUnavailable, Sort
from articles.search.forms import SearchRequest
from articles.search.service import search as find
from articles.views.common import page_language, public_read
from articles.views.narrowing import active_filters, asked_of
from articles.views.summaries import articles_for_list, lend_openings, summarise, without_texts
from newsroom.errors import being_prepared
from newsroom.text.fragments import Fragment, fragment
from newsroom.text.languages import ARABIC

MOST_ENTRIES = 40
# Atom ids must never change; an address may.
TAG = "tag:isnad,2026"
# A feed without an entry changed last before there was any, and not anew at every request.
NEVER = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
# No XML can hold these, not even escaped: one of them in one headline would take the feed from everybody.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class BilingualAtom(Atom1Feed):
    """Atom whose entries say in which language they are."""

    def write(self, outfile: Any, encoding: str) -> None:
        self.feed = _for_xml(self.feed)
        self.items = [_for_xml(item) for item in self.items]
        super().write(outfile, encoding)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return super().item_attributes(item) | {"xml:lang": item["language"]}

    def latest_post_date(self) -> datetime.datetime:
        return super().latest_post_date() if self.items else NEVER


def _for_xml(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _NOT_IN_XML.sub("", fact) if isinstance(fact, str) else fact for name, fact in facts.items()
    }


class PublicFeed(Feed):
    """A feed of what any reader may see; each entry's id is made of what never changes."""

    feed_type = BilingualAtom
    # As in `public_read`, which sees the request too late to say so.
    csrf_exempt = True

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = public_read(super().__call__)(request, *args, **kwargs)
        # The date of the newest entry says nothing of an entry withdrawn since: the ETag alone is compared.
        response.headers.pop("Last-Modified", None)
        return response

    def author_name(self, obj: Any = None) -> str:
        return _("Isnad")

    # Descriptions are HTML in Django's Atom, so what people wrote is escaped in them.

    def title_of(self, item: Any) -> Fragment:
        return item.title_in(page_language())

    def item_title(self, item: Any) -> str:
        return self.title_of(item).text or "…"

    def item_link(self, item: Any) -> str:
        return item.get_absolute_url()

    def item_author_name(self, item: Any) -> str | None:
        """Who published an article; the rest is the newsroom's own."""
        outlet = item.outlet if isinstance(item, Article) else None
        return outlet.name_in(page_language()).text if outlet else None

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        return {"language": self.title_of(item).language}


class RecordFeed(PublicFeed):
    """A feed of articles and claims."""

    def item_guid(self, item: Article | Claim) -> str:
        return f"{TAG}:{item._meta.model_name}:{item.public_id}"

    def item_description(self, item: Article | Claim) -> str:
        if isinstance(item, Article):
            return escape(fragment(item, "standfirst", page_language()).text)
        if item.summary is None:
            return ""
        return escape(
            f"{''.join(phrase.text for phrase in item.summary.phrases)}. {capfirst(item.summary.sentence)}."
        )

    def item_pubdate(self, item: Article | Claim) -> datetime.datetime | None:
        return item.publish_at

    def item_updateddate(self, item: Article | Claim) -> datetime.datetime:
        return item.updated_at


class NewestFeed(RecordFeed):
    def title(self) -> str:
        return _("Isnad: newest articles and claims")

    def description(self) -> str:
        return _(
            "Isnad shows, for each claim in the news, who says so, on whose word, and who says otherwise."
        )

    def link(self) -> str:
        return reverse("search")

    def feed_url(self) -> str:
        return reverse("feed")

    def items(self) -> list[Article | Claim]:
        at = timezone.now()
        claims = summarise(
            Claim.objects.published(at=at).newest_first()[:MOST_ENTRIES], page_language(), user=None, at=at
        )
        articles = lend_openings(
            articles_for_list(Article.objects.published(at=at)).order_by("-publish_at", "-pk")[:MOST_ENTRIES]
        )
        return sorted([*claims, *articles], key=lambda item: item.publish_at, reverse=True)[:MOST_ENTRIES]


@dataclass(frozen=True, slots=True)
class Followed:
    """A search that somebody follows, and what it finds now."""

    request: SearchRequest
    records: list[Article | Claim]
    # The words and each filter, by name.
    names: list[str]


class SearchFeed(RecordFeed):
    """What any search finds, newest first whatever the order of the page: whoever follows it waits for what is new."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = super().__call__(request, *args, **kwargs)
        except SearchUnavailable:
            return being_prepared(request)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Followed:
        asked = replace(asked_of(request), sort=Sort.DATE, page=1, page_size=MOST_ENTRIES)
        at = timezone.now()
        page = find(asked, user=None, at=at)
        records = [hit.record for hit in page.hits]
        summarise([r for r in records if isinstance(r, Claim)], page_language(), user=None, at=at)
        words = [_quoted(asked.text)] if asked.text else []
        filters = [str(chip.value) for chip in active_filters(asked, page.facets, at=at)]
        # The order and the length of the page are no part of what is followed.
        return Followed(replace(asked, sort=Sort.RELEVANCE, page_size=20), records, words + filters)

    def title(self, followed: Followed) -> str:
        if not followed.names:
            return _("Isnad: newest articles and claims")
        return _("Isnad: search for %(names)s") % {"names": " · ".join(followed.names)}

    def description(self, followed: Followed) -> str:
        return _("What this search finds, newest first.")

    def link(self, followed: Followed) -> str:
        return f"{reverse('search')}?{followed.request.query_string()}"

    def feed_url(self, followed: Followed) -> str:
        return f"{reverse('search_feed')}?{followed.request.query_string()}"

    def feed_guid(self, followed: Followed) -> str:
        return f"{TAG}:search:{page_language()}?{followed.request.query_string()}"

    def items(self, followed: Followed) -> Iterable[Article | Claim]:
        return followed.records


def _quoted(words: str) -> str:
    opening, closing = ("«", "»") if page_language() == ARABIC else ("“", "”")
    return f"{opening}{words}{closing}"


class CorrectionFeed(PublicFeed):
    def title(self) -> str:
        return _("Isnad: corrections")

    def description(self) -> str:
        return _("What was wrong, what is right, and since when. Nothing is changed silently.")

    def link(self) -> str:
        return reverse("corrections")

    def feed_url(self) -> str:
        return reverse("corrections_feed")

    def items(self) -> list[Correction]:
        made = Correction.objects.visible_to(None, at=timezone.now()).select_related("article__outlet")
        return lend_openings(
            without_texts(made, "article__").order_by("-made_at", "-pk")[:MOST_ENTRIES], via="article"
        )

    def title_of(self, item: Correction) -> Fragment:
        return item.article.title_in(page_language())

    def item_title(self, item: Correction) -> str:
        return f"{item.get_kind_display()}: {self.title_of(item).text or '…'}"

    def item_link(self, item: Correction) -> str:
        return f"{item.article.get_absolute_url()}#correction-{item.pk}"

    def item_guid(self, item: Correction) -> str:
        return f"{TAG}:correction:{item.article.public_id}:{item.pk}"

    def item_description(self, item: Correction) -> str:
        return escape(item.text_in(page_language()).text)

    def item_pubdate(self, item: Correction) -> datetime.datetime:
        return item.made_at

    def item_updateddate(self, item: Correction) -> datetime.datetime:
        return item.made_at
