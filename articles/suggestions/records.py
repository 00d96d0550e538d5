"""From records to what the rules take, and back: the names of the database, and articles that share passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

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

    Without candidates given, the articles changed last are looked at, a bounded number; their texts are read once and
    remembered by version, so the cost is that of one query and of a few comparisons.
    """
    others = list(candidates) if candidates is not None else list(_recent(article))
    found = []
    for language in LANGUAGES:
        text = getattr(article, f"body_{language}") or ""
        if not text:
            continue
        keys = near_duplicate_keys(text[:_LONGEST_COMPARED])
        alike = [
            (resemblance(keys, _keys(other, language)), other) for other in others if other.pk != article.pk
        ]
        likely = sorted((pair for pair in alike if pair[0] >= LEAST_RESEMBLANCE), key=lambda pair: -pair[0])
        for _share, other in likely[:MOST_COMPARED]:
            shared = overlap(text[:_LONGEST_COMPARED], getattr(other, f"body_{language}")[:_LONGEST_COMPARED])
            if shared.passages:
                found.append(Duplicate(other, language, shared))
    return sorted(found, key=lambda one: -max(one.overlap.share_of_a, one.overlap.share_of_b))


def _recent(article: Article) -> Iterator[Article]:
    bodies = Q()
    for language in LANGUAGES:
        if getattr(article, f"body_{language}"):
            bodies |= Q(**{f"body_{language}__gt": ""})
    if bodies:
        others = Article.objects.filter(bodies).exclude(pk=article.pk)
        yield from others.defer("raw_text", "cuts").order_by("-updated_at")[:MOST_CANDIDATES].iterator()


def _keys(article: Article, language: str) -> tuple[int, ...]:
    text = (getattr(article, f"body_{language}") or "")[:_LONGEST_COMPARED]
    return _remembered_keys(article.pk, article.version, language, text) if text else ()


@lru_cache(maxsize=_REMEMBERED)
def _remembered_keys(pk: int, version: int, language: str, text: str) -> tuple[int, ...]:
    return tuple(near_duplicate_keys(text))
