"""What is suggested while a query is typed: public names and titles, and nothing else."""

import pytest

from articles.choices import Status
from articles.models import Mention
from articles.search.indexing import catch_up
from articles.search.suggest import MOST_COMPLETIONS, completions
from people.choices import NameKind
from people.models import Name
from tests.builders import NOON, a_person, a_public_article, a_public_claim, an_article, an_outlet

pytestmark = pytest.mark.django_db


def labels(text: str, language: str = "en") -> list[str]:
    return [one.label.text for one in completions(text, language=language, at=NOON)]


def a_named_person(**facts):
    person = a_person(**facts)
    Mention.objects.create(article=a_public_article(), person=person)
    return person


def test_names_begin_with_what_was_typed_in_any_spelling_and_script():
    person = a_named_person(name_ar="مصطفى الكاظمي", name_en="Mustafa al-Kadhimi")
    Name.objects.create(person=person, text="Kazemi", language="en", kind=NameKind.TRANSLITERATION)
    catch_up()

    for typed in ("Musta", "kad", "al-Kadh", "Kaze", "الكاظ", "كاظمى", "مصطفى الكا"):
        assert labels(typed) == ["Mustafa al-Kadhimi"], typed
    assert labels("kad", "ar") == ["مصطفى الكاظمي"]
    assert labels("adhimi") == []


def test_titles_have_the_words_typed_and_begin_the_last_one():
    a_public_article(headline_en="Three drones over Baghdad", headline_ar="")
    a_public_claim(statement_en="The drones came from Iran", statement_ar="جاءت المسيّرات من إيران")
    a_public_article(headline_en="Elections", headline_ar="", body_en="Drones were seen.")
    catch_up()

    assert sorted(labels("dron")) == ["The drones came from Iran", "Three drones over Baghdad"]
    assert labels("three dro") == ["Three drones over Baghdad"]
    assert labels("المسير") == ["جاءت المسيّرات من إيران"]
    first, _second = completions("DRO", language="en", at=NOON)
    assert [first.label.text[start:end] for start, end in first.marks] == ["drones"]


def test_nothing_that_is_not_public_is_suggested():
    a_person(name_en="Nobody Named", name_ar="")
    withdrawn = a_public_article(
        headline_en="Nobody knows", headline_ar="", outlet=an_outlet(name_en="Nobody Times")
    )
    an_article(headline_en="Nobody drafts", headline_ar="")
    catch_up()
    assert labels("nobod") == ["Nobody Times", "Nobody knows"]

    # The index has not followed yet.
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(
        status=Status.WITHDRAWN, withdrawn_at=NOON, withdrawal_reason_en="Wrong."
    )

    assert labels("nobod") == []


def test_completions_are_few_and_cost_the_same_queries_whatever_is_typed(django_assert_max_num_queries):
    for number in range(12):
        a_named_person(name_en=f"Sami {number}")
        a_public_article(headline_en=f"Sami said {number}", headline_ar="")
    catch_up()

    for typed in ("sami", "sami s", "x" * 200, "؟؟", '"', "ال", "a", "", "(*\\.", "sami " * 19):
        with django_assert_max_num_queries(5):
            found = labels(typed)
        assert len(found) <= MOST_COMPLETIONS
    kinds = [one.kind for one in completions("sami", language="en", at=NOON)]
    assert kinds == ["person"] * 4 + ["article"] * 4


def test_the_endpoint_answers_with_labels_marks_and_addresses(client):
    outlet = an_outlet(name_ar="درج", name_en="Daraj")
    a_public_article(outlet=outlet)
    catch_up()

    answer = client.get("/api/v1/suggest/", {"q": "dar", "lang": "en"})

    assert answer.status_code == 200
    assert answer.json() == {
        "q": "dar",
        "suggestions": [
            {
                "type": "outlet",
                "id": outlet.public_id,
                "label": "Daraj",
                "language": "en",
                "marks": [[0, 5]],
                "url": outlet.get_absolute_url("en"),
            }
        ],
    }


def test_without_an_index_nothing_is_suggested(client):
    assert client.get("/api/v1/suggest/", {"q": "anything"}).json()["suggestions"] == []
