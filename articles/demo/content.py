"""The demo newsroom as it is written in the files of `content/`, read and free of keys that lead nowhere.

A record's key is its name in those files; its `public_id` is made from it, so that it is the same on every machine.
"""

import datetime
import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from newsroom.records import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH
from newsroom.text.dates import DatePrecision

FOLDER = Path(__file__).parent / "content"

type Row = dict[str, Any]
# The sources of a chain, step by step; each is a row with at least a `key`.
type Chain = list[list[Row]]
# A use of a key: who uses it, the key, and the rows one of which must carry it.
type _Use = tuple[str, str, dict[str, Row]]

_BITS_PER_DIGIT = 5
_QUALIFIERS = {
    "about": DatePrecision.ABOUT,
    "before": DatePrecision.BEFORE,
    "after": DatePrecision.AFTER,
}


class BrokenContent(Exception):
    """A demo file names something that none of the files holds; the message says which."""


def demo_public_id(kind: str, key: str) -> str:
    """The public id of a demo record: `demo_public_id("claim", "drones-made-in-iran")`."""
    bits = PUBLIC_ID_LENGTH * _BITS_PER_DIGIT
    number = int.from_bytes(hashlib.sha256(f"{kind}/{key}".encode()).digest()) >> (256 - bits)
    shifts = range(bits - _BITS_PER_DIGIT, -1, -_BITS_PER_DIGIT)
    return "".join(PUBLIC_ID_ALPHABET[(number >> shift) & 31] for shift in shifts)


def known_date(text: str) -> tuple[datetime.date | None, str]:
    """The day and the precision of "1967", "2016-06", "2020-05-07" or "about 2021-11-08"; (None, "") of ""."""
    if not text:
        return None, ""
    *qualifier, day = text.split()
    parts = [int(part) for part in day.split("-")]
    precision = (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.DAY)[len(parts) - 1]
    if qualifier:
        precision = _QUALIFIERS[qualifier[0]]
    return datetime.date(*(*parts, 1, 1)[:3]), precision


@dataclass(frozen=True)
class Content:
    """Rows by key, in the order of the files."""

    people: dict[str, Row]
    organisations: dict[str, Row]
    outlets: dict[str, Row]
    # Unnamed sources and documents, by the key that chains use for them.
    sources: dict[str, Row]
    articles: dict[str, Row]
    claims: dict[str, Row]
    relations: list[Row]
    # The glossary: of each language the term, then its further words.
    terms: dict[str, Row]

    def tellings(self) -> Iterator[tuple[str, Row]]:
        """Each telling with the key of its claim."""
        for key, claim in self.claims.items():
            for telling in claim["told"]:
                yield key, telling


def read(folder: Path = FOLDER) -> Content:
    """The demo content; raises `BrokenContent` where a key is used that no file defines, or defined twice."""
    content = Content(
        people=_file(folder / "people.toml"),
        organisations=_file(folder / "organisations.toml"),
        outlets=_file(folder / "outlets.toml"),
        sources=_file(folder / "sources.toml"),
        articles={path.stem: _file(path) for path in sorted((folder / "articles").glob("*.toml"))},
        claims={
            key: claim
            for path in sorted((folder / "claims").glob("*.toml"))
            for key, claim in _file(path).items()
        },
        relations=_file(folder / "relations.toml")["relation"],
        terms=_file(folder / "terms.toml"),
    )
    _check(content)
    return content


def chain_of(telling: Row) -> Chain:
    """The telling's chain with every source as a row: a bare key is one with nothing more to say."""
    return [
        [source if isinstance(source, dict) else {"key": source} for source in step]
        for step in telling.get("chain", [])
    ]


def _file(path: Path) -> Row:
    return tomllib.loads(path.read_text("utf-8"))


def _check(content: Content) -> None:
    named = [*content.people, *content.organisations, *content.outlets, *content.sources]
    if twice := {key for key in named if named.count(key) > 1}:
        raise BrokenContent(f"These keys name two things: {', '.join(sorted(twice))}. Rename one of each.")
    for user, used, defined in chain(_of_records(content), _of_articles(content), _of_claims(content)):
        if used not in defined:
            raise BrokenContent(
                f"“{user}” names “{used}”, which no file defines. Define it or correct the key."
            )


def _of_records(content: Content) -> Iterator[_Use]:
    for key, person in content.people.items():
        for position in person.get("positions", []):
            if "organisation" in position:
                yield key, position["organisation"], content.organisations
    for key, outlet in content.outlets.items():
        if "parent" in outlet:
            yield key, outlet["parent"], content.outlets


def _of_articles(content: Content) -> Iterator[_Use]:
    mentioned = {**content.people, **content.organisations, **content.outlets}
    for key, article in content.articles.items():
        if "outlet" in article:
            yield key, article["outlet"], content.outlets
        if "copy_of" in article:
            yield key, article["copy_of"], content.articles
        for keys in article.get("mentions", {}).values():
            yield from ((key, used, mentioned) for used in keys)


def _of_claims(content: Content) -> Iterator[_Use]:
    speaking = {**content.people, **content.organisations, **content.outlets, **content.sources}
    for key, claim in content.claims.items():
        yield from ((key, used, content.people) for used in claim.get("people", []))
        yield from ((key, used, content.organisations) for used in claim.get("organisations", []))
    for key, telling in content.tellings():
        yield key, telling["article"], content.articles
        yield from ((key, source["key"], speaking) for step in chain_of(telling) for source in step)
    for relation in content.relations:
        yield from (("relations.toml", relation[side], content.claims) for side in ("claim", "other"))
