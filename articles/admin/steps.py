"""The steps of the workflow as the desk offers them: who may take which, what it asks for, and what it says afterwards.

Every step is a button on the page of a record and most are actions on a list; both end in `articles.workflow`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import workflow
from articles.choices import Status
from articles.forms import AssessForm, CorrectForm, PublishForm, ReturnForm, WithdrawForm
from articles.models import Article, Claim
from articles.roles import may_change, translates_only

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    # On the button; as the title of its page and in the list of actions.
    label: str | _StrPromise
    # The permission it needs, with the model's name put in; "change" asks for the record itself, and "translate" for
    # its language columns.
    permission: str
    take: Callable[..., Any]
    done: Any
    form: type[forms.Form] | None = None
    help: str | _StrPromise = ""
    models: tuple[type, ...] = (Article, Claim)
    # From which states; None from every one.
    starts: frozenset[str] | None = None
    is_action: bool = True
    is_grave: bool = False
    # Whether it makes sense for that record as it is.
    applies: Callable[[Any], bool] = lambda record: True
    # What its form begins with.
    initial: Callable[[Any], dict[str, Any]] = lambda record: {}


def _plain(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda record, *, by, cleaned: function(record, by=by)


STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step(
            "submit",
            _("Submit for review"),
            "change",
            _plain(workflow.submit),
            ngettext_lazy(
                "%(number)d record was submitted for review.",
                "%(number)d records were submitted for review.",
                "number",
            ),
            starts=workflow.STEPS["submit"],
        ),
        Step(
            "approve",
            _("Approve"),
            "approve",
            _plain(workflow.approve),
            ngettext_lazy("%(number)d record was approved.", "%(number)d records were approved.", "number"),
            starts=workflow.STEPS["approve"],
        ),
        Step(
            "publish",
            _("Publish…"),
            "publish",
            lambda record, *, by, cleaned: workflow.publish(
                record, by=by, at=timezone.now(), publish_at=cleaned.get("publish_at")
            ),
            ngettext_lazy("%(number)d record was published.", "%(number)d records were published.", "number"),
            form=PublishForm,
            help=_("Readers see it from the moment you give, or from now on."),
            starts=workflow.STEPS["publish"],
        ),
        Step(
            "reschedule",
            _("Change the moment…"),
            "publish",
            lambda record, *, by, cleaned: workflow.reschedule(
                record, by=by, at=timezone.now(), publish_at=cleaned.get("publish_at")
            ),
            ngettext_lazy(
                "%(number)d publication has another moment.",
                "%(number)d publications have another moment.",
                "number",
            ),
            form=PublishForm,
            help=_("No reader has seen it yet: it becomes public at the moment you give, or now."),
            starts=workflow.STEPS["reschedule"],
            initial=lambda record: {"publish_at": record.publish_at},
        ),
        Step(
            "unschedule",
            _("Take back the schedule"),
            "publish",
            lambda record, *, by, cleaned: workflow.unschedule(record, by=by, at=timezone.now()),
            ngettext_lazy(
                "%(number)d record will not be published by itself; it is approved again.",
                "%(number)d records will not be published by themselves; they are approved again.",
                "number",
            ),
            starts=workflow.STEPS["unschedule"],
        ),
        Step(
            "return",
            _("Return with a note…"),
            "approve",
            lambda record, *, by, cleaned: workflow.return_to_draft(record, by=by, note=cleaned["note"]),
            ngettext_lazy(
                "%(number)d record was returned to its author with your note.",
                "%(number)d records were returned to their authors with your note.",
                "number",
            ),
            form=ReturnForm,
            help=_(
                "It becomes a draft again. The author reads your note on the record and on the first page."
            ),
            starts=workflow.STEPS["return"],
        ),
        Step(
            "correct",
            _("Add a correction…"),
            "articles.add_correction",
            lambda record, *, by, cleaned: workflow.correct(record, by=by, at=timezone.now(), **cleaned),
            ngettext_lazy(
                "%(number)d correction was printed.", "%(number)d corrections were printed.", "number"
            ),
            form=CorrectForm,
            help=_(
                "It is printed on the page, in the feed and on the page of corrections, and never taken back silently."
            ),
            models=(Article,),
            starts=frozenset({Status.PUBLISHED}),
            is_action=False,
        ),
        Step(
            "assess",
            _("Assess…"),
            "articles.add_assessment",
            lambda record, *, by, cleaned: workflow.assess(record, by=by, at=timezone.now(), **cleaned),
            ngettext_lazy("%(number)d assessment was added.", "%(number)d assessments were added.", "number"),
            form=AssessForm,
            help=_("An assessment stays for good: a later one is added beside it. Its reasons are public."),
            models=(Claim,),
            is_action=False,
        ),
        Step(
            "withdraw",
            _("Withdraw…"),
            "withdraw",
            lambda record, *, by, cleaned: workflow.withdraw(record, by=by, at=timezone.now(), **cleaned),
            ngettext_lazy("%(number)d record was withdrawn.", "%(number)d records were withdrawn.", "number"),
            form=WithdrawForm,
            help=_("Its page stays at its address and says that it was withdrawn, and why."),
            starts=workflow.STEPS["withdraw"],
            is_grave=True,
        ),
        Step(
            "reopen",
            _("Make a draft again"),
            "withdraw",
            _plain(workflow.reopen),
            ngettext_lazy(
                "%(number)d record is a draft again.", "%(number)d records are drafts again.", "number"
            ),
            starts=workflow.STEPS["reopen"],
        ),
        Step(
            "keep-translation",
            _("The translation still holds"),
            "translate",
            _plain(workflow.keep_translation),
            ngettext_lazy(
                "%(number)d translation was marked as up to date.",
                "%(number)d translations were marked as up to date.",
                "number",
            ),
            applies=lambda record: record.is_translation_stale,
        ),
    )
}


def may_take(user: Any, step: Step, record: Any) -> bool:
    """Whether the user may take that step with that very record, whatever its status is now."""
    if not isinstance(record, step.models):
        return False
    name = record._meta.model_name
    if step.permission == "change":
        return (
            user.has_perm(f"articles.change_{name}")
            and not translates_only(user, f"articles.{name}")
            and may_change(user, record)
        )
    if step.permission == "translate":
        return user.has_perm(f"articles.change_{name}") and may_change(user, record)
    if "." in step.permission:
        return user.has_perm(step.permission)
    return user.has_perm(f"articles.{step.permission}_{name}")


def may_take_some(user: Any, step: Step, model: type) -> bool:
    """Whether the user may take that step with some records of the model."""
    return model in step.models and may_take(user, step, model(status=Status.DRAFT))


def starts_here(step: Step, record: Any) -> bool:
    return (step.starts is None or workflow.state_of(record) in step.starts) and step.applies(record)


def offered(user: Any, record: Any) -> list[Step]:
    """The steps to show on the page of the record."""
    return [
        step
        for step in STEPS.values()
        if may_take(user, step, record) and starts_here(step, record) and not forbidden(user, step, record)
    ]


def forbidden(user: Any, step: Step, record: Any) -> str:
    """Why a step that this user may take elsewhere is not theirs to take here; empty where it is."""
    if step.name == "approve" and workflow.is_own_work(record, user):
        return gettext("This is your own work: somebody else approves it.")
    return ""


def not_here(user: Any, step: Step, record: Any) -> str:
    """Why the step cannot be taken with that record as it is; empty where it can."""
    if starts_here(step, record):
        return forbidden(user, step, record)
    return gettext("“%(record)s” is %(status)s: this step does not start there.") % {
        "record": record,
        "status": workflow.state_name(record),
    }


def reasons(user: Any, record: Any) -> list[str]:
    """What is in the way of steps that would start here, in sentences."""
    return [
        sentence
        for step in STEPS.values()
        if may_take(user, step, record)
        and starts_here(step, record)
        and (sentence := forbidden(user, step, record))
    ]
