"""Words that were typed but not saved: a browser keeps them, and sends them here to see them in the form again.

The script of the page stores what is in the form, under the record and the version it was opened with. To restore it
sends the form as if to save it, marked as a draft: it is laid onto the stored record like a save that comes too late,
both texts are shown, and nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# In a form that is sent: the name of the draft that its browser keeps, and whether it is only to be shown.
DRAFT = "desk_draft"
SHOW_DRAFT = "_restore_draft"
# Tells the browser that what it keeps under this name was saved.
SAVED_COOKIE = "desk_saved"
COOKIE_SECONDS = 24 * 3600

_NAME = re.compile(r"[a-z0-9]{8,40}")


def is_draft(request: HttpRequest) -> bool:
    """Whether the form was sent to be shown again, not to be saved."""
    return request.method == "POST" and SHOW_DRAFT in request.POST


def draft_name(request: HttpRequest) -> str:
    name = request.POST.get(DRAFT, "")
    return name if _NAME.fullmatch(name) else ""


def tell_saved(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser forget the draft that was saved."""
    if name := draft_name(request):
        # Its script reads it, and deletes it.
        response.set_cookie(
            SAVED_COOKIE,
            name,
            max_age=COOKIE_SECONDS,
            path=reverse("admin:index"),
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def forget_errors(form: Any, formsets: Iterable[Any]) -> None:
    """A draft is shown as it was left: what is missing in it is said when it is saved."""
    form._errors = ErrorDict()
    for formset in formsets:
        formset._non_form_errors = ErrorList()
        formset._errors = [ErrorDict() for _form in formset.forms]
        for row in formset.forms:
            nested = getattr(row, "nested", None)
            forget_errors(row, [nested] if nested is not None and nested.is_bound else [])
