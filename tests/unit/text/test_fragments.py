from types import SimpleNamespace

from newsroom.text.fragments import Fragment, fragment


def test_text_in_the_wanted_language_is_no_fallback():
    record = SimpleNamespace(headline_ar="عنوان", headline_en="Headline")
    assert fragment(record, "headline", "ar") == Fragment("عنوان", "ar", is_fallback=False)


def test_a_missing_translation_shows_the_other_language_and_says_so():
    record = SimpleNamespace(headline_ar="عنوان", headline_en=" ")
    shown = fragment(record, "headline", "en")
    assert shown == Fragment("عنوان", "ar", is_fallback=True)
    assert shown.direction == "rtl"


def test_where_nothing_is_written_the_fragment_is_empty():
    shown = fragment(SimpleNamespace(headline_ar=None, headline_en=""), "headline", "en")
    assert not shown
    assert shown == Fragment("", "en")
