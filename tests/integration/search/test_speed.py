"""What makes search fast changes nothing of what it finds."""

import random
from dataclasses import replace

import pytest

from articles.bench.speed import SpeedReport, Timings
from articles.bench.tables import lines
from articles.models import Article
from articles.search import building, tantivy_engine
from articles.search.engine import EngineRequest, Kind, microseconds
from articles.search.indexing import catch_up, differences, index_folder, rebuild
from articles.search.query import parse
from articles.search.reader import newest_searcher
from articles.search.tantivy_engine import TantivySearcher
from articles.search.terms import clauses
from articles.search.verbs import FORM_WORTH
from tests.builders import NOON, a_public_article

WORDS = ["drones", "minister", "river", "harvest", "border", "oil", "school", "court", "army", "flood"]


@pytest.mark.django_db
@pytest.mark.parametrize("have_forms", [False, True])
def test_sparing_common_words_changes_neither_hits_nor_scores(monkeypatch, have_forms):
    dice = random.Random(7)  # noqa: S311 - nothing secret
    for _ in range(80):
        # The first words are in nearly every text, the last in a few.
        words = [word for place, word in enumerate(WORDS) if dice.random() < 0.9 - 0.09 * place]
        a_public_article(headline_en=" ".join(words) or "nothing", body_en=" ".join(dice.choices(WORDS, k=6)))
    catch_up()
    index = newest_searcher()
    words = clauses(parse(" ".join(WORDS)))
    if have_forms:
        # As other forms of verbs stand beside them: each word with the next rarer one.
        forms = [replace(clause.pieces[0], worth=FORM_WORTH) for clause in words]
        words = [
            replace(clause, also=(form,)) for clause, form in zip(words, [*forms[1:], forms[0]], strict=True)
        ]
    asked = EngineRequest(words, microseconds(NOON), limit=5)
    spared = []
    page = TantivySearcher._rarer_first

    def noted(self, request):
        spared.append(page(self, request))
        return spared[-1]

    monkeypatch.setattr(TantivySearcher, "_rarer_first", noted)
    fast = index.search(asked)
    monkeypatch.setattr(tantivy_engine, "has_words_to_spare", lambda request: False)
    slow = index.search(asked)

    assert spared[0]
    assert spared[1] is None
    assert fast.total == slow.total
    assert [(hit.kind, hit.pk) for hit in fast.hits] == [(hit.kind, hit.pk) for hit in slow.hits]
    assert [hit.score for hit in fast.hits] == pytest.approx([hit.score for hit in slow.hits])


@pytest.mark.django_db(transaction=True)
def test_helpers_build_the_same_index(monkeypatch):
    for number in range(5):
        a_public_article(headline_en=f"Drones {number}", headline_ar="طائرات")
    monkeypatch.setattr(building, "WORTH_HELPERS", 1)
    monkeypatch.setattr(building.os, "process_cpu_count", lambda: 2)

    rebuild(index_folder())

    index = newest_searcher()
    assert index.document_count == Article.objects.count() == 5
    assert not any(differences(index, at=NOON).values())
    assert {kind for kind, _pk, _fingerprint in index.contents()} == {Kind.ARTICLE}


def test_the_table_says_what_is_missed():
    timings = Timings({"rare word": [0.01, 0.02], "common word": [0.02, 0.03]})
    stored = Timings({"rare word": [0.001], "common word": [10.0]})
    report = SpeedReport(
        articles=90, claims=10, index_seconds=2.0, index_bytes=1_000_000, peak_memory_bytes=1_000_000, ours=timings,
        stored=stored, plain=Timings(), hybrid=None, requests={"select one": 0.001, "search (JSON)": 0.01},
        late=[0.1, 0.2], save_with=0.002, save_without=0.001, is_processor_time=True,
    )  # fmt: skip

    table = list(lines(report))

    assert "| rare word | 10.0 | 20.0 | 20.0 | 1.0 | 1.0 |  |" in table
    assert "| search (JSON) request / SELECT 1 request | 10 | 20 | reached |" in table
    assert any(line.startswith("| page p50 / PostgreSQL p50") and line.endswith("missed |") for line in table)
