"""People and organisations as tables, with every name they go by."""

from collections.abc import Sequence
from typing import ClassVar

from newsroom.exchange.columns import Column, Date, Line, OtherNames
from newsroom.exchange.resource import RecordResource
from people.models import Organisation, Person


class NamedResource(RecordResource):
    """What the tables of people, organisations and outlets share, as `people.models.Named` does."""

    name_ar = Line("name_ar")
    name_en = Line("name_en")
    names = OtherNames("names")
    description_ar = Line("description_ar")
    description_en = Line("description_en")
    country = Line("country")
    wikidata_id = Line("wikidata_id")

    related: ClassVar[Sequence[str]] = ("names",)


class PersonResource(NamedResource):
    biography_ar = Column("biography_ar")
    biography_en = Column("biography_en")
    born_on = Date("born_on")
    born_precision = Line("born_precision")
    died_on = Date("died_on")
    died_precision = Line("died_precision")

    class Meta(RecordResource.Meta):
        model = Person
        fields = (
            "id",
            "version",
            "name_ar",
            "name_en",
            "names",
            "description_ar",
            "description_en",
            "biography_ar",
            "biography_en",
            "born_on",
            "born_precision",
            "died_on",
            "died_precision",
            "country",
            "wikidata_id",
        )


class OrganisationResource(NamedResource):
    kind = Line("kind")

    class Meta(RecordResource.Meta):
        model = Organisation
        fields = (
            "id",
            "version",
            "name_ar",
            "name_en",
            "names",
            "kind",
            "description_ar",
            "description_en",
            "country",
            "wikidata_id",
        )
