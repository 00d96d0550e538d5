"""Files become articles and claims, all of a file or nothing, and only once."""

import datetime
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.choices import DateBasis, Status, SuggestionState
from articles.importing import loading, rows
from articles.importing.cuts import cuts_from_json
from articles.importing.loading import Importer, Options, import_text
from articles.importing.paragraphs import body_from_raw
from articles.importing.problems import RowRefused
from articles.models import Article, Claim, Mention, Outlet, OutletDomain, OutletName
from newsroom.text.dates import DatePrecision
from people.models import Organisation, Person

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
BODY = (
    "قالت البلدية إن الجسر الجديد سيفتح يوم الخميس أمام الشاحنات.\nوأضافت أن العبّارة باقية حتى نهاية الشتاء."
)
PASTED = f"fbpx\n\nالجسر الجديد يفتح أبوابه\n\n{BODY.replace(chr(10), '., ')}\n\nاترك تعليقاً"


@pytest.fixture
def write(tmp_path):
    """Writes rows, or a text, to a file and returns its path."""

    def write(*content: dict | str, name: str = "rows.jsonl") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        lines = (
            one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) + "\n" for one in content
        )
        path.write_text("".join(lines), encoding="utf-8")
        return path

    return write


def row(number: int = 1, **changes) -> dict:
    return {"id": f"a-{number}", "language": "ar", "title": f"الجسر {number}", "body": BODY, **changes}


def run(path: Path, **options):
    return Importer(Options(at=NOON, **options)).import_file(path, name=path.name)


def codes(notices) -> list[str]:
    return [notice.message.code for notice in notices]


def everything() -> dict:
    """Every row of every table that an import can touch."""
    with connection.cursor() as cursor:
        tables = [model._meta.db_table for model in (Article, Claim, Mention, Outlet, Article.history.model)]
        tables += [Claim.history.model._meta.db_table]
        state = {}
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY to_jsonb(t)::text")
            state[table] = cursor.fetchall()
        return state


def test_an_article_is_stored_as_the_row_states_it(write):
    result = run(
        write(row(standfirst="مقدمة", url="https://alnahr.example/1", byline="سامي", published_at="2021-11"))
    )

    article = Article.objects.get(external_id="a-1")
    assert (result.articles, result.published, result.problems) == (1, 0, [])
    assert (article.headline_ar, article.headline_en) == ("الجسر 1", None)
    assert article.body_ar == BODY.replace("\n", "\n\n")
    assert (article.raw_text, article.cuts) == (BODY, [])
    assert (article.standfirst_ar, article.byline, article.original_language) == ("مقدمة", "سامي", "ar")
    assert (article.published_precision, article.published_basis) == (DatePrecision.MONTH, DateBasis.STATED)
    assert (article.status, article.publish_at, article.outlet) == (Status.DRAFT, None, None)


def test_an_english_row_fills_the_english_columns(write):
    run(write(row(language="en", title="Bridge opens", body="The council opened it.")))

    article = Article.objects.get()
    assert (article.headline_en, article.body_en) == ("Bridge opens", "The council opened it.")
    assert not article.headline_ar
    assert not article.body_ar


def test_a_claim_is_stored_with_the_heading_it_was_checked_under(write):
    run(write(row(type="claim", title="هل فُتح الجسر؟", body="فُتح الجسر الخميس.")), publish=True)

    claim = Claim.objects.get(external_id="a-1")
    assert (claim.statement_ar, claim.context_ar) == ("فُتح الجسر الخميس.", "هل فُتح الجسر؟")
    assert (claim.status, claim.publish_at) == (Status.PUBLISHED, NOON)


