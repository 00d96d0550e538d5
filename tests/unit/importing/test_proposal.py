"""A raw text becomes a proposal: headline or none, body, language, and warnings instead of guesses."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.hints import publisher_hints
from articles.importing.paragraphs import body_from_raw
from articles.importing.proposal import propose

HEADLINE = "الجسر الجديد يفتح أبوابه.. والعبّارة باقية"
FIRST = "قالت البلدية إن الجسر الجديد سيفتح يوم الخميس أمام الشاحنات، بعد عامين من العمل المتواصل فيه ليلاً ونهاراً."
SECOND = (
    "وأضافت أن العبّارة ستبقى تعمل حتى نهاية الشتاء، وأن أجرتها لن تتغير على الركاب ولا على السائقين من القرى."
)
ENGLISH = (
    "The council said that the new bridge would open to lorries on Thursday, after two years of steady work."
)
ENGLISH_2 = (
    "It added that the ferry would keep running until the end of winter, and that its fare would not change."
)


def codes(raw: str) -> list[str]:
    return [warning.code for warning in propose(raw).warnings]


def test_the_first_short_line_above_the_text_is_the_headline():
    proposal = propose(f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}")

    assert proposal.headline == HEADLINE
    assert proposal.body == f"{FIRST}\n\n{SECOND}"
    assert proposal.language == "ar"


def test_a_text_that_begins_with_prose_has_no_headline_and_says_so():
    proposal = propose(f"{FIRST}\n{SECOND}")

    assert proposal.headline == ""
    assert proposal.body == f"{FIRST}\n\n{SECOND}"
    assert "no-headline" in codes(f"{FIRST}\n{SECOND}")


@pytest.mark.parametrize(
    "first_line",
    [
        "> «قال المدير إن الجسر مفتوح»",
        "كتب: سامي النجار",
        "الخميس 12 مايو 2022",
        "قالت البلدية أمس:",
        "بغداد",
    ],
)
def test_a_byline_a_date_a_quotation_and_a_place_are_no_headlines(first_line):
    assert propose(f"{first_line}\n\n{FIRST}\n\n{SECOND}").headline == ""


def test_a_headline_is_found_under_chrome_a_rubric_a_date_and_a_byline():
    raw = f"fbpx\n\nثقافة\n\n12 مايو 2022\n\nبقلم: سامي النجار\n\n{HEADLINE}\n\nتابعونا على تويتر\n\n{FIRST}\n\n{SECOND}"
    proposal = propose(raw)

    assert proposal.headline == HEADLINE
    assert [cut.kind for cut in proposal.chrome] == ["tracker", "section-label", "promotion"]
    assert proposal.body.endswith(f"{FIRST}\n\n{SECOND}")


def test_a_cross_heading_is_no_headline():
    assert propose(f"{FIRST}\n\n{HEADLINE}\n\n{SECOND}").headline == ""


def test_a_headline_printed_twice_is_cut_the_second_time():
    proposal = propose(f"Bridge opens to lorries\n\nBridge Opens to Lorries\n\n{ENGLISH}\n\n{ENGLISH_2}")

    assert proposal.headline == "Bridge opens to lorries"
    assert proposal.body == f"{ENGLISH}\n\n{ENGLISH_2}"
    assert [cut.kind for cut in proposal.chrome] == ["repeated-headline"]


def test_a_headline_known_from_elsewhere_is_not_looked_for_in_the_text():
    proposal = propose(f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}", headline="عنوان آخر")

    assert proposal.headline == "عنوان آخر"
    assert proposal.body.startswith(HEADLINE)


def test_english_is_recognised():
    assert propose(f"Bridge opens to lorries\n\n{ENGLISH}").language == "en"


def test_a_text_in_neither_language_is_asked_about():
    assert "language-unknown" in codes(
        "Мост откроется в четверг, сообщил совет, и паром будет ходить до конца зимы."
    )


def test_no_date_is_ever_taken_from_the_text_but_each_trace_is_told():
    assert "no-date" in codes(f"{HEADLINE}\n\n{FIRST}")
    assert "relative-date" in codes(f"{HEADLINE}\n\n{FIRST.replace('يوم الخميس', 'أمس الخميس')}")
    assert "date-line" in codes(f"{HEADLINE}\n\n12 مايو 2022\n\n{FIRST}")


def test_a_date_in_a_cut_is_told_to_belong_elsewhere():
    raw = f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}\n\n{FIRST}\n\nإقرأوا أيضاً:\n\nسامر النجار - كاتب | 12.05.2023\n\nحين غرقت العبّارة الأولى\n\n{SECOND}"

    with override("en"):
        told = [str(warning) for warning in propose(raw).warnings if warning.code == "date-in-cut"]

    assert len(told) == 1
    assert "12.05.2023" in told[0]


def test_a_rubric_that_is_also_a_newspaper_names_no_publisher():
    raw = f"الشرق الأوسط\n\n{HEADLINE}\n\n{FIRST}\n\n{SECOND}"

    assert not list(publisher_hints(raw, propose(raw).cuts, [("Asharq al-Awsat", "الشرق الأوسط")]))


def test_an_outlet_named_in_a_promotion_is_a_hint_and_no_more():
    raw = f"{HEADLINE}\n\nلتلقي أهم أخبار «النهر» على واتساب اضغط هنا!\n\n{FIRST}\n\n{SECOND}"
    told = list(publisher_hints(raw, propose(raw).cuts, [("The River", "النهر"), ("The Sea", "البحر")]))

    assert [message.values for message in told] == [{"outlet": "The River"}]


def test_a_byline_and_leftover_markup_are_told():
    assert "byline" in codes(f"{HEADLINE}\n\nBy Sami Najjar\n\n{ENGLISH}\n\n{ENGLISH_2}")
    assert "markup" in codes(f"{HEADLINE}\n\n{FIRST}&nbsp;<b>قال</b>\n\n{SECOND}")


@given(st.text(alphabet="اب ج.؟:|\n1/20[]abT", max_size=300))
def test_the_body_is_always_what_the_cuts_leave(raw):
    proposal = propose(raw)

    assert proposal.body == body_from_raw(raw, proposal.cuts)
    assert proposal == propose(raw)
    assert not proposal.headline or proposal.headline in raw
    assert all(
        before.end <= after.start for before, after in zip(proposal.cuts, proposal.cuts[1:], strict=False)
    )


@given(st.text(max_size=300))
def test_any_text_can_be_read(raw):
    proposal = propose(raw)

    assert proposal.body == body_from_raw(raw, proposal.cuts)
