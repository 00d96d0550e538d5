"""The files of the demo newsroom, read without a database."""

import datetime
from collections import Counter

import pytest

from articles.choices import (
    AppearanceKind,
    Aspect,
    Certainty,
    CorrectionKind,
    OutletKind,
    RelationType,
    SuggestionState,
    Verdict,
)
from articles.demo import content as demo
from articles.demo.content import BrokenContent, chain_of, demo_public_id, known_date
from newsroom.records import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH
from newsroom.text.dates import DatePrecision
from newsroom.text.names import name_key
from people.choices import NameKind, OrganisationKind

CONTENT = demo.read()
ONE_LANGUAGE = {"ever-given-afloat", "hope-reaches-mars"}
ONE_LANGUAGE_CLAIMS = {"to-be-inspected-in-the-lake", "hope-first-arab-at-mars"}
TELLINGS = [telling for _key, telling in CONTENT.tellings()]
NAMED = {**CONTENT.people, **CONTENT.organisations, **CONTENT.outlets}


def texts(article, language):
    return [article.get(language, {}).get(field, "") for field in ("headline", "standfirst", "body")]


def names_of(row):
    """Every name of a row that may be shown, folded as names are compared."""
    found = [row["name_ar"], row["name_en"]]
    for kind, names in row.get("names", {}).items():
        if kind != NameKind.HOSTILE:
            found += [
                name for group in (names.values() if isinstance(names, dict) else [names]) for name in group
            ]
    return {name_key(name) for name in found}


def test_there_is_enough_of_everything():
    bilingual = [key for key in CONTENT.articles if key not in ONE_LANGUAGE]

    assert len(bilingual) >= 14
    assert len(CONTENT.people) >= 25
    assert len(CONTENT.outlets) >= 12
    assert len(CONTENT.claims) >= 42


@pytest.mark.parametrize("key", CONTENT.articles)
def test_an_article_is_whole_in_both_languages_or_promised_in_one(key):
    whole = [language for language in ("ar", "en") if all(texts(CONTENT.articles[key], language))]

    assert len(whole) == (1 if key in ONE_LANGUAGE else 2)


@pytest.mark.parametrize("key", [key for key in CONTENT.articles if key not in ONE_LANGUAGE])
def test_both_bodies_of_an_article_have_the_same_paragraphs(key):
    article = CONTENT.articles[key]

    assert article["ar"]["body"].count("\n\n") == article["en"]["body"].count("\n\n")


@pytest.mark.parametrize("key", CONTENT.claims)
def test_a_claim_is_stated_in_both_languages_or_promised_in_one(key):
    claim = CONTENT.claims[key]
    stated = [language for language in ("ar", "en") if claim.get(f"statement_{language}")]

    assert len(stated) == (1 if key in ONE_LANGUAGE_CLAIMS else 2)


@pytest.mark.parametrize("key", [*NAMED])
def test_whoever_has_a_name_has_it_and_a_line_in_both_languages(key):
    columns = [f"{field}_{language}" for field in ("name", "description") for language in ("ar", "en")]

    assert all(NAMED[key].get(column) for column in columns)


@pytest.mark.parametrize(
    "telling", TELLINGS, ids=[f"{key}-{number}" for number, (key, _) in enumerate(CONTENT.tellings())]
)
def test_a_quote_stands_word_for_word_in_its_article(telling):
    if telling.get("kind") == AppearanceKind.HEADLINE:
        assert "quote" not in telling
        return
    ((language, quote),) = telling["quote"].items()

    assert CONTENT.articles[telling["article"]][language]["body"].count(quote) == 1


def test_chains_of_every_depth_from_none_to_three_exist():
    depths = {len(chain_of(telling)) for telling in TELLINGS}

    assert depths == {0, 1, 2, 3}


def test_the_showcase_goes_from_daraj_to_reuters_to_two_unnamed_sources():
    telling = CONTENT.claims["drones-made-in-iran"]["told"][0]

    assert CONTENT.articles[telling["article"]]["outlet"] == "daraj"
    assert [[source["key"] for source in step] for step in chain_of(telling)] == [
        ["reuters"],
        ["security-officials", "close-to-armed-groups"],
    ]


