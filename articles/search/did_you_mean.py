"""Did you mean: a query whose words nothing public has, corrected from the words that public records do have.

The vocabulary is the index itself, so it is as fresh as the index and nothing is built for a request: near spellings are made
(`spelling`) and looked up. A query has *good hits*, and nothing is suggested for it, where each of its telling words stands in
some record in any form, or may be translated, or where it names somebody. What is suggested finds something under the same
filters, and how its new words are written is read from a public record that has them: a word that stands only in what was
withdrawn a moment ago is never shown, whatever the index still holds.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from articles.models import Article, Claim
from articles.search.engine import EngineHit, EngineRequest, Kind, Searcher
from articles.search.glossary import glossary
from articles.search.lexicon import translations
from articles.search.query import Occurs, parse
from articles.search.results import SuggestedPart, Suggestion
from articles.search.spelling import easy_variants, in_other_layout, variants
from articles.search.tantivy_query import terms_of
from articles.search.terms import Term, TermClause, TermPiece, clauses
from articles.search.verbs import other_forms
from newsroom.text.analysis import form_of
from newsroom.text.languages import ARABIC, ENGLISH, LANGUAGES
from newsroom.text.skeleton import skeletons
from newsroom.text.tokens import Token, tokenize

# Shorter words are near too many others.
SHORTEST = 4
# Of one unknown word of such a length two edits are tried: what is looked up stays below some thousand spellings.
TWO_EDITS = range(5, 15)
LONGEST = 24
MOST_CORRECTED = 3
# Of a pasted text nobody looks for a slip of the pen.
MOST_WORDS = 12
# Of so many of the likeliest spellings of a word it is asked whether they find something.
_TRIED = 4
# How many times as frequent a word must be to make up for one whole edit more.
_EDIT_WORTH = 3.0
# The records in which the spelling of a word is looked up.
_READ = 3
_SCRIPTS = {"arabic": ARABIC, "latin": ENGLISH}

type Read = Callable[[Iterable[EngineHit]], Mapping[tuple[Kind, int], Article | Claim]]


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch of the query and the folded words it is likely meant to be."""

    start: int
    end: int
    words: tuple[str, ...]


def did_you_mean(index: Searcher, asked: EngineRequest, text: str, *, read: Read) -> Suggestion | None:
    """The query as it was likely meant; None for one with good hits, and where no spelling of it finds something.

    `asked` is the request of the query as typed, with its filters and moment. `read` gives the records of hits as they are
    now, public ones only.
    """
    terms = {term.word: term for term in terms_of(asked.clauses) if not term.is_common}
    if len(terms) > MOST_WORDS:
        return None
    unknown = {word for word, term in terms.items() if not _is_known(index, term)}
    readings: Iterator[tuple[str, list[_Change]]] = iter(())
    if unknown and len(unknown) == len(terms):
        readings = _in_other_layout(index, text)
    tokens = [token for token in tokenize(text) if form_of(token).word in unknown]
    if 0 < len(tokens) <= MOST_CORRECTED:
        readings = chain(readings, _corrected(index, text, tokens, is_heard=bool(asked.favoured)))
    suggestions = (_checked(index, asked, meant, changes, read=read) for meant, changes in readings)
    return next(filter(None, suggestions), None)


def _is_known(index: Searcher, term: Term) -> bool:
    """Whether a record has the word in any form, or it can be translated: then it is a word, and no slip."""
    return (
        index.knows([_may(term)])
        or bool(other_forms(index, term))
        or glossary().knows(term.stem)
        or any(translations(term.stem, language) for language in LANGUAGES)
    )


def _may(*terms: Term) -> TermClause:
    return TermClause(tuple(TermPiece((term,)) for term in terms))


def _corrected(
    index: Searcher, text: str, tokens: Sequence[Token], *, is_heard: bool
) -> Iterator[tuple[str, list[_Change]]]:
    """The text with every one of the words in its best spelling, then one word after another in its next best."""
    choices = [_spellings(index, token, is_alone=len(tokens) == 1) for token in tokens]
    if is_heard:
        # Titles sound like it: another spelling of what is heard may be meant, and no other word.
        choices = [
            [words for words in spellings if skeletons(token.text) & skeletons(" ".join(words))]
            for spellings, token in zip(choices, tokens, strict=True)
        ]
    if not all(choices):
        return
    best = [spellings[0] for spellings in choices]
    others = [
        [*best[:at], words, *best[at + 1 :]]
        for at, spellings in enumerate(choices)
        for words in spellings[1:]
    ]
    for chosen in (best, *others):
        yield (
            text,
            [_Change(token.start, token.end, words) for token, words in zip(tokens, chosen, strict=True)],
        )


