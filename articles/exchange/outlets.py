"""Outlets as a table, with their domains and other names."""

from articles.models import Outlet
from newsroom.exchange.columns import Codes, Line, Lines, OtherNames, Reference
from newsroom.exchange.resource import RecordResource


class OutletResource(RecordResource):
    name_ar = Line("name_ar")
    name_en = Line("name_en")
    names = OtherNames("names")
    domains = Lines("domains", "domain")
    kind = Line("kind")
    parent = Reference("parent", Outlet)
    languages = Codes("languages")
    country = Line("country")
    homepage = Line("homepage")
    description_ar = Line("description_ar")
    description_en = Line("description_en")
    wikidata_id = Line("wikidata_id")

    related = ("names", "domains", "parent")

    class Meta(RecordResource.Meta):
        model = Outlet
        fields = (
            "id",
            "version",
            "name_ar",
            "name_en",
            "names",
            "domains",
            "kind",
            "parent",
            "languages",
            "country",
            "homepage",
            "description_ar",
            "description_en",
            "wikidata_id",
        )
