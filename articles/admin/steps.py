"""The steps of the workflow as the desk offers them: who may take which, what it asks for, and what it says afterwards.

Every step is a button on the page of a record and most are actions on a list; both end in `articles.workflow`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from articles import workflow
from articles.choices import Status
from articles.forms import AssessForm, CorrectForm, PublishForm, WithdrawForm
from articles.models import Article, Claim
from articles.roles import may_change, translates_only

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    # On the button; as the title of its page and in the list of actions.
    label: str | _StrPromise
    # The permission it needs, with the model's name put in; "change" asks for the record itself.
    permission: str
    take: Callable[..., Any]
    done: Any
    form: type[forms.Form] | None = None
    help: str | _StrPromise = ""
    models: tuple[type, ...] = (Article, Claim)
    # From which statuses; None from every one.
    starts: frozenset[Status] | None = None
    is_action: bool = True
    is_grave: bool = False


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
            "return",
            _("Return to draft"),
            "approve",
            _plain(workflow.return_to_draft),
            ngettext_lazy(
                "%(number)d record is a draft again.", "%(number)d records are drafts again.", "number"
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
    if "." in step.permission:
        return user.has_perm(step.permission)
    return user.has_perm(f"articles.{step.permission}_{name}")


def may_take_some(user: Any, step: Step, model: type) -> bool:
    """Whether the user may take that step with some records of the model."""
    return model in step.models and may_take(user, step, model(status=Status.DRAFT))


def starts_here(step: Step, record: Any) -> bool:
    return step.starts is None or record.status in step.starts


def offered(user: Any, record: Any) -> list[Step]:
    """The steps to show on the page of the record."""
    return [step for step in STEPS.values() if may_take(user, step, record) and starts_here(step, record)]
