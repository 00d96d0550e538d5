"""What must be true of the database and of a production start before anybody is served."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

# Two forms of one word. Where a database takes Arabic letters for no letters they have nothing in common.
ARABIC_PAIR = ("صحيفة", "الصحيفة")


@register(Tags.database)
def arabic_is_text(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Names are found by pg_trgm, which depends on how the database was made."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                found += trigram_faults(alias, cursor)
    return found


def trigram_faults(alias: str, cursor: Any) -> list[CheckMessage]:
    cursor.execute("SELECT current_database(), current_setting('server_encoding')")
    name, encoding = cursor.fetchone()
    if encoding != "UTF8":
        return [_wrongly_made(f"The database “{name}” ({alias}) has the encoding {encoding}.")]
    cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
    if cursor.fetchone()[0] in {"C", "POSIX"}:
        return [
            _wrongly_made(
                f"The database “{name}” ({alias}) takes Arabic letters for no letters (LC_CTYPE=C)."
            )
        ]
    cursor.execute(
        "SELECT installed_version IS NOT NULL FROM pg_available_extensions WHERE name = 'pg_trgm'",
    )
    row = cursor.fetchone()
    if row is None:
        return [
            Error(
                f"The server of the database “{name}” ({alias}) lacks the extension pg_trgm.",
                hint="Install PostgreSQL's contrib package on that server.",
                id="newsroom.E002",
            )
        ]
    if not row[0]:
        # The first migration installs it; before that nothing needs it.
        return []
    cursor.execute("SELECT similarity(%s, %s)", ARABIC_PAIR)
    if cursor.fetchone()[0] == 0:
        return [
            _wrongly_made(
                f"The database “{name}” ({alias}) finds nothing in common between two Arabic words."
            )
        ]
    return []


def _wrongly_made(sentence: str) -> Error:
    return Error(
        sentence,
        hint=(
            "Make it anew, so that searches by name work in Arabic: "
            "CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C.UTF-8'."
        ),
        id="newsroom.E001",
    )


@register(Tags.security, deploy=True)
def production_is_production(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A public site that thinks it is a developer's machine has a known key and demo passwords."""
    if settings.IN_PRODUCTION:
        return []
    return [
        checks.Warning(
            "This is not a production start: DJANGO_ENV is not “production”.",
            hint="Set DJANGO_ENV=production, and with it SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL.",
            id="newsroom.W001",
        )
    ]
