"""Tables out of the desk and into it: an export of any list, and an import that is looked over before it is done."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import Action, ActionLocation, IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.exchange.resource import Outcome, RecordResource
from newsroom.exchange.tables import CONTENT_TYPES, MOST_BYTES, TableRefused, read_table, write_table

# Enough to mend a table by.
MOST_SHOWN = 100


class TableForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("Table"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"})
    )


class ConfirmForm(forms.Form):
    """The table as it was looked over: it travels with the page, so that nothing waits on the server for an answer."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=MOST_BYTES * 2)
    name = forms.CharField(widget=forms.HiddenInput, max_length=255)

    def clean_content(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["content"], validate=True)
        except (binascii.Error, ValueError):
            raise forms.ValidationError(
                _("The table was damaged on its way. Choose the file again.")
            ) from None


class ExchangesTables:
    """Mixin for the admin of a kind of record that has a resource."""

    exchange: type[RecordResource]
    change_list_template = "admin/exchange_list.html"

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("export/<slug:form>/", self.admin_site.admin_view(self.export_view), name=f"{name}_export"),
            path("import-table/", self.admin_site.admin_view(self.table_view), name=f"{name}_import_table"),
            *super().get_urls(),
        ]

    def may_import(self, request: HttpRequest) -> bool:
        """Whoever may only translate may not: a table changes every column."""
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"may_import": self.may_import(request), "export_forms": list(CONTENT_TYPES)}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    # Out

    def export_view(self, request: HttpRequest, form: str) -> HttpResponse:
        """The list as it is filtered and searched, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if form not in CONTENT_TYPES:
            raise Http404
        try:
            records = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            # As the list itself answers to a filter that it cannot read.
            return HttpResponseRedirect(f"{self._list_address()}?{ERROR_FLAG}=1")
        return self.export(request, records, form)

    def export(self, request: HttpRequest, records: Any, form: str) -> HttpResponse:
        try:
            content = write_table(self.exchange().table(records), form)
        except TableRefused as refused:
            self.message_user(request, str(refused.sentence), messages.ERROR)
            return HttpResponseRedirect(self._list_address())
        day = timezone.localdate().isoformat()
        return HttpResponse(
            content,
            headers={
                "Content-Type": CONTENT_TYPES[form],
                "Content-Disposition": f'attachment; filename="isnad-{self.opts.model_name}-{day}.{form}"',
                "Cache-Control": "no-store",
            },
        )

    def get_actions(
        self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        actions = super().get_actions(request, action_location=action_location)
        if action_location != ActionLocation.CHANGE_LIST:
            return actions
        labels = {"csv": gettext_lazy("Export as CSV"), "xlsx": gettext_lazy("Export as XLSX")}
        return actions | {
            f"export_{form}": self._export_action(form, label) for form, label in labels.items()
        }

    def _export_action(self, form: str, label: Any) -> Action:
        def run(model_admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse:
            return model_admin.export(request, queryset, form)

        return Action(
            func=run,
            name=f"export_{form}",
            description=label,
            plural_description=label,
            locations=[ActionLocation.CHANGE_LIST],
        )

    # In

    def table_view(self, request: HttpRequest) -> HttpResponse:
        """Choose a table, see what it would change, and confirm it."""
        if not self.may_import(request):
            raise PermissionDenied
        if request.method == "POST" and "_confirm" in request.POST:
            return self._confirmed(request)
        form = TableForm(request.POST or None, request.FILES or None)
        if not form.is_bound or not form.is_valid():
            return self._table_page(request, form, status=422 if form.is_bound else 200)
        file = form.cleaned_data["table"]
        return self._looked_over(request, form, file.read(MOST_BYTES + 1), file.name)

    def _looked_over(self, request: HttpRequest, form: TableForm, content: bytes, name: str) -> HttpResponse:
        outcome = self._brought_in(request, form, content, name, is_trial=True)
        if outcome is None or outcome.problems:
            return self._table_page(request, form, outcome=outcome, name=name, status=422)
        confirm = ConfirmForm(initial={"content": base64.b64encode(content).decode(), "name": name})
        return self._table_page(request, form, outcome=outcome, name=name, confirm=confirm)

    def _confirmed(self, request: HttpRequest) -> HttpResponse:
        sent, form = ConfirmForm(request.POST), TableForm()
        if not sent.is_valid():
            for sentences in sent.errors.values():
                form.errors.setdefault("table", form.error_class()).extend(sentences)
            return self._table_page(request, form, status=422)
        content, name = sent.cleaned_data["content"], sent.cleaned_data["name"]
        outcome = self._brought_in(request, form, content, name, is_trial=False)
        if outcome is None or outcome.problems:
            return self._table_page(request, form, outcome=outcome, name=name, status=422)
        for sentence in counted(outcome):
            self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(self._list_address())

    def _brought_in(
        self, request: HttpRequest, form: TableForm, content: bytes, name: str, *, is_trial: bool
    ) -> Outcome | None:
        """What became of the table; None with the reason in the form where it is none."""
        resource = self.exchange(
            by=request.user,
            may_add=self.has_add_permission(request),
            may_change=lambda record: self.has_change_permission(request, record),
        )
        try:
            return resource.bring_in(read_table(content, name=name), is_trial=is_trial)
        except TableRefused as refused:
            form.errors.setdefault("table", form.error_class()).append(str(refused.sentence))
            return None

    def _list_address(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _table_page(
        self,
        request: HttpRequest,
        form: TableForm,
        *,
        outcome: Outcome | None = None,
        name: str = "",
        confirm: ConfirmForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import a table of %(records)s") % {"records": self.opts.verbose_name_plural},
            "opts": self.opts,
            "form": form,
            "outcome": outcome,
            "problems": outcome.problems[:MOST_SHOWN] if outcome else [],
            "counted": counted(outcome) if outcome and not outcome.problems else [],
            "changed": [self._linked(record) for record in outcome.changed[:MOST_SHOWN]] if outcome else [],
            "added": [str(record) for record in outcome.added[:MOST_SHOWN]] if outcome else [],
            "name": name,
            "confirm": confirm,
            "headers": self.exchange().headers,
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/exchange.html", context, status=status)

    def _linked(self, record: Any) -> str:
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, record)


def counted(outcome: Outcome) -> list[str]:
    """What was done, in sentences; what is nought is left out but for the last."""
    added, changed, unchanged = len(outcome.added), len(outcome.changed), outcome.unchanged
    sentences = [
        (added, ngettext("%(count)s record added.", "%(count)s records added.", added)),
        (changed, ngettext("%(count)s record changed.", "%(count)s records changed.", changed)),
        (unchanged, ngettext("%(count)s record unchanged.", "%(count)s records unchanged.", unchanged)),
    ]
    return [sentence % {"count": count} for count, sentence in sentences if count] or [
        _("The table has no rows.")
    ]
