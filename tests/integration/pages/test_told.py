"""The article's text in paragraphs, the words of its claims marked in it."""

from hypothesis import given
from hypothesis import strategies as st

from articles.views.told import Quote, told_paragraphs
from newsroom.text.prose import without_marks

lines = st.text(alphabet="ab> \n«»ق", max_size=60)
spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), st.integers(1, 4)), max_size=5)


@given(lines, spans)
def test_marking_words_loses_no_text(body, places):
    quotes = [
        Quote(number, start, min(start + length, len(body)))
        for start, length, number in places
        if start < len(body)
    ]

    plain = ["".join(piece.text for piece in paragraph.pieces) for paragraph in told_paragraphs(body)]
    marked = [
        "".join(piece.text for piece in paragraph.pieces) for paragraph in told_paragraphs(body, quotes)
    ]

    assert marked == plain
    kept = "".join("".join(marked).split()).replace(">", "")
    assert kept == "".join(body.split()).replace(">", "")


@given(lines, spans)
def test_what_is_marked_is_what_was_quoted(body, places):
    quotes = [
        Quote(number, start, min(start + length, len(body)))
        for start, length, number in places
        if start < len(body)
    ]
    words = {number: "" for _start, _length, number in places}

    pieces = [piece for paragraph in told_paragraphs(body, quotes) for piece in paragraph.pieces]
    for number in words:
        inside = "".join(piece.text for piece in pieces if number in piece.numbers)
        expected = {
            place for quote in quotes if quote.number == number for place in range(quote.start, quote.end)
        }
        wanted = "".join(body[place] for place in sorted(expected))

        assert "".join(inside.split()).replace(">", "") == "".join(wanted.split()).replace(">", "")
        # Each run of marked words ends with its reference.
        assert not inside.strip() or any(number in piece.closing for piece in pieces)


def test_two_claims_may_share_words():
    [paragraph] = told_paragraphs("one two three", [Quote(1, 0, 7), Quote(2, 4, 13)])

    assert [(piece.text, piece.numbers, piece.closing) for piece in paragraph.pieces] == [
        ("one ", (1,), ()),
        ("two", (1, 2), (1,)),
        (" three", (2,), (2,)),
    ]


def test_a_block_of_quoted_lines_is_a_quotation():
    first, second = told_paragraphs("He said:\n\n> We know.\n> We said so.")

    assert not first.is_quotation
    assert second.is_quotation
    assert "".join(piece.text for piece in second.pieces) == "We know.\nWe said so."


def test_a_long_text_of_empty_lines_is_read_at_once():
    assert told_paragraphs("\n" * 500_000) == []


def test_a_link_shows_its_words_and_leads_to_its_address():
    [paragraph] = told_paragraphs("See [the report](https://a.example/x) today.")

    assert [(piece.text, piece.href) for piece in paragraph.pieces] == [
        ("See ", ""),
        ("the report", "https://a.example/x"),
        (" today.", ""),
    ]


def test_a_claim_told_in_the_words_of_a_link_is_marked_in_them():
    body = "See [the report](https://a.example/x) today."
    [paragraph] = told_paragraphs(body, [Quote(1, body.index("report"), body.index(") today") + 1)])

    assert [(piece.text, piece.numbers, piece.closing, bool(piece.href)) for piece in paragraph.pieces] == [
        ("See ", (), (), False),
        ("the ", (), (), True),
        ("report", (1,), (1,), True),
        (" today.", (), (), False),
    ]


def test_a_quote_that_ends_in_the_hidden_part_of_a_link_ends_with_the_words_before_it():
    body = "One [two](https://a.example/x) three [four](https://a.example/y)"
    [paragraph] = told_paragraphs(body, [Quote(1, 0, body.index("four"))])

    assert [(piece.text, piece.closing) for piece in paragraph.pieces] == [
        ("One ", ()),
        ("two", ()),
        (" three ", (1,)),
        ("four", ()),
    ]


def test_a_quote_that_ends_in_the_sign_of_a_quotation_ends_with_the_line_before_it():
    [paragraph] = told_paragraphs("> One\n> two", [Quote(1, 2, 7)])

    assert [(piece.text, piece.closing) for piece in paragraph.pieces] == [
        ("One", (1,)),
        ("\n", ()),
        ("two", ()),
    ]


linked = st.lists(
    st.sampled_from(["a", " ", "\n", "[b](https://c.example/)", "https://d.example/", "> ", "ق", "\n\n"]),
    max_size=15,
).map("".join)


@given(linked, spans)
def test_marks_and_links_lose_no_word_and_every_mark_ends(body, places):
    quotes = [
        Quote(number, start, min(start + length, len(body)))
        for start, length, number in places
        if start < len(body)
    ]

    pieces = [piece for paragraph in told_paragraphs(body, quotes) for piece in paragraph.pieces]

    shown = "".join("".join(piece.text for piece in pieces).split()).replace(">", "")
    assert shown == "".join(without_marks(body).split()).replace(">", "")
    for number in {number for piece in pieces if piece.text.strip() for number in piece.numbers}:
        assert any(number in piece.closing for piece in pieces)
