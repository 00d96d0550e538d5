"""The order of results, held to judgements that were made by reading the demo content; README.md says how."""

from collections import defaultdict
from pathlib import Path
from statistics import fmean

import pytest
from django.db import transaction
from django.test import Client, override_settings

from articles.bench.measures import ndcg
from articles.bench.relevance import Query, read_judgements, read_queries
from articles.choices import Status
from articles.demo.content import read
from articles.demo.loading import load
from articles.models import Article, Claim
from articles.search.crossing import Crossing
from articles.search.indexing import catch_up
from articles.search.vectors.encoding import Encoding
from newsroom.text.languages import LANGUAGES

# Without the mark pytest-django makes no test database for the fixture below.
pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent
QUERIES = list(read_queries(HERE / "queries.jsonl"))
JUDGED = read_judgements(HERE / "qrels.txt")

# In the demo content nearly everything stands in both languages. For these tasks each record keeps only the one it was
# written in, so that a query in the other language has no words in common with it.
TASKS_IN_ONE_LANGUAGE = {"across", "mixed"}
TEXTS = {Article: ("headline", "standfirst", "body"), Claim: ("statement", "context")}

# nDCG@10, a little below what was measured when a figure was last written down. Raise a floor when search gets better.
FLOORS = {
    "question ar → any": 0.75,
    "question en → any": 0.80,
    "topic ar → any": 0.865,
    "topic en → any": 0.90,
    "headline ar → any": 0.89,
    "headline en → any": 0.86,
    "post ar → any": 0.96,
    "post en → any": 0.96,
    "name ar → any": 0.96,
    # Asking in the other language too cost 0.02 of these 14 queries, and is what carries the groups below.
    "name en → any": 0.90,
    "across en → ar": 0.71,
    "across ar → en": 0.79,
    "mixed ar → any": 0.86,
    "mixed en → any": 0.83,
}

# The name of a place that no record stands for, in the running text of an article in the other script: of two consonants
# the sound is anybody's. Take a query out when it is answered.
UNANSWERED = {"Hatay province"}


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker, tmp_path_factory) -> dict[str, list[str]]:
    """For each query the external ids of its first ten results, best first."""
    answers: dict[str, list[str]] = {}
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        # What every machine has: a dictionary installed on one must not move the figures.
        patch.setenv("SEARCH_DICTIONARIES_DIR", str(tmp_path_factory.mktemp("no-dictionaries")))
        load()
        for in_one_language in (False, True):
            if in_one_language:
                _keep_what_was_written_first()
            with override_settings(SEARCH_INDEX_DIR=tmp_path_factory.mktemp("ranking") / "index"):
                catch_up()
                Encoding().everything()
                Crossing().everything()
                for query in QUERIES:
                    if (query.task in TASKS_IN_ONE_LANGUAGE) is in_one_language:
                        answers[query.key] = _asked(query)
        transaction.set_rollback(True)
    return answers


def test_every_task_ranks_at_least_as_well_as_written_down(found):
    scores: dict[str, list[float]] = defaultdict(list)
    for query in QUERIES:
        scores[query.group].append(ndcg(found[query.key], JUDGED[query.key]))
    measured = {group: round(fmean(values), 3) for group, values in scores.items()}

    assert measured.keys() == FLOORS.keys()
    worse = {group: (value, FLOORS[group]) for group, value in measured.items() if value < FLOORS[group]}
    assert not worse, f"nDCG@10 and its floor: {worse}"


def test_no_judged_query_is_answered_with_nothing(found):
    assert {query.text for query in QUERIES if not found[query.key]} <= UNANSWERED


def test_every_query_is_judged_and_every_judgement_names_a_public_record():
    content = read()
    public = {
        f"demo/{key}"
        for key, row in [*content.articles.items(), *content.claims.items()]
        if row.get("status", Status.PUBLISHED) == Status.PUBLISHED
    }

    assert [query.key for query in QUERIES] == list(JUDGED)
    for query, grades in JUDGED.items():
        assert grades.keys() <= public, query
        assert set(grades.values()) in ({2}, {1, 2}), query


def _keep_what_was_written_first() -> None:
    for model, texts in TEXTS.items():
        for language in LANGUAGES:
            others = [f"{text}_{other}" for text in texts for other in LANGUAGES if other != language]
            model.objects.filter(original_language=language).update(**dict.fromkeys(others, ""))


def _asked(query: Query) -> list[str]:
    parameters = {"q": query.text, "type": [kind.code for kind in query.kinds], "page_size": 10}
    if query.target:
        parameters["lang"] = query.target
    response = Client().get("/api/v1/search/", parameters)
    assert response.status_code == 200, (query.text, response.content)
    return [result["external_id"] for result in response.json()["results"]]
