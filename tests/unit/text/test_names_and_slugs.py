import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.names import name_key, sort_key
from newsroom.text.slugs import slug

any_text = st.text(
    alphabet=st.characters(categories=None) | st.sampled_from("الAl -'’عبدabd\u0651\u200f\ud800\x00ﷺ")
)


@pytest.mark.parametrize(
    "spellings",
    [
        ["الكاظمي", "كاظمي", "كاظمى", "الكاظِمي", "الكـاظمي"],
        ["al-Kadhimi", "Al Kadhimi", "Kadhimi", "AlKadhimi", "AL-KADHIMI", "al–Kadhimi", "Kādhimī"],
        ["مصطفى الكاظمي", "مصطفي كاظمي"],
        ["Mustafa al-Kadhimi", "mustafa  Kadhimi"],
        ["عبد الرحمن", "عبدالرحمن"],
        ["Abdul Rahman", "Abd al-Rahman", "Abdelrahman", "Abdulrahman", "Abdel-Rahman"],
        ["Abdullah", "Abdallah", "Abd Allah", "Abdul-lah"],
        ["as-Sadr", "Sadr", "al-Sadr"],
        ["أ.ف.ب", "أ.ف.ب.", "افب"],
        ["A.F.P.", "AFP", "afp"],
        ["The Guardian", "Guardian"],
        ["مؤسسة إيمان", "مؤسسه ايمان"],
        ["Sana'a", "Sanaa", "Sana’a"],
    ],
)
def test_spellings_of_a_name_share_a_key(spellings):
    assert len({name_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ali", "Alia"),
        ("Abdi Hassan", "Abd Hassan Ali"),
        ("Alan", "An"),
        ("علي", "عالي"),
        ("Asma", "Ma"),
        ("إله", "له"),
    ],
)
def test_names_of_different_people_do_not(one, other):
    assert name_key(one) != name_key(other)


def test_a_list_of_names_sorts_without_regard_to_the_article():
    assert sorted(["النجف", "بغداد", "البصرة", "أربيل"], key=sort_key) == [
        "أربيل",
        "البصرة",
        "بغداد",
        "النجف",
    ]
    assert sorted(["al-Monitor", "Le Monde", "The Guardian", "BBC"], key=sort_key) == [
        "BBC",
        "The Guardian",
        "Le Monde",
        "al-Monitor",
    ]


@given(any_text)
def test_any_text_has_keys(text):
    assert name_key(text) == name_key(text).strip()
    assert sort_key(text) == sort_key(text).strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الطائراتُ المسيّـــرة «إيرانية» الصنع!", "الطائرات-المسيرة-إيرانية-الصنع"),
        ("مسؤولون: ٣ طائرات", "مسؤولون-3-طائرات"),
        ("U.S. officials’ Café & 12,345", "us-officials-cafe-12345"),
        ("\u200fرويترز\u202c – Reuters", "رويترز-reuters"),
        ("!!! …", ""),
        ("", ""),
    ],
)
def test_a_slug_is_the_words_as_people_read_them(text, expected):
    assert slug(text) == expected


def test_a_long_slug_ends_with_a_whole_word():
    assert slug("one two three", max_length=9) == "one-two"
    assert slug("unbreakable", max_length=5) == "unbre"


@given(any_text, st.integers(1, 100))
def test_a_slug_is_safe_in_an_address_and_stays_as_it_is(text, max_length):
    made = slug(text, max_length)
    assert len(made) <= max_length
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert all(character.isalnum() or character == "-" for character in made)
    assert slug(made, max_length) == made
    made.encode("utf-8")
