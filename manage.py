#!/usr/bin/env python
"""Django's command line, on the same database as a running `make run`, or on its own."""

import os
import sys

# Commands that read files only; no server is started for them.
WITHOUT_DATABASE = {
    *("help", "version", "--help", "--version", "-h", "diffsettings", "collectstatic", "findstatic"),
    *("makemessages", "compilepo", "checkpo", "checktemplates"),
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            f"Django cannot be imported ({error}). Use .venv/bin/python manage.py …, after `make run` made .venv."
        ) from error
    from newsroom import embedded

    try:
        if WITHOUT_DATABASE.isdisjoint(sys.argv[1:2] or ["help"]):
            embedded.use_unless_configured()
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
