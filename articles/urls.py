"""The public pages, below /ar/ and /en/."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, register_converter

from articles import feeds
from articles.views import articles, browse, claims, exports, outlets, people, preview, search, site
from newsroom.converters import PublicIdConverter, SlugConverter

register_converter(PublicIdConverter, "public_id")
register_converter(SlugConverter, "words")


def record(prefix: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """A record's page, with and without its slug: the view sends other slugs to the current one."""
    return [
        path(f"{prefix}/<public_id:public_id>/", view, name=name),
        path(f"{prefix}/<public_id:public_id>/<words:slug>/", view, name=name),
    ]


urlpatterns = [
    path("", search.search, name="search"),
    path("search.csv", exports.search_csv, name="search_csv"),
    path("search.atom", feeds.SearchFeed(), name="search_feed"),
    path("articles/", browse.article_list, name="article_list"),
    *record("articles", articles.article, "article"),
    path("claims/", browse.claim_list, name="claim_list"),
    *record("claims", claims.claim, "claim"),
    path("people/", browse.person_list, name="person_list"),
    *record("people", people.person, "person"),
    path("organisations/", browse.organisation_list, name="organisation_list"),
    *record("organisations", people.organisation, "organisation"),
    path("outlets/", browse.outlet_list, name="outlet_list"),
    *record("outlets", outlets.outlet, "outlet"),
    path("corrections/", site.corrections, name="corrections"),
    path("corrections/feed/", feeds.CorrectionFeed(), name="corrections_feed"),
    path("feed/", feeds.NewestFeed(), name="feed"),
    path("about/", site.about, name="about"),
    path("preview/<str:token>/", preview.preview, name="preview"),
]
