"""Chains in words, read as a newspaper would print them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.attribution import Publication, Speaker, SpeakerKind, chain_phrases, chain_sentence
from articles.choices import AppearanceKind, Certainty
from tests.unit.attribution.cast import (
    AFP,
    CLOSE_SOURCES,
    DARAJ,
    FOREIGN_POLICY,
    HERALD,
    KADHIMI,
    MEMO,
    MINISTRY,
    OFFICIALS,
    POST,
    PREMIER,
    PRESIDENT,
    REUTERS,
    STATEMENT,
    WITNESSES,
    outlet,
    told,
    unnamed,
)

QUOTE = AppearanceKind.DIRECT_QUOTE
OWN = AppearanceKind.OWN_REPORTING
HEADLINE = AppearanceKind.HEADLINE

EXAMPLES = [
    (told(DARAJ, kind=OWN), "Daraj, in its own reporting", "درج في تغطية خاصة"),
    (told(DARAJ), "Daraj, naming no source", "درج من دون ذكر مصدر"),
    (told(DARAJ, kind=HEADLINE), "Daraj, in a headline, naming no source", "درج في عنوان من دون ذكر مصدر"),
    (
        told(DARAJ, REUTERS, kind=HEADLINE),
        "Daraj, in a headline, citing Reuters",
        "درج في عنوان نقلاً عن رويترز",
    ),
    (told(DARAJ, REUTERS), "Daraj, citing Reuters", "درج نقلاً عن رويترز"),
    (told(DARAJ, DARAJ, REUTERS), "Daraj, citing Reuters", "درج نقلاً عن رويترز"),
    (told(DARAJ, (REUTERS, AFP)), "Daraj, citing Reuters and AFP", "درج نقلاً عن رويترز وفرانس برس"),
    (
        told(DARAJ, WITNESSES, kind=OWN),
        "Daraj, in its own reporting, citing witnesses",
        "درج في تغطية خاصة نقلاً عن شهود عيان",
    ),
    (
        told(DARAJ, REUTERS, (OFFICIALS, CLOSE_SOURCES)),
        "Daraj, citing Reuters, citing security officials and sources described as close to armed groups",
        "درج نقلاً عن رويترز عن مسؤولين أمنيين ومصادر وصفتها بالقريبة من جماعات مسلحة",
    ),
    (
        told(DARAJ, (REUTERS, AFP, POST), OFFICIALS),
        "Daraj, citing Reuters, AFP and The Washington Post, citing security officials",
        "درج نقلاً عن رويترز وفرانس برس وواشنطن بوست عن مسؤولين أمنيين",
    ),
    (
        told(HERALD, DARAJ, REUTERS, PREMIER, kind=QUOTE),
        "Example Herald, citing Daraj, citing Reuters, quoting Mustafa al-Kadhimi, Iraqi prime minister",
        "صحيفة المثال نقلاً عن درج عن رويترز عن رئيس الوزراء العراقي مصطفى الكاظمي",
    ),
    (told(DARAJ, KADHIMI, kind=QUOTE), "Daraj, quoting Mustafa al-Kadhimi", "درج عن مصطفى الكاظمي"),
    (
        told(DARAJ, PREMIER),
        "Daraj, citing Mustafa al-Kadhimi, Iraqi prime minister",
        "درج نقلاً عن رئيس الوزراء العراقي مصطفى الكاظمي",
    ),
    (
        told(DARAJ, (PREMIER, PRESIDENT), kind=QUOTE),
        "Daraj, quoting Mustafa al-Kadhimi, Iraqi prime minister, and Barham Salih, president",
        "درج عن رئيس الوزراء العراقي مصطفى الكاظمي والرئيس برهم صالح",
    ),
    (
        told(DARAJ, (PREMIER, PRESIDENT, MINISTRY)),
        "Daraj, citing Mustafa al-Kadhimi, Iraqi prime minister; Barham Salih, president; and the Interior Ministry",
        "درج نقلاً عن رئيس الوزراء العراقي مصطفى الكاظمي والرئيس برهم صالح ووزارة الداخلية",
    ),
    (told(DARAJ, MEMO), "Daraj, citing a leaked memo", "درج نقلاً عن مذكرة مسرّبة"),
    (
        told(DARAJ, MINISTRY, STATEMENT),
        "Daraj, citing the Interior Ministry, in a statement on Sunday evening",
        "درج نقلاً عن وزارة الداخلية في بيان صدر مساء الأحد",
    ),
    (
        told(DARAJ, REUTERS, MINISTRY, STATEMENT, kind=QUOTE),
        "Daraj, citing Reuters, quoting the Interior Ministry, in a statement on Sunday evening",
        "درج نقلاً عن رويترز عن وزارة الداخلية في بيان صدر مساء الأحد",
    ),
    (told(None), "An article of unknown publisher, naming no source", "مقال مجهول الناشر من دون ذكر مصدر"),
    (
        told(None, REUTERS, OFFICIALS),
        "An article of unknown publisher, citing Reuters, citing security officials",
        "مقال مجهول الناشر نقلاً عن رويترز عن مسؤولين أمنيين",
    ),
    (
        told(HERALD, REUTERS, OFFICIALS, copy_of=Publication("report", REUTERS)),
        "Example Herald, in a copy of text from Reuters, citing security officials",
        "صحيفة المثال في نسخة من نص رويترز نقلاً عن مسؤولين أمنيين",
    ),
    (
        told(HERALD, copy_of=Publication("report", REUTERS)),
        "Example Herald, in a copy of text from Reuters",
        "صحيفة المثال في نسخة من نص رويترز",
    ),
    (
        told(HERALD, OFFICIALS, copy_of=Publication("report")),
        "Example Herald, in a copy of another article, citing security officials",
        "صحيفة المثال في نسخة من مقال آخر نقلاً عن مسؤولين أمنيين",
    ),
    (
        told(HERALD, copy_of=Publication("earlier", HERALD)),
        "Example Herald, in a copy of another article",
        "صحيفة المثال في نسخة من مقال آخر",
    ),
    (
        told(DARAJ, MINISTRY, certainty=Certainty.DENIED),
        "Daraj, citing the Interior Ministry, in a denial",
        "درج نقلاً عن وزارة الداخلية بصيغة النفي",
    ),
    (
        told(DARAJ, OFFICIALS, certainty=Certainty.ALLEGED),
        "Daraj, citing security officials, as an allegation",
        "درج نقلاً عن مسؤولين أمنيين بصيغة الادعاء",
    ),
    (
        told(DARAJ, kind=HEADLINE, certainty=Certainty.QUESTIONED),
        "Daraj, in a headline, naming no source, as a question",
        "درج في عنوان من دون ذكر مصدر بصيغة التساؤل",
    ),
]


@pytest.mark.parametrize(
    ("telling", "english", "arabic"), EXAMPLES, ids=[english for _, english, _ in EXAMPLES]
)
def test_a_chain_reads_like_a_newspaper(telling, english, arabic):
    assert chain_sentence(telling, "en") == english
    assert chain_sentence(telling, "ar") == arabic


def test_a_name_that_exists_in_the_other_language_only_stays_in_it_and_is_isolated():
    telling = told(DARAJ, (REUTERS, FOREIGN_POLICY), OFFICIALS)

    assert chain_sentence(telling, "ar") == "درج نقلاً عن رويترز و\u2068Foreign Policy\u2069 عن مسؤولين أمنيين"
    [name] = [phrase for phrase in chain_phrases(telling, "ar") if phrase.speaker == FOREIGN_POLICY]
    assert (name.language, name.direction) == ("en", "ltr")


def test_a_role_that_exists_in_the_other_language_only_is_left_out():
    speaker = Speaker(SpeakerKind.PERSON, "p", name_ar="برهم صالح", name_en="Barham Salih", role_ar="الرئيس")

    assert chain_sentence(told(DARAJ, speaker), "en") == "Daraj, citing Barham Salih"


def test_phrases_carry_their_speakers_and_the_words_between_them_none():
    assert [
        (phrase.text, phrase.speaker) for phrase in chain_phrases(told(DARAJ, REUTERS, PREMIER), "en")
    ] == [
        ("Daraj", DARAJ),
        (", citing ", None),
        ("Reuters", REUTERS),
        (", citing ", None),
        ("Mustafa al-Kadhimi", PREMIER),
        (", Iraqi prime minister", None),
    ]


@pytest.mark.parametrize(
    ("kind", "english", "arabic"),
    [
        (SpeakerKind.OUTLET, "an outlet", "وسيلة إعلام"),
        (SpeakerKind.PERSON, "a person", "شخص"),
        (SpeakerKind.ORGANISATION, "an organisation", "جهة"),
        (SpeakerKind.UNNAMED, "an unnamed source", "مصدر غير مسمّى"),
        (SpeakerKind.DOCUMENT, "a document", "وثيقة"),
    ],
)
def test_a_speaker_without_a_visible_name_is_called_by_its_kind(kind, english, arabic):
    speaker = Speaker(kind, "key", name_ar="\u200f", name_en=" ")

    assert chain_sentence(told(DARAJ, speaker), "en") == f"Daraj, citing {english}"
    assert chain_sentence(told(DARAJ, speaker), "ar") == f"درج نقلاً عن {arabic}"


def test_marks_that_turn_the_line_round_do_not_pass_and_persian_joiners_do():
    turning = unnamed("officials\u202e\n of\u2066 the\u2069 ministry")
    persian = outlet("p", name_ar="خانه\u200cها")

    assert chain_sentence(told(DARAJ, turning), "en") == "Daraj, citing officials of the ministry"
    assert "خانه\u200cها" in chain_sentence(told(persian), "ar")


NAMES = st.text(max_size=12)
SPEAKERS = st.builds(
    Speaker,
    st.sampled_from(SpeakerKind),
    st.sampled_from("abc"),
    name_ar=NAMES,
    name_en=NAMES,
    role_ar=NAMES,
    role_en=NAMES,
)
TELLINGS = st.builds(
    lambda by, steps, kind, certainty: told(by, *map(tuple, steps), kind=kind, certainty=certainty),
    st.none() | SPEAKERS,
    st.lists(st.lists(SPEAKERS, max_size=3), max_size=3),
    st.sampled_from(AppearanceKind),
    st.sampled_from(Certainty),
)


@given(TELLINGS, st.sampled_from(["ar", "en"]))
def test_every_speaker_is_named_in_the_sentence(telling, language):
    phrases = chain_phrases(telling, language)
    speakers = [source for step in telling.steps for source in step]

    assert [phrase.speaker for phrase in phrases if phrase.speaker] == [
        *filter(None, [telling.outlet]),
        *speakers,
    ]
    assert all(phrase.text for phrase in phrases)


@given(TELLINGS, st.sampled_from(["ar", "en"]))
def test_the_sentence_is_its_phrases_on_one_line_without_hidden_marks(telling, language):
    sentence = chain_sentence(telling, language)
    without_isolates = sentence.replace("\u2068", "").replace("\u2069", "")

    assert without_isolates == "".join(phrase.text for phrase in chain_phrases(telling, language))
    assert sentence.count("\u2068") == sentence.count("\u2069")
    assert {
        unicodedata.category(c) for c in without_isolates.replace("\u200c", "").replace("\u200d", "")
    }.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
