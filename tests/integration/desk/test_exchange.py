"""Tables out of the desk and into it: unchanged they change nothing, changed they change what was meant."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.choices import Status
from articles.exchange.claims import ClaimResource
from articles.exchange.outlets import OutletResource
from articles.exchange.terms import TermResource
from articles.models import Appearance, Claim, Outlet, OutletName, Source, Term
from articles.roles import PERMISSIONS
from newsroom.desk.exchange import ExchangesTables
from newsroom.exchange.tables import CSV, read_table, write_table
from people.exchange import OrganisationResource, PersonResource
from people.models import Name, Organisation, Person
from tests.builders import NOON, a_claim, a_person, a_telling, a_term, an_article, an_organisation, an_outlet
from tests.integration.desk.editor import Editor, a_user

pytestmark = pytest.mark.django_db

RESOURCES = {
    Outlet: OutletResource,
    Person: PersonResource,
    Organisation: OrganisationResource,
    Claim: ClaimResource,
    Term: TermResource,
}


def some_records() -> None:
    reuters = an_outlet(name_ar="رويترز", name_en="Reuters")
    an_outlet(name_ar="درج", parent=reuters).domains.create(domain="daraj.example")
    OutletName.objects.create(outlet=reuters, text="=Reuters", language="en", kind="alias")
    kadhimi = a_person(name_ar="مصطفى الكاظمي", biography_en="One.\n\n- Two.")
    Name.objects.create(person=kadhimi, text="Kadhimi (junior)", language="en", kind="transliteration")
    pmf = an_organisation(name_ar="الحشد الشعبي")
    article = an_article(body_ar="قالت رويترز إن الطائرات إيرانية الصنع.")
    claim = a_claim(statement_ar="+ الطائرات إيرانية", context_ar="سطر\nوسطر")
    claim.people.add(kadhimi)
    claim.organisations.add(pmf)
    telling = a_telling(claim, article, quote="الطائرات إيرانية الصنع")
    Source.objects.create(appearance=telling, step=1, outlet=reuters)
    Source.objects.create(appearance=telling, step=2, description_ar="مسؤولين أمنيين", note="@desk")
    a_telling(claim, article)
    a_claim(statement_en="A ferry sank.")
    a_term("هدنة\nهدن", "truce", note="=Not a ceasefire.")
    a_term(is_searched=False)


def table_of(model: type) -> list[list[str]]:
    return list(RESOURCES[model]().table(model._default_manager.order_by("pk")))


def cell(table: list[list[str]], row: int, column: str, value: str) -> None:
    table[row][table[0].index(column)] = value


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("model", RESOURCES, ids=lambda model: model.__name__)
def test_what_was_exported_and_not_changed_changes_nothing(model, form):
    some_records()
    table = table_of(model)
    versions = list(model._default_manager.values_list("pk", "version"))

    again = read_table(write_table(table, form), name=f"table.{form}")
    outcome = RESOURCES[model]().bring_in(again)

    assert again == table
    assert (outcome.added, outcome.changed, outcome.problems) == ([], [], [])
    assert outcome.unchanged == model._default_manager.count()
    assert list(model._default_manager.values_list("pk", "version")) == versions
    assert table_of(model) == table


def test_a_change_in_the_table_is_a_version_in_somebody_s_name(db):
    some_records()
    user, table = a_user(), table_of(Outlet)
    cell(table, 1, "name_en", "Reuters News")
    cell(table, 1, "names", "رويتر (ar, alias)")

    outcome = OutletResource(by=user).bring_in(table)

    reuters = Outlet.objects.get(name_ar="رويترز")
    assert [outlet.pk for outlet in outcome.changed] == [reuters.pk]
    assert reuters.name_en == "Reuters News"
    assert [name.text for name in reuters.names.all()] == ["رويتر"]
    assert reuters.history.first().history_user == user
    assert reuters.version == int(table[1][1]) + 1


def test_a_row_without_an_id_is_a_new_record_and_a_missing_column_stays(db):
    some_records()
    outcome = OutletResource().bring_in([["id", "name_en", "parent"], ["", "Harbour Post", "رويترز"]])

    assert [outlet.name_en for outlet in outcome.added] == ["Harbour Post"]
    assert Outlet.objects.get(name_en="Harbour Post").parent.name_en == "Reuters"


def test_one_wrong_row_keeps_all_of_them_out(db):
    some_records()
    table = table_of(Person)
    cell(table, 1, "name_en", "Mustafa al-Kadhimi")
    table.append(["", "", "", "Somebody", *[""] * (len(table[0]) - 4)])
    cell(table, -1, "born_on", "2026-02-30")

    outcome = PersonResource().bring_in(table)

    assert [(problem.line, problem.column) for problem in outcome.problems] == [(len(table), "born_on")]
    assert not Person.objects.filter(name_en="Mustafa al-Kadhimi").exists()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("version", "99"),
        ("id", "0000000000"),
        ("kind", "no kind"),
        ("parent", "nobody"),
        ("names", "Reuter"),
        ("domains", "https://x"),
        ("wikidata_id", "796"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line_and_column(column, value):
    some_records()
    table = table_of(Outlet)
    cell(table, 2, column, value)

    outcome = OutletResource().bring_in(table)

    assert {(problem.line, problem.column) for problem in outcome.problems} == {(3, column)}
    assert table_of(Outlet) != table


def test_an_id_that_stands_twice_is_refused(db):
    some_records()
    table = table_of(Outlet)
    outcome = OutletResource().bring_in([*table, table[1]])

    assert [problem.line for problem in outcome.problems] == [len(table) + 1]


def test_a_chain_is_changed_source_by_source_and_kept_in_history(db):
    some_records()
    table = table_of(Claim)
    sources = [row for row in table if "outlet:" in row[table[0].index("source")]]
    row = table.index(sources[0])
    cell(table, row, "certainty", "denied")
    cell(table, row + 1, "description_en", "security officials")
    table.insert(row + 2, [table[row][0], *[""] * (len(table[0]) - 1)])
    cell(table, row + 2, "step", "2")
    cell(table, row + 2, "source", "person:مصطفى الكاظمي")

    outcome = ClaimResource().bring_in(table)

    telling = Appearance.objects.exclude(quote_exact="").get()
    assert outcome.problems == []
    assert len(outcome.changed) == 1
    assert telling.certainty == "denied"
    assert telling.quote_exact == "الطائرات إيرانية الصنع"
    assert [str(source) for source in telling.sources.all()][1:] == ["مسؤولين أمنيين", "مصطفى الكاظمي"]
    assert Source.history.filter(history_type="~").count() == 1


def test_a_new_claim_comes_with_its_chain(db):
    some_records()
    article = an_article(body_en="The coastguard said the ferry was overloaded.")
    header = ["id", "original_language", "statement_en", "article", "quote_language", "quote", "step", "source",
              "description_en", "telling", "kind", "certainty", "description_ar", "is_document", "role_ar", "role_en",
              "note"]  # fmt: skip
    rows = [
        ["", "en", "The ferry was overloaded.", article.public_id, "en", "the ferry was overloaded", "1",
         "outlet:Reuters", *[""] * 9],
        ["", "", "", "", "", "", "2", "", "the coastguard", *[""] * 8],
        ["", "en", "Nobody survived.", *[""] * 14],
    ]  # fmt: skip

    outcome = ClaimResource().bring_in([header, *rows])

    assert outcome.problems == []
    claim = Claim.objects.get(statement_en="The ferry was overloaded.")
    assert (claim.status, claim.original_language) == (Status.DRAFT, "en")
    assert [source.step for source in claim.appearances.get().sources.all()] == [1, 2]
    assert claim.appearances.get().quote_start is not None
    assert Claim.objects.filter(statement_en="Nobody survived.").exists()


def test_a_quote_that_is_not_in_the_article_is_refused(db):
    some_records()
    table = table_of(Claim)
    row = next(number for number, row in enumerate(table) if "الطائرات إيرانية الصنع" in row)
    cell(table, row, "quote", "كلام آخر")

    outcome = ClaimResource().bring_in(table)

    assert len(outcome.problems) == 1
    assert Appearance.objects.exclude(quote_exact="").get().quote_exact == "الطائرات إيرانية الصنع"


def admins() -> list[Any]:
    return [one for one in admin.site._registry.values() if isinstance(one, ExchangesTables)]


def address(one: Any, name: str, *args: Any) -> str:
    return reverse(f"admin:{one.opts.app_label}_{one.opts.model_name}_{name}", args=args)


@pytest.mark.parametrize("role", PERMISSIONS)
def test_tables_go_out_to_those_who_see_and_come_in_from_those_who_add_and_change(db, role):
    someone = Editor(a_user(role))
    for one in admins():
        app, model = one.opts.app_label, one.opts.model_name
        sees = f"{app}.view_{model}" in PERMISSIONS[role]
        writes = {f"{app}.add_{model}", f"{app}.change_{model}"} <= set(PERMISSIONS[role])
        assert someone.open(address(one, "export", "csv")).status == (200 if sees else 403)
        assert someone.open(address(one, "import_table")).status == (200 if writes else 403)
        assert someone.post(address(one, "import_table"), {"_confirm": "1"}).status == (
            422 if writes else 403
        )


def test_a_published_claim_is_not_changed_by_a_table_of_somebody_who_may_not(db):
    claim = a_claim(statement_en="A ferry sank.", status=Status.PUBLISHED, publish_at=NOON)
    writer = Editor(a_user("writer"))
    content = write_table([["id", "statement_en"], [claim.public_id, "A ferry did not sink."]], CSV)

    page = confirm(writer, "articles/claim/import-table/", content)

    assert page.status == 422
    claim.refresh_from_db()
    assert claim.statement_en == "A ferry sank."


def look_over(editor: Editor, path: str, content: bytes, name: str = "table.csv") -> Any:
    return editor.post(path, {"_look": "1", "table": SimpleUploadedFile(name, content)})


def confirm(editor: Editor, path: str, content: bytes, name: str = "table.csv") -> Any:
    return editor.post(path, {"_confirm": "1", "name": name, "content": base64.b64encode(content).decode()})


def test_a_table_is_looked_over_before_it_is_imported(editor: Editor):
    content = write_table([["id", "name_en"], ["", "Harbour Post"]], CSV)
    path = "articles/outlet/import-table/"

    page = look_over(editor, path, content)
    assert (page.status, Outlet.objects.count()) == (200, 0)
    assert "1 record added." in page.text

    page = confirm(editor, path, content)
    assert Outlet.objects.get().name_en == "Harbour Post"
    assert page.messages == ["1 record added."]


def test_what_is_no_table_is_said_on_the_page(editor: Editor):
    page = look_over(editor, "articles/outlet/import-table/", b"%PDF", "table.pdf")
    assert page.status == 422
    assert "neither .csv nor .xlsx" in page.text

    page = look_over(editor, "articles/outlet/import-table/", b"name,colour\r\nx,y\r\n")
    assert page.status == 422
    assert "name, colour" in page.text


def test_a_list_is_exported_as_it_is_filtered(editor: Editor):
    some_records()
    page = editor.open("articles/outlet/export/csv/?q=reuters")

    table = read_table(page.response.content, name="x.csv")
    assert [row[2] for row in table[1:]] == ["رويترز"]
    assert page.response.headers["Content-Disposition"].endswith('.csv"')


def test_an_export_asks_the_database_the_same_however_long_the_list_is(
    editor: Editor, django_assert_max_num_queries
):
    some_records()
    for number in range(20):
        a_telling(a_claim(statement_en=f"Claim {number}"), an_article())
    with django_assert_max_num_queries(20):
        editor.open("articles/claim/export/csv/")
