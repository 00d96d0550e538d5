"""What every record of the newsroom shares: a public address that never changes and a version that guards saves."""

import secrets
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from newsroom.text.names import name_key

# Crockford's base 32: no i, l, o or u, so an id can be read out over the telephone.
PUBLIC_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 10


def new_public_id() -> str:
    """A random id of 50 bits: among a million records two are alike with a chance of about 1 in 2,000."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _digit in range(PUBLIC_ID_LENGTH))


class StaleRecord(Exception):
    """Somebody else saved the record after it was read; the save was refused and nothing was written."""

    def __init__(self, record: "Versioned") -> None:
        self.record = record
        super().__init__(
            _("“%(record)s” was changed by someone else after version %(version)s was opened. Open it again.")
            % {"record": record, "version": record.version}
        )


class PublicRecord(models.Model):
    """A record with a page: `public_id` stands in its URL and never changes."""

    public_id = models.CharField(
        _("public id"), max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A record that refuses a stale save: `save()` raises `StaleRecord` unless `version` is still the stored one."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            super().save(*args, **kwargs)
            return
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "version", "updated_at"}
        read = self.version
        try:
            with transaction.atomic():
                # The condition and the row lock of this UPDATE let exactly one of two writers through.
                stored = type(self)._base_manager.filter(pk=self.pk, version=read)
                if not stored.update(version=read + 1):
                    raise StaleRecord(self)
                self.version = read + 1
                super().save(*args, **kwargs)
        except BaseException:
            self.version = read
            raise


class NameKeyField(models.TextField):
    """The folded keys of other columns, one a line, by which a name is found in any spelling (see `name_key`)."""

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{**kwargs, "editable": False, "default": ""})

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"], kwargs["default"]
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, record: models.Model, add: bool) -> str:
        keys = "\n".join(name_key(text) for column in self.of if (text := getattr(record, column)))
        setattr(record, self.attname, keys)
        return keys