def _spellings(index: Searcher, token: Token, *, is_alone: bool) -> list[tuple[str, ...]]:
    """Words of the index near the one typed, likeliest first; or the two words it is when a space is put in."""
    word, language = form_of(token).word, _SCRIPTS.get(token.script)
    if language is None or not SHORTEST <= len(word) <= LONGEST:
        return []
    found = _weighed(index, language, variants(word))
    for cut in range(2, len(word) - 1):
        apart = (word[:cut], word[cut:])
        if rarer := min(index.frequency(part, language) for part in apart):
            found[apart] = _worth(1.0, rarer) - 1.0
    if not found and is_alone and len(word) in TWO_EDITS:
        found = _weighed(index, language, easy_variants(word))
    return sorted(found, key=lambda words: (-found[words], words))[:_TRIED]


def _weighed(index: Searcher, language: str, costs: Mapping[str, float]) -> dict[tuple[str, ...], float]:
    return {
        (word,): _worth(cost, frequency)
        for word, cost in costs.items()
        if len(word) > 1 and (frequency := index.frequency(word, language))
    }


def _worth(cost: float, frequency: int) -> float:
    return math.log10(1 + frequency) - _EDIT_WORTH * cost


def _in_other_layout(index: Searcher, text: str) -> Iterator[tuple[str, list[_Change]]]:
    """What the same keys write in the other layout, where all of that is words that records have."""
    for typed in in_other_layout(text):
        forms = [(token, form) for token in tokenize(typed) if not (form := form_of(token)).is_stop]
        if forms and all(
            form.language in LANGUAGES and index.frequency(form.word, form.language) for _token, form in forms
        ):
            yield typed, [_Change(token.start, token.end, (form.word,)) for token, form in forms]


def _checked(
    index: Searcher, asked: EngineRequest, text: str, changes: Sequence[_Change], *, read: Read
) -> Suggestion | None:
    """The text with the changes made, written as a public record writes them; None where it finds nothing."""
    folded = _put_together(text, changes, {})
    found = clauses(parse(folded.text))
    wanted = {word for change in changes for word in change.words}
    if not found:
        return None
    insisting = [
        replace(clause, occurs=Occurs.MUST)
        if clause.occurs is Occurs.MAY and _has(clause, wanted)
        else clause
        for clause in found
    ]
    hits = index.search(replace(asked, clauses=insisting, favoured={}, linked={}, limit=_READ, offset=0)).hits
    written = _as_written(read(hits).values(), wanted)
    return _put_together(text, changes, written) if wanted <= written.keys() else None


def _has(clause: TermClause, wanted: set[str]) -> bool:
    return any(term.word in wanted for piece in clause.pieces for term in piece.terms)


def _as_written(records: Iterable[Article | Claim], wanted: set[str]) -> dict[str, str]:
    """The commonest spelling of each folded word in those records."""
    spellings: dict[str, Counter[str]] = {word: Counter() for word in wanted}
    for record in records:
        fields = ("statement", "context") if isinstance(record, Claim) else ("headline", "standfirst", "body")
        for field in fields:
            for language in LANGUAGES:
                for token in tokenize(getattr(record, f"{field}_{language}") or ""):
                    if (word := form_of(token).word) in wanted:
                        spellings[word][token.text] += 1
    return {word: counted.most_common(1)[0][0] for word, counted in spellings.items() if counted}


def _put_together(text: str, changes: Sequence[_Change], written: Mapping[str, str]) -> Suggestion:
    parts, done = [], 0
    for change in changes:
        parts.append(SuggestedPart(text[done : change.start]))
        parts.append(SuggestedPart(" ".join(written.get(word, word) for word in change.words), True))
        done = change.end
    parts.append(SuggestedPart(text[done:]))
    parts = [part for part in parts if part.text]
    return Suggestion("".join(part.text for part in parts), tuple(parts))
