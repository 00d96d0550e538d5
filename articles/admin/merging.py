"""Merging two records at the desk: chosen in a list, looked over side by side, and taken back if it was wrong."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin import claims, outlets
from articles.admin.columns import change_link
from articles.choices import Status
from articles.merging import MODELS, MergeRefused, merge, preview, undo
from articles.models import Merge
from newsroom.records import StaleRecord
from newsroom.templatetags.desk import moment
from people import admin as people_admin


def may_merge(request: HttpRequest, *records: Any) -> bool:
    """A merge changes one record and takes the other away: it needs what both need."""
    for record in records:
        model_admin = admin.site.get_model_admin(type(record))
        opts = record._meta
        if not model_admin.has_change_permission(request, record) or not request.user.has_perm(
            f"{opts.app_label}.delete_{opts.model_name}"
        ):
            return False
    return True


def may_take_away(request: HttpRequest, was_public: bool) -> bool:
    """Whether the user may take away, or give back, a claim that readers see: a merge withdraws it, and its undo publishes it."""
    return not was_public or request.user.has_perm("articles.withdraw_claim")


@admin.action(description=gettext_lazy("Merge two into one…"))
def merge_two(model_admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """The action of a list: leads to the page on which the two are compared."""
    chosen = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
    if len(chosen) != 2:
        model_admin.message_user(request, _("Choose exactly two records to merge."), messages.WARNING)
        return None
    query = urlencode({"kind": model_admin.opts.model_name, "kept": chosen[0], "merged": chosen[1]})
    return HttpResponseRedirect(f"{reverse('admin:articles_merge_two')}?{query}")


@admin.register(Merge)
class MergeAdmin(admin.ModelAdmin):
    """The merges that were made. They are not edited: a merge is made from a list, and undone here."""

    empty_hint = gettext_lazy(
        "Choose two records of one kind in their list, and the action “Merge two into one”."
    )
    list_display = ["words", "kind", "shown_kept", "merged_by", "merged", "shown_state"]
    list_filter = ["kind"]
    list_select_related = ["merged_by", "undone_by"]
    search_fields = ["words", "merged_public_id", "kept_public_id"]
    show_full_result_count = False
    list_display_links = None
    exclude = ["undo"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("two/", view(self.two_view), name="articles_merge_two"),
            path("<int:pk>/undo/", view(self.undo_view), name="articles_merge_undo"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("kept"))
    def shown_kept(self, made: Merge) -> SafeString | str:
        kept = MODELS[made.kind]._default_manager.filter(public_id=made.kept_public_id).first()
        return change_link(kept) if kept else made.kept_public_id

    @admin.display(description=Merge._meta.get_field("merged_at").verbose_name, ordering="merged_at")
    def merged(self, made: Merge) -> str:
        return moment(made.merged_at)

    @admin.display(description=gettext_lazy("state"))
    def shown_state(self, made: Merge) -> SafeString | str:
        if made.undone_at:
            return _("undone by %(user)s") % {"user": made.undone_by or "—"}
        address = reverse("admin:articles_merge_undo", args=[made.pk])
        return format_html('<a href="{}">{}</a>', address, _("Undo…"))

    def two_view(self, request: HttpRequest) -> HttpResponse:
        """GET compares the two and asks; POST merges them."""
        sent = request.POST if request.method == "POST" else request.GET
        kept, merged = self._chosen(sent)
        was_public = getattr(merged, "status", "") == Status.PUBLISHED
        if not may_merge(request, kept, merged) or not may_take_away(request, was_public):
            raise PermissionDenied
        if request.method == "POST" and "_merge" in request.POST:
            versions = [request.POST.get("kept_version"), request.POST.get("merged_version")]
            if versions != [str(kept.version), str(merged.version)]:
                sentence = _(
                    "Nothing was merged: one of the two was changed meanwhile. Look them over again."
                )
                self.message_user(request, sentence, messages.WARNING)
            elif response := self._merged(request, kept, merged):
                return response
        return self._two_page(request, kept, merged)

    def _chosen(self, sent: Any) -> tuple[Any, Any]:
        model, keys = MODELS.get(sent.get("kind", "")), [sent.get("kept", ""), sent.get("merged", "")]
        if model is None or not all(key.isascii() and key.isdigit() and len(key) < 19 for key in keys):
            raise Http404
        found = model._default_manager.in_bulk([int(key) for key in keys])
        if len(found) != 2:
            raise Http404
        return found[int(keys[0])], found[int(keys[1])]

    def _merged(self, request: HttpRequest, kept: Any, merged: Any) -> HttpResponse | None:
        name = str(merged)
        try:
            made = merge(kept, merged, by=request.user, at=timezone.now())
        except (MergeRefused, StaleRecord) as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return None
        except ValidationError as refused:
            self.message_user(request, " ".join(refused.messages), messages.ERROR)
            return None
        link = format_html(
            '{} <a href="{}">{}</a>',
            _("“%(merged)s” is one with “%(kept)s” now.") % {"merged": name, "kept": kept},
            reverse("admin:articles_merge_undo", args=[made.pk]),
            _("Undo…"),
        )
        self.message_user(request, link, messages.SUCCESS)
        opts = kept._meta
        return HttpResponseRedirect(
            reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[kept.pk])
        )

    def _two_page(self, request: HttpRequest, kept: Any, merged: Any) -> HttpResponse:
        opts = kept._meta
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge two into one"),
            "opts": opts,
            "kind": opts.model_name,
            "kept": kept,
            "merged": merged,
            "kept_link": change_link(kept),
            "merged_link": change_link(merged),
            "found": preview(kept, merged),
            "other_way": urlencode({"kind": opts.model_name, "kept": merged.pk, "merged": kept.pk}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/articles/merge.html", context)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks; POST takes the merge back."""
        made = Merge.objects.select_related("merged_by").filter(pk=pk).first()
        if made is None:
            raise Http404
        kept = MODELS[made.kind]._default_manager.filter(public_id=made.kept_public_id).first()
        opts = MODELS[made.kind]._meta
        may = request.user.has_perm(f"{opts.app_label}.delete_{opts.model_name}")
        was_public = (made.undo.get("status") or {}).get("status") == Status.PUBLISHED
        if (
            not may
            or (kept is not None and not may_merge(request, kept))
            or not may_take_away(request, was_public)
        ):
            raise PermissionDenied
        if request.method == "POST":
            try:
                again = undo(made, by=request.user, at=timezone.now())
            except (MergeRefused, StaleRecord) as refused:
                self.message_user(request, str(refused), messages.ERROR)
                return HttpResponseRedirect(reverse("admin:articles_merge_changelist"))
            sentence = _("“%(record)s” is a record of its own again.") % {"record": again}
            self.message_user(request, sentence, messages.SUCCESS)
            return HttpResponseRedirect(
                reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[again.pk])
            )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Undo a merge"),
            "opts": self.opts,
            "made": made,
            "kept_link": change_link(kept) if kept else made.kept_public_id,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/articles/merge_undo.html", context)


# The admin of people stands below this app and cannot know of merging.
for registered in (
    people_admin.PersonAdmin,
    people_admin.OrganisationAdmin,
    outlets.OutletAdmin,
    claims.ClaimAdmin,
):
    registered.actions = [*(registered.actions or ()), merge_two]
