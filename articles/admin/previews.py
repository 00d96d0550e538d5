"""The links by which an unpublished article or claim is shown to somebody without an account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.choices import Status
from articles.views.preview import LIFETIME, preview_path
from articles.workflow import SCHEDULED, state_of
from newsroom.text.languages import LANGUAGES, direction


class PreviewLinks:
    """Mixin for the admin of what can be published: `…/preview/` shows the links, to whoever may see the record."""

    def get_urls(self) -> list:
        opts = self.model._meta
        links = path(
            "<path:object_id>/preview/",
            self.admin_site.admin_view(self.preview_view),
            name=f"{opts.app_label}_{opts.model_name}_preview",
        )
        return [links, *super().get_urls()]

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if state_of(record) == Status.PUBLISHED:
            return HttpResponseRedirect(record.get_absolute_url())
        if record.status == Status.WITHDRAWN:
            self.message_user(
                request,
                _("What was withdrawn has no preview. Make it a draft again first."),
                messages.WARNING,
            )
            opts = self.model._meta
            return HttpResponseRedirect(
                reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
            )
        at = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview"),
            "subtitle": str(record),
            "opts": self.model._meta,
            "original": record,
            "is_scheduled": state_of(record) == SCHEDULED,
            "until": at + LIFETIME,
            "links": [self._link(request, record, language, at) for language in LANGUAGES],
        }
        request.current_app = self.admin_site.name
        response = TemplateResponse(request, "admin/articles/preview.html", context)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    def _link(self, request: HttpRequest, record: Any, language: str, at: Any) -> dict[str, Any]:
        address = preview_path(record, language, at=at)
        return {
            "language": language,
            "dir": direction(language),
            "label": {"ar": _("In Arabic"), "en": _("In English")}[language],
            "is_written": language in record.languages,
            "path": address,
            "url": request.build_absolute_uri(address),
        }
