"""People, organisations and outlets found in text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.suggestions.mentions import LIKELY, SURE, mentions
from articles.suggestions.names import KnownName, Names, Record

SALMA = Record("person", "salma")
MAHDI = Record("person", "mahdi")
SUDANI = Record("person", "sudani")
AGENCY = Record("outlet", "agency")
DARAJ = Record("outlet", "daraj")
EAST = Record("outlet", "east")
HEALTH = Record("organisation", "health")
GROUP = Record("organisation", "group")
INSTITUTE = Record("organisation", "institute")

NAMES = Names.of(
    [
        KnownName(SALMA, "سلمى الكاتبي"),
        KnownName(SALMA, "Salma al-Katibi"),
        KnownName(SALMA, "غراب البين", is_proper=False),
        KnownName(MAHDI, "أبو مهدي الراوي"),
        KnownName(MAHDI, "Abdul Mahdi Rawi"),
        KnownName(SUDANI, "ناجي السوداني"),
        KnownName(AGENCY, "وكالة مدار"),
        KnownName(AGENCY, "Madar"),
        KnownName(DARAJ, "درج"),
        KnownName(EAST, "الشرق الأوسط"),
        KnownName(EAST, "The Times"),
        KnownName(HEALTH, "منظمة الصحة العالمية"),
        KnownName(HEALTH, "WHO"),
        KnownName(GROUP, "كتائب الفجر"),
        KnownName(INSTITUTE, "معهد الشرق الأوسط للدراسات البحرية"),
    ]
)


def found(text):
    return [(mention.surface, mention.record) for mention in mentions(text, NAMES)]


@pytest.mark.parametrize(
    ("text", "surface", "proclitic"),
    [
        ("قال سلمى الكاتبي", "سلمى الكاتبي", ""),
        ("وسلمى الكاتبي", "سلمى الكاتبي", "و"),
        ("قالت لوكالة مدار", "وكالة مدار", "ل"),
        ("ولـ”مدار”", "مدار", "ولـ"),
        ("بوكالة “مدار”", "وكالة “مدار”", "ب"),
        ("وبكتائب الفجر", "كتائب الفجر", "وب"),
    ],
)
def test_a_clitic_is_told_from_the_name(text, surface, proclitic):
    (mention,) = mentions(text, NAMES)

    assert mention.surface == surface
    assert mention.proclitic.replace("ـ", "") == proclitic.replace("ـ", "")


def test_an_article_swallowed_by_a_clitic_stays_with_the_name():
    _full, short = mentions("سلمى الكاتبي هنا. قيل للكاتبي ذلك.", NAMES)

    assert (short.surface, short.proclitic) == ("للكاتبي", "ل")


def test_a_surname_counts_beside_the_full_name():
    assert found("جاءت سلمى الكاتبي ثم تحدثت الكاتبي")[1] == ("الكاتبي", SALMA)


def test_a_surname_behind_another_given_name_is_another_person():
    assert found("سلمى الكاتبي وأحمد الكاتبي") == [("سلمى الكاتبي", SALMA)]


def test_a_preposition_is_not_taken_for_a_given_name():
    assert found("سلمى الكاتبي. الضغط على الكاتبي كبير")[1] == ("الكاتبي", SALMA)
    assert found("سلمى الكاتبي. جاء علي الكاتبي") == [("سلمى الكاتبي", SALMA)]


def test_a_bloc_is_found_by_whatever_it_calls_itself():
    names = Names.of(
        KnownName(Record("organisation", "bridge"), name) for name in ("تحالف الجسر", "Bridge Alliance")
    )
    for text in ("مقاعد كتلة الجسر", "ائتلاف “الجسر”", "the Bridge bloc", "the Bridge coalition"):
        assert [mention.record.key for mention in mentions(text, names)] == ["bridge"]
    assert mentions("فتح الجسر أمام الناس", names) == []


def test_a_surname_that_is_an_adjective_is_not_taken_for_the_person():
    text = "تولى ناجي السوداني المنصب. والجيش السوداني بعيد. وقال السوداني إنه باق."

    assert found(text) == [("ناجي السوداني", SUDANI), ("السوداني", SUDANI)]


@pytest.mark.parametrize(
    "spelling", ["أبو مهدي الراوي", "ابومهدي الراوي", "أبي مهدي الراوي", "وأبي مهدي الرّاوي"]
)
def test_spellings_of_a_kunya_meet(spelling):
    assert [record for _surface, record in found(spelling)] == [MAHDI]


@pytest.mark.parametrize("spelling", ["Abdul Mahdi Rawi", "Abdulmahdi al-Rawi", "Abdel-Mahdi Rawi"])
def test_spellings_of_a_name_in_latin_letters_meet(spelling):
    assert [record for _surface, record in found(spelling)] == [MAHDI]


def test_a_hostile_name_is_found_and_gives_no_surname():
    assert found("عاد غراب البين، والبين بعيد") == [("غراب البين", SALMA)]


@pytest.mark.parametrize(
    "text",
    [
        "نشر «درج» تقريراً",
        "قال مصدر لـ”درج” إن",
        "موقع درج",
        "صحيفة الشرق الأوسط",
        "نقلت الشرق الأوسط عن مصدر",
        "The Times reported",
    ],
)
def test_an_everyday_word_is_an_outlet_where_something_says_so(text):
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "صعد درج البيت",
        "أزمات الشرق الأوسط",
        "درج الناس على ذلك",
        "the times are changing",
        "الشرق الأوسط\n\nعنوان",
    ],
)
def test_an_everyday_word_alone_is_no_outlet(text):
    assert found(text) == []


def test_the_longer_of_two_names_wins():
    assert found("باحث في معهد الشرق الأوسط للدراسات البحرية") == [
        ("معهد الشرق الأوسط للدراسات البحرية", INSTITUTE)
    ]


def test_only_whole_words_count():
    assert found("مداريون ومدارات وكتائبالفجر") == []


def test_capitals_tell_an_acronym_from_a_word():
    assert found("WHO said so to those who asked") == [("WHO", HEALTH)]


def test_a_body_takes_its_country_along():
    assert found("كتائب الفجر العراقية")[0][0] == "كتائب الفجر العراقية"


def test_a_full_name_is_surer_than_a_surname_before_it():
    short, full = mentions("الكاتبي في المنفى. عادت سلمى الكاتبي.", NAMES)

    assert (short.confidence, full.confidence) == (LIKELY, SURE)


PIECES = [
    "سلمى", "الكاتبي", "للكاتبي", "وَلِـ", "”", "«", "»", "درج", "وكالة", "مدار", "عبد", "المهدي", "أبي", "ابو", "WHO", "al-", "Abdul",
    "'s", "\n\n", ".,", "،", " ", "  ", "\u200f", "ـ", "ّ", "The", "Times", "\ud800", "\x00", "🙂", "ﷺ", "لل", "1,000",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30))
def test_every_mention_is_at_its_place_and_none_overlaps(pieces):
    text = "".join(pieces)
    end = 0
    for mention in mentions(text, NAMES):
        assert text[mention.start : mention.end] == mention.surface
        assert mention.start >= end
        end = mention.end
