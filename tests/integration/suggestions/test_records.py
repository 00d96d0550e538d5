"""Suggestions on records of the database."""

import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import OutletName
from articles.suggestions.attributed import attributed_sentences
from articles.suggestions.mentions import mentions
from articles.suggestions.names import Record
from articles.suggestions.records import known_names, near_duplicates
from people.choices import NameKind
from people.models import Name
from tests.builders import a_person, an_article, an_organisation, an_outlet

pytestmark = pytest.mark.django_db

BODY = (
    "أغلقت البلدية الجسر القديم مساء الثلاثاء بعد أن لاحظ العمال شقوقاً في ثلاث من دعاماته، وطلبت من السائقين سلوك "
    "الطريق الساحلي حتى إشعار آخر."
)


def test_records_are_found_by_all_their_names():
    person = a_person(name_ar="سلمى الكاتبي", name_en="Salma Katibi")
    body = an_organisation(name_ar="كتائب الفجر")
    outlet = an_outlet(name_ar="صحيفة النهر")
    Name.objects.create(person=person, text="غراب البين", language="ar", kind=NameKind.HOSTILE)
    OutletName.objects.create(outlet=outlet, text="نهر نيوز", language="ar")

    text = "قالت سلمى الكاتبي لنهر نيوز إن كتائب الفجر رحلت. وعاد غراب البين."
    found = mentions(text, known_names())

    assert [mention.record for mention in found] == [
        Record("person", person.pk),
        Record("outlet", outlet.pk),
        Record("organisation", body.pk),
        Record("person", person.pk),
    ]
    (attribution,) = attributed_sentences(text, "ar", found)
    assert [[source.record for source in step] for step in attribution.steps] == [
        [Record("outlet", outlet.pk)],
        [Record("person", person.pk)],
    ]


def test_names_are_read_in_a_constant_number_of_queries(django_assert_num_queries):
    for number in range(3):
        a_person(name_ar=f"شخص كبير {number}")

    with django_assert_num_queries(5):
        known_names()


def test_a_copy_is_found_among_the_articles_changed_last(django_assert_num_queries):
    copy = an_article(body_ar=f"خبر عاجل. {BODY.replace('ثلاث', 'أربع')}")
    an_article(body_ar="فاز الفريق في المباراة الأخيرة وصعد إلى المركز الثاني قبل جولتين من نهاية الدوري.")
    article = an_article(body_ar=BODY)

    with django_assert_num_queries(3):
        (duplicate,) = near_duplicates(article)
    # What was read once is remembered by its version.
    with django_assert_num_queries(2):
        assert near_duplicates(article) == [duplicate]

    assert duplicate.article == copy
    assert duplicate.language == "ar"
    assert duplicate.overlap.is_copy


def test_an_article_without_text_has_no_duplicates(django_assert_num_queries):
    article = an_article(body_ar="")

    with django_assert_num_queries(0):
        assert near_duplicates(article) == []


def test_the_bench_reads_a_text_as_it_was_imported(tmp_path, capsys):
    an_article(raw_text="قالت سلمى الكاتبي إن الجسر قديم.", external_id="bridge.txt")
    file = tmp_path / "annotation.json"
    mention = {
        "kind": "person",
        "id": "salma",
        "name_ar": "سلمى الكاتبي",
        "file": "bridge.txt",
        "surface": "سلمى الكاتبي",
    }
    claim = {
        "file": "bridge.txt",
        "quote": "الجسر قديم",
        "attributed": True,
        "chain": [
            {"type": "publisher"},
            {"type": "sources", "members": [{"type": "person", "person": "salma"}]},
        ],
    }
    file.write_text(
        json.dumps({"articles": [{"id": "bridge.txt"}], "mentions": [mention], "claims": [claim]})
    )

    call_command("bench", "suggestions", str(file), "--details")

    shown = capsys.readouterr().out
    assert "| mentions, exact span | 1 | 1 | 1.000 | 1.000 | 1.000 |" in shown
    assert "| chains of those found | 1 | 1 | 1.000 | 1.000 | 1.000 |" in shown


def test_the_bench_says_which_text_is_missing(tmp_path):
    file = tmp_path / "annotation.json"
    file.write_text(json.dumps({"articles": [{"id": "nowhere.txt"}]}))

    with pytest.raises(CommandError, match=r"nowhere\.txt"):
        call_command("bench", "suggestions", str(file))
