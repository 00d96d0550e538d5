"""Accounts at the desk. An administrator gives roles; only a superuser makes superusers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.roles import ROLE_NAMES

admin.site.unregister([User, Group])


def role_name(group: Group) -> str:
    """The role in words, for the groups of `articles.roles`; any other group by its own name."""
    return str(ROLE_NAMES.get(group.name, group.name))


# Forms, filters, titles, breadcrumbs and logs all ask str(): the code of a role is for programs.
Group.__str__ = role_name  # type: ignore[method-assign, assignment]


@admin.register(User)
class DeskUserAdmin(UserAdmin):
    list_display = ["username", "first_name", "last_name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "groups"]
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Personal info"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Whoever may change accounts could otherwise give themselves every right.
        return [] if request.user.is_superuser else ["is_superuser"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or request.user.is_superuser or not obj.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or request.user.is_superuser or not obj.is_superuser)


@admin.register(Group)
class DeskGroupAdmin(GroupAdmin):
    """The groups are the roles of `articles.roles`, made anew after every migration."""

    filter_horizontal = ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
