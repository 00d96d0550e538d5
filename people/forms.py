"""The forms of people and organisations."""

from __future__ import annotations

from newsroom.desk.forms import VersionedForm
from people.models import Organisation, Person


class PersonForm(VersionedForm):
    class Meta:
        model = Person
        fields = "__all__"


class OrganisationForm(VersionedForm):
    class Meta:
        model = Organisation
        fields = "__all__"
