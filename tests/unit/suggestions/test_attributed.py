"""Sentences and on whose word they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.choices import AppearanceKind
from articles.suggestions.attributed import attributed_sentences
from articles.suggestions.mentions import mentions
from articles.suggestions.names import KnownName, Names, Record

NAMES = Names.of(
    [
        KnownName(Record("outlet", "madar"), "وكالة مدار"),
        KnownName(Record("outlet", "madar"), "Madar"),
        KnownName(Record("outlet", "daraj"), "درج"),
        KnownName(Record("outlet", "daraj"), "Daraj"),
        KnownName(Record("person", "salma"), "سلمى الكاتبي"),
        KnownName(Record("person", "salma"), "Salma Katibi"),
        KnownName(Record("organisation", "fajr"), "كتائب الفجر"),
        KnownName(Record("organisation", "fajr"), "Fajr Brigades"),
    ]
)


def told(text, language="ar"):
    return attributed_sentences(text, language, mentions(text, NAMES))


def chain(attribution):
    return [
        [str(source.record.key) if source.record else source.text for source in step]
        for step in attribution.steps
    ]


def only(text, language="ar"):
    (attribution,) = told(text, language)
    return attribution, text[attribution.quote.start : attribution.quote.end]


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("ذكرت وكالة مدار أن الجسر أُغلق.", [["madar"]]),
        ("قال مهندس مقرب من البلدية لوكالة مدار إن الجسر أُغلق.", [["madar"], ["مهندس مقرب من البلدية"]]),
        ("أُغلق الجسر مساء أمس، بحسب «درج».", [["daraj"]]),
        ("أُغلق الجسر مساء أمس، على ما نقلت وكالة مدار عن مصدر أمني.", [["madar"], ["مصدر أمني"]]),
        ("الباحثة سلمى الكاتبي ترى أن الجسر قديم.", [["salma"]]),
        ("ودعت كتائب الفجر في بيان إلى إغلاق الجسر.", [["fajr"]]),
        ("اتهمته كتائب الفجر مراراً بأنه أهمل الجسر.", [["fajr"]]),
        ("ويرى عدد من المراقبين أن الجسر قديم.", [["عدد من المراقبين"]]),
        ("أبلغ مسؤولون محليون وكالة مدار أن الجسر أُغلق.", [["madar"], ["مسؤولون محليون"]]),
        ("سلمى الكاتبي: الجسر قديم ولن يُفتح", [["salma"]]),
    ],
)
def test_arabic_says_on_whose_word_in_many_ways(text, steps):
    assert chain(only(text)[0]) == steps


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Madar reported that the bridge was closed.", [["madar"]]),
        (
            "An engineer close to the council told Madar that the bridge was closed.",
            [["madar"], ["An engineer close to the council"]],
        ),
        ("The bridge was closed last night, according to Daraj.", [["daraj"]]),
        (
            "The bridge was closed last night, Daraj reported, citing a security source.",
            [["daraj"], ["a security source"]],
        ),
        ("The researcher Salma Katibi believes that the bridge is old.", [["salma"]]),
        ("“The bridge is old and will not open again,” said Salma Katibi.", [["salma"]]),
        ("The Fajr Brigades urged the council to close the bridge.", [["fajr"]]),
        ("Observers say that the bridge is old.", [["Observers"]]),
        (
            "Madar, citing two local officials, reported that the bridge was closed.",
            [["madar"], ["two local officials"]],
        ),
        ("Salma Katibi: the bridge is old and will not open", [["salma"]]),
    ],
)
def test_english_says_on_whose_word_in_many_ways(text, steps):
    assert chain(only(text, "en")[0]) == steps


def test_a_chain_has_its_co_sources_and_the_sources_lead_back_to_it():
    first, second, third = told(
        "ونقلت وكالة مدار عن موظفين بلديين ومصادر وصفتها بالقريبة من الشركة أن الجسر تصدّع. "
        "وأوضحت المصادر لـ”مدار” أن الشقوق قديمة، فيما أشارت مصادر محلية لـ”درج” إلى أن الشركة أُبلغت."
    )

    behind = [["madar"], ["موظفين بلديين", "مصادر وصفتها بالقريبة من الشركة"]]
    assert chain(first) == behind
    assert chain(second) == behind
    # «فيما» joins two clauses, not two chains.
    assert chain(third) == [["daraj"], ["مصادر محلية"]]


def test_what_nobody_stands_for_says_so():
    attribution, quote = only("هناك مخاوف من انهيار الجسر.")

    assert attribution.steps[0][0].kind == "nobody"
    assert quote == "من انهيار الجسر"


@pytest.mark.parametrize(
    ("text", "language", "certainty"),
    [
        ("زعمت كتائب الفجر أن الجسر سليم.", "ar", "alleged"),
        ("نفت كتائب الفجر أن يكون الجسر قديماً.", "ar", "denied"),
        ("أكدت كتائب الفجر أن الجسر سليم.", "ar", "asserted"),
        ("The Fajr Brigades denied that the bridge was old.", "en", "denied"),
        ("Salma Katibi claimed that the bridge was safe.", "en", "alleged"),
    ],
)
def test_the_verb_says_how_sure_the_telling_is(text, language, certainty):
    assert only(text, language)[0].certainty == certainty


def test_a_quotation_is_quoted_whole_and_without_its_marks():
    attribution, quote = only("قالت سلمى الكاتبي: «الجسر قديم. ولن يُفتح هذا العام».")

    assert quote == "الجسر قديم. ولن يُفتح هذا العام"
    assert attribution.kind == AppearanceKind.DIRECT_QUOTE


def test_an_agency_that_tells_what_somebody_told_comes_before_him():
    attribution, _quote = only(
        "أوردت وكالة مدار، نقلاً عن مصدرين محليين، أن سلمى الكاتبي أبلغت المجلس أن الجسر قديم."
    )

    assert chain(attribution) == [["madar"], ["مصدرين محليين"], ["salma"]]


@pytest.mark.parametrize(
    "text",
    [
        "أُغلق الجسر مساء أمس.",
        "يجب أن يُغلق الجسر.",
        "عاد العمال قبل أن تمطر.",
        "كتب كثيرة على الرف.",
        "لم تعلن أي جهة مسؤوليتها.",
    ],
)
def test_plain_sentences_are_attributed_to_nobody(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["The bridge was closed.", "The report is on the table.", "They were told to leave."]
)
def test_plain_english_sentences_are_attributed_to_nobody(text):
    assert told(text, "en") == []


PIECES = [
    "قال ", "قالت ", "مصادر ", "المصادر ", "لوكالة مدار ", "لـ”درج” ", "أن ", "إن ", "بحسب ", "وفق ", "نقلاً عن ", "عن ", "كما ", "البيان ",
    "سلمى الكاتبي ", "«", "»", "”", "\"", ": ", "، ", ". ", "\n\n", "فيما ", "وهو ", "مؤكداً ", "اتهمته ", "إلى ", "تأكيد ", "هناك مخاوف ",
    "said ", "told ", "Madar ", "that ", "according to ", "citing ", "which ", "and ", "he ", "they ", "as ", "Salma Katibi ", "the agency ",
    ", ", "“", "reported ", "the same sources ", "a statement of ", "officials ", "in ", "\u200f", "\x00", "عبد ", "أبو ",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25), st.sampled_from(["ar", "en", "und"])
)
def test_whatever_the_text_the_places_are_in_it_and_nothing_raises(pieces, language):
    text = "".join(pieces)
    for attribution in told(text, language):
        assert (
            0
            <= attribution.start
            <= attribution.quote.start
            < attribution.quote.end
            <= attribution.end
            <= len(text)
        )
        assert attribution.start <= attribution.cue.start < attribution.cue.end <= attribution.end
        for step in attribution.steps:
            assert step
            assert all(text[source.start : source.end] == source.text for source in step)


def test_a_name_in_apposition_speaks():
    text = "Tom Roe, rural affairs correspondent of the paper, said the bridge had cracked in three places."

    (attribution,) = told(text, "en")

    assert attribution.steps[0][0].text.startswith("Tom Roe")


def test_a_name_between_the_commas_speaks():
    text = "The charity's director, Barbara Roe, said: “The bridge has been closed since Tuesday night.”"

    (attribution,) = told(text, "en")

    assert "Barbara Roe" in attribution.steps[0][0].text


def test_a_body_says_of_itself_what_it_needs():
    (attribution,) = told("The company said it needed three more bridges by the end of the year.", "en")

    assert attribution.quote.start == len("The company said ")
    assert told("He said it three times and went home.", "en") == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("وقال مازن حلوة؛ مدير عام الشركة، إن الجسر أغلق قبل يومين.", "مازن حلوة"),
        ("ولفت قرقاش إلى أن الجسر أغلق قبل يومين.", "قرقاش"),
        ("وبين الكاتبي أن الجسر أغلق قبل يومين.", "الكاتبي"),
        ("وبحسب صحيفة «بريد الجسور» المحلية فإن الجسر أغلق قبل يومين.", "صحيفة «بريد الجسور» المحلية"),
        ("وأكد معالي وزير النقل أن الجسر أغلق قبل يومين.", "وزير النقل"),
        ("الدكتور أحمد الصفدي عضو المجلس قال: إن الجسر أغلق قبل يومين.", "أحمد الصفدي"),
        ("وقال عضو المجلس الدكتور زهير الحارثي إن الجسر أغلق قبل يومين.", "زهير الحارثي"),
        ("وقال عبدالرحمن بن صالح العطيشان إن الجسر أغلق قبل يومين.", "عبدالرحمن بن صالح العطيشان"),
    ],
)
def test_speakers_of_whom_nothing_is_recorded_are_told_by_their_form(text, speaker):
    (attribution,) = told(text, "ar")

    assert [[source.text for source in step] for step in attribution.steps] == [[speaker]]


def test_a_preposition_is_no_verb():
    assert told("بحث الوزيران العلاقات بين البلدين وما يمكن أن يعززها.", "ar") == []
    assert told("بعد تعهد الاتحاد بالمساعدة عاد الناس إلى بيوتهم.", "ar") == []


def test_words_of_somebody_whom_the_rules_cannot_tell_are_told_all_the_same():
    (attribution,) = told("وأضافت: «لا نعرف شيئاً عن الجسر القديم حتى اليوم».", "ar")

    assert attribution.steps == ()
