"""The demo newsroom in the database: loaded once, alike everywhere, never over an editor's work."""

import datetime
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Max
from django.test import TestCase

from articles.choices import QuoteState, Status, Verdict
from articles.demo.content import demo_public_id, read
from articles.demo.loading import FOUNDED_AT, load
from articles.demo.users import DemoRefused, ensure_demo_users
from articles.models import Appearance, Article, Assessment, Claim, Outlet, Source, Term
from articles.roles import PERMISSIONS
from people.models import Name, Organisation, Person

TODAY = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
CONTENT = read()


def the(kind, key):
    model = {
        "article": Article,
        "claim": Claim,
        "person": Person,
        "outlet": Outlet,
        "organisation": Organisation,
    }[kind]
    return model.objects.get(public_id=demo_public_id(kind, key))


@pytest.fixture(autouse=True)
def passwords_are_hashed_fast(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class LoadedOnce(TestCase):
    """Loads the demo content once for all tests of a class."""

    @classmethod
    def setUpTestData(cls):
        load()


class TestTheLoadedNewsroom(LoadedOnce):
    def test_holds_every_record_of_the_files(self):
        assert Person.objects.count() == len(CONTENT.people)
        assert Term.objects.count() == len(CONTENT.terms)
        assert Organisation.objects.count() == len(CONTENT.organisations)
        assert Outlet.objects.count() == len(CONTENT.outlets)
        assert Article.objects.count() == len(CONTENT.articles)
        assert Claim.objects.count() == len(CONTENT.claims)
        assert Appearance.objects.count() == len(list(CONTENT.tellings()))

    def test_finds_every_quote_in_its_article(self):
        quoted = Appearance.objects.exclude(quote_exact="").select_related("article")

        for appearance in quoted:
            body = getattr(appearance.article, f"body_{appearance.quote_language}")
            end = appearance.quote_start + len(appearance.quote_exact)
            assert appearance.quote_state == QuoteState.ANCHORED
            assert body[appearance.quote_start : end] == appearance.quote_exact

    def test_has_chains_of_every_depth(self):
        deepest = Appearance.objects.annotate(depth=Max("sources__step")).values_list("depth", flat=True)

        assert set(deepest) == {None, 1, 2, 3}

    def test_tells_the_showcase_through_daraj_and_reuters(self):
        claim = the("claim", "drones-made-in-iran")
        first = claim.appearances.first()
        chain = [
            (source.step, source.outlet.name_en if source.outlet else source.description_en)
            for source in first.sources.all()
        ]

        assert first.article.outlet.name_en == "Daraj"
        assert chain == [
            (1, "Reuters"),
            (2, "security officials"),
            (2, "sources it describes as close to armed groups"),
        ]

    def test_gives_a_claim_the_verdict_of_its_latest_assessment(self):
        for claim in Claim.objects.all():
            latest = claim.assessments.latest_first().first()
            assert claim.verdict == (latest.verdict if latest else Verdict.UNVERIFIED)

    def test_assesses_no_claim_before_it_is_public(self):
        assert not Assessment.objects.filter(assessed_at__lt=F("claim__publish_at"))

    def test_keeps_drafts_embargoed_and_withdrawn_articles_from_readers(self):
        public = Article.objects.published(at=TODAY)
        hidden = [
            "gulf-railway",
            "tigris-low-water",
            "marshes-on-the-list",
            "halley-returns",
            "daily-derna-toll",
        ]

        assert public.count() == len(CONTENT.articles) - len(hidden)
        assert not public.filter(public_id__in=[demo_public_id("article", key) for key in hidden])
        assert Article.objects.withdrawn().count() == 1

    def test_leaves_claims_in_preparation(self):
        unfinished = Claim.objects.exclude(status=Status.PUBLISHED)

        assert set(unfinished.values_list("status", flat=True)) == {Status.DRAFT, Status.IN_REVIEW}

    def test_shows_the_embargoed_article_and_its_claim_on_the_day(self):
        day = the("article", "halley-returns").publish_at

        assert Article.objects.published(at=day).filter(public_id=demo_public_id("article", "halley-returns"))
        assert Claim.objects.published(at=day).filter(
            public_id=demo_public_id("claim", "halley-at-perihelion")
        )
        assert not Claim.objects.published(at=TODAY).filter(
            public_id=demo_public_id("claim", "halley-at-perihelion")
        )

    def test_has_a_public_telling_for_every_public_claim(self):
        claims = Claim.objects.published(at=TODAY).with_counts(at=TODAY)

        assert not claims.filter(telling_count=0)

    def test_confirms_mentions_in_every_published_article(self):
        articles = Article.objects.published(at=TODAY).annotate(number=Count("mentions"))

        assert not articles.filter(number=0)
        assert set(the("article", "who-flew-the-drones").mentions.values_list("state", flat=True)) == {
            "suggested",
            "confirmed",
            "dismissed",
        }

    def test_reprints_the_wire_and_leaves_one_publisher_unknown(self):
        assert the("article", "daily-kadhimi-survives").copy_of == the("article", "wire-drone-attack")
        assert the("article", "negotiator-profile").outlet is None

    def test_puts_two_outlets_in_one_house(self):
        families = Outlet.objects.families()

        assert families[the("outlet", "example-daily").pk] == families[the("outlet", "example-tv").pk]

    def test_searches_a_hostile_name_and_never_shows_it(self):
        names = Name.objects.filter(person=the("person", "mustafa-al-kadhimi"))

        assert the("person", "mustafa-al-kadhimi") in Person.objects.called("رجل أميركا في بغداد")
        assert set(names) - set(names.shown()) == set(names.filter(kind="hostile")) != set()

    def test_bears_no_date_of_the_day_it_was_loaded(self):
        today = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
        dated = [Person, Organisation, Outlet, Article, Claim, Appearance]

        assert not [model for model in dated if model.objects.filter(created_at__gte=today).exists()]
        assert not Source.objects.filter(updated_at__gte=today).exists()
        assert the("person", "lionel-messi").created_at == FOUNDED_AT
        assert the("article", "who-flew-the-drones").history.latest().history_date.year == 2021


class TestASecondRun(LoadedOnce):
    def test_changes_nothing(self):
        assert load() == {}

    def test_keeps_what_an_editor_changed(self):
        article = the("article", "who-flew-the-drones")
        article.headline_en = "Whose drones?"
        article.save()

        load()

        assert the("article", "who-flew-the-drones").headline_en == "Whose drones?"

    def test_does_not_bring_back_what_an_editor_deleted(self):
        the("article", "tigris-low-water").delete()

        load()

        assert not Article.objects.filter(public_id=demo_public_id("article", "tigris-low-water"))


@pytest.mark.django_db
class TestDemoUsers:
    def test_one_for_each_role_may_sign_in_to_the_desk(self, client):
        logins = ensure_demo_users()

        assert [role for role, _name, _password in logins] == list(PERMISSIONS)
        for role, name, password in logins:
            user = User.objects.get(username=name)
            assert user.is_staff
            assert not user.is_superuser
            assert [group.name for group in user.groups.all()] == [role]
            assert client.login(username=name, password=password)

    def test_a_changed_password_stays_changed(self):
        (_role, name, password), *_others = ensure_demo_users()
        user = User.objects.get(username=name)
        user.set_password("another, better one")
        user.save()

        ensure_demo_users()

        assert not User.objects.get(username=name).check_password(password)


@pytest.mark.django_db
class TestTheCommand:
    def test_says_what_it_loaded_and_then_that_it_was_there(self):
        first, second = StringIO(), StringIO()

        call_command("loaddemo", stdout=first)
        call_command("loaddemo", stdout=second)

        assert len(first.getvalue().splitlines()) > 10
        assert len(second.getvalue().splitlines()) == 1
        assert set(Assessment.objects.values_list("assessed_by__username", flat=True)) == {"demo-editor"}

    def test_is_refused_in_production(self, settings):
        settings.IN_PRODUCTION = True

        with pytest.raises(CommandError, match="production"):
            call_command("loaddemo", stdout=StringIO())
        with pytest.raises(DemoRefused):
            ensure_demo_users()
        assert not Article.objects.exists()
        assert not User.objects.exists()
