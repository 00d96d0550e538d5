"""The questions asked about people, organisations and their names."""

from __future__ import annotations

import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from newsroom.text.names import name_key
from people.choices import NameKind


class NamedQuerySet(models.QuerySet):
    """Records with `name_keys` of their own and further `names`."""

    def called(self, text: str) -> Self:
        """Those one of whose names, in any language or spelling, contains the text; everyone for an empty text."""
        key = name_key(text)
        if not key:
            return self
        return self.filter(pk__in=self._by_key("contains", key))

    def named_exactly(self, text: str) -> Self:
        """Those one of whose names is the text, spelling differences apart."""
        key = name_key(text)
        if not key:
            return self.none()
        return self.filter(pk__in=self._by_key("exact", key))

    def _by_key(self, lookup: str, key: str) -> models.QuerySet:
        own = {
            "contains": Q(name_keys__contains=key),
            # name_keys holds one key a line.
            "exact": Q(name_keys=key)
            | Q(name_keys__startswith=f"{key}\n")
            | Q(name_keys__endswith=f"\n{key}"),
        }[lookup]
        # A union of two index-friendly queries: OR over the join would read every record.
        everyone = self.model._base_manager
        others = everyone.filter(**{f"names__key__{lookup}": key})
        return everyone.filter(own).values("pk").union(others.values("pk"))


class NameQuerySet(models.QuerySet):
    def shown(self) -> Self:
        """Names a reader may see: hostile ones are for search alone."""
        return self.exclude(kind=NameKind.HOSTILE)


class PositionQuerySet(models.QuerySet):
    def in_force(self, *, on: datetime.date) -> Self:
        """Positions held on that day; an unknown start or end does not rule one out, unless both are unknown."""
        started = Q(started_on__isnull=True) | Q(started_on__lte=on)
        not_ended = Q(ended_on__isnull=True) | Q(ended_on__gte=on)
        return self.filter(started, not_ended).exclude(started_on__isnull=True, ended_on__isnull=True)
