from hypothesis import given
from hypothesis import strategies as st

from articles.search.query import MAXIMUM_CLAUSES, MAXIMUM_LENGTH, Clause, Occurs, Piece, parse

SIGNS_AND_WORDS = st.lists(
    st.sampled_from(
        ["drones", "طائرات", "well-known", "F-16", "OR", "|", "+", "-", "--", "+-", '"', "“", "”", "«", "»", " ", "  ",
         "-drones", "+بغداد", '"two words"', "«قولان اثنان»", "a OR b", "\u200f", "−x", "ـ", "\n", ":", "*", "(", "\\", "dron*", "طائر*", "-x*", "a OR b*", "**"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def one(text: str, occurs: Occurs = Occurs.MAY, *, is_phrase: bool = False) -> Clause:
    return Clause((Piece(text, is_phrase),), occurs)


def test_any_of_several_words_may_occur():
    assert parse("drones  Baghdad").clauses == (one("drones"), one("Baghdad"))


def test_signs_say_what_must_and_must_not_occur():
    assert parse("drones +بغداد -Basra").clauses == (
        one("drones"),
        one("بغداد", Occurs.MUST),
        one("Basra", Occurs.MUST_NOT),
    )


def test_a_quoted_phrase_must_occur_and_can_be_ruled_out():
    assert parse('drones "three drones" -"one drone"').clauses == (
        one("drones"),
        one("three drones", Occurs.MUST, is_phrase=True),
        one("one drone", Occurs.MUST_NOT, is_phrase=True),
    )


def test_typographic_quotation_marks_beside_other_words_only_prefer_the_phrase():
    assert parse("ختام برنامج «سفراء السلام»").clauses[-1] == one("سفراء السلام", is_phrase=True)


def test_a_query_that_is_nothing_but_a_phrase_insists_on_it_whatever_the_marks():
    for query in ('"three drones"', "“three drones”", "«three drones»", '"three drones'):
        assert parse(query).clauses == (one("three drones", Occurs.MUST, is_phrase=True),)


def test_or_makes_one_clause_of_its_two_sides():
    assert parse("drones OR طائرات|x").clauses == (Clause((Piece("drones"), Piece("طائرات|x"))),)
    assert parse("a | b OR c d").clauses == (Clause((Piece("a"), Piece("b"), Piece("c"))), one("d"))
    assert parse('+a OR "b c"').clauses == (Clause((Piece("a"), Piece("b c", True)), Occurs.MUST),)


def test_or_without_two_sides_says_nothing():
    for query in ("OR", "OR drones", "drones OR", "drones | |"):
        assert parse(query).clauses in {(), (one("drones"),)}


def test_what_must_not_occur_joins_no_alternative():
    assert parse("a OR -b").clauses == (one("a"), one("b", Occurs.MUST_NOT))


def test_a_hyphen_inside_a_word_is_no_sign():
    assert parse("well-known F-16 -").clauses == (one("well-known"), one("F-16"))


def test_an_asterisk_behind_a_word_asks_for_every_word_that_begins_so():
    assert parse("dron* -طائر* a*b").clauses == (
        Clause((Piece("dron", is_prefix=True),)),
        Clause((Piece("طائر", is_prefix=True),), Occurs.MUST_NOT),
        one("a*b"),
    )
    assert parse("dron*** )* *").clauses == (Clause((Piece("dron", is_prefix=True),)), one(")*"), one("*"))
    assert parse('"dron*"').clauses == (one("dron*", Occurs.MUST, is_phrase=True),)


def test_in_a_pasted_post_dashes_and_quotation_marks_are_the_writers_own():
    post = 'They said "nobody was hurt" -really- and then three drones fell on the house next to the river +1'

    clauses = parse(post).clauses

    assert all(clause.occurs is Occurs.MAY and not clause.pieces[0].is_phrase for clause in clauses)
    assert one("nobody") in clauses
    assert one("really-") in clauses


def test_a_long_query_is_cut_not_refused():
    assert len(parse("كلمة " * 10_000).clauses) <= MAXIMUM_CLAUSES
    assert parse("ا" * 10_000).clauses == (one("ا" * MAXIMUM_LENGTH),)


@given(st.text(max_size=600) | SIGNS_AND_WORDS)
def test_no_input_breaks_the_parser(text):
    query = parse(text)

    assert len(query.clauses) <= MAXIMUM_CLAUSES
    assert all(piece.text.strip() for clause in query.clauses for piece in clause.pieces)


STEERING = st.text(
    st.sampled_from(
        '"“”«»„＂+-−–|*OR \u200e\u200f\u202a\u202e\u2066\u2069\u061c\ufeff\x00\x1f\x85\ud800\udfffaب٣'
    )
    | st.characters(),
    max_size=600,
)


@given(STEERING)
def test_signs_direction_marks_and_broken_characters_are_read_back_as_they_were(text):
    query = parse(text)

    assert parse(str(query)) == query
    assert parse(str(parse(str(query)))) == query


def test_five_hundred_quotation_marks_are_an_empty_query():
    for mark in '"“”«»＂':
        assert not parse(mark * 512)
        assert not parse(f"{mark} " * 256)


@given(SIGNS_AND_WORDS)
def test_a_query_written_out_plainly_is_the_same_query(text):
    query = parse(text)

    assert parse(str(query)) == query
