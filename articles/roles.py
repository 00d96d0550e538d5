"""Who may do what: the one table from which the groups' permissions are made after every migration.

Two rules about single records stand beside the table, in `may_change`: what is approved or public is changed by those
who may approve, and whoever may change but not add (a translator) changes the language columns alone.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.choices import Status

WRITER, EDITOR, PUBLISHER = "writer", "editor", "publisher"
TRANSLATOR, ADMINISTRATOR = "translator", "administrator"

ROLE_NAMES = {
    WRITER: _("Writer"),
    EDITOR: pgettext_lazy("role", "Editor"),
    PUBLISHER: pgettext_lazy("role", "Publisher"),
    TRANSLATOR: _("Translator"),
    ADMINISTRATOR: _("Administrator"),
}

_RECORDS = (
    "people.person",
    "people.organisation",
    "people.name",
    "people.position",
    "articles.outlet",
    "articles.outletname",
    "articles.outletdomain",
    "articles.article",
    "articles.mention",
    "articles.claim",
    "articles.appearance",
    "articles.source",
    "articles.claimrelation",
)
# The glossary is the translators': whoever writes looks things up in it.
_GLOSSARY = ("articles.term",)
_PRINTED = ("articles.correction", "articles.assessment")
_ACCOUNTS = ("auth.user", "auth.group")


def _may(actions: str, models: tuple[str, ...]) -> frozenset[str]:
    """Permission names such as `articles.change_claim`, for each action on each model."""
    return frozenset(
        f"{app}.{action}_{model}"
        for action in actions.split()
        for app, model in (name.split(".") for name in models)
    )


_WRITING = (
    _may("view add change", _RECORDS)
    | _may("view", _PRINTED + _GLOSSARY)
    | _may(
        # Rows of a form that a writer may take out again, as long as the record itself is still a draft.
        "delete",
        (
            "people.name",
            "people.position",
            "articles.outletname",
            "articles.outletdomain",
            "articles.mention",
            "articles.appearance",
            "articles.source",
            "articles.claimrelation",
        ),
    )
)
_EDITING = (
    _WRITING
    | _may("delete", _RECORDS)
    | _may("add change delete", _GLOSSARY)
    | _may("approve", ("articles.article", "articles.claim"))
    | _may("add", _PRINTED)
    | _may("view", ("articles.merge",))
)
_PUBLISHING = _EDITING | _may("publish withdraw", ("articles.article", "articles.claim"))

PERMISSIONS: dict[str, frozenset[str]] = {
    WRITER: _WRITING,
    EDITOR: _EDITING,
    PUBLISHER: _PUBLISHING,
    TRANSLATOR: _may("view", _RECORDS + _PRINTED)
    | _may("view add change", _GLOSSARY)
    | _may(
        "change",
        (
            "people.person",
            "people.organisation",
            "people.position",
            "articles.outlet",
            "articles.article",
            "articles.claim",
            "articles.appearance",
            "articles.source",
        ),
    ),
    ADMINISTRATOR: _PUBLISHING | _may("view add change delete", _ACCOUNTS),
}

# What is in these states was looked over by a second person: a writer's late change would slip past that.
LOOKED_OVER = frozenset({Status.APPROVED, Status.PUBLISHED, Status.WITHDRAWN})


def translates_only(user: Any, model: str) -> bool:
    """Whether the user may change records of this model (`articles.claim`) but only their language columns."""
    app, name = model.split(".")
    return not user.has_perm(f"{app}.add_{name}")


def may_change(user: Any, record: Any) -> bool:
    """Whether the user may change this very article or claim, given that they may change some."""
    if record.status not in LOOKED_OVER:
        return True
    model = record._meta.model_name
    return user.has_perm(f"articles.approve_{model}") or translates_only(user, f"articles.{model}")


def make_groups(**signal: Any) -> None:
    """Give each role's group exactly the permissions of the table; runs after every migration, and repeats safely."""
    from django.contrib.auth.models import Group, Permission
    from django.db.models import Q

    for role, names in PERMISSIONS.items():
        wanted = Q()
        for name in names:
            app, codename = name.split(".")
            wanted |= Q(content_type__app_label=app, codename=codename)
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set(Permission.objects.filter(wanted))
