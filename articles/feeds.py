"""Atom feeds, one in each language: the newest claims and articles, and the corrections."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from articles.models import Article, Claim, Correction
from articles.views.common import page_language, public_read
from articles.views.summaries import articles_for_list, lend_openings, summarise, without_texts
from newsroom.text.fragments import fragment

MOST_ENTRIES = 40
# Atom ids must never change; an address may.
TAG = "tag:isnad,2026"


class PublicFeed(Feed):
    """A feed of what any reader may see; each entry's id is made of what never changes."""

    feed_type = Atom1Feed
    # As in `public_read`, which sees the request too late to say so.
    csrf_exempt = True

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return public_read(super().__call__)(request, *args, **kwargs)

    def item_title(self, item: Any) -> str:
        return item.title_in(page_language()).text or "…"

    def item_link(self, item: Any) -> str:
        return item.get_absolute_url()


class NewestFeed(PublicFeed):
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

    def item_guid(self, item: Article | Claim) -> str:
        return f"{TAG}:{item._meta.model_name}:{item.public_id}"

    def item_description(self, item: Article | Claim) -> str:
        if isinstance(item, Article):
            return fragment(item, "standfirst", page_language()).text
        if item.summary is None:
            return ""
        return f"{''.join(phrase.text for phrase in item.summary.phrases)}. {item.summary.sentence}."

    def item_pubdate(self, item: Article | Claim) -> datetime.datetime | None:
        return item.publish_at

    def item_updateddate(self, item: Article | Claim) -> datetime.datetime:
        return item.updated_at


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

    def item_title(self, item: Correction) -> str:
        return f"{item.get_kind_display()}: {item.article.title_in(page_language()).text or '…'}"

    def item_link(self, item: Correction) -> str:
        return f"{item.article.get_absolute_url()}#correction-{item.pk}"

    def item_guid(self, item: Correction) -> str:
        return f"{TAG}:correction:{item.article.public_id}:{item.pk}"

    def item_description(self, item: Correction) -> str:
        return item.text_in(page_language()).text

    def item_pubdate(self, item: Correction) -> datetime.datetime:
        return item.made_at

    def item_updateddate(self, item: Correction) -> datetime.datetime:
        return item.made_at
