"""Which words of a pasted text are looked for."""

from articles.search.essential import MOST_WORDS, most_telling
from articles.search.query import Occurs
from articles.search.terms import Term, TermClause, TermPiece


class Index:
    """Of numbered words the higher ones are rarer; those from 1,000 on stand nowhere."""

    def knows(self, clauses):
        return any(self._number(clause) < 1_000 for clause in clauses)

    def rarity(self, clauses):
        return float(sum(map(self._number, clauses)))

    @staticmethod
    def _number(clause):
        return int(clause.pieces[0].terms[0].word)


def word(number: int, occurs: Occurs = Occurs.MAY) -> TermClause:
    return TermClause((TermPiece((Term(str(number), str(number)),)),), occurs)


def test_of_a_pasted_text_the_commonest_words_are_not_looked_for():
    text = [word(number) for number in range(MOST_WORDS + 20)]

    assert most_telling(Index(), text) == text[20:]


def test_unknown_words_cost_nothing_and_take_no_other_words_place():
    known = [word(number) for number in range(MOST_WORDS)]
    unknown = [word(number) for number in range(1_000, 1_030)]

    assert most_telling(Index(), [*unknown, *known]) == [*unknown, *known]


def test_what_a_reader_insists_on_or_excludes_stays():
    steered = [word(1, Occurs.MUST), word(2, Occurs.MUST_NOT)]
    text = [word(number) for number in range(10, 10 + MOST_WORDS + 5)]

    assert most_telling(Index(), [*steered, *text]) == [*steered, *text[5:]]


def test_a_query_that_is_no_longer_keeps_all_its_words():
    text = [word(number) for number in range(MOST_WORDS)]

    assert most_telling(Index(), text) == text
