"""The appearances of a claim with their ordered sources, all on the claim's one page.

An appearance is a stacked row of Django's; below its own fields it carries a formset of sources. Django's script copies
the empty appearance and numbers it; ours (`js/desk.js`) adds sources from one template a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.admin import helpers
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.panel_prefill import is_panel, prefill, telling_named
from articles.admin.panel_sentence import Sentence, saved_sentences
from articles.forms import AppearanceForm, SourceForm
from articles.models import Appearance, Source
from newsroom.desk.fields import inner_widget
from newsroom.desk.records import RowsInline, TranslatedRowsInline


class SourceFormSet(BaseInlineFormSet):
    """The sources of one appearance; read with it, they cost no query of their own."""

    short_prefix = "sources"

    def __init__(self, *args: Any, records: list[dict[str, Any]] | None = None, **kwargs: Any) -> None:
        # The records that the initial values name, row by row.
        self.records = records or []
        super().__init__(*args, **kwargs)
        read = getattr(self.instance, "_prefetched_objects_cache", {}).get("sources")
        if read is not None:
            self._queryset = list(read)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        for name, record in (self.records[i] if i < len(self.records) else {}).items():
            inner_widget(form.fields[name].widget).known = record
        return form


class SourceInline(TranslatedRowsInline):
    model = Source
    form = SourceForm
    formset = SourceFormSet
    extra = 0
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "step",
                    "outlet",
                    "person",
                    "organisation",
                    "description_ar",
                    "description_en",
                    "is_document",
                ]
            },
        ),
        (_("Role and note"), {"fields": ["role_ar", "role_en", "note"], "classes": ["more"]}),
    ]
    autocomplete_fields = ["outlet", "person", "organisation"]


class AppearanceFormSet(BaseInlineFormSet):
    # Set for one request by the inline: the class of the formsets below.
    source_formset: type[SourceFormSet]
    # Also for one request: the chain that the address fills in.
    chain: list[dict[str, Any]] = []
    records: list[dict[str, Any]] = []

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        prefix = f"{form.prefix}-{SourceFormSet.short_prefix}"
        sent = form.is_bound and f"{prefix}-TOTAL_FORMS" in self.data
        begins = not form.instance.pk and not sent and index == self.initial_form_count()
        form.nested = self.source_formset(
            data=self.data if sent else None,
            instance=form.instance,
            prefix=prefix,
            queryset=Source.objects.all(),
            initial=self.chain if begins else None,
            records=self.records if begins else None,
        )
        if not form.instance.pk and not sent:
            # A new telling begins with a line to fill in.
            form.nested.extra = max(form.nested.extra, len(self.chain) if begins else 0, 1)

    def live_forms(self) -> Iterator[Any]:
        """The forms whose sources count: sent, neither empty nor marked for deletion."""
        for form in self.forms:
            is_going = self.can_delete and self._should_delete_form(form)
            if form.nested.is_bound and not is_going and (form.instance.pk or form.has_changed()):
                yield form

    def is_valid(self) -> bool:
        # All are asked, so that every line shows its errors at once.
        return all([super().is_valid(), *(form.nested.is_valid() for form in self.live_forms())])

    @property
    def errors(self) -> list:
        """Those of the sources too: they are counted at the top of the page."""
        own = super().errors
        return [*own, *(error for form in self.live_forms() for error in form.nested.errors)]

    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            telling = form.instance
            if (
                form.errors
                or not form.has_changed()
                or self._should_delete_form(form)
                or telling.quote_start is None
            ):
                continue
            place = (telling.article_id, telling.quote_language, telling.quote_start)
            if place in seen:
                raise forms.ValidationError(_("Two tellings stand at the same words of the same article."))
            seen.add(place)

    def save(self, commit: bool = True) -> list:
        saved = super().save(commit)
        for form in self.live_forms():
            if form.instance.pk is None:
                continue
            form.nested.instance = form.instance
            form.nested.save(commit)
            self.new_objects += form.nested.new_objects
            self.changed_objects += form.nested.changed_objects
            self.deleted_objects += form.nested.deleted_objects
        return saved


class AppearanceInline(RowsInline):
    model = Appearance
    form = AppearanceForm
    formset = AppearanceFormSet
    template = "admin/articles/appearances.html"
    autocomplete_fields = ["article"]
    related_links = frozenset({"add"})
    verbose_name = _("telling")
    verbose_name_plural = _("where it is told, and on whose word")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("article", "kind", "certainty"),
                    ("quote_exact", "quote_language"),
                ]
            },
        )
    ]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        if is_panel(request):
            return int(telling_named(request) is None)
        begins = obj is None or obj.pk is None or prefill(request).telling
        return int(bool(begins or request.GET.get("plain") == "1"))

    def get_queryset(self, request: HttpRequest) -> Any:
        tellings = super().get_queryset(request).with_chain()
        if is_panel(request):
            # The panel holds one telling: a new one, or the one it was opened for.
            named = telling_named(request)
            return tellings.none() if named is None else tellings.filter(pk=named)
        return tellings

    def translates_only(self, request: HttpRequest) -> bool:
        user = request.user
        return user.has_perm("articles.change_appearance") and not user.has_perm("articles.add_appearance")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """An appearance has no language column: a translator changes only the words of its sources."""
        return (
            ["article", "kind", "certainty", "quote_exact", "quote_language"]
            if self.translates_only(request)
            else []
        )

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.source_formset = self.source_inline().get_formset(request, obj)
        formset.source_formset.extra = self.source_inline().get_extra(request)
        if request.method == "GET":
            formset.chain, formset.records = prefill(request).sources, prefill(request).records
        return formset

    def source_inline(self) -> SourceInline:
        return SourceInline(Appearance, self.admin_site)


class TellingRows(helpers.InlineAdminFormSet):
    """The appearances as the page shows them, each with its sources as rows of the same kind."""

    @classmethod
    def around(
        cls, rows: helpers.InlineAdminFormSet, inline: AppearanceInline, request: HttpRequest
    ) -> TellingRows:
        made = cls(
            rows.opts,
            rows.formset,
            rows.fieldsets,
            rows.prepopulated_fields,
            rows.readonly_fields,
            model_admin=rows.model_admin,
            has_add_permission=rows.has_add_permission,
            has_change_permission=rows.has_change_permission,
            has_delete_permission=rows.has_delete_permission,
            has_view_permission=rows.has_view_permission,
        )
        made.request, made.sources = request, inline.source_inline()
        # A view-only page was told so through the permissions of the appearances.
        made.is_open = rows.has_change_permission or rows.has_add_permission
        return made

    def __iter__(self) -> Iterator[Any]:
        sentences = self.sentences()
        for row in super().__iter__():
            row.sources = self.rows_of(row.form.nested)
            row.sentences = sentences.get(row.form.instance.pk)
            yield row

    def sentences(self) -> dict[int, list[Sentence]]:
        """How each saved chain reads; what is being changed is read anew by a script (`js/chain.js`)."""
        if is_panel(self.request):
            return {}
        saved = [form.instance for form in self.formset.initial_forms if form.instance.pk]
        return saved_sentences(saved, user=self.request.user, at=timezone.now())

    def rows_of(self, formset: Any) -> helpers.InlineAdminFormSet:
        inline, request = self.sources, self.request
        if not self.is_open:
            formset.extra = formset.max_num = 0
        return helpers.InlineAdminFormSet(
            inline,
            formset,
            list(inline.get_fieldsets(request)),
            {},
            list(inline.get_readonly_fields(request)),
            model_admin=self.model_admin,
            has_add_permission=self.is_open and inline.has_add_permission(request, None),
            has_change_permission=self.is_open and inline.has_change_permission(request),
            has_delete_permission=self.is_open and inline.has_delete_permission(request),
            has_view_permission=inline.has_view_permission(request),
        )

    def template_row(self) -> Any:
        """The empty source from which the script makes new ones; `__chain__` stands for its appearance."""
        formset = self.formset.source_formset(
            instance=Appearance(), prefix="__chain__", queryset=Source.objects.none()
        )
        rows = self.rows_of(formset)
        return list(rows)[-1] if rows.has_add_permission else None
