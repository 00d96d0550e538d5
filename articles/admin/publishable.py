"""What articles and claims share at the desk: their status, their buttons, and who may still change them."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import Action, ActionLocation
from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.columns import change_link, day, languages, status_pill, title
from articles.admin.previews import PreviewLinks
from articles.admin.steps import (
    STEPS,
    Step,
    may_take,
    may_take_some,
    not_here,
    offered,
    reasons,
)
from articles.choices import Status
from articles.roles import may_change
from articles.suggestions.glossary import missing_from_translation
from articles.workflow import (
    SCHEDULED,
    NotReady,
    WorkflowError,
    missing_for_publication,
    state_of,
)
from newsroom.desk.records import RecordAdmin
from newsroom.records import StaleRecord
from newsroom.text.dates import DatePrecision
from newsroom.text.languages import other_language

# What may still be in the way of publishing these is said on their page.
UNPUBLISHED = frozenset({Status.DRAFT, Status.IN_REVIEW, Status.APPROVED})
# More refusals than this are counted, not listed.
MOST_REFUSALS = 10


class PublishableAdmin(PreviewLinks, RecordAdmin):
    change_form_template = "admin/articles/publishable_form.html"

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was ever public is withdrawn, not deleted: its address was given away."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (
            obj is None or (obj.publish_at is None and self.has_change_permission(request, obj))
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # Whoever first works on what was imported takes it up; a translator's work is on somebody else's text.
        if obj.author_id is None and obj.status == Status.DRAFT and not self.translates_only(request):
            obj.author = request.user
        super().save_model(request, obj, form, change)

    # Columns

    @admin.display(description=gettext_lazy("title"))
    def shown_title(self, record: Any) -> SafeString:
        return title(record)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def shown_status(self, record: Any) -> SafeString:
        return status_pill(record)

    @admin.display(description=gettext_lazy("changed"), ordering="updated_at")
    def changed(self, record: Any) -> str:
        return day(record.updated_at, DatePrecision.DAY)

    @admin.display(description=gettext_lazy("languages"))
    def shown_languages(self, record: Any) -> SafeString:
        return languages(record)

    # Buttons

    def get_urls(self) -> list:
        opts = self.model._meta
        step = path(
            "<path:object_id>/step/<slug:name>/",
            self.admin_site.admin_view(self.step_view),
            name=f"{opts.app_label}_{opts.model_name}_step",
        )
        return [step, *super().get_urls()]

    def step_url(self, record: Any, step: Step) -> str:
        opts = self.model._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_step", args=[record.pk, step.name])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = context.get("original")
        if record:
            steps = offered(request.user, record)
            is_unpublished = record.status in UNPUBLISHED
            context |= {
                "steps": [(step, self.step_url(record, step)) for step in steps],
                "state_pill": status_pill(record),
                "preview_url": reverse(f"admin:articles_{self.opts.model_name}_preview", args=[record.pk])
                if is_unpublished or state_of(record) == SCHEDULED
                else "",
                "missing": missing_for_publication(record) if is_unpublished else [],
                "is_translation_stale": record.is_translation_stale,
                "since_translation": self.since_translation(record) if record.is_translation_stale else "",
                "is_scheduled": state_of(record) == SCHEDULED,
                "step_reasons": reasons(request.user, record),
                "missing_terms": missing_from_translation(record),
                "translation_language": other_language(record.original_language),
                "is_translator": self.translates_only(request),
                "sees_glossary": request.user.has_perm("articles.view_term"),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def step_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """Ask what the step needs, or take it: GET shows its page, POST does it, through articles.workflow alone."""
        step, record = STEPS.get(name), self.get_object(request, unquote(object_id))
        if step is None or record is None or not isinstance(record, step.models):
            raise Http404
        if not self.has_view_permission(request, record) or not may_take(request.user, step, record):
            raise PermissionDenied
        change = HttpResponseRedirect(
            reverse(f"admin:articles_{self.opts.model_name}_change", args=[record.pk])
        )
        if reason := not_here(request.user, step, record):
            self.message_user(request, reason, messages.WARNING)
            return change
        form = (
            step.form(request.POST if request.method == "POST" else None, initial=step.initial(record))
            if step.form
            else None
        )
        if request.method == "POST":
            if request.POST.get("version") not in {None, str(record.version)}:
                self.message_user(
                    request,
                    _("Nothing was done: “%(record)s” was changed meanwhile. Look at it again first.")
                    % {"record": record},
                    messages.WARNING,
                )
                if form is None:
                    return change
            elif form is None or form.is_valid():
                refused = self.take(request, step, record, form)
                if not refused:
                    self.message_user(request, step.done % {"number": 1}, messages.SUCCESS)
                    return change
                if form is None:
                    self.message_user(request, refused, messages.ERROR)
                    return change
        return self.step_page(request, step, [record], form, version=record.version)

    def since_translation(self, record: Any) -> str:
        """The comparison of the present text with the one that was translated."""
        moment = min(record.arabic_changed_at, record.english_changed_at)
        then = record.history.filter(history_date__lte=moment + datetime.timedelta(seconds=1)).first()
        opts = self.opts
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_compare", args=[record.pk])
        return f"{address}?from={then.pk}" if then else address

    def take(self, request: HttpRequest, step: Step, record: Any, form: Any = None) -> str:
        """Take the step; the sentence that says why not, or nothing. What concerns the form is said there too."""
        try:
            step.take(record, by=request.user, cleaned=form.cleaned_data if form else {})
        except ValidationError as invalid:
            by_field = (
                invalid.message_dict
                if hasattr(invalid, "error_dict")
                else {NON_FIELD_ERRORS: invalid.messages}
            )
            for field, sentences in by_field.items():
                form.add_error(field if field in form.fields else None, sentences)
            return _("Nothing was saved.")
        except NotReady as refused:
            return self.refusal(record, refused)
        except (WorkflowError, StaleRecord) as refused:
            return str(refused)
        return ""

    def refusal(self, record: Any, refused: NotReady) -> SafeString:
        """What is missing, each with a link to its field."""
        address = reverse(f"admin:articles_{self.opts.model_name}_change", args=[record.pk])
        links = format_html_join(
            " ",
            '<a href="{}#id_{}">{}</a>',
            ((address, problem.field, problem.message) for problem in refused.problems),
        )
        return format_html("{} {}", _("“%(record)s” is not ready:") % {"record": record}, links)

    def step_page(
        self,
        request: HttpRequest,
        step: Step,
        records: list,
        form: Any,
        *,
        version: int | None = None,
        action: str = "",
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": str(step.label).rstrip("…"),
            "subtitle": str(records[0]) if len(records) == 1 else None,
            "opts": self.opts,
            "step": step,
            "records": [(record, change_link(record), status_pill(record)) for record in records],
            "form": form,
            "fields": form and [item for item in form if not item.name.endswith(("_ar", "_en"))],
            "language_fields": form and [item for item in form if item.name.endswith(("_ar", "_en"))],
            "version": version,
            "action": action,
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "single": records[0] if not action else None,
            "missing": missing_for_publication(records[0])
            if step.name in {"publish", "reschedule"} and len(records) == 1
            else [],
            "now": timezone.now(),
            "unapproved": step.name == "publish"
            and [record for record in records if record.status != Status.APPROVED],
            "media": self.media + (form.media if form else self.media),
        }
        request.current_app = self.admin_site.name
        status = 200 if form is None or not form.is_bound or form.is_valid() else 422
        return TemplateResponse(request, "admin/articles/step.html", context, status=status)

    # Actions

    def get_actions(
        self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        actions = super().get_actions(request, action_location=action_location)
        if action_location != ActionLocation.CHANGE_LIST:
            # The page of a record has buttons.
            return {}
        wanted = [
            step
            for step in STEPS.values()
            if step.is_action and may_take_some(request.user, step, self.model)
        ]
        steps = {f"step_{step.name}": self._action(step) for step in wanted}
        return steps | actions

    def _action(self, step: Step) -> Action:
        def run(model_admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
            return model_admin.step_action(request, step, queryset)

        return Action(
            func=run,
            name=f"step_{step.name}",
            description=step.label,  # type: ignore[arg-type]
            plural_description=step.label,  # type: ignore[arg-type]
            locations=[ActionLocation.CHANGE_LIST],
        )

    def step_action(self, request: HttpRequest, step: Step, queryset: Any) -> HttpResponse | None:
        """Take the step with each selected record, one transaction each, and say what became of them."""
        form = step.form(request.POST if "apply" in request.POST else None) if step.form else None
        if form is not None and not form.is_valid():
            return self.step_page(request, step, list(queryset[:200]), form, action=f"step_{step.name}")
        done, refused = 0, []
        for record in queryset:
            if not may_take(request.user, step, record):
                refused.append(_("“%(record)s”: you may not do this with it.") % {"record": record})
            elif sentence := self.take(request, step, record, form):
                refused.append(sentence)
            else:
                done += 1
        if done:
            self.message_user(request, step.done % {"number": done}, messages.SUCCESS)
        for sentence in refused[:MOST_REFUSALS]:
            self.message_user(request, sentence, messages.ERROR)
        if len(refused) > MOST_REFUSALS:
            more = len(refused) - MOST_REFUSALS
            sentence = ngettext("%(number)d more was refused.", "%(number)d more were refused.", more)
            self.message_user(request, sentence % {"number": more}, messages.ERROR)
        return None
