"""The language columns of people and organisations, and their history.

History is registered here, after the columns exist: registered in models.py it would copy the model without them,
and every save would fail.
"""

import simple_history
from modeltranslation.translator import TranslationOptions, register

from people.models import Organisation, Person, Position


@register(Person)
class PersonTranslation(TranslationOptions):
    fields = ("name", "description", "biography")


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Position)
class PositionTranslation(TranslationOptions):
    fields = ("title",)


# name_keys is derived from the names beside it.
for model in (Person, Organisation):
    simple_history.register(model, app="people", excluded_fields=["name_keys"])
