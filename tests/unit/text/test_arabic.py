from itertools import combinations

import pytest

from newsroom.text.analysis import analyse, index_stems, index_words
from newsroom.text.arabic import is_stop_word, stem
from newsroom.text.data import rows
from newsroom.text.fold import fold


def stem_of(word: str) -> str:
    (term,) = analyse(word)
    return term.stem


FAMILIES = [
    ["طائرات", "الطائرات", "والطائرات", "للطائرات", "طائرة", "بالطائرة", "طائراتها", "وطائراته"],
    ["مسيّرة", "مسيرة", "المسيّرات", "مسيّرات", "بمسيّرات"],
    ["إيران", "ايران", "بإيران", "لإيران", "وإيران"],
    ["إيراني", "إيرانية", "الإيرانية", "الإيرانيين", "إيرانيون", "إيران"],
    ["رئيس", "الرئيس", "رئيساً", "للرئيس", "رؤساء", "الرؤساء", "رئيسة"],
    ["حكومة", "الحكومه", "حكومات", "حكومي", "حكومته", "للحكومة", "الحكومية"],
    ["وزير", "الوزير", "وزراء", "للوزراء", "وزيرة", "والوزير", "ووزير", "وزرائه"],
    ["وزارة", "الوزارة", "وزارات", "بوزارة", "وزارته"],
    ["مسؤول", "مسئول", "المسؤولين", "مسؤولون", "للمسؤولين"],
    ["صاروخ", "صواريخ", "الصواريخ", "بصواريخ", "بالصواريخ"],
    ["دولة", "دول", "الدول", "دولتين", "للدول"],
    ["قانون", "القانون", "قوانين", "قانونية", "بالقوانين"],
    ["لاعب", "لاعبين", "اللاعبين", "للاعبين", "لاعبون"],
    ["لبنان", "لبناني", "اللبنانيين", "بلبنان", "اللبنانية"],
    ["مصر", "بمصر", "لمصر", "ومصر"],
    ["بريطانيا", "البريطانية", "بريطاني", "ببريطانيا", "البريطانيين"],
    ["أمريكا", "أميركا", "الأميركية", "الأمريكي", "أمريكيين", "بأمريكا"],
    ["سوريا", "سورية", "السوري", "السوريين", "بسوريا"],
    ["عملية", "عمليات", "العملية", "العمليات"],
    ["سياسة", "سياسي", "السياسيين", "سياسات", "السياسية"],
    ["تصريح", "تصريحات", "تصريحاته", "التصريحات"],
    ["فصيل", "فصائل", "الفصائل", "للفصائل"],
    ["ميليشيا", "ميليشيات", "مليشيات", "الميليشيات"],
    ["ضحية", "ضحايا", "الضحايا"],
    ["التزام", "الالتزام", "بالتزام"],
    ["ألمانيا", "الألمانية", "ألماني", "المانيا"],
    ["فلسطين", "فلسطيني", "الفلسطينيين", "بفلسطين", "لفلسطين"],
    ["الكاظمي", "كاظمى", "والكاظمي"],
    ["ضابط", "ضباط", "الضباط"],
    ["قضية", "قضايا", "القضايا"],
    ["كتاب", "كتب", "الكتب"],
    ["قال", "وقال", "فقال"],
    ["كمية", "كميات", "الكمية"],
    ["بنت", "بنات", "البنات"],
    ["مئة", "مائة", "مئات"],
    ["الكويت", "كويتي", "الكويتية", "بالكويت"],
]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family[0])
def test_words_that_a_reader_expects_to_meet_share_their_stem(family):
    assert {word: stem_of(word) for word in family} == dict.fromkeys(family, stem_of(family[0]))


STRANGERS = [
    ("كبيرة", "بئر"),
    ("كبيرة", "بيرة"),
    ("بريطانيا", "قرطاج"),
    ("بطولة", "طول"),
    ("لاعبين", "أعباء"),
    ("وزير", "زير"),
    ("إيران", "أيار"),
    ("لبنان", "لبن"),
    ("لبنان", "بنان"),
    ("قانون", "قناة"),
    ("كتلة", "تلة"),
    ("فريق", "ريق"),
    ("ولاية", "لاعب"),
    ("بيان", "بين"),
    ("حزب", "حرب"),
    ("مليون", "ملل"),
    ("باحث", "حاث"),
    ("فرنسا", "رنة"),
    ("برلمان", "رلم"),
    ("سليمان", "سليم"),
    ("سلطان", "سلطة"),
    ("بيروت", "بيرو"),
    ("عمان", "عم"),
    ("اتهام", "إتمام"),
    ("رئيس", "رأس"),
    ("إعلام", "علم"),
    ("كمية", "مئة"),
    ("بنات", "بن"),
    ("طالبان", "طالب"),
    ("ديون", "والد"),
]


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_words_that_only_share_letters_do_not_meet(one, other):
    assert stem_of(one) != stem_of(other)


def test_families_stay_apart_from_each_other():
    # إيران stands in two lists: they are one family.
    stems = {stem_of(family[0]) for family in FAMILIES}
    assert len(stems) == len(FAMILIES) - 1


def test_iran_and_iranian_meet_by_stem_and_stay_two_words():
    assert index_stems("إيران") == index_stems("إيرانية")
    assert index_words("إيران") != index_words("إيرانية")


def test_the_name_ali_does_not_vanish_as_a_preposition():
    name, preposition = analyse("علي"), analyse("على")
    assert not name[0].is_stop
    assert preposition[0].is_stop
    assert name[0].stem != preposition[0].stem


@pytest.mark.parametrize(
    "word", ["في", "فى", "إلى", "الى", "ومن", "وفي", "فإنّ", "مِن", "الذي", "هذه", "لـ", "وقد", "ماذا"]
)
def test_function_words_are_stop_words_however_they_are_written(word):
    assert is_stop_word(word)


@pytest.mark.parametrize("word", ["علي", "ولي", "فهم", "آلي", "قوى", "عام", "حرب", "خاصة", "وفد"])
def test_words_that_look_like_function_words_are_not(word):
    assert not is_stop_word(word)


def test_the_lists_hold_no_word_that_another_list_contradicts():
    forms = {fold(form): fold(word) for form, word in rows("arabic_forms.tsv")}
    chained = {form for form, word in forms.items() if word in forms and forms[word] != word}
    assert not chained, "these forms lead to a word that is led on to a third"
    entries = [row[0] for row in rows("arabic_forms.tsv")]
    assert len(entries) == len(set(entries))


@pytest.mark.parametrize("row", list(rows("arabic_forms.tsv")), ids=lambda row: row[0])
def test_every_listed_form_meets_its_word_with_and_without_the_article(row):
    form, word = row
    if is_stop_word(form) or is_stop_word(word):
        pytest.fail(f"{form} or {word} is a stop word: the entry is never read")
    stems = {stem(fold(spelled)) for spelled in (form, word, "ال" + form, "ال" + word, "وال" + form)}
    assert len(stems) == 1


def test_no_stem_is_shorter_than_two_letters_where_the_word_was_longer():
    listed = {
        word
        for name in ("arabic_initials.tsv", "arabic_endings.tsv")
        for row in rows(name)
        for word in row[0].split()
    }
    assert all(len(stem(fold(word))) >= 2 for word in listed)


def test_all_pairs_of_a_family_meet_in_a_sentence():
    for family in FAMILIES:
        for one, other in combinations(family, 2):
            assert set(index_stems(f"قال {one}")) == set(index_stems(f"قال {other}"))
