"""What a cut made or taken back after the import does to a body that people may have edited."""

import pytest

from articles.importing.cuts import Cut
from articles.suggestions.recut import BodyWasEdited, recut

RAW = "شارك المقال\nسقطت الطائرة.\nاقرأ أيضاً: خبر آخر\nنجا الطيار.\nحقوق النشر"
SHARE, RELATED, RIGHTS = (
    Cut(RAW.index(words), RAW.index(words) + len(words), kind)
    for words, kind in (
        ("شارك المقال", "share"),
        ("اقرأ أيضاً: خبر آخر", "related"),
        ("حقوق النشر", "copyright"),
    )
)
BODY = "سقطت الطائرة.\n\nنجا الطيار."
ALL = [SHARE, RELATED, RIGHTS]


def test_a_cut_taken_back_puts_its_paragraph_where_it_was():
    assert recut(RAW, BODY, ALL, [SHARE, RIGHTS]) == "سقطت الطائرة.\n\nاقرأ أيضاً: خبر آخر\n\nنجا الطيار."
    assert recut(RAW, BODY, ALL, [RELATED, RIGHTS]).startswith("شارك المقال\n\nسقطت")
    assert recut(RAW, BODY, ALL, [SHARE, RELATED]).endswith("الطيار.\n\nحقوق النشر")


def test_a_cut_made_and_taken_back_leaves_the_body_as_it_was():
    kept = recut(RAW, BODY, ALL, [SHARE, RIGHTS])

    assert recut(RAW, kept, [SHARE, RIGHTS], ALL) == BODY


def test_what_was_edited_elsewhere_stays_edited():
    edited = "سقطت الطائرة الصغيرة.\n\nنجا الطيار.\n\nفقرة جديدة."

    assert recut(RAW, edited, ALL, [SHARE, RIGHTS]) == (
        "سقطت الطائرة الصغيرة.\n\nاقرأ أيضاً: خبر آخر\n\nنجا الطيار.\n\nفقرة جديدة."
    )


def test_a_passage_edited_itself_is_left_alone_and_said():
    kept = recut(RAW, BODY, ALL, [SHARE, RIGHTS])
    edited = kept.replace("خبر آخر", "خبر آخر مهم")

    with pytest.raises(BodyWasEdited):
        recut(RAW, edited, [SHARE, RIGHTS], ALL)


def test_a_body_written_anew_has_no_place_for_what_was_cut():
    with pytest.raises(BodyWasEdited):
        recut(RAW, "نص آخر كتب من جديد.", ALL, [SHARE, RIGHTS])


def test_a_cut_inside_a_paragraph_exchanges_that_paragraph():
    raw = "قبل [gallery ids=1] بعد.\nفقرة ثانية."
    inside = Cut(raw.index("["), raw.index("]") + 1, "shortcode")
    body = "قبل [gallery ids=1] بعد.\n\nفقرة ثانية معدلة."

    assert recut(raw, body, [], [inside]).endswith("فقرة ثانية معدلة.")
    assert "gallery" not in recut(raw, body, [], [inside])


def test_of_the_same_paragraph_twice_the_one_at_its_place_goes():
    raw = "إعلان\nأولى.\nإعلان\nثانية."
    second = Cut(raw.rindex("إعلان"), raw.rindex("إعلان") + 5, "advertisement")

    assert recut(raw, "إعلان\n\nأولى.\n\nإعلان\n\nثانية معدلة.", [], [second]) == (
        "إعلان\n\nأولى.\n\nثانية معدلة."
    )
