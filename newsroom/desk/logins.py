"""The way in: passwords are tried a few times from one address, not for ever.

Counted in the database, which every worker shares. Two limits: one for an account from an address, so that whoever
attacks it locks out nobody who comes from elsewhere; and a wide one for an address, whichever accounts it tries.
"""

from __future__ import annotations

import datetime
import ipaddress
from typing import Any

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from newsroom.models import LoginAttempt

WINDOW = datetime.timedelta(minutes=15)
MOST_FOR_ACCOUNT = 5
# A newsroom behind one address shares it.
MOST_FOR_ADDRESS = 50


def address_of(request: HttpRequest) -> str:
    """The visitor's address; behind proxies, the one that the outermost of ours saw. Of IPv6, the network."""
    seen = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        # Each proxy adds whom it saw at the end; what stands before ours, the visitor may have written.
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        seen = forwarded[-proxies] if len(forwarded) >= proxies else seen
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        # A socket has no address: all who come through it are one.
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def keys_of(request: HttpRequest, username: str) -> list[tuple[str, int]]:
    """What is counted for this attempt, each with its limit."""
    address = address_of(request)
    return [
        (_key(f"account\x00{address}\x00{username.strip().casefold()}"), MOST_FOR_ACCOUNT),
        (_key(f"address\x00{address}"), MOST_FOR_ADDRESS),
    ]


def _key(text: str) -> str:
    return salted_hmac("newsroom.desk.logins", text, algorithm="sha256").hexdigest()


def note(request: HttpRequest, username: str, *, at: datetime.datetime) -> bool:
    """Write the attempt down and say whether it may be made.

    Written before the password is looked at, so that many attempts at once are counted too. What is refused is not
    written: the wait ends fifteen minutes after the attempts that filled it.
    """
    LoginAttempt.objects.filter(tried_at__lte=at - WINDOW).delete()
    keys = keys_of(request, username)
    made = LoginAttempt.objects.bulk_create(LoginAttempt(key=key, tried_at=at) for key, _most in keys)
    within = all(LoginAttempt.objects.filter(key=key).count() <= most for key, most in keys)
    if not within:
        LoginAttempt.objects.filter(pk__in=[attempt.pk for attempt in made]).delete()
    return within


def forget(request: HttpRequest, username: str) -> None:
    """The right password: nothing is held against this account from here, and one attempt less against the address."""
    (account, _most), (address, _more) = keys_of(request, username)
    LoginAttempt.objects.filter(key=account).delete()
    latest = LoginAttempt.objects.filter(key=address).order_by("-pk").values("pk")[:1]
    LoginAttempt.objects.filter(pk__in=list(latest.values_list("pk", flat=True))).delete()


class DeskLoginForm(AdminAuthenticationForm):
    """Django's, with the limit asked before the password is: the same words whether or not the account exists."""

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username")
        if not username or not self.cleaned_data.get("password") or self.request is None:
            return super().clean()
        if not note(self.request, username, at=timezone.now()):
            minutes = int(WINDOW.total_seconds() // 60)
            raise ValidationError(
                ngettext(
                    "Too many attempts to log in from here. Wait %(minutes)d minute, then try again; "
                    "from elsewhere the account is open as ever.",
                    "Too many attempts to log in from here. Wait %(minutes)d minutes, then try again; "
                    "from elsewhere the account is open as ever.",
                    minutes,
                )
                % {"minutes": minutes},
                code="too_many",
            )
        cleaned = super().clean()
        forget(self.request, username)
        return cleaned
