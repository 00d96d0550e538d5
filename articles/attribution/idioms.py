"""The words in which each language tells a chain. They are grammar more than text, so no translator fills them in.

The Arabic avoids what a name would have to agree with: no verb, pronoun or adjective takes the gender of an outlet, and
every description stands after «عن» as its editor typed it («مسؤولين أمنيين»). A role stands before its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.attribution.chain import SpeakerKind
from articles.choices import Certainty
from newsroom.text.languages import ARABIC, ENGLISH


@dataclass(frozen=True, slots=True)
class Idiom:
    """One language's words for a chain, each with the punctuation and spaces that bind it."""

    unknown_publisher: str
    own_reporting: str
    headline: str
    copy_from: str
    copy_of_another: str
    no_source: str
    citing: str
    citing_further: str
    quoting: str
    # Before a statement, a video, a speech, after the one whose it is.
    in_document: str
    comma: str
    last: str
    # The same between sources that contain commas, as roles bring them, when they are two and when they are more.
    last_of_two_heavy: str
    heavy_comma: str
    heavy_last: str
    certainty: Mapping[str, str]
    # For a speaker without a name or description in any language.
    nameless: Mapping[SpeakerKind, str]


IDIOMS: Mapping[str, Idiom] = {
    ENGLISH: Idiom(
        unknown_publisher="An article of unknown publisher",
        own_reporting=", in its own reporting",
        headline=", in a headline",
        copy_from=", in a copy of text from ",
        copy_of_another=", in a copy of another article",
        no_source=", naming no source",
        citing=", citing ",
        citing_further=", citing ",
        quoting=", quoting ",
        in_document=", in ",
        comma=", ",
        last=" and ",
        last_of_two_heavy=", and ",
        heavy_comma="; ",
        heavy_last="; and ",
        certainty={
            Certainty.ALLEGED: ", as an allegation",
            Certainty.DENIED: ", in a denial",
            Certainty.QUESTIONED: ", as a question",
        },
        nameless={
            SpeakerKind.OUTLET: "an outlet",
            SpeakerKind.PERSON: "a person",
            SpeakerKind.ORGANISATION: "an organisation",
            SpeakerKind.UNNAMED: "an unnamed source",
            SpeakerKind.DOCUMENT: "a document",
        },
    ),
    ARABIC: Idiom(
        unknown_publisher="مقال مجهول الناشر",
        own_reporting=" في تغطية خاصة",
        headline=" في عنوان",
        copy_from=" في نسخة من نص ",
        copy_of_another=" في نسخة من مقال آخر",
        no_source=" من دون ذكر مصدر",
        citing=" نقلاً عن ",
        citing_further=" عن ",
        quoting=" عن ",
        in_document=" في ",
        comma=" و",
        last=" و",
        last_of_two_heavy=" و",
        heavy_comma=" و",
        heavy_last=" و",
        certainty={
            Certainty.ALLEGED: " بصيغة الادعاء",
            Certainty.DENIED: " بصيغة النفي",
            Certainty.QUESTIONED: " بصيغة التساؤل",
        },
        nameless={
            SpeakerKind.OUTLET: "وسيلة إعلام",
            SpeakerKind.PERSON: "شخص",
            SpeakerKind.ORGANISATION: "جهة",
            SpeakerKind.UNNAMED: "مصدر غير مسمّى",
            SpeakerKind.DOCUMENT: "وثيقة",
        },
    ),
}
