"""One signed-in user for each role of the desk, with passwords that everybody knows."""

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.roles import PERMISSIONS


class DemoRefused(Exception):
    """Demo content or users were asked for in production; nothing was done."""


def refuse_in_production() -> None:
    """Raise `DemoRefused` on a production site."""
    if settings.IN_PRODUCTION:
        raise DemoRefused(
            _(
                "Demo content and demo users are refused in production: their passwords are public. "
                "Unset DJANGO_ENV to work on a development site."
            )
        )


def ensure_demo_users() -> list[tuple[str, str, str]]:
    """Role, user name and password of each demo user, created where missing; raises `DemoRefused` in production.

    A user that exists is left as it is, so a password changed by hand stays changed.
    """
    refuse_in_production()
    logins = [(role, f"demo-{role}", f"isnad-demo-{role}") for role in PERMISSIONS]
    existing = set(
        User.objects.filter(username__in=[name for _role, name, _password in logins]).values_list(
            "username", flat=True
        )
    )
    with transaction.atomic():
        for role, name, password in logins:
            if name in existing:
                continue
            user = User.objects.create_user(
                name, f"{name}@isnad.example", password, first_name="Demo", last_name=role, is_staff=True
            )
            user.groups.add(Group.objects.get(name=role))
    return logins
