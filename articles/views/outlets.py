"""The page of an outlet: what it tells of its own, what it is cited for, its articles and its house."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from articles.models import Appearance, Article, Claim, Outlet
from articles.views.common import (
    moved_or_missing,
    page_language,
    public_page,
    public_read,
    redirect_to_address,
)
from articles.views.people import MOST_SHOWN
from articles.views.summaries import articles_for_list, lend_openings, summarise

MOST_EDITIONS = 50


@public_read
def outlet(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    at = timezone.now()
    language = page_language()
    # A house may have outlets that nothing public names yet: they are left out.
    house = Outlet.objects.visible_to(request.user, at=at)
    shown = house.filter(public_id=public_id).first()
    if shown is None:
        return moved_or_missing(request, house, public_id)
    if elsewhere := redirect_to_address(request, shown):
        return elsewhere
    tellings = Appearance.objects.visible_to(request.user, at=at).filter(claim=OuterRef("pk"))
    claims = Claim.objects.visible_to(request.user, at=at).newest_first()
    cited = list(claims.filter(Exists(tellings.filter(sources__outlet=shown)))[:MOST_SHOWN])
    told = list(claims.filter(Exists(tellings.filter(article__outlet=shown)))[:MOST_SHOWN])
    summarise([*cited, *told], language, user=request.user, at=at)
    articles = Article.objects.visible_to(request.user, at=at).told_by(shown).newest_first()
    editions = house.filter(parent=shown).order_by(f"name_{language}", "pk")[:MOST_EDITIONS]
    return public_page(
        request,
        "articles/outlet.html",
        {
            "outlet": shown,
            "most_shown": MOST_SHOWN,
            "names": shown.names.shown().order_by("language", "text"),
            "editions": editions,
            "parent": house.filter(pk=shown.parent_id).first() if shown.parent_id else None,
            "cited": cited,
            "told": told,
            "articles": lend_openings(articles_for_list(articles)[:MOST_SHOWN]),
        },
        address=shown.get_absolute_url,
    )
