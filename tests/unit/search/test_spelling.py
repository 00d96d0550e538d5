from hypothesis import given
from hypothesis import strategies as st

from articles.search.spelling import SWAPPED, easy_variants, in_other_layout, variants

ARABIC_WORDS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويء", min_size=2, max_size=12)
LATIN_WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12)


def test_letters_that_are_confused_are_nearer_than_others():
    for typed, meant, other in (
        ("نضام", "نظام", "نقام"),
        ("صيارة", "سيارة", "ميارة"),
        ("قربلاء", "كربلاء", "مربلاء"),
        ("baghded", "baghdad", "baghdkd"),
    ):
        assert variants(typed)[meant] < variants(typed)[other]


def test_transposed_doubled_and_missing_letters_are_one_edit():
    assert variants("govenrment")["government"] <= SWAPPED
    assert variants("elecction")["election"] <= SWAPPED
    assert variants("goverment")["government"] < 1
    assert variants("حكمه")["حكومه"] < 1


def test_two_easy_edits_are_found_and_two_hard_ones_are_not():
    assert "نظام" in easy_variants("نضاام")
    assert "kmnister" not in easy_variants("minister")


def test_what_was_typed_in_the_other_layout_is_read_key_by_key():
    assert list(in_other_layout("fy]h]")) == ["بغداد"]
    assert "drones" in in_other_layout("يقخىثس")
    # «لا» is one key in one word and two in the other.
    assert "baghdad" in in_other_layout("لاشلايشي")


@given(ARABIC_WORDS | LATIN_WORDS)
def test_a_variant_leads_back_by_one_edit_and_is_never_the_word_itself(word):
    found = variants(word)

    assert word not in found
    assert all(0 < cost < 2 for cost in found.values())
    assert all(abs(len(variant) - len(word)) <= 1 for variant in found)
    nearest = min(found, key=lambda variant: found[variant])
    assert word in variants(nearest) or len(nearest) < 2


@given(st.text(max_size=40))
def test_no_text_breaks_the_layouts(text):
    assert 1 <= len(list(in_other_layout(text))) <= 8
