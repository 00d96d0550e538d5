"""The admin site of the newsroom: its name, its order, what waits on the desk, and choices that can be told apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# The order of a working day; what is not named comes after it.
ORDER = (
    "articles.Article",
    "articles.Claim",
    "articles.Appearance",
    "articles.Outlet",
    "people.Person",
    "people.Organisation",
    "articles.ClaimRelation",
    "articles.Assessment",
    "articles.Correction",
    "auth.User",
    "auth.Group",
)
# Short enough to stand in the header of every page.
IN_HEADER = ORDER[:6]


@dataclass(frozen=True, slots=True)
class Queue:
    """Records that wait for somebody: a line on the first page with their number, which leads to the filtered list."""

    label: str | _StrPromise
    model: str
    query: str
    records: Callable[[QuerySet], QuerySet]


class DeskChoices(AutocompleteJsonView):
    """Answers an autocomplete with the label of the record's admin, which tells two records of one name apart."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "choice_label", str)
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}


class DeskSite(AdminSite):
    site_header = _("Isnad")
    site_title = _("Isnad")
    index_title = _("My desk")
    index_template = "admin/desk_index.html"
    # The header leads everywhere; two columns of text need the width.
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.queues: list[Queue] = []

    def add_queue(self, queue: Queue) -> None:
        self.queues.append(queue)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        by_name = {
            f"{app['app_label']}.{model['object_name']}": model
            for app in context["available_apps"]
            for model in app["models"]
        }
        sections = [by_name[name] for name in IN_HEADER if name in by_name]
        return context | {"site_url": f"/{get_language()}/", "sections": sections}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list:
        found = super().get_app_list(request, app_label)
        place = {name: number for number, name in enumerate(ORDER)}
        for app in found:
            app["models"].sort(
                key=lambda model: place.get(f"{app['app_label']}.{model['object_name']}", len(ORDER))
            )
        first = {app["app_label"]: f"{app['app_label']}.{app['models'][0]['object_name']}" for app in found}
        return sorted(found, key=lambda app: place.get(first[app["app_label"]], len(ORDER)))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().index(request, {"waiting": self.waiting_for(request), **(extra_context or {})})

    def waiting_for(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Every queue this user may look at, with the number of records in it and the address of the list."""
        waiting = []
        for queue in self.queues:
            model = apps.get_model(queue.model)
            if not self.get_model_admin(model).has_view_permission(request):
                continue
            address = reverse(f"{self.name}:{model._meta.app_label}_{model._meta.model_name}_changelist")
            waiting.append(
                {
                    "label": queue.label,
                    "count": queue.records(model._default_manager.all()).count(),
                    "url": f"{address}?{queue.query}",
                    "model": model._meta.verbose_name_plural,
                }
            )
        return waiting

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:
        return DeskChoices.as_view(admin_site=self)(request)
