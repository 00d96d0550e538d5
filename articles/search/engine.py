"""The seam: what a search engine is given and what it answers, without a word about which engine it is.

The engine sees tokens, ids and numbers; it stores no text and decides nothing about visibility beyond the moment a
record becomes public. Whoever calls it reads every hit again from PostgreSQL.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import Any, Protocol

from articles.search.terms import Stream, TermClause


class Kind(IntEnum):
    """The kinds of record that are found; the number is part of a record's key in the index."""

    ARTICLE = 0
    CLAIM = 1

    @property
    def code(self) -> str:
        return self.name.lower()


class Sort(StrEnum):
    RELEVANCE = "relevance"
    DATE = "date"


class Match(StrEnum):
    """Whether one of the words is enough or all of them must occur."""

    ANY = "any"
    ALL = "all"


_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def microseconds(moment: datetime.datetime) -> int:
    """The moment as an engine counts it, exactly as PostgreSQL holds it."""
    return (moment - _EPOCH) // datetime.timedelta(microseconds=1)


class SearchUnavailable(Exception):
    """There is no usable index at the moment; one is being built, or `manage.py indexer` does not run."""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A published article or claim as the engine keeps it: tokens to find it by, ids and numbers to filter by."""

    kind: Kind
    pk: int
    # Passages by language: the words of two passages never stand side by side.
    passages: Mapping[str, Sequence[Stream]]
    names: Sequence[Stream]
    languages: Sequence[str]
    original_language: str
    outlets: Iterable[int]
    people: Iterable[int]
    organisations: Iterable[int]
    verdict: str
    # Days are counted from the year 1, moments in microseconds since 1970. A record without a known date has no day.
    day: int | None
    year: int | None
    month: int | None
    moment: int
    publish_at: int
    # Skeletons of what stands in the title, and of the names of what the record is linked to.
    sounds: Sequence[str] = ()
    name_sounds: Sequence[str] = ()
    # The folded words of the title in each language, divided by spaces.
    titles: Sequence[str] = ()
    # The signatures of an article's text, and the article that the desk says it copies; see `copies`.
    signatures: tuple[bytes, ...] = ()
    original: int | None = None
    # The article under which this one is shown, for it has the same text.
    copy_of: int | None = None

    def fingerprint(self) -> int:
        """A number that differs for any other content: the index keeps it, so that it can be compared with the database.

        Whose copy it is depends on other records, and is left out.
        """
        plain = astuple(replace(self, outlets=sorted(self.outlets), people=sorted(self.people),
                                organisations=sorted(self.organisations), copy_of=None, signatures=()))  # fmt: skip
        return int.from_bytes(
            hashlib.blake2b(repr(plain).encode("utf-8", "surrogatepass"), digest_size=7).digest()
        )


class FacetField(StrEnum):
    """The fields whose values are counted; each is named as its filter is."""

    KINDS = "kinds"
    LANGUAGES = "languages"
    OUTLETS = "outlets"
    PEOPLE = "people"
    ORGANISATIONS = "organisations"
    VERDICTS = "verdicts"
    YEARS = "years"
    MONTHS = "months"
    # By the key of its leader: how many of the copies match, the leader itself apart.
    COPIES = "copies"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be; values of one field are alternatives, fields narrow each other."""

    kinds: frozenset[Kind] = frozenset()
    languages: frozenset[str] = frozenset()
    original_languages: frozenset[str] = frozenset()
    outlets: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    verdicts: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    # Counted from January of the year 0, so that one number orders them.
    months: frozenset[int] = frozenset()
    copies: frozenset[int] = frozenset()
    day_from: int | None = None
    day_to: int | None = None

    def without(self, facet: FacetField) -> Filters:
        """The same filters but for that field's."""
        return replace(self, **{facet.value: frozenset()})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class EngineRequest:
    clauses: Sequence[TermClause]
    # The moment in microseconds since 1970: what becomes public later is neither found nor counted.
    at: int
    match: Match = Match.ANY
    filters: Filters = field(default_factory=Filters)
    # Records that are found whatever their words are, for they are near in meaning; the filters hold for them too.
    near: frozenset[tuple[Kind, int]] = frozenset()
    # Where given, nothing but these records is found.
    among: frozenset[tuple[Kind, int]] | None = None
    # These records are left out.
    without: frozenset[tuple[Kind, int]] = frozenset()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    # Records, and those linked to some outlet or person, that are found even without the words; each with what that
    # counts: 1 is as much as the rarest word.
    favoured: Mapping[tuple[Kind, int], float] = field(default_factory=dict)
    linked: Mapping[tuple[FacetField, int], float] = field(default_factory=dict)
    # The query is a name that titles sound like: what is near in meaning to a name is chance.
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class EngineHit:
    kind: Kind
    pk: int
    score: float
    # The day it is dated, if it is, and where it stands among all records by date: a higher number for each newer one.
    day: int | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class EngineResult:
    total: int
    hits: Sequence[EngineHit]


# Each facet's values with the number of hits that have them, most frequent first.
type FacetCounts = dict[FacetField, list[tuple[str | int, int]]]


class Searcher(Protocol):
    """One unchanging state of the index: a page and its facets are read from the same one."""

    # What callers keep for as long as the index is in this state.
    kept: dict[Any, Any]

    def search(self, request: EngineRequest) -> EngineResult:
        """The hits from `offset` on, and how many there are in all, exactly."""

    def rarity(self, clauses: Sequence[TermClause]) -> float:
        """How much the query's words say together: the sum of their inverse document frequencies."""

    def of_groups(
        self, groups: Sequence[Sequence[str]], *, language: str, kind: Kind, at: int, limit: int
    ) -> tuple[list[EngineHit], float]:
        """Records whose text in that language has stems of the groups, the stems of one counting as one word.

        A member of a group may be several stems divided by spaces, all of which a record must have.
        Beside them what the groups say together, as `rarity` does of clauses.
        """

    def knows(self, clauses: Sequence[TermClause]) -> bool:
        """Whether any of the query's words stands anywhere in the index."""

    def facets(self, request: EngineRequest) -> FacetCounts:
        """The exact counts of every facet, each under all filters but its own."""

    def heard(self, skeletons: Iterable[str], request: EngineRequest) -> Sequence[tuple[Kind, int]]:
        """Records whose titles have some of these skeletons, those with most and rarest first, under the request's filters."""

    def heard_names(self, words: Sequence[Iterable[str]], request: EngineRequest) -> FacetCounts:
        """What records are linked to in whose linked names every word is heard: people, organisations and outlets."""

    def titled(self, words: Sequence[str], prefix: str, *, at: int, limit: int) -> Sequence[tuple[Kind, int]]:
        """The newest records in whose title all the folded words stand, and one that begins with the prefix."""

    def leaders(self, articles: Collection[int]) -> Mapping[int, int]:
        """Of these articles those that are copies, each with the article under which it is shown."""

    def frequency(self, word: str, language: str) -> int:
        """In how many records the folded word stands in that language."""

    def stem_frequency(self, stem: str, language: str) -> int:
        """In how many records some form with that stem stands in that language."""

    @property
    def document_count(self) -> int: ...

    def contents(self) -> Iterable[tuple[Kind, int, int]]:
        """Every record in the index with its fingerprint, in no order."""


class Writer(Protocol):
    """The one process that changes an index; nothing shows before `commit`."""

    def put(self, document: IndexDocument) -> None:
        """Add the document, in place of an earlier one of the same record."""

    def remove(self, kind: Kind, pk: int) -> None: ...

    def commit(self) -> None: ...

    def close(self) -> None: ...