def test_a_pasted_text_keeps_its_raw_text_and_its_cuts_lead_to_the_body(write):
    result = run(write(PASTED, name="جسر.txt"))

    article = Article.objects.get(external_id="جسر.txt")
    assert article.headline_ar == "الجسر الجديد يفتح أبوابه"
    assert article.raw_text == PASTED
    assert [cut["kind"] for cut in article.cuts] == ["tracker", "headline", "comment-form"]
    assert article.body_ar == body_from_raw(article.raw_text, cuts_from_json(article.cuts))
    assert (article.outlet, article.published_at) == (None, None)
    assert {"no-publisher", "no-date"} <= set(codes(result.notices))


def test_publishing_follows_the_rules_of_the_workflow(write):
    result = run(write(row(1), row(2, title="", body=BODY)), publish=True)

    complete, incomplete = Article.objects.order_by("external_id")
    assert (complete.status, complete.publish_at) == (Status.PUBLISHED, NOON)
    assert incomplete.status == Status.DRAFT
    assert result.published == 1
    assert "not-published" in codes(result.notices)


def test_every_import_leaves_a_history_row_with_its_moment_and_reason(write, django_user_model):
    user = django_user_model.objects.create(username="importer")
    run(write(row(), row(2, type="claim")), publish=True, by=user)

    for record in (Article.objects.get(), Claim.objects.get()):
        [history] = record.history.all()
        assert (history.history_type, history.history_date, history.history_user) == ("+", NOON, user)
        assert (history.status, history.history_change_reason) == (Status.PUBLISHED, "imported")


def test_a_second_run_changes_nothing(write):
    path = write(row(1), row(2, type="claim"), row(3, outlet="النهر", people=["سامي"]))
    Person.objects.create(name_ar="سامي")
    first = run(path, publish=True, create_outlets=True)
    before = everything()

    second = run(path, publish=True, create_outlets=True)

    assert (first.created, first.unchanged) == (3, 0)
    assert (second.created, second.unchanged, second.notices) == (0, 3, [])
    assert everything() == before


def test_what_an_editor_changed_since_stays_and_a_changed_file_is_told(write):
    run(write(row()))
    article = Article.objects.get()
    article.headline_ar = "عنوان المحرر"
    article.save()

    same = run(write(row()))
    changed = run(write(row(body="نص آخر كتب بعد الاستيراد.")))

    article.refresh_from_db()
    assert article.headline_ar == "عنوان المحرر"
    assert article.raw_text == BODY
    assert codes(same.notices) == []
    assert codes(changed.notices) == ["text-differs"]


def test_one_wrong_row_keeps_the_whole_file_out_and_no_other(write):
    before = everything()
    wrong = write(row(1, outlet="النهر"), row(2, language="fr"), row(3, url="x"), name="wrong.jsonl")
    right = write(row(4), name="right.jsonl")
    importer = Importer(Options(at=NOON, create_outlets=True))

    refused = importer.import_file(wrong, name="wrong.jsonl")

    assert everything() == before
    assert [(p.code, p.place.line) for p in refused.problems] == [("unknown-language", 2), ("bad-url", 3)]
    assert importer.import_file(right, name="right.jsonl").articles == 1


def test_a_wrong_row_after_many_batches_takes_them_all_back(write, monkeypatch):
    monkeypatch.setattr(loading, "BATCH_ROWS", 3)
    result = run(write(*(row(number) for number in range(10)), row(10, type="poem")))

    assert result.failed
    assert not Article.objects.exists()
    assert not Article.history.exists()


def test_an_id_used_twice_is_told_with_the_line_it_stands_on_first(write):
    result = run(write(row(1), row(2), row(1)))

    [problem] = result.problems
    assert (problem.code, problem.place.line, problem.message.values["line"]) == ("id-twice", 3, 1)


def test_an_article_and_a_claim_may_share_an_id(write):
    result = run(write(row(1), row(1, type="claim")))

    assert (result.articles, result.claims) == (1, 1)


def test_reading_stops_after_many_problems(write, monkeypatch):
    monkeypatch.setattr(loading, "MOST_PROBLEMS", 5)
    result = run(write(*(row(number, language="fr") for number in range(50))))

    assert len(result.problems) == 5
    assert result.stopped_early


