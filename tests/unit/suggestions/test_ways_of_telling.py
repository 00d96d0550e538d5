"""More ways to say who says so, each by a rule of its own: what newspapers write, on sentences written for these tests."""

import pytest

from articles.suggestions.attributed import without_publisher
from articles.suggestions.names import Record
from tests.unit.suggestions.test_attributed import chain, only, told


@pytest.mark.parametrize(
    ("text", "steps", "quote"),
    [
        # A figure estimated, a feeling voiced, a thing asked for: no «أن».
        ("وقدّر الخبير نادر الحلو كلفة الجسر بمليون دينار.", [["نادر الحلو"]], "كلفة الجسر بمليون دينار"),
        ("وأعربت كتائب الفجر عن قلقها على الجسر.", [["fajr"]], "عن قلقها على الجسر"),
        ("وعبّرت «الحلو» عن سعادتها بفتح الجسر.", [["الحلو"]], "عن سعادتها بفتح الجسر"),
        ("أبدى الشامي ارتياحه لفتح الجسر أمام الناس.", [["الشامي"]], "ارتياحه لفتح الجسر أمام الناس"),
        # How, or when, between the speaker and what is told.
        ("واستنكرت تونس بشدة إغلاق الجسر القديم.", [["تونس"]], "إغلاق الجسر القديم"),
        ("اتهمت كتائب الفجر اليوم، موظفي البلدية بإهمال الجسر.", [["fajr"]], "موظفي البلدية بإهمال الجسر"),
        ("أعلن نادي السباحين رسمياً تأجيل البطولة.", [["نادي السباحين"]], "تأجيل البطولة"),
        # The place of those who speak.
        ("وكان النواب المعارضون بالمجلس هددوا بسحب المشروع.", [["النواب المعارضون"]], "بسحب المشروع"),
        # An outlet of which there is no record, known by its marks.
        ("وقال نادر الحلو لـ«الضفة»: إن الجسر قديم.", [["الضفة"], ["نادر الحلو"]], "إن الجسر قديم"),
        (
            "ووفق ما نقلت صحيفة «الضفة» المحلية، عن «ذا ريفر»، فإن الجسر قديم.",
            [["صحيفة «الضفة» المحلية"], ["ذا ريفر"]],
            "فإن الجسر قديم",
        ),
        # A name by no form known, between an office and what is told.
        ("وقال وزير النقل الماليزي ليو تشين في بيان «نعرف أن الجسر قديم جداً».", [["ليو تشين"]],
         "نعرف أن الجسر قديم جداً"),
        # His own words, though no mark says so.
        ("وقال نادر الحلو - حسب ما أوردته وكالة مدار - «هذا الجسر قديم ولن يُفتح».", [["madar"], ["نادر الحلو"]],
         "هذا الجسر قديم ولن يُفتح"),
        # When and where, between the speaker and what he said; and «بدوره» before him.
        ("وأكد الشامي بعد لقائه نادر الحلو «التزام البلدية بفتح الجسر قريباً».", [["الشامي"]],
         "التزام البلدية بفتح الجسر قريباً"),
        ("واعترف بدوره، مدير الشركة نادر الحلو بالخطأ في البناء.", [["نادر الحلو"]], "بالخطأ في البناء"),
        ("وبحسب التفاصيل المعلنة أن الجسر قديم جداً.", [["التفاصيل المعلنة"]], "أن الجسر قديم جداً"),
        # The body that stands before «إذ».
        ("تغير موقف الحكومة المحلية إذ حذرت من انهيار الجسر.", [["الحكومة المحلية"]], "من انهيار الجسر"),
    ],
)  # fmt: skip
def test_arabic_tells_without_that_too(text, steps, quote):
    attribution, words = only(text)

    assert chain(attribution) == steps
    assert words == quote


def test_an_agency_named_before_cites_somebody_in_the_next_sentence():
    first, second = told("ذكرت وكالة مدار أن الجسر أُغلق. ونقلت عن المهندس نادر الحلو قوله إن الشقوق قديمة.")

    assert chain(first) == [["madar"]]
    assert chain(second) == [["madar"], ["نادر الحلو"]]


def test_who_goes_on_speaking_in_another_paragraph_is_led_back_and_shown():
    first, second, third = told(
        "قال المهندس نادر الحلو إن الجسر قديم.\n\nوأضاف: في الشتاء يرتفع الماء.\n\nوتابع قوله «سنغلق الجسر غداً صباحاً»."
    )

    assert chain(first) == chain(second) == chain(third) == [["نادر الحلو"]]
    assert all(one.confidence >= 0.5 for one in (first, second, third))


@pytest.mark.parametrize(
    ("text", "language", "speaker"),
    [
        ("The bridge is old, Mr Roe said.\n\n“We shall close it before the winter comes.”", "en", "Roe"),
        (
            "قال المهندس نادر الحلو إن الجسر قديم.\n\n«سنغلق الجسر قبل أن يأتي الشتاء القادم.»",
            "ar",
            "نادر الحلو",
        ),
    ],
)
def test_a_quotation_alone_right_behind_a_speaker_is_his(text, language, speaker):
    _first, second = told(text, language)

    assert chain(second) == [[speaker]]
    assert text[second.quote.start : second.quote.end].strip(".") in text
    assert text[second.cue.start : second.cue.end] in {"“", "«"}


