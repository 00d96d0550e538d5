"""A small newsroom in which everything public has a hidden twin: if a hidden word shows anywhere, something leaks."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone

from articles.choices import RelationType, Status, SuggestionState, Verdict
from articles.models import Article, Assessment, Claim, ClaimRelation, Correction, Mention, Outlet, OutletName
from articles.search import indexing
from people.choices import NameKind
from people.models import Name, Organisation, Person, Position
from tests.builders import (
    a_claim,
    a_person,
    a_public_article,
    a_public_claim,
    a_telling,
    an_article,
    an_organisation,
    an_outlet,
)

# Stands in every text that no reader may see.
HIDDEN = "zqhiddenzq quuxq"
HIDDEN_ARABIC = "ظظمخفيظظ"
LONG_AGO = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Newsroom:
    outlet: Outlet
    agency: Outlet
    person: Person
    organisation: Organisation
    article: Article
    claim: Claim
    # Not for readers.
    draft: Article
    embargoed: Article
    withdrawn: Article
    draft_claim: Claim
    embargoed_claim: Claim
    withdrawn_claim: Claim
    hidden_outlet: Outlet
    hidden_person: Person
    hidden_organisation: Organisation

    @property
    def records(self) -> list:
        return [self.outlet, self.agency, self.person, self.organisation, self.article, self.claim]

    @property
    def hidden_records(self) -> list:
        return [
            self.draft,
            self.embargoed,
            self.draft_claim,
            self.embargoed_claim,
            self.hidden_outlet,
            self.hidden_person,
            self.hidden_organisation,
        ]


@pytest.fixture(autouse=True)
def index_folder(tmp_path: Path, settings) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"


@pytest.fixture
def newsroom(db) -> Newsroom:
    return build_newsroom()


@pytest.fixture
def indexed(newsroom: Newsroom) -> Newsroom:
    """The same, with a search index of it."""
    indexing.rebuild(indexing.index_folder())
    return newsroom


def build_newsroom() -> Newsroom:
    now = timezone.now()
    public = {"status": Status.PUBLISHED, "publish_at": LONG_AGO}
    tomorrow = {"status": Status.PUBLISHED, "publish_at": now + datetime.timedelta(days=1)}
    gone = {
        "status": Status.WITHDRAWN,
        "publish_at": LONG_AGO,
        "withdrawn_at": LONG_AGO,
        "withdrawal_reason_en": "It rested on a forged letter.",
    }

    def hidden(**facts) -> dict:
        return {
            name: f"{HIDDEN_ARABIC if name.endswith('_ar') else HIDDEN} {text}"
            for name, text in facts.items()
        }

    agency = an_outlet(name_ar="وكالة النهر", name_en="River Agency", kind="agency", country="IQ")
    outlet = an_outlet(
        name_ar="صحيفة الضفة", name_en="The Bank", parent=None, homepage="https://bank.example/"
    )
    person = a_person(
        name_ar="سلمى الناصر", name_en="Salma Nasser", description_en="Engineer of the bridge", country="IQ"
    )
    organisation = an_organisation(name_ar="هيئة الجسور", name_en="Bridges Authority", kind="agency")
    hidden_outlet = an_outlet(**hidden(name_ar="صحيفة", name_en="Paper"))
    hidden_person = a_person(**hidden(name_ar="فلان", name_en="Somebody"))
    hidden_organisation = an_organisation(**hidden(name_ar="هيئة", name_en="Body"))
    Name.objects.create(person=person, text=f"{HIDDEN} traitor", language="en", kind=NameKind.HOSTILE)
    Name.objects.create(
        organisation=organisation, text=f"{HIDDEN} gang", language="en", kind=NameKind.HOSTILE
    )
    OutletName.objects.create(outlet=outlet, text=f"{HIDDEN} rag", language="en", kind=NameKind.HOSTILE)
    Name.objects.create(person=person, text="Salma al-Nasir", language="en", kind=NameKind.TRANSLITERATION)
    # A public position in a body that nothing public names, and a hidden person in a public body.
    Position.objects.create(
        person=person, organisation=organisation, title_ar="كبيرة المهندسين", title_en="Chief engineer"
    )
    Position.objects.create(
        person=hidden_person, organisation=organisation, title_en="Director", title_ar="مدير"
    )

    article = a_public_article(
        outlet=outlet,
        headline_ar="الجسر يفتح بعد عام",
        headline_en="The bridge opens after a year",
        body_ar="قالت الهيئة إن الجسر تحمّل ألف سيارة.\n\nولم تذكر متى.",
        body_en="The authority said the bridge bore a thousand cars.\n\nIt did not say when.",
        published_at=LONG_AGO,
        url="https://bank.example/bridge",
        **{k: v for k, v in public.items() if k != "status"},
    )
    claim = a_public_claim(
        statement_ar="تحمّل الجسر ألف سيارة.",
        statement_en="The bridge bore a thousand cars.",
        publish_at=LONG_AGO,
    )
    claim.people.add(person)
    claim.organisations.add(organisation)
    a_telling(claim, article, agency, [organisation, person], quote="الجسر تحمّل ألف سيارة")
    draft = an_article(
        outlet=hidden_outlet, **hidden(headline_ar="مسودة", headline_en="Draft", body_en="Body", body_ar="نص")
    )
    embargoed = an_article(
        outlet=hidden_outlet,
        **tomorrow,
        **hidden(headline_ar="غداً", headline_en="Tomorrow", body_en="B", body_ar="ن"),
    )
    withdrawn = an_article(
        outlet=outlet, **gone, **hidden(headline_ar="سحب", headline_en="Withdrawn", body_en="B", body_ar="ن")
    )
    draft_claim = a_claim(**hidden(statement_ar="قول", statement_en="Claim", context_en="Context"))
    embargoed_claim = a_claim(**tomorrow, **hidden(statement_ar="قول", statement_en="Claim"))
    withdrawn_claim = a_claim(**gone, **hidden(statement_ar="قول", statement_en="Claim"))
    # Every way in which the hidden could hang on the public.
    for unseen in (draft, embargoed, withdrawn):
        a_telling(claim, unseen, hidden_outlet, [hidden_person, f"{HIDDEN_ARABIC} مسؤولون"])
        Mention.objects.create(article=unseen, person=person)
        Correction.objects.create(
            article=unseen, made_at=LONG_AGO, **hidden(text_ar="تصويب", text_en="Correction")
        )
    for unseen in (draft_claim, embargoed_claim, withdrawn_claim):
        a_telling(unseen, article, hidden_outlet, [hidden_organisation], quote="الجسر تحمّل ألف سيارة")
        unseen.people.add(person, hidden_person)
        ClaimRelation.objects.create(
            claim=claim, other=unseen, type=RelationType.CONTRADICTS, note_en=f"{HIDDEN} note"
        )
    suggested = a_public_claim(
        statement_ar="فُتح الجسر ليلاً.", statement_en="The bridge opened at night.", publish_at=LONG_AGO
    )
    ClaimRelation.objects.create(
        claim=claim,
        other=suggested,
        type=RelationType.CONTRADICTS,
        note_en=f"{HIDDEN} note",
        state=SuggestionState.SUGGESTED,
    )
    Mention.objects.create(article=article, person=hidden_person, state=SuggestionState.SUGGESTED)
    Mention.objects.create(article=article, outlet=hidden_outlet, state=SuggestionState.DISMISSED)
    Correction.objects.create(
        article=article,
        made_at=now + datetime.timedelta(days=1),
        **hidden(text_ar="تصويب", text_en="Correction to come"),
    )
    Correction.objects.create(
        article=article, made_at=LONG_AGO, text_ar="كان العدد مئة.", text_en="The figure was a hundred."
    )
    Assessment.objects.create(
        claim=claim,
        verdict=Verdict.UNVERIFIED,
        assessed_at=LONG_AGO,
        rationale_en="One origin.",
        rationale_ar="أصل واحد.",
    )
    article.copies.add(
        an_article(outlet=hidden_outlet, copy_of=article, **hidden(headline_ar="نسخة", headline_en="Copy")),
        bulk=True,
    )
    Outlet.objects.filter(pk=hidden_outlet.pk).update(parent=agency)
    return Newsroom(
        outlet=outlet,
        agency=agency,
        person=person,
        organisation=organisation,
        article=article,
        claim=claim,
        draft=draft,
        embargoed=embargoed,
        withdrawn=withdrawn,
        draft_claim=draft_claim,
        embargoed_claim=embargoed_claim,
        withdrawn_claim=withdrawn_claim,
        hidden_outlet=hidden_outlet,
        hidden_person=hidden_person,
        hidden_organisation=hidden_organisation,
    )
