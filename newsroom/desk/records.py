"""What the admin of every record shares: guarded saves, history, language columns, and roles that see less."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import DateField
from django.forms.formsets import TOTAL_FORM_COUNT
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from modeltranslation.admin import TranslationAdmin, TranslationInlineModelAdmin
from psycopg.errors import DeadlockDetected

from newsroom.desk.conflicts import Conflict, rebase, typed_words
from newsroom.desk.drafts import draft_name, forget_errors, is_draft, tell_saved
from newsroom.desk.fields import DeskFields, language_labels
from newsroom.desk.forms import VERSION, DeskForm, VersionedForm
from newsroom.desk.history import DeskHistory, restored_values
from newsroom.desk.presence import PresenceAdmin, arrive, label_of
from newsroom.gate import BadInput
from newsroom.records import StaleRecord

# A save that met another one is tried again: the second time its conflict is shown.
TRIES = 3
# Rows of any kind on one page; more have more fields than a form may have.
MOST_ROWS_SENT = 500


def check_counts(sent: QueryDict) -> None:
    """Raise BadInput for a count of rows beyond what was sent: an empty form is made for each, and its page takes minutes."""
    for name in sent:
        count = str(sent.get(name, ""))
        if not name.endswith(f"-{TOTAL_FORM_COUNT}") or not count.isdecimal():
            continue
        # More than four digits are too many, whatever they are.
        if len(count) > 4 or int(count) > min(MOST_ROWS_SENT, len(sent)):
            raise BadInput(_("“%(parameter)s” is not a valid number.") % {"parameter": name}, name)


class LanguageOnly:
    """Mixin: whoever may change but not add sees everything and changes the language columns alone."""

    def translates_only(self, request: HttpRequest) -> bool:
        opts = self.model._meta
        return request.user.has_perm(
            f"{opts.app_label}.change_{opts.model_name}"
        ) and not request.user.has_perm(f"{opts.app_label}.add_{opts.model_name}")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        readonly = list(super().get_readonly_fields(request, obj))
        if not self.translates_only(request):
            return readonly
        return readonly + [
            name
            for name in flatten_fieldsets(self.get_fieldsets(request, obj))
            if name not in readonly and not self.is_language_column(name)
        ]

    def is_language_column(self, name: str) -> bool:
        try:
            return hasattr(self.model._meta.get_field(name), "translated_field")
        except FieldDoesNotExist:
            return False


class RecordAdmin(LanguageOnly, DeskFields, PresenceAdmin, DeskHistory, TranslationAdmin):
    """A versioned record in two languages."""

    form = VersionedForm
    list_per_page = 50
    show_full_result_count = False
    # On demand: each count reads the whole table.
    show_facets = admin.ShowFacets.ALLOW
    save_on_top = True
    empty_value_display = "—"

    def view_on_site(self, record: Any) -> str:
        return record.get_absolute_url()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address fills in; a date that is none is left out, for no widget could show it."""
        initial = super().get_changeform_initial_data(request)
        for field in self.opts.local_fields:
            if isinstance(field, DateField) and isinstance(initial.get(field.name), str):
                try:
                    initial[field.name] = field.to_python(initial[field.name])
                except ValidationError:
                    del initial[field.name]
        return initial

    # Saving

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        sent = request.POST
        check_counts(sent)
        for attempt in range(1, TRIES + 1):
            request.POST = sent
            request.desk_unsaved = request.desk_saved = False
            try:
                # Everything below is one transaction: what is refused leaves nothing half saved.
                with transaction.atomic():
                    if request.method == "POST" and object_id is not None:
                        if self.is_closed_to(request, object_id):
                            return self.closed_page(request, object_id, form_url)
                        self.meet_the_stored(request, object_id)
                    response = super().changeform_view(request, object_id, form_url, extra_context)
                if request.desk_saved:
                    tell_saved(request, response)
                return response
            except StaleRecord:
                if attempt == TRIES:
                    raise
            except DatabaseError as refused:
                if attempt == TRIES or not self.explain(request, refused):
                    raise
        raise AssertionError("unreachable")

    def is_closed_to(self, request: HttpRequest, object_id: str) -> bool:
        """Whether this person may change such records, but not, or not any more, this one, which they still see."""
        record = self.get_object(request, unquote(object_id))
        return (
            record is not None
            and self.has_change_permission(request)
            and not self.has_change_permission(request, record)
            and self.has_view_permission(request, record)
        )

    def closed_page(self, request: HttpRequest, object_id: str, form_url: str) -> HttpResponse:
        """The record as it is, with the words that were sent for it: somebody approved it while they were typed."""
        unsaved = typed_words(self.model, request.POST, self.get_object(request, unquote(object_id)))
        request.method = "GET"
        response = super().changeform_view(
            request, object_id, form_url, {"unsaved": unsaved, "is_closed": True}
        )
        response.status_code = 403
        return response

    def explain(self, request: HttpRequest, refused: DatabaseError) -> bool:
        """Remember the sentence of the constraint that only the database saw broken; false for other errors."""
        if isinstance(refused.__cause__, DeadlockDetected):
            return True
        if not isinstance(refused, IntegrityError):
            return False
        name = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None)
        request.desk_refusal = sentence_of(name) or _(
            "The database refused this: something it names was added or removed at the same moment. "
            "Look the page over and save again."
        )
        return True

    def meet_the_stored(self, request: HttpRequest, object_id: str) -> None:
        """Lay the sent form onto the stored record if somebody saved it after the form was opened."""
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_change_permission(request, record):
            return
        is_stale = request.POST.get(VERSION) != str(record.version)
        if not is_stale and not is_draft(request):
            return
        form_class = self.get_form(
            request, record, change=True, fields=flatten_fieldsets(self.get_fieldsets(request, record))
        )
        formsets = [
            formset_class(
                instance=record,
                prefix=formset_class.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            for formset_class, inline in self.get_formsets_with_inlines(request, record)
            if not formset_class.only_shown
        ]
        rebased, conflict = rebase(request.POST, form_class(instance=record), formsets)
        conflict.is_stale = is_stale
        request.POST = rebased  # type: ignore[assignment]
        last = record.history.select_related("history_user").order_by("-history_date", "-history_id").first()
        if last:
            conflict.changed_by, conflict.changed_at = str(last.history_user or ""), last.history_date
        request.desk_conflict = conflict

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[DeskForm]:
        kwargs.setdefault("labels", language_labels(self.model))
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        conflict: Conflict | None = getattr(request, "desk_conflict", None)
        form.refusal = getattr(request, "desk_refusal", None)
        if is_draft(request):
            form.refusal = _("Nothing was saved: these are your unsaved words.")
        elif conflict:
            form.refusal = _(
                "Somebody saved this while you were working on it, so nothing was saved now. "
                "Compare below; your text is still in the form. Save again when it is right."
            )
        if obj and request.method == "GET":
            form.restored = restored_values(request, obj)
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj._history_user = request.user
        if change and not form.has_changed():
            # Saved in save_related, and only if a row below it changed: every save is a version.
            request.desk_unsaved = True
            return
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if request.desk_unsaved and any(formset.has_changed() for formset in formsets):
            # The record's version stands for the whole page, its rows included.
            form.instance.save()
        super().save_related(request, form, formsets, change)
        request.desk_saved = True

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        conflict = getattr(request, "desk_conflict", None)
        if is_draft(request):
            forget_errors(
                context["adminform"].form, [inline.formset for inline in context["inline_admin_formsets"]]
            )
            context["errors"] = None
        record = context.get("original")
        if record is not None:
            arrive(request.user, record, has_unsaved=request.method == "POST")
            context |= self.presence_context(request, record)
        context |= {
            "conflict": conflict,
            "is_draft": is_draft(request),
            "draft_name": draft_name(request),
            "draft_record": f"{label_of(self.model)}:{record.pk if record is not None else 'add'}",
            "may_keep_drafts": self.has_add_permission(request)
            if record is None
            else self.has_change_permission(request, record),
            # The language of the page comes first, for the eye and for the keyboard.
            "language_fieldsets": sorted(
                (item for item in context["adminform"] if "language" in item.classes.split()),
                key=lambda item: f"language-{get_language()}" not in item.classes.split(),
            ),
            "other_fieldsets": [
                item for item in context["adminform"] if "language" not in item.classes.split()
            ],
            "is_restoring": bool(getattr(context["adminform"].form, "restored", None)),
        }
        response = super().render_change_form(request, context, *args, **kwargs)
        if conflict and not is_draft(request):
            response.status_code = 409
        return response

    # Lists

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By name in any spelling; see the subclasses."""
        return self.find(queryset, search_term.strip()), False

    def find(self, queryset: Any, text: str) -> Any:
        raise NotImplementedError


def sentence_of(constraint: str | None) -> str | None:
    """The sentence that a model gives for its constraint of that name."""
    from django.apps import apps

    for model in apps.get_models():
        for promise in model._meta.constraints:
            if promise.name == constraint:
                return str(promise.get_violation_error_message())
        for column in model._meta.local_fields:
            if (
                column.unique
                and constraint
                and constraint.startswith(f"{model._meta.db_table}_{column.column}")
            ):
                return str(column.error_messages["unique"]) % {
                    "model_name": model._meta.verbose_name,
                    "field_label": column.verbose_name,
                }
    return None


class RowsInline(DeskFields, admin.options.InlineModelAdmin):
    """Rows of a record, one compact line each, every field with its label."""

    template = "admin/rows.html"
    form = DeskForm
    extra = 0
    classes = ["rows"]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        # Rows are added by a script; without it, three wait.
        return 3 if request.GET.get("plain") == "1" else self.extra

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs.setdefault("labels", language_labels(self.model))
        formset = super().get_formset(request, obj, **kwargs)
        formset.only_shown = not self.has_change_permission(request, obj)
        return formset


class TranslatedRowsInline(LanguageOnly, RowsInline, TranslationInlineModelAdmin):
    pass
