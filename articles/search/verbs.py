"""Other forms of an Arabic verb beside the one that was typed: who asks for يستعرض finds «واستعرض الوزير» too.

Which words are verbs nobody has to list: a reading counts where the index has both a past and a present of it. What is found
by another form counts less than what has the word itself; docs/search.md has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from articles.search.engine import Searcher
from articles.search.query import Occurs
from articles.search.terms import Term, TermClause, TermPiece
from newsroom.text.arabic import stem
from newsroom.text.arabic_verbs import verbs
from newsroom.text.languages import ARABIC

# As a share of the word's rarity: more costs questions what it gives headlines.
FORM_WORTH = 0.5
MOST_FORMS = 6


def with_verbs(index: Searcher, query: Sequence[TermClause]) -> list[TermClause]:
    """The query, with the other forms of its verbs beside them; what the reader insists on or excludes stays alone."""
    return [_with_forms(index, clause) for clause in query]


def _with_forms(index: Searcher, clause: TermClause) -> TermClause:
    if clause.occurs is not Occurs.MAY or len(clause.pieces) != 1 or not clause.pieces[0].is_plain:
        return clause
    forms = other_forms(index, clause.pieces[0].terms[0])
    also = tuple(TermPiece((form,), worth=FORM_WORTH) for form in forms)
    return replace(clause, also=(*clause.also, *also)) if also else clause


def other_forms(index: Searcher, term: Term) -> tuple[Term, ...]:
    """The commonest forms of the verb that the word may be, as they stand in the index; none for all other words."""
    if term.is_common or not "ء" <= term.word[:1] <= "ي":
        return ()
    found: dict[str, tuple[int, Term]] = {}
    for verb in verbs(term.word):
        pasts, presents = (_standing(index, forms) for forms in (verb.pasts, verb.presents))
        # ت begins nouns of its own (تحزب is not of حزب): a present is told by ي, or is the word asked for.
        if pasts and any(form.word[0] == "ي" or form.word == term.word for _often, form in presents.values()):
            found |= pasts | presents
    found.pop(term.stem, None)
    commonest = sorted(found.values(), key=lambda one: (-one[0], one[1]))
    return tuple(form for _often, form in commonest[:MOST_FORMS])


def _standing(index: Searcher, forms: Sequence[str]) -> dict[str, tuple[int, Term]]:
    """Those of the forms that records have, by stem, with the number of records."""
    # A stem that lost its beginning is another word: كسبت is not «Saturday».
    stems = {short: form for form in forms if form.startswith(short := stem(form))}
    return {
        short: (often, Term(form, short))
        for short, form in stems.items()
        if (often := index.stem_frequency(short, ARABIC))
    }