def test_a_broken_byte_at_the_end_takes_the_file_back(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes((json.dumps(row(), ensure_ascii=False) + "\n").encode() + b'{"id": "\xff"}')

    [problem] = run(path).problems
    assert problem.place.byte == path.stat().st_size - 3
    assert not Article.objects.exists()


def test_a_trial_writes_nothing_and_tells_what_it_would(write):
    before = everything()
    path = write(row(1, outlet="النهر"), row(2, type="claim"))

    trial = run(path, dry_run=True, create_outlets=True, publish=True)

    assert (trial.articles, trial.claims, trial.published) == (1, 1, 2)
    assert everything() == before
    assert run(path, create_outlets=True).created == 2


def test_an_outlet_is_found_by_any_of_its_names_its_id_or_its_domain(write):
    outlet = Outlet.objects.create(name_ar="صحيفة النهر", name_en="The River")
    OutletName.objects.create(outlet=outlet, text="نهر أونلاين", language="ar")
    OutletDomain.objects.create(outlet=outlet, domain="alnahr.example")

    run(
        write(
            row(1, outlet="صَحيفة النهر"),
            row(2, outlet="THE RIVER"),
            row(3, outlet="نهر اونلاين"),
            row(4, outlet=outlet.public_id),
            row(5, url="https://www.alnahr.example/a?b=1"),
            row(6, url="https://other.example/"),
            row(7),
        )
    )

    with_outlet = Article.objects.filter(outlet=outlet).values_list("external_id", flat=True)
    assert sorted(with_outlet) == ["a-1", "a-2", "a-3", "a-4", "a-5"]


def test_an_unknown_outlet_is_told_once_and_never_made_unasked(write):
    result = run(write(row(1, outlet="النهر"), row(2, outlet="النهر")))

    assert not Outlet.objects.exists()
    assert Article.objects.filter(outlet=None).count() == 2
    [notice] = result.notices
    assert (notice.message.code, notice.place.line) == ("outlet-unknown", 1)
    assert result.repeated[notice.key] == 1


def test_an_unknown_outlet_is_made_once_when_asked_for(write):
    run(
        write(row(1, outlet="النهر"), row(2, outlet="النَهر"), row(3, outlet="The Sea", language="en")),
        create_outlets=True,
    )

    assert sorted((outlet.name_ar or "", outlet.name_en or "") for outlet in Outlet.objects.all()) == [
        ("", "The Sea"),
        ("النهر", ""),
    ]
    assert Outlet.objects.get(name_ar="النهر").articles.count() == 2


def test_an_outlet_with_a_name_of_two_is_left_open(write):
    Outlet.objects.create(name_ar="النهر")
    Outlet.objects.create(name_ar="النهر")

    result = run(write(row(outlet="النهر")))

    assert codes(result.notices) == ["outlet-ambiguous"]
    assert Article.objects.get().outlet is None


def test_an_outlet_given_for_all_stands_back_behind_what_a_row_states(write):
    river, sea = Outlet.objects.create(name_ar="النهر"), Outlet.objects.create(name_ar="البحر")

    run(write(row(1), row(2, outlet="البحر"), row(3, outlet="غير معروف")), outlet=river)

    outlets = dict(Article.objects.values_list("external_id", "outlet"))
    assert outlets == {"a-1": river.pk, "a-2": sea.pk, "a-3": None}


def test_people_a_row_names_are_linked_where_one_and_only_one_has_the_name(write):
    person = Person.objects.create(name_ar="سامي النجار")
    body = Organisation.objects.create(name_en="River Council")
    Person.objects.create(name_ar="هدى")
    Person.objects.create(name_ar="هدى")
    people = ["سامي النجار", "سامي النجّار", "River council", "هدى", "مجهول"]

    result = run(write(row(1, people=people), row(2, type="claim", people=people)))

    article, claim = Article.objects.get(), Claim.objects.get()
    assert {(mention.person, mention.organisation, mention.state) for mention in article.mentions.all()} == {
        (person, None, SuggestionState.CONFIRMED),
        (None, body, SuggestionState.CONFIRMED),
    }
    assert (list(claim.people.all()), list(claim.organisations.all())) == ([person], [body])
    assert codes(result.notices) == ["person-unknown", "person-unknown"]


def test_two_files_of_one_name_are_not_taken_for_one_article(write):
    first, second = write(PASTED, name="x/bridge.txt"), write(PASTED + "\n\nآخر.", name="y/bridge.txt")
    importer = Importer(Options(at=NOON))

    assert importer.import_file(first, name="x/bridge.txt").articles == 1
    assert [problem.code for problem in importer.import_file(second, name="y/bridge.txt").problems] == [
        "name-twice"
    ]


def test_the_number_of_queries_does_not_grow_with_the_rows(write):
    def queries(count: int, name: str) -> int:
        path = write(*(row(f"{name}-{number}") for number in range(count)), name=name)
        with CaptureQueriesContext(connection) as captured:
            run(path, publish=True)
        return len(captured)

    assert queries(2, "few.jsonl") == queries(60, "many.jsonl")


def test_the_lengths_of_fields_are_those_of_the_columns():
    def longest(model, column: str) -> int:
        return model._meta.get_field(column).max_length

    assert rows.LONGEST["title"] == longest(Article, "headline_ar")
    assert rows.LONGEST["id"] == longest(Article, "external_id") == longest(Claim, "external_id")
    assert rows.LONGEST["url"] == longest(Article, "url")
    assert rows.LONGEST["byline"] == longest(Article, "byline")
    assert rows.LONGEST["outlet"] == longest(Outlet, "name_ar")
    assert longest(Claim, "statement_ar") == rows.LONGEST_STATEMENT


def test_a_pasted_text_is_saved_as_a_draft_with_its_proposal(django_user_model):
    user = django_user_model.objects.create(username="editor")
    outlet = Outlet.objects.create(name_ar="النهر")
    OutletDomain.objects.create(outlet=outlet, domain="alnahr.example")

    article, proposal = import_text(
        PASTED.replace("\n", "\r\n"), at=NOON, by=user, url="https://alnahr.example/1"
    )

    article.refresh_from_db()
    assert (article.headline_ar, article.outlet, article.status) == (
        "الجسر الجديد يفتح أبوابه",
        outlet,
        Status.DRAFT,
    )
    assert article.raw_text == PASTED
    assert proposal.body == article.body_ar
    assert article.external_id == ""
    assert article.history.get().history_user == user


def test_a_headline_an_editor_typed_is_kept(django_user_model):
    article, _proposal = import_text(PASTED, at=NOON, headline="عنوان المحرر")

    assert article.headline_ar == "عنوان المحرر"
    assert "الجسر الجديد يفتح أبوابه" in article.body_ar


def test_a_pasted_text_that_cannot_be_kept_is_refused():
    with pytest.raises(RowRefused):
        import_text("نص\x00", at=NOON)
    with pytest.raises(RowRefused):
        import_text("", at=NOON)
    assert not Article.objects.exists()


FIELDS = {
    "title": st.sampled_from(["", "الجسر", "Bridge opens"]),
    "body": st.text(alphabet="اب ج.\n|[]ab", max_size=60),
    "type": st.sampled_from(["article", "claim"]),
    "language": st.sampled_from(["ar", "en"]),
}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.fixed_dictionaries(FIELDS), max_size=8))
def test_any_file_is_imported_once_or_not_at_all(tmp_path, made):
    Article.objects.all().delete()
    Claim.objects.all().delete()
    path = tmp_path / "any.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), **fields}) + "\n" for n, fields in enumerate(made)))

    first = run(path, publish=True)
    before = everything()
    second = run(path, publish=True)

    assert everything() == before
    assert second.created == 0
    written = Article.objects.count() + Claim.objects.count()
    assert written == (0 if first.failed else len(made))
