"""Which outlet, person or organisation a name in a file stands for; a name that fits nobody, or several, is left open."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from articles.models import Outlet
from newsroom.text.languages import LANGUAGES
from newsroom.text.names import name_key
from people.models import Organisation, Person

type Named = Person | Organisation


class Ambiguous(Exception):
    """Several records go by the name."""


class OutletMatcher:
    """Finds outlets by name, public id or web address, and remembers what it found."""

    def __init__(self) -> None:
        self._by_name: dict[str, Outlet | None] = {}
        self._by_host: dict[str, Outlet | None] = {}

    def named(self, name: str) -> Outlet | None:
        """The one outlet with that name or public id, None where there is none; raises `Ambiguous`."""
        key = name_key(name) or name
        if key not in self._by_name:
            self._by_name[key] = self._find(name)
        return self._by_name[key]

    def at(self, url: str) -> Outlet | None:
        """The outlet to whose domain the address belongs."""
        host = urlsplit(url).netloc
        if host not in self._by_host:
            self._by_host[host] = Outlet.objects.for_url(url)
        return self._by_host[host]

    def create(self, name: str, *, language: str) -> Outlet:
        """A new outlet of that name, in the language of the row that names it."""
        outlet = Outlet.objects.create(**{f"name_{language}": name})
        self._by_name[name_key(name) or name] = outlet
        return outlet

    @cached_property
    def spellings(self) -> list[tuple[str, str]]:
        """Every name of every outlet: the outlet as shown, and a spelling to look for in a text."""
        spellings = []
        for outlet in Outlet.objects.prefetch_related("names"):
            shown = outlet.name_in(LANGUAGES[0]).text
            own = (outlet.name_in(language).text for language in LANGUAGES)
            names = dict.fromkeys([*own, *(name.text for name in outlet.names.all())])
            spellings += [(shown, name) for name in names]
        return spellings

    def _find(self, name: str) -> Outlet | None:
        if outlet := Outlet.objects.filter(public_id=name).first():
            return outlet
        found = list(Outlet.objects.named_exactly(name)[:2])
        if len(found) > 1:
            raise Ambiguous(name)
        return found[0] if found else None


class PeopleMatcher:
    """Finds people and organisations by exact name and remembers what it found."""

    def __init__(self) -> None:
        self._by_name: dict[str, Named | None] = {}

    def named(self, name: str) -> Named | None:
        """The one person or organisation with that name, or None where there is none or more than one."""
        key = name_key(name)
        if not key:
            return None
        if key not in self._by_name:
            found: list[Any] = [
                *Person.objects.named_exactly(name)[:2],
                *Organisation.objects.named_exactly(name)[:2],
            ]
            self._by_name[key] = found[0] if len(found) == 1 else None
        return self._by_name[key]