def test_every_kind_of_telling_certainty_verdict_and_relation_occurs():
    assessed = [assessment for claim in CONTENT.claims.values() for assessment in claim.get("assessed", [])]

    assert {telling.get("kind", AppearanceKind.PARAPHRASE) for telling in TELLINGS} == set(AppearanceKind)
    assert {telling.get("certainty", Certainty.REPORTED) for telling in TELLINGS} == set(Certainty)
    assert {assessment["verdict"] for assessment in assessed} == set(Verdict)
    assert {relation["type"] for relation in CONTENT.relations} == set(RelationType)
    assert {relation.get("state", "confirmed") for relation in CONTENT.relations} == set(SuggestionState)
    assert {relation["aspect"] for relation in CONTENT.relations if "aspect" in relation} <= set(Aspect)


def test_kinds_of_outlets_organisations_and_names_are_known_ones():
    kinds_of_names = {
        kind
        for row in [*CONTENT.people.values(), *CONTENT.organisations.values()]
        for kind in row.get("names", {})
    }

    assert {outlet["kind"] for outlet in CONTENT.outlets.values()} == set(OutletKind)
    assert {organisation["kind"] for organisation in CONTENT.organisations.values()} <= set(OrganisationKind)
    assert kinds_of_names == set(NameKind)


def test_every_state_of_an_article_and_every_kind_of_correction_occurs():
    statuses = Counter(article["status"] for article in CONTENT.articles.values())
    kinds = {
        correction["kind"]
        for article in CONTENT.articles.values()
        for correction in article.get("corrections", [])
    }

    assert statuses["draft"] >= 2
    assert statuses["in_review"] >= 1
    assert statuses["withdrawn"] == 1
    assert kinds == set(CorrectionKind)
    assert any("copy_of" in article for article in CONTENT.articles.values())
    assert any("outlet" not in article for article in CONTENT.articles.values())
    assert any(article.get("published_basis") == "inferred" for article in CONTENT.articles.values())


@pytest.mark.parametrize(
    "key", [key for key, article in CONTENT.articles.items() if article["status"] == "published"]
)
def test_whoever_a_published_article_is_said_to_mention_is_named_in_it(key):
    article = CONTENT.articles[key]
    text = name_key(" ".join(texts(article, "ar") + texts(article, "en")))
    unnamed = [
        mentioned
        for mentioned in article.get("mentions", {}).get("confirmed", [])
        if not any(name in text for name in names_of(NAMED[mentioned]))
    ]

    assert not unnamed


def test_a_hostile_name_stands_in_no_text_that_readers_see():
    hostile = [
        name
        for row in CONTENT.people.values()
        for group in row.get("names", {}).get(NameKind.HOSTILE, {}).values()
        for name in group
    ]
    shown = " ".join(
        path.read_text("utf-8") for path in demo.FOLDER.rglob("*.toml") if path.name != "people.toml"
    )

    assert hostile
    assert not [name for name in hostile if name in shown]


def test_a_public_id_is_made_from_the_key_alone():
    found = demo_public_id("claim", "drones-made-in-iran")

    assert found == "5ye4277p9b"
    assert len(found) == PUBLIC_ID_LENGTH
    assert set(found) <= set(PUBLIC_ID_ALPHABET)
    assert found != demo_public_id("article", "drones-made-in-iran")


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("1967", datetime.date(1967, 1, 1), DatePrecision.YEAR),
        ("2016-06", datetime.date(2016, 6, 1), DatePrecision.MONTH),
        ("2020-05-07", datetime.date(2020, 5, 7), DatePrecision.DAY),
        ("about 1998", datetime.date(1998, 1, 1), DatePrecision.ABOUT),
        ("after 2020-05-07", datetime.date(2020, 5, 7), DatePrecision.AFTER),
        ("", None, ""),
    ],
)
def test_a_date_says_by_its_length_how_much_of_it_is_known(text, day, precision):
    assert known_date(text) == (day, precision)


def test_a_key_that_leads_nowhere_is_named(tmp_path):
    for path in demo.FOLDER.rglob("*.toml"):
        copy = tmp_path / path.relative_to(demo.FOLDER)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(path.read_text("utf-8").replace('parent = "bbc"', 'parent = "bcb"'), "utf-8")

    with pytest.raises(BrokenContent, match="“bbc-arabic” names “bcb”"):
        demo.read(tmp_path)


def test_the_glossary_calls_every_term_something_in_both_languages_and_once():
    pairs = [(row["ar"][0], row["en"][0].casefold()) for row in CONTENT.terms.values()]

    assert len(set(pairs)) == len(pairs) >= 40
    for key, row in CONTENT.terms.items():
        for language in ("ar", "en"):
            words = [name_key(text) for text in row[language]]
            assert len(set(words)) == len(words), key