@pytest.mark.parametrize(
    "text",
    [
        # A title, and a slogan behind nobody who spoke.
        "The bridge is old, Mr Roe said.\n\n“A Bridge of Sighs”",
        "The bridge was closed in May.\n\n“We want our old bridge back before winter.”",
    ],
)
def test_a_quotation_alone_is_nobodys_where_none_spoke_or_little_is_said(text):
    assert all(text[one.cue.start : one.cue.end] != "“" for one in told(text, "en"))


def test_a_comma_after_a_verb_of_going_on_is_a_colon():
    _first, second = told("قال المهندس نادر الحلو إن الجسر قديم.\n\nوأضاف، نعمل على فتح الجسر قريباً.")

    assert chain(second) == [["نادر الحلو"]]


def test_what_is_said_in_a_bodys_statement_is_the_bodys_too_and_what_he_adds_is_his():
    first, second = told(
        "ودعا القائد في كتائب الفجر نادر الحلو في بيان إلى إغلاق الجسر القديم، محمّلاً البلدية تبعة الشقوق."
    )

    assert chain(first) == [["نادر الحلو", "fajr"]]
    assert chain(second) == [["نادر الحلو"]]


def test_a_telling_inside_what_is_told_does_not_end_it():
    first, second = told("دعت كتائب الفجر إلى محاسبة المهندس الذي وصفته بالمهمل وإلى إغلاق الجسر.")

    assert chain(first) == chain(second) == [["fajr"]]
    assert first.quote.end > second.quote.start


def test_bodies_that_do_something_are_those_named_last():
    _first, second = told(
        "اتهمته كتائب الفجر بإهمال الجسر.\n\nلم ترض النتيجة تلك الفصائل الصغيرة، وقد سارعت إلى تأكيد رفضها المشروع."
    )

    assert chain(second) == [["تلك الفصائل الصغيرة"]]


@pytest.mark.parametrize(
    "text",
    [
        # By the way, it turns out, somebody insisted on doing: nobody's word.
        "يُذكر أن الجسر بُني قبل مئة عام.",
        "تبيّن أن الجسر قديم.",
        "جرت الانتخابات التي أصر رئيس البلدية على إجرائها في الشتاء.",
        "الإرهاب يهدد الهوية الوطنية، ولا شك أن الجسر قديم.",
    ],
)
def test_what_is_nobodys_word_is_not_told(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("They pointed out: Jane Roe said the bridge was old.", [["Jane Roe"]]),
        ("The bridge is closed, says the boss of the company that built it.",
         [["the boss of the company that built it"]]),
        ("The council “failed” to act and showed a “lack of leadership”, the auditors found.", [["the auditors"]]),
        ("“We are building a new bridge,” Mr Roe told the meeting in the town hall.", [["Roe"]]),
        ("“The bridge is closed until further notice,” the river subsidiary said in a statement.",
         [["the river subsidiary"]]),
        ("The bridge will be sold, a new book about the river claims.", [["a new book about the river"]]),
        ("The plan has many critics who say it could cost too much.", [["many critics"]]),
        ("Mayor Jane Roe and President Tom Roe have called for the bridge to be closed.", [["Jane Roe", "Tom Roe"]]),
    ],
)  # fmt: skip
def test_english_tells_in_more_ways(text, steps):
    found = told(text, "en")

    assert chain(found[-1]) == steps


def test_a_colon_behind_the_speaker_opens_what_is_told():
    attribution, quote = only(
        "In May, when the bridge was closed, Mr Roe said: “It will not open again.”", "en"
    )

    assert chain(attribution) == [["Roe"]]
    assert quote.startswith("It will not")


def test_he_said_in_another_paragraph_is_whoever_spoke_last():
    _first, second = told(
        "Mr Roe admitted that the bridge was old.\nBut he criticised both the council and the mayor.", "en"
    )

    assert chain(second) == [["Roe"]]


@pytest.mark.parametrize(
    "text",
    [
        "Roe wrote the screenplay before the bridge was closed.",
        "What he said is known to many in the town.",
        "If you think of the bridge you see the river.",
        "I would expect the bridge to be closed, as we said.",
    ],
)
def test_english_verbs_that_tell_nothing_there(text):
    assert told(text, "en") == []


def test_the_articles_own_outlet_is_no_step_of_its_chains():
    (attribution,) = told("أشارت مصادر محلية لـ«درج» إلى أن الجسر قديم.")
    (alone,) = told("ذكرت وكالة مدار أن الجسر قديم.")

    assert chain(attribution) == [["daraj"], ["مصادر محلية"]]
    assert chain(without_publisher(attribution, Record("outlet", "daraj"))) == [["مصادر محلية"]]
    assert chain(without_publisher(attribution, Record("outlet", "madar"))) == chain(attribution)
    assert chain(without_publisher(alone, Record("outlet", "madar"))) == [["madar"]]
