"""Who has which record open at the desk: told by a small POST every few seconds, forgotten a minute after the last one."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from newsroom.models import Presence

# The script of the page sends a beat every 20 seconds.
GONE_AFTER = datetime.timedelta(seconds=60)
# Nobody works on more records at a time; of more tabs the newest are shown.
MOST_A_USER = 30
MOST_SHOWN = 12


def label_of(record: models.Model | type[models.Model]) -> str:
    return f"{record._meta.app_label}.{record._meta.model_name}"


def arrive(user: Any, record: models.Model, *, has_unsaved: bool = False) -> None:
    """Note that the user has the record open, and forget whoever went away from any record."""
    now = timezone.now()
    with transaction.atomic():
        gone = Presence.objects.filter(seen_at__lt=now - GONE_AFTER).select_for_update(skip_locked=True)
        Presence.objects.filter(pk__in=gone.values("pk")).delete()
        Presence.objects.bulk_create(
            [
                Presence(
                    user=user,
                    model=label_of(record),
                    record=record.pk,
                    since=now,
                    seen_at=now,
                    has_unsaved=has_unsaved,
                )
            ],
            update_conflicts=True,
            unique_fields=["model", "record", "user"],
            update_fields=["seen_at", "has_unsaved"],
        )
        beyond = Presence.objects.filter(user=user).order_by("-seen_at", "-pk")[MOST_A_USER:]
        Presence.objects.filter(pk__in=beyond.values("pk")).delete()


def leave(user: Any, record: models.Model) -> None:
    Presence.objects.filter(user=user, model=label_of(record), record=record.pk).delete()


def others_at(user: Any, record: models.Model) -> list[Presence]:
    """Whoever else has the record open now, the first to come first."""
    here = Presence.objects.filter(
        model=label_of(record), record=record.pk, seen_at__gte=timezone.now() - GONE_AFTER
    )
    return list(here.exclude(user=user).select_related("user").order_by("since", "pk")[:MOST_SHOWN])


class PresenceAdmin:
    """Mixin for the admin of a versioned record: an address for the beats of its page, and who is at it."""

    def get_urls(self) -> list:
        opts = self.model._meta
        beat = path(
            "<path:object_id>/presence/",
            self.admin_site.admin_view(never_cache(require_POST(self.presence_view))),
            name=f"{opts.app_label}_{opts.model_name}_presence",
        )
        return [beat, *super().get_urls()]

    def presence_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """One beat: who else is there, and whether the record was saved after the page was opened."""
        record = self.open_record(request, object_id)
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if request.POST.get("leaving"):
            leave(request.user, record)
            return HttpResponse(status=204)
        arrive(request.user, record, has_unsaved=request.POST.get("unsaved") == "1")
        context = self.presence_context(request, record)
        opened_at = request.POST.get("version", "")
        context["is_newer"] = bool(opened_at) and opened_at != str(record.version)
        return render(request, "admin/presence.html", context)

    def open_record(self, request: HttpRequest, object_id: str) -> Any:
        """The record without its long texts: a beat asks for its version and for what permissions ask for."""
        if not (object_id.isascii() and object_id.isdecimal() and len(object_id) < 19):
            return None
        texts = [column.name for column in self.opts.local_fields if isinstance(column, models.TextField)]
        return self.model._default_manager.filter(pk=object_id).defer(*texts).first()

    def presence_context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        opts = self.model._meta
        return {
            "others": others_at(request.user, record),
            "presence_url": reverse(f"admin:{opts.app_label}_{opts.model_name}_presence", args=[record.pk]),
        }
