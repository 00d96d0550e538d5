"""The desk's glossary in search: whoever looks for a term finds what it is called elsewhere, in either language.

The indexer, which watches the database anyway, asks every two seconds whether the glossary has changed, and writes it to a
small file beside the index. Workers look at that file's date: a search costs no query more, every worker on the machine
knows a new term within some seconds, and without the file, or before the table is made, search goes on without one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db import ProgrammingError, connection

from articles.models import Term as GlossaryTerm
from articles.search.derived import DerivedFile
from articles.search.query import Occurs
from articles.search.terms import Term, TermClause, TermPiece, terms_in
from newsroom.text.languages import ARABIC, LANGUAGES, other_language

LOOK_EVERY = 2.0
MOST_TERMS = 5_000
# Of one term so many expressions of a language, and of an expression so many words.
MOST_EXPRESSIONS, MOST_WORDS = 12, 8
# What a synonym counts, as a share of the rarity of the word asked for (or its own, where that is less).
SYNONYM_WORTH = 1.2
# The same of one of several words that do not stand side by side, as far as letters tell.
SCATTERED_WORTH = 0.6
# What is written onto the first word of an Arabic phrase.
_CLITICS = ("", "و", "ب", "ل")
_ARTICLE = "ال"
_STATE = """
    SELECT md5(coalesce(string_agg(concat_ws(E'\\x1f', coalesce(term_ar, ''), coalesce(term_en, ''),
        coalesce(further_words_ar, ''), coalesce(further_words_en, '')), E'\\x1e' ORDER BY id), ''))
    FROM articles_term WHERE is_searched
"""

# The telling stems of an expression, in order: by them it is found in a query.
type Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """What a term is called: the stems that say it, and how it is looked for beside a synonym."""

    stems: Stems
    pieces: tuple[TermPiece, ...]


class Glossary:
    """The terms as search needs them: each expression by its stems, with the others of its term."""

    def __init__(self, rows: Sequence[Sequence[Sequence[str]]] = ()) -> None:
        self._found: dict[Stems, list[tuple[str, int]]] = {}
        self._terms: list[dict[str, list[Expression]]] = []
        for number, row in enumerate(rows):
            of = {
                language: [made for text in texts[:MOST_EXPRESSIONS] if (made := expression(text, language))]
                for language, texts in zip(LANGUAGES, row, strict=True)
            }
            self._terms.append(of)
            for language, expressions in of.items():
                for one in expressions:
                    self._found.setdefault(one.stems, []).append((language, number))
        self._longest = max(map(len, self._found), default=0)
        self._known = frozenset(stem for stems in self._found for stem in stems)

    def knows(self, stem: str) -> bool:
        """Whether some term has a word with this stem."""
        return stem in self._known

    def spans(self, stems: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where expressions stand in a row of stems, the longest at each place, none over another."""
        start = 0
        while start < len(stems):
            for end in range(min(start + self._longest, len(stems)), start, -1):
                if tuple(stems[start:end]) in self._found:
                    yield start, end
                    start = end
                    break
            else:
                start += 1

    def translations(self, stems: Stems, language: str) -> list[Stems]:
        """What these stems of that language are in the other one."""
        return list(
            dict.fromkeys(
                one.stems
                for of, number in self._found.get(stems, ())
                if of == language
                for one in self._terms[number][other_language(language)]
            )
        )

    def synonyms(self, stems: Stems) -> list[Expression]:
        """The other expressions of the same language for what these stems say."""
        others = {
            one.stems: one
            for language, number in self._found.get(stems, ())
            for one in self._terms[number][language]
            if one.stems != stems
        }
        return list(others.values())[:MOST_EXPRESSIONS]


_file = DerivedFile("glossary.json", Glossary, empty=Glossary())


def glossary() -> Glossary:
    """The glossary as the indexer has written it last; an empty one where it has written none."""
    return _file.content()


def with_synonyms(query: Sequence[TermClause]) -> list[TermClause]:
    """The query, with the synonyms of terms in it beside their words; what the reader insists on or excludes stays alone."""
    known = glossary()
    words = [_plain_word(clause) for clause in query]
    found = list(query)
    for start, end in known.spans([word.stem if word else "" for word in words]):
        pieces = tuple(
            piece
            for one in known.synonyms(tuple(word.stem for word in words[start:end] if word))
            for piece in one.pieces
        )
        for place in range(start, end) if pieces else ():
            found[place] = replace(found[place], also=(*found[place].also, *pieces))
    return found


def expression(text: str, language: str) -> Expression | None:
    """The text as an expression; None where it has nothing but common words, or too many."""
    words = tuple(terms_in(text))
    stems = tuple(word.stem for word in words if not word.is_common)
    if not stems or len(words) > MOST_WORDS:
        return None
    if len(words) == 1:
        return Expression(stems, (TermPiece(words, worth=SYNONYM_WORTH),))
    phrases = (TermPiece(form, is_phrase=True, worth=SYNONYM_WORTH) for form in _forms(words, language))
    telling = tuple(word for word in words if not word.is_common)
    # Side by side as written is best; «وقف لإطلاق النار» and other spellings have the words in other forms.
    apart = len(telling) > 1
    words_alone = TermPiece(telling, is_scattered=apart, worth=SCATTERED_WORTH if apart else SYNONYM_WORTH)
    return Expression(stems, (words_alone, *phrases))


def refresh() -> bool:
    """Write the file anew where the glossary in the database has changed; whether it was written."""
    try:
        state = _database_state()
    except ProgrammingError:
        # The table comes with the next migration.
        return False
    if _file.made_from() == state:
        return False
    terms = GlossaryTerm.objects.filter(is_searched=True).order_by("pk")[:MOST_TERMS]
    _file.write(state, [[term.expressions(language) for language in LANGUAGES] for term in terms])
    return True


class Watching:
    """Refreshes the file, if there is need, every LOOK_EVERY seconds."""

    def __init__(self) -> None:
        self._next_look = 0.0

    def sometimes(self) -> None:
        if time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + LOOK_EVERY
            refresh()


def _plain_word(clause: TermClause) -> Term | None:
    """The one word of a clause that may occur in any form; None for all other clauses."""
    if clause.occurs is not Occurs.MAY or len(clause.pieces) != 1 or not clause.pieces[0].is_plain:
        return None
    return clause.pieces[0].terms[0]


def _forms(words: tuple[Term, ...], language: str) -> Iterator[tuple[Term, ...]]:
    """The phrase as written; in Arabic also with the article, and with what is written onto its first word."""
    if language != ARABIC:
        yield words
        return
    definite = tuple(word._replace(word=_ARTICLE + word.word) for word in words)
    has_article = any(word.word.startswith(_ARTICLE) for word in words)
    for phrase in (words,) if has_article else (words, definite):
        first, *rest = phrase
        for clitic in _CLITICS:
            # ل and the article are written لل.
            bare = (
                first.word.removeprefix("ا")
                if clitic == "ل" and first.word.startswith(_ARTICLE)
                else first.word
            )
            yield (first._replace(word=clitic + bare), *rest)


def _database_state() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        return cursor.fetchone()[0]
