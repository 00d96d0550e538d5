"""Site chrome is proposed for cutting with its reason; prose that resembles it is left alone."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.cuts import find_cuts
from articles.importing.paragraphs import body_from_raw

PROSE = "قالت البلدية إن الجسر الجديد سيفتح يوم الخميس أمام الشاحنات، بعد عامين من العمل المتواصل فيه."
PROSE_2 = "وأضافت أن العبّارة ستبقى تعمل حتى نهاية الشتاء، وأن أجرتها لن تتغير على الركاب ولا على السائقين."
ENGLISH = (
    "The council said that the new bridge would open to lorries on Thursday, after two years of steady work."
)
ENGLISH_2 = (
    "It added that the ferry would keep running until the end of winter, and that its fare would not change."
)


def kinds(raw: str) -> list[tuple[str, str]]:
    return [(cut.kind, raw[cut.start : cut.end]) for cut in find_cuts(raw)]


def around(line: str, *, first: str = PROSE, last: str = PROSE_2) -> str:
    return f"{first}\n\n{line}\n\n{last}"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("fbpx", "tracker"),
        ("(adsbygoogle = window.adsbygoogle || []).push({});", "tracker"),
        ("window.dataLayer = window.dataLayer || [];", "tracker"),
        ('[top_posts limit="5" show_date="0"]', "shortcode"),
        ("[su_divider]", "shortcode"),
        ("[/caption]", "shortcode"),
        ("اقرأ أيضاً", "related"),
        ("إقرأوا أيضًا:", "related"),
        ("اقرأ/ي أيضاً :", "related"),
        ("إقرأ(ي) أيضا", "related"),
        ("إقرأ المزيد…", "related"),
        ("مواضيع ذات صلة", "related"),
        ("قد يهمك أيضاً", "related"),
        ("اقرأ أيضاً: ثلاثة أسئلة عن العبّارة القديمة", "related"),
        ("Read more »", "related"),
        ("Related Articles:", "related"),
        ("READ ALSO: Ferry fares frozen until spring", "related"),
        ("You may also like", "related"),
        ("الأكثر قراءة", "most-read"),
        ("Most Popular", "most-read"),
        ("اترك تعليقاً", "comment-form"),
        ("لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *", "comment-form"),
        ("Leave a Reply", "comment-form"),
        ("Your email address will not be published. Required fields are marked *", "comment-form"),
        ("زر الذهاب إلى الأعلى", "back-to-top"),
        ("العودة الى الأعلى ↑", "back-to-top"),
        ("Back to top", "back-to-top"),
        ("شارك هذا المقال", "share"),
        ("Share this story", "share"),
        ("إعلان", "advertisement"),
        ("ADVERTISEMENT", "advertisement"),
        ("Story continues below advertisement", "advertisement"),
        ("لتلقي أهم أخبار الصحيفة على تلغرام اضغط هنا!", "promotion"),
        ("تابعونا على فيسبوك وتويتر", "promotion"),
        ("اشتركوا في قناتنا على يوتيوب", "promotion"),
        ("للاشتراك في النشرة البريدية اضغط(ي) هنا", "promotion"),
        ("Sign up here for our weekly newsletter", "promotion"),
        ("Follow us on Facebook, Instagram and X", "promotion"),
        ("Download the app now", "promotion"),
        ("جميع الحقوق محفوظة © 2021", "copyright"),
        ("© 2021 The River Post. All rights reserved.", "copyright"),
        ("مدة القراءة: 3 دقائق", "reading-time"),
        ("4 min read", "reading-time"),
        ("We use cookies to give you the best experience on our site.", "cookie-notice"),
        ("استمع إلى المقال", "player"),
    ],
)
def test_a_line_of_chrome_is_cut_with_its_reason(line, kind):
    assert kinds(around(line)) == [(kind, line)]
    assert body_from_raw(around(line), find_cuts(around(line))) == f"{PROSE}\n\n{PROSE_2}"


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضاً ما كتبه القاضي في سجل القرية قبل مئة عام، ففيه جواب السؤال.",
        "تابع الوزير حديثه على صفحته في فيسبوك قائلاً إن العبّارة ستعود.",
        "تابعوا سيرهم إلى القرية بعد أن عبروا الجسر على الأقدام.",
        "اشترك في قناته على يوتيوب أكثر من مليون شخص خلال عام واحد.",
        "شارك في الافتتاح وزير النقل ورئيس البلدية وعدد من المهندسين.",
        "إعلان الهدنة لم يوقف القصف",
        "الأكثر قراءة بين الكتب كان كتاب التاريخ.",
        "رجل الجسور",
        "من هو المهندس؟",
        "أوقفت الشرطة [ثلاثة] سائقين، وقالت إن أحدهم [كذا] بلا رخصة.",
        "المصدر: وكالة الأنباء الرسمية",
        "“تابعونا على فيسبوك وسترون”، قال المدير.",
        "Related to the mayor by marriage, he kept out of the vote.",
        "Follow the river and you reach the old ferry.",
        "Share prices fell by a tenth on Thursday.",
        "Sign language was used throughout the meeting.",
        "The minister told us [sic] to wait here.",
        "Most popular of all was the [red] tram, said Sami [2].",
        "Advertising the bridge cost more than the lamps on it.",
        "Copyright law does not cover bridges, the court held, and never has.",
        "A newsletter sent by the ferrymen says otherwise.",
        "Print runs doubled.",
        "Comments by the mayor were left out.",
    ],
)
def test_prose_is_never_cut(line):
    assert kinds(around(line)) == []
    assert kinds(around(line, first=ENGLISH, last=ENGLISH_2)) == []


def test_a_heading_of_related_articles_inside_the_text_takes_no_paragraph_with_it():
    assert kinds(around("إقرأوا أيضاً:")) == [("related", "إقرأوا أيضاً:")]


def test_a_teaser_of_another_article_goes_with_its_author_date_and_first_sentences():
    teaser = "سامر النجار - كاتب | 12.05.2023\n\nحين غرقت العبّارة الأولى\n\nقبل نصف قرن غرقت عبّارة القرية في ليلة عاصفة."
    raw = f"{PROSE}\n\n{PROSE_2}\n\n{PROSE}\n\nإقرأوا أيضاً:\n\n{teaser}"

    assert kinds(raw) == [("related", f"إقرأوا أيضاً:\n\n{teaser}")]


def test_a_teaser_inside_the_text_ends_where_the_article_goes_on():
    raw = f"{PROSE}\n\nRead also:\n\nBy Sam Carter | 12 May 2023\n\nHow the first ferry sank\n\n{PROSE_2}\n\n{ENGLISH}"

    assert kinds(raw) == [
        ("related", "Read also:\n\nBy Sam Carter | 12 May 2023\n\nHow the first ferry sank")
    ]


def test_a_list_of_headlines_under_the_article_goes_to_the_end_of_the_page():
    tail = "Related stories\n\nFerry fares frozen until spring\n\nWho pays for the lamps?\n\nBack to top"
    raw = f"{ENGLISH}\n\n{ENGLISH_2}\n\n{tail}"

    assert [kind for kind, _text in kinds(raw)] == ["related", "back-to-top"]
    assert body_from_raw(raw, find_cuts(raw)) == f"{ENGLISH}\n\n{ENGLISH_2}"


def test_a_list_longer_than_the_article_is_left_to_an_editor():
    raw = f"{ENGLISH}\n\nRelated stories\n\n" + "\n\n".join(
        f"Another story with number {n} in it" for n in range(20)
    )

    assert kinds(raw) == [("related", "Related stories")]


def test_a_heading_and_the_shortcode_of_its_list_are_one_cut():
    block = 'الأكثر قراءة\n[top_list show_date="1" limit="5"]'

    assert kinds(around(block)) == [("most-read", block)]


def test_a_shortcode_inside_a_paragraph_is_cut_out_of_it():
    raw = f'[caption id="a1" width="300"]{PROSE}[/caption]\n\n{PROSE_2}'

    assert body_from_raw(raw, find_cuts(raw)) == f"{PROSE}\n\n{PROSE_2}"


def test_a_rubric_above_the_headline_is_a_section_label_and_no_headline():
    raw = f"الشرق الأوسط\n\nالجسر الجديد يفتح أبوابه الخميس\n\n{PROSE}"

    assert kinds(raw) == [("section-label", "الشرق الأوسط")]


def test_a_trail_of_rubrics_is_one_label():
    raw = f"Home > World > Middle East\nBridge opens to lorries on Thursday\n\n{ENGLISH}"

    assert kinds(raw) == [("section-label", "Home > World > Middle East")]


def test_the_name_of_a_country_inside_the_text_is_a_cross_heading():
    assert kinds(around("العراق")) == []


def test_words_of_buttons_are_chrome_only_beside_other_chrome():
    alone = around("Share")
    row = around("Facebook\nTwitter\nWhatsApp")
    form = f"{ENGLISH}\n\n{ENGLISH_2}\n\nLeave a comment\n\nName\n\nWebsite"

    assert kinds(alone) == []
    assert [kind for kind, _text in kinds(row)] == ["share"]
    assert kinds(form) == [("comment-form", "Leave a comment\n\nName\n\nWebsite")]


def test_tags_are_cut_below_the_article_only():
    assert kinds(f"{ENGLISH}\n\n{ENGLISH_2}\n\nTags: bridges, ferries") == [
        ("tags", "Tags: bridges, ferries")
    ]
    assert kinds(f"Tags: he hated them all his life.\n\n{ENGLISH}\n\n{ENGLISH_2}") == []


def test_a_text_that_is_all_chrome_is_left_as_it_is():
    assert kinds("اقرأ أيضاً\n\nاترك تعليقاً") == []


def test_chrome_between_glued_paragraphs_is_cut_too():
    raw = f"{PROSE}, {PROSE_2}, اقرأ أيضاً:"

    assert body_from_raw(raw, find_cuts(raw)).count("\n\n") >= 1


CHROME = [
    "fbpx",
    "اقرأ أيضاً:",
    "Most read",
    "[a_b]",
    "Share",
    "إعلان",
    "Facebook",
    "Sami Ali | 1.2.2020",
    "الرئيسية / أخبار",
]
LINES = st.lists(
    st.sampled_from([*CHROME, PROSE, ENGLISH, "رجل الجسور", "x [y z=1] w", "", "  "]), max_size=14
)


@given(LINES, st.sampled_from(["\n", "\n\n", "\r\n", " \n\t"]))
def test_cuts_are_sorted_disjoint_within_bounds_and_the_same_each_time(lines, between):
    raw = between.join(lines)
    cuts = find_cuts(raw)

    assert cuts == find_cuts(raw)
    assert all(0 <= cut.start < cut.end <= len(raw) and cut.kind for cut in cuts)
    assert all(before.end <= after.start for before, after in itertools.pairwise(cuts))
    assert all(raw[cut.start : cut.end] == raw[cut.start : cut.end].strip() for cut in cuts)


@given(LINES)
def test_prose_survives_whatever_stands_around_it(lines):
    raw = "\n\n".join(lines)
    body = body_from_raw(raw, find_cuts(raw))

    for prose in (PROSE, ENGLISH):
        # A teaser may hold one paragraph; nothing else that reads like prose is ever cut.
        assert body.count(prose) >= raw.count(prose) - 1 - sum("|" in line for line in lines)
