"""Links and quotations in a plain text: what is one, what is not, and what a reader sees of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.prose import is_safe, links_in, without_marks

PIECES = [
    "كلمة ", "word ", "\n", "\n\n", "> ", "[", "](", ")", "https://a.example/", "http://b.example", "[w](https://c.example/x)",
    "\u202e", "\u200f", "javascript:", "(", ".", "،", "<b>", '"', "@", "www.d.example",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def shown(text: str) -> list[tuple[str, str]]:
    return [(text[link.words_start : link.words_end], link.href) for link in links_in(text)]


def test_an_address_and_words_before_one_are_links():
    assert shown("انظر https://a.example/x، و[التقرير كاملًا](https://b.example/ar/تقرير).") == [
        ("https://a.example/x", "https://a.example/x"),
        ("التقرير كاملًا", "https://b.example/ar/تقرير"),
    ]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("انظر وhttps://a.example/x", "https://a.example/x"),
        ("See https://a.example/x.", "https://a.example/x"),
        ("(https://a.example/x)", "https://a.example/x"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("«https://a.example/»", "https://a.example/"),
        ("https://a.example/?a=1&b=2#c؟", "https://a.example/?a=1&b=2#c"),
    ],
)
def test_punctuation_of_the_sentence_is_no_part_of_an_address(text, address):
    assert [link.href for link in links_in(text)] == [address]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example/",
        "//a.example/",
        "https://user@a.example/",
        "https://bank.example@evil.example/",
        "https://bаnk.example/",  # a Cyrillic letter
        "https://a.example/\u202egpj.exe",
        "https://a.example/\u200b",
        "https://a.example/\u2066x",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://a.example:0/",
        "https://a.example:99999/",
        'https://a.example/"onclick=x',
        "https://a.example/<script>",
        "https://",
        "https://a..example/",
    ],
)
def test_what_could_mislead_is_no_link(address):
    assert not is_safe(address)
    assert [link for link in links_in(f"[words]({address})") if not link.is_address] == []
    assert all(is_safe(link.href) for link in links_in(address))


def test_words_that_look_like_another_address_are_followed_by_the_real_host():
    [link] = links_in("[www.bank.example](https://evil.example/login)")
    [harmless] = links_in("[the report](https://bank.example/report)")

    assert link.host == "evil.example"
    assert harmless.host == ""


def test_the_marks_are_gone_from_what_is_searched_and_quoted_in_lists():
    text = "قال [التقرير](https://a.example/x):\n\n> نعم.\n> لا.\n\nhttps://b.example/ وأيضًا 3 > 2"

    assert without_marks(text) == "قال التقرير:\n\nنعم.\nلا.\n\nhttps://b.example/ وأيضًا 3 > 2"


def test_a_text_cut_off_inside_a_link_keeps_its_words():
    assert without_marks("As [the report](https://a.exam") == "As the report"


@given(TEXTS)
def test_links_stand_in_order_and_lead_only_to_plain_addresses(text):
    place = 0
    for link in links_in(text):
        assert place <= link.start <= link.words_start < link.words_end <= link.end
        assert is_safe(link.href)
        assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", link.href)
        place = link.end


@given(TEXTS)
def test_every_word_stays_when_the_marks_go(text):
    kept = without_marks(text)

    assert re.findall("word|كلمة", text) == re.findall("word|كلمة", kept)


def test_a_megabyte_of_brackets_is_read_at_once():
    assert links_in("[" * 500_000 + "](" * 250_000) == []
    assert links_in("[a](https://" * 80_000) == []


def test_a_link_cut_off_is_looked_for_at_the_end_alone():
    # From every bracket to the end of such a text would take a quarter of an hour.
    text = "[a](" * 250_000

    assert without_marks(f"{text} x") == f"{text} x"
    assert without_marks(f"{text} [words before](https://exam") == f"{text} words before"
