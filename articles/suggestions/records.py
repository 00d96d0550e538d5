"""From records to what the rules take, and back: the names of the database, and articles that share passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from articles.models import Article, Outlet, OutletName
from articles.suggestions.names import ORGANISATION, OUTLET, PERSON, KnownName, Names, Record
from articles.suggestions.shared import Overlap, near_duplicate_keys, overlap, resemblance
from newsroom.text.languages import LANGUAGES
from people.choices import NameKind
from people.models import Name, Organisation, Person

# Of so many articles changed last, copies are looked for; see docs/suggestions.md for what would lift the bound.
MOST_CANDIDATES = 400
MOST_COMPARED = 20
# Below this share of common runs two articles have no passage worth showing.
LEAST_RESEMBLANCE = 0.01
_LONGEST_COMPARED = 60_000
# Keys of articles already read; an article changed has another version, and so another entry.
_REMEMBERED = 4_096
_OVERLAPS_KEPT = 256
_overlaps: dict[tuple[int, int, int, int], Overlap] = {}
_remembered: dict[tuple[int, int, str], tuple[int, ...]] = {}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another article with passages of this one, in the language in which both have them."""

    article: Article
    language: str
    overlap: Overlap


def known_names() -> Names:
    """The names of every person, organisation and outlet, ready for `mentions`. Record keys are primary keys."""
    return Names.of(_known())


def _known() -> Iterator[KnownName]:
    for kind, model in ((PERSON, Person), (ORGANISATION, Organisation), (OUTLET, Outlet)):
        for key, *names in model._default_manager.values_list("pk", *(f"name_{code}" for code in LANGUAGES)):
            yield from (KnownName(Record(kind, key), name) for name in names if name)
    for person, organisation, text, kind in Name.objects.values_list(
        "person_id", "organisation_id", "text", "kind"
    ):
        record = Record(PERSON, person) if person else Record(ORGANISATION, organisation)
        yield KnownName(record, text, is_proper=kind == NameKind.TRANSLITERATION)
    for outlet, text, kind in OutletName.objects.values_list("outlet_id", "text", "kind"):
        yield KnownName(Record(OUTLET, outlet), text, is_proper=kind == NameKind.TRANSLITERATION)


def near_duplicates(article: Article, *, candidates: Iterable[Article] | None = None) -> list[Duplicate]:
    """Articles that share passages with this one, the most alike first.

    Without candidates given, the articles changed last are looked at, a bounded number. Their keys are remembered by
    version, so that only what is new among them is read, and in full only those that are likely alike: three queries.
    """
    others: dict[int, Article] = {}
    bodies = {code: text for code in LANGUAGES if (text := getattr(article, f"body_{code}"))}
    if not bodies:
        return []
    if candidates is not None:
        others = {other.pk: other for other in candidates if other.pk != article.pk}
        keys = {
            (pk, code): tuple(near_duplicate_keys((getattr(other, f"body_{code}") or "")[:_LONGEST_COMPARED]))
            for pk, other in others.items()
            for code in bodies
        }
    else:
        keys = _recent_keys(article, tuple(bodies))
    alike: list[tuple[float, int, str]] = []
    for code, text in bodies.items():
        own = near_duplicate_keys(text[:_LONGEST_COMPARED])
        shares = (
            (resemblance(own, theirs), pk, code) for (pk, other), theirs in keys.items() if other == code
        )
        likely = sorted(
            (one for one in shares if one[0] >= LEAST_RESEMBLANCE), key=lambda one: (-one[0], one[1])
        )
        alike += likely[:MOST_COMPARED]
    if candidates is None:
        wanted = {pk for _share, pk, _code in alike}
        others = Article.objects.select_related("outlet").defer("raw_text", "cuts").in_bulk(wanted)
    found = []
    for _share, pk, code in alike:
        if pk in others:
            theirs = getattr(others[pk], f"body_{code}") or ""
            shared = _overlap(bodies[code][:_LONGEST_COMPARED], theirs[:_LONGEST_COMPARED])
            if shared.passages:
                found.append(Duplicate(others[pk], code, shared))
    return sorted(found, key=lambda one: -max(one.overlap.share_of_a, one.overlap.share_of_b))


def _overlap(text: str, other: str) -> Overlap:
    """What the texts share, remembered: an editor answers one suggestion after another on the same text."""
    key = (hash(text), len(text), hash(other), len(other))
    if key not in _overlaps:
        while len(_overlaps) >= _OVERLAPS_KEPT:
            _overlaps.pop(next(iter(_overlaps), key), None)
        _overlaps[key] = overlap(text, other)
    return _overlaps[key]


def _recent_keys(article: Article, languages: tuple[str, ...]) -> dict[tuple[int, str], tuple[int, ...]]:
    """The keys of the articles changed last, in those languages."""
    written = Q()
    for code in languages:
        written |= Q(**{f"body_{code}__gt": ""})
    recent = Article.objects.filter(written).exclude(pk=article.pk).order_by("-updated_at")
    versions = list(recent.values_list("pk", "version")[:MOST_CANDIDATES])
    unread = [
        pk for pk, version in versions if any((pk, version, code) not in _remembered for code in languages)
    ]
    bodies = Article.objects.filter(pk__in=unread).values_list(
        "pk", "version", *(f"body_{c}" for c in LANGUAGES)
    )
    for pk, version, *texts in bodies.iterator() if unread else ():
        for code, text in zip(LANGUAGES, texts, strict=True):
            _keys(pk, version, code, text)
    return {
        (pk, code): found
        for pk, version in versions
        for code in languages
        if (found := _remembered.get((pk, version, code)))
    }


def _keys(pk: int, version: int, language: str, text: str | None) -> tuple[int, ...]:
    key = (pk, version, language)
    if key not in _remembered:
        while len(_remembered) >= _REMEMBERED:
            # Another thread may have taken the oldest just now.
            _remembered.pop(next(iter(_remembered), key), None)
        _remembered[key] = tuple(near_duplicate_keys((text or "")[:_LONGEST_COMPARED]))
    return _remembered[key]
