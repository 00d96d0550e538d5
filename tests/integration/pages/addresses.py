"""Every address a reader can open, for tests that go over all of them."""

LANGUAGES = ("ar", "en")

PLAIN = [
    "/",
    "/claims/",
    "/articles/",
    "/people/",
    "/organisations/",
    "/outlets/",
    "/corrections/",
    "/about/",
]
SEARCHES = [
    "/?q=bridge",
    "/?q=%D8%A7%D9%84%D8%AC%D8%B3%D8%B1",
    "/?type=claim",
    "/?q=zqhiddenzq",
    "/?q=nosuchword",
]
FEEDS = ["/feed/", "/corrections/feed/"]
FOUND = ["/search.csv?q=bridge", "/search.atom?q=bridge", "/search.csv", "/search.atom?q=zqhiddenzq"]
MACHINES = [
    "/robots.txt",
    "/sitemap.xml",
    *(f"/sitemap-{kind}-1.xml" for kind in ("claims", "articles", "people", "organisations", "outlets")),
]


def pages(newsroom) -> list[str]:
    """Each kind of page in each language, with filters too."""
    found = [f"/{language}{path}" for language in LANGUAGES for path in [*PLAIN, *SEARCHES]]
    found += [record.get_absolute_url(language) for language in LANGUAGES for record in newsroom.records]
    found += [
        f"/{language}/{path}"
        for language in LANGUAGES
        for path in (
            f"claims/?told_by={newsroom.outlet.public_id}",
            f"claims/?cited={newsroom.agency.public_id}",
            f"claims/?speaker={newsroom.person.public_id}",
            f"claims/?body={newsroom.organisation.public_id}",
            f"claims/?person={newsroom.person.public_id}&verdict=unverified",
            f"claims/?told_by={newsroom.hidden_outlet.public_id}",
            f"claims/?person={newsroom.hidden_person.public_id}",
            f"articles/?outlet={newsroom.outlet.public_id}&since=2020-01-01",
            f"articles/?outlet={newsroom.hidden_outlet.public_id}",
            "people/?name=salma",
            "people/?name=zqhiddenzq",
            "outlets/?name=zqhiddenzq",
            "organisations/?kind=agency",
        )
    ]
    return found


def everything(newsroom) -> list[str]:
    """Pages, feeds, what machines read, and the API."""
    found = (
        pages(newsroom)
        + [f"/{language}{path}" for language in LANGUAGES for path in FEEDS + FOUND]
        + MACHINES
    )
    return [
        *found,
        "/api/v1/search/?q=bridge",
        "/api/v1/search/?q=zqhiddenzq",
        "/api/v1/suggest/?q=brid",
        "/api/v1/suggest/?q=zqhidden",
    ]
