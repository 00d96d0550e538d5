from articles.search.query import Occurs, parse
from articles.search.terms import clauses, insisting_on_nothing, stems, stream


def words(text: str) -> list[str]:
    return [term.word for clause in clauses(parse(text)) for piece in clause.pieces for term in piece.terms]


def test_a_stream_keeps_the_place_of_every_word_and_only_the_stems_that_tell():
    found = stream("The drones of Baghdad")

    assert found.words == "the drones of baghdad"
    assert found.stems == "drone baghdad"


def test_common_words_are_left_out_of_a_question_unless_it_has_no_others():
    assert words("who sent the drones") == ["sent", "drones"]
    assert words("who are they") == ["who", "are", "they"]


def test_a_common_word_stays_where_the_reader_insists():
    assert words("+the drones") == ["the", "drones"]
    assert words('"the drones"') == ["the", "drones"]


def test_words_glued_together_are_preferred_so_and_count_by_themselves():
    assert [len(clause.pieces[0].terms) for clause in clauses(parse("F-16"))] == [2, 1, 1]


def test_what_is_glued_and_must_not_occur_is_ruled_out_as_it_stands():
    (clause,) = clauses(parse("-F-16"))

    assert clause.occurs is Occurs.MUST_NOT
    assert clause.pieces[0].is_phrase


def test_a_word_typed_twice_counts_once():
    assert words("drones Drones") == ["drones"]


def test_a_preferred_phrase_brings_its_words_along():
    phrase, *single = clauses(parse("ختام “سفراء السلام” اليوم"))[1:]

    assert phrase.pieces[0].is_phrase
    assert [clause.pieces[0].terms[0].word for clause in single][:2] == ["سفراء", "السلام"]


def test_a_hashtag_of_several_words_is_looked_for_as_one_word_too():
    assert "blueriver" in words("#BlueRiver flood")
    assert "river" in words("#BlueRiver flood")


def test_loosened_nothing_must_occur_but_what_must_not_stays_out():
    loosened = insisting_on_nothing(clauses(parse('"three drones" +basra -kites')))

    assert {clause.occurs for clause in loosened} == {Occurs.MAY, Occurs.MUST_NOT}
    assert [clause.pieces[0].terms[0].word for clause in loosened if clause.occurs is Occurs.MUST_NOT] == [
        "kites"
    ]


def test_marked_is_what_was_looked_for_and_not_what_was_ruled_out():
    assert stems(clauses(parse("drones -kites the"))) == {"drones", "drone"}
