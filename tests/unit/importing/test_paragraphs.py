"""The body is made of what stands in the raw text, and of nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from articles.importing.cuts import Cut
from articles.importing.paragraphs import body_from_raw, plain_body

GLUED = (
    "افتتحت البلدية الجسر الجديد صباح الخميس., وقال المهندس إن العمل استغرق عامين., فهل يكفي جسر واحد؟, "
    'أجاب: "نعم، إلى حين"., وينتظر السكان جسراً ثانياً.'
)


def test_paragraphs_glued_by_a_full_stop_and_a_comma_are_divided():
    assert plain_body(GLUED).split("\n\n") == [
        "افتتحت البلدية الجسر الجديد صباح الخميس.",
        "وقال المهندس إن العمل استغرق عامين.",
        "فهل يكفي جسر واحد؟",
        'أجاب: "نعم، إلى حين".',
        "وينتظر السكان جسراً ثانياً.",
    ]


def test_a_comma_after_an_abbreviation_or_a_quoted_title_divides_nothing():
    for prose in [
        "قال د., وهو طبيب القرية، إن الماء صالح.",
        'عرضت الفرقة مسرحية "هل من مجيب؟", وهي من تأليف كاتب شاب.',
        "The firm, Brick Inc., The Hague said, was sold. It is in Washington, D.C., and in Rome.",
        '"Who goes there?", he asked.',
        "بلغت النسبة 3.,5 في المئة",
    ]:
        assert plain_body(prose) == prose


def test_english_paragraphs_glued_by_an_export_are_divided():
    glued = "The bridge opened on Thursday., It took two years., Nobody was hurt., The mayor thanked the builders."

    assert len(plain_body(glued).split("\n\n")) == 4


def test_every_line_is_a_paragraph_with_one_empty_line_between():
    assert (
        plain_body("  أولاً.\r\n\r\n\r\n\u00a0\nثانياً. \n> «اقتباس»\u2028رابعاً")
        == "أولاً.\n\nثانياً.\n\n> «اقتباس»\n\nرابعاً"
    )


def test_a_hard_wrapped_text_gets_its_paragraphs_back():
    wrapped = (
        "The council of the river town said on Thursday that the bridge, on which\n"
        "work began two years ago and which has cost more than was foreseen, will\n"
        "open to lorries in the spring, once the eastern ramp has been tested for\n"
        "the third time.\n"
        "\n"
        "Until then a ferry carries what it can; drivers wait for hours, and some\n"
        "of them sleep in their cabins beside the road, as they have done for two\n"
        "winters now.\n"
    )

    first, second = plain_body(wrapped).split("\n\n")

    assert first.startswith("The council")
    assert first.endswith("third time.")
    assert "which work" in first
    assert second.startswith("Until then")


def test_a_poem_and_a_list_keep_their_lines():
    poem = "على ضفة النهر جسر\nوفي الجسر حلم قديم\nيمر عليه الصغار\nويبقى الكبير المقيم\nفيا نهر مهلاً قليلا\nفإن الطريق طويل"

    assert plain_body(poem).count("\n\n") == 5


def test_spaces_inside_a_line_stay_so_that_a_quote_is_found():
    raw = "  قال المدير ، أمس ، إن  الجسر مفتوح .  "

    assert plain_body(raw) == "قال المدير ، أمس ، إن  الجسر مفتوح ."


def test_control_characters_reach_no_page():
    assert plain_body("نص\x00 فيه\x07 رموز\ufeff.") == "نص فيه رموز."


def test_a_cut_inside_a_line_leaves_no_gap_and_joins_no_words():
    raw = "The bridge [ad id=1] opened. It was[x y=2]new."

    assert (
        body_from_raw(raw, [Cut(11, 20, "shortcode"), Cut(35, 42, "shortcode")])
        == "The bridge opened. It wasnew."
    )


def test_cuts_that_overlap_or_reach_beyond_the_text_do_no_harm():
    raw = "one\ntwo\nthree"

    assert body_from_raw(raw, [Cut(4, 99, "a"), Cut(2, 6, "b"), Cut(5, 5, "c")]) == "on"


TEXT = st.text(alphabet=st.sampled_from('ابتثن .,؟،\n\r\u2028\u00a0\ufeff\x00\x0c[]"”>abAB1'), max_size=200)
SPANS = st.lists(st.tuples(st.integers(0, 220), st.integers(0, 220)), max_size=6)


@given(TEXT, SPANS)
def test_every_word_of_the_body_stands_in_the_raw_text(raw, spans):
    body = body_from_raw(raw, [Cut(start, end, "any") for start, end in spans])

    kept = iter(raw)
    # The letters of the body, in order, are letters of the raw text, in order.
    assert all(letter in kept for letter in body if not letter.isspace())
    assert "\n\n\n" not in body
    assert body == body.strip("\n ")


@given(TEXT)
def test_a_body_is_its_own_body(raw):
    body = plain_body(raw)

    assert plain_body(body) == body


@given(TEXT)
def test_lines_that_are_not_joined_are_substrings_of_the_raw_text(raw):
    clean = raw.translate({0: None, 0xFEFF: None})

    assert all(paragraph in clean for paragraph in plain_body(clean).split("\n\n"))
