"""The annotation of demo articles, with their texts and the names of the demo newsroom put in."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articles.demo.content import read
from articles.suggestions.names import ORGANISATION, OUTLET, PERSON

FILE = Path(__file__).parent / "data" / "demo.json"
CONTENT = read()
_RECORDS = {PERSON: CONTENT.people, ORGANISATION: CONTENT.organisations, OUTLET: CONTENT.outlets}


def text_of(article: str) -> str:
    """Headline, standfirst and body of "key.language", as an editor opens them."""
    key, language = article.rsplit(".", 1)
    row = CONTENT.articles[key][language]
    return "\n\n".join([row["headline"], row["standfirst"], row["body"].strip()])


def annotation() -> dict[str, Any]:
    """The annotation, complete as `bench suggestions` reads it."""
    rows = json.loads(FILE.read_text("utf-8"))
    for article in rows["articles"]:
        article["text"] = text_of(article["id"])
    rows["names"] = list(_names())
    for claim in rows["claims"]:
        for cue in claim["cues"]:
            cue["start"] = text_of(claim["file"]).index(cue["text"])
            cue["end"] = cue["start"] + len(cue["text"])
    return rows


def _names() -> Iterator[dict[str, Any]]:
    for kind, records in _RECORDS.items():
        for key, row in records.items():
            names = row.get("names", {})
            named = names.items() if isinstance(names, dict) else [("alias", names)]
            by_group = {group: list(_flat(several)) for group, several in named}
            yield {
                "kind": kind,
                "id": key,
                "name_ar": row.get("name_ar", ""),
                "name_en": row.get("name_en", ""),
                "transliterations": by_group.pop("transliteration", []),
                "aliases": [name for several in by_group.values() for name in several],
            }


def _flat(names: Any) -> Iterator[str]:
    if isinstance(names, str):
        yield names
        return
    for inner in names.values() if isinstance(names, dict) else names:
        yield from _flat(inner)
