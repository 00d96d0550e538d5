"""What is off for good is said in the log once, not with every page."""

import logging

from articles.search.vectors.store import warn_once


def test_the_same_sentence_is_logged_once(caplog):
    warn_once.cache_clear()
    with caplog.at_level(logging.WARNING):
        for _page in range(3):
            warn_once("There are no vectors to read.")
        warn_once("The vectors were not read in time.")

    assert [record.getMessage() for record in caplog.records] == [
        "There are no vectors to read.",
        "The vectors were not read in time.",
    ]
