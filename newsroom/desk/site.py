"""The admin site of the newsroom: its name, its order, what waits on the desk, and choices that can be told apart."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from newsroom.gate import LONGEST_NUMBER, BadInput

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
    "articles.Term",
    "articles.ClaimRelation",
    "articles.Assessment",
    "articles.Correction",
    "auth.User",
    "auth.Group",
)
# Short enough to stand in the header of every page.
IN_HEADER = ORDER[:7]


# Beyond this many, that there are more is all that is said: counting a million rows helps nobody.
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of record in a queue: which of them wait for a user, and the query of the list that shows them all."""

    model: str
    query: str
    records: Callable[[QuerySet, Any], QuerySet]
    # From the first few records to what is shown of each: link, state and what to know of it.
    items: Callable[[QuerySet], list[dict[str, Any]]] | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for somebody: on the first page with its number and its first records, leading to the full lists."""

    label: str | _StrPromise
    parts: tuple[Part, ...]
    # What to do where nothing waits.
    empty: str | _StrPromise
    is_for: Callable[[Any], bool] = lambda user: True
    # How many of each kind are shown; none makes it a line among others.
    shown: int = 5


def check_chosen(keys: Iterable[str]) -> None:
    """Raise BadInput unless all keys of the records that an action is for can be keys; the database would raise."""
    if not all(key.isascii() and key.isdigit() and len(key) <= LONGEST_NUMBER for key in keys):
        raise BadInput(_("“%(parameter)s” is not a valid number.") % {"parameter": ACTION_CHECKBOX_NAME})


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

    @property
    def login_form(self) -> type:
        # Read late: the site is made before the models are.
        from newsroom.desk.logins import DeskLoginForm

        return DeskLoginForm

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
        """Every queue that is for this user, each kind of record in it counted up to MOST_COUNTED."""
        waiting = []
        for queue in self.queues:
            parts = [
                self._part(request, queue, part)
                for part in queue.parts
                if queue.is_for(request.user)
                and self.get_model_admin(apps.get_model(part.model)).has_view_permission(request)
            ]
            if parts:
                count = sum(part["count"] for part in parts)
                waiting.append(
                    {
                        "label": queue.label,
                        "empty": queue.empty,
                        "is_line": not queue.shown,
                        "parts": parts,
                        "count": min(count, MOST_COUNTED),
                        "is_more": count > MOST_COUNTED or any(part["is_more"] for part in parts),
                        "items": [item for part in parts for item in part["items"]],
                    }
                )
        return waiting

    def _part(self, request: HttpRequest, queue: Queue, part: Part) -> dict[str, Any]:
        model = apps.get_model(part.model)
        records = part.records(model._default_manager.all(), request.user)
        keys = list(records.values_list("pk", flat=True)[: MOST_COUNTED + 1])
        address = reverse(f"{self.name}:{model._meta.app_label}_{model._meta.model_name}_changelist")
        first = keys[: queue.shown]
        found = part.items(model._default_manager.filter(pk__in=first)) if part.items and first else []
        place = {key: number for number, key in enumerate(first)}
        return {
            "count": min(len(keys), MOST_COUNTED),
            "is_more": len(keys) > MOST_COUNTED,
            "url": f"{address}?{part.query}",
            "model": model._meta.verbose_name_plural,
            "items": sorted(found, key=lambda item: place[item["pk"]]),
        }

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        @functools.wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST":
                check_chosen(request.POST.getlist(ACTION_CHECKBOX_NAME))
            return view(request, *args, **kwargs)

        return super().admin_view(checked, cacheable)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:
        return DeskChoices.as_view(admin_site=self)(request)
