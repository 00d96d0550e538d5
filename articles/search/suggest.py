"""What a reader may be about to type: people, outlets and organisations by any of their names, and titles.

Only what is public now is suggested, read from PostgreSQL each time. The last word may be unfinished; the others stand as
typed. One look costs at most five queries and one search, whatever is typed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from articles.models import Article, Claim, Outlet, OutletName
from articles.querysets import publicly_named
from articles.search.engine import Kind, microseconds
from articles.search.reader import searcher
from newsroom.text.analysis import form_of
from newsroom.text.fragments import Fragment
from newsroom.text.languages import LANGUAGES
from newsroom.text.names import name_key
from newsroom.text.tokens import tokenize
from people.models import Name, Organisation, Person

MOST_COMPLETIONS = 8
MOST_NAMES = 4
# A single letter begins too much to be of use.
LEAST_LETTERS = 2
# Of a text this long nobody waits for a completion.
LONGEST_TYPED = 100
_MOST_WORDS = 8
_TITLES_READ = 24
_ARTICLE_BEFORE_LITTLE = re.compile(r"\bال(?=\w{1,2}$)")

_NAMED: tuple[tuple[type[models.Model], type[models.Model], str], ...] = (
    (Person, Name, "person"),
    (Organisation, Name, "organisation"),
    (Outlet, OutletName, "outlet"),
)
_TITLED: dict[Kind, tuple[Any, str]] = {
    Kind.ARTICLE: (Article, "headline"),
    Kind.CLAIM: (Claim, "statement"),
}


@dataclass(frozen=True, slots=True)
class Completion:
    """A record that begins like what was typed, under its name or title in the language it is shown in."""

    # person, organisation, outlet, article or claim.
    kind: str
    record: Any
    label: Fragment
    # Where in the label the words typed stand: [start, end) in characters.
    marks: Sequence[tuple[int, int]]
    # Its page in the reader's language.
    url: str


def completions(
    text: str, *, language: str, at: datetime.datetime, limit: int = MOST_COMPLETIONS
) -> list[Completion]:
    """The likeliest records for a query that is still being typed: names first, then titles, newest first.

    Raises SearchUnavailable while there is no index.
    """
    words = _words(text)
    if not words or len(text) > LONGEST_TYPED or sum(map(len, words)) < LEAST_LETTERS:
        return []
    named = list(_named(text, words, language, at=at))
    titled = _titled(words, language, at=at)
    names = named[: max(min(MOST_NAMES, limit), limit - len(titled))]
    return [*names, *titled][:limit]


def _words(text: str) -> list[str]:
    """The folded words typed; of too many the last ones, for those are being typed."""
    return [form.word for token in tokenize(text) if (form := form_of(token)).word][-_MOST_WORDS:]


def _named(text: str, words: Sequence[str], language: str, *, at: datetime.datetime) -> Iterator[Completion]:
    keys = _keys(text)
    if not keys:
        return
    found = []
    for model, others, owner in _NAMED:
        other_names = others._default_manager.filter(_begins("key", keys), **{owner: OuterRef("pk")})
        having = model._default_manager.filter(_begins("name_keys", keys) | Q(Exists(other_names)))
        public = publicly_named(having, at=at).order_by("pk")[: MOST_COMPLETIONS * 2]
        found += [(owner, record) for record in public]
    order = [owner for _model, _others, owner in _NAMED]
    found.sort(key=lambda one: (not _own_name_begins(one[1], keys), order.index(one[0]), one[1].pk))
    for owner, record in found:
        label = record.name_in(language)
        marks = _marks(label.text, words, is_finished=text[-1:].isspace())
        yield Completion(owner, record, label, marks, record.get_absolute_url(language))


def _keys(text: str) -> list[str]:
    """The keys of names that may be meant; an article at the beginning of a word is no part of one.

    Of a word just begun it is not sure yet: «الكا» may become «الكاظمي», and «الا» «الاء».
    """
    key = name_key(text)
    begun = _ARTICLE_BEFORE_LITTLE.sub("", key)
    return [key for key in dict.fromkeys((key, begun)) if len(key) >= LEAST_LETTERS]


def _begins(column: str, keys: Sequence[str]) -> Q:
    """A line or a word of the column begins with one of the keys. That it contains one is what the index answers."""
    begins = Q()
    for key in keys:
        places = Q(**{f"{column}__startswith": key})
        for before in (" ", "\n"):
            places |= Q(**{f"{column}__contains": f"{before}{key}"})
        begins |= Q(**{f"{column}__contains": key}) & places
    return begins


def _own_name_begins(record: Any, keys: Sequence[str]) -> bool:
    return any(line.startswith(tuple(keys)) for line in record.name_keys.split("\n"))


def _titled(words: Sequence[str], language: str, *, at: datetime.datetime) -> list[Completion]:
    *finished, last = words
    if len(last) < LEAST_LETTERS and not finished:
        return []
    found = searcher().titled(finished, last, at=microseconds(at), limit=_TITLES_READ)
    records: dict[tuple[Kind, int], Any] = {}
    for kind, (model, title) in _TITLED.items():
        if keys := [pk for of_kind, pk in found if of_kind is kind]:
            columns = [f"{title}_{code}" for code in LANGUAGES]
            public = model.objects.published(at=at).filter(pk__in=keys)
            for record in public.only("public_id", "original_language", *columns):
                # Without a title its text would be asked for, one by one.
                if any(getattr(record, column) for column in columns):
                    records[kind, record.pk] = record
    listed = [
        _completion(kind, record, words, language)
        for kind, pk in found
        if (record := records.get((kind, pk))) is not None
    ]
    # Titles that begin with the words before those that have them somewhere; newest first within each.
    return sorted(listed, key=lambda one: not (one.marks and one.marks[0][0] <= 1))[:MOST_COMPLETIONS]


def _completion(kind: Kind, record: Any, words: Sequence[str], language: str) -> Completion:
    """The title in the reader's language, or in the other one where only that has the words."""
    titles = [record.title_in(code) for code in sorted(LANGUAGES, key=lambda code: code != language)]
    ways = [
        (title, _marks(title.text, words, is_finished=False)) for title in titles if not title.is_fallback
    ]
    title, marks = max(ways or [(titles[0], [])], key=lambda way: len(way[1]))
    return Completion(kind.code, record, title, marks, record.get_absolute_url(language))


def _marks(label: str, words: Sequence[str], *, is_finished: bool) -> list[tuple[int, int]]:
    whole, last = frozenset(words if is_finished else words[:-1]), words[-1]
    marks = []
    for token in tokenize(label):
        word = form_of(token).word
        if word and (word in whole or (not is_finished and word.startswith(last))):
            marks.append((token.start, token.end))
    return marks
