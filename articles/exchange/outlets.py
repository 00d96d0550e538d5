"""Outlets as a table, with their domains and other names."""

from articles.models import Outlet
from newsroom.exchange.columns import Address, Codes, Line, Lines, Reference
from newsroom.exchange.resource import RecordResource
from people.exchange import NamedResource


class OutletResource(NamedResource):
    domains = Lines("domains", "domain")
    kind = Line("kind")
    parent = Reference("parent", Outlet)
    languages = Codes("languages")
    homepage = Address("homepage")

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
