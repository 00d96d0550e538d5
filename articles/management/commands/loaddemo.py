"""Load the demo newsroom: `manage.py loaddemo`."""

from collections import Counter
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from articles.demo.loading import load
from articles.demo.users import DemoRefused, ensure_demo_users
from articles.roles import EDITOR
from newsroom.text.languages import environment_language


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Load the demo newsroom and its users. A second run changes nothing; production refuses."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with override(environment_language()):
            self._load()

    def _load(self) -> None:
        try:
            logins = {role: name for role, name, _password in ensure_demo_users()}
        except DemoRefused as refused:
            raise CommandError(str(refused)) from refused
        made = load(by=User.objects.get(username=logins[EDITOR]))
        if not made:
            self.stdout.write(_("The demo newsroom was loaded before: nothing was changed."))
            return
        self.stdout.write(_("The demo newsroom was loaded:"))
        # Two models of names go by one word.
        totals: Counter[str] = Counter()
        for model, number in made.items():
            totals[str(model._meta.verbose_name_plural)] += number
        for what, number in totals.items():
            self.stdout.write(f"  {what}: {number}")
