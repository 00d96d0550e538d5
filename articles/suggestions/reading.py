"""A text read by all rules at once, remembered as long as the text and the names are the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from django.db import connection

from articles.suggestions.attributed import Attribution, attributed_sentences
from articles.suggestions.mentions import MentionFound, mentions
from articles.suggestions.names import Names
from articles.suggestions.records import known_names
from articles.suggestions.unknown import UnknownName, unknown_names

# Below it a rule's guess is shown among the doubtful, or not at all; the bench counts only what is above.
LEAST_CONFIDENCE = 0.5
# Of a longer text the beginning is read.
LONGEST_TEXT = 300_000
_TEXTS_KEPT = 32

# Every name as it is written: the sum changes with any of them, whoever wrote it and from which process.
_STATE = """
    SELECT sum(rows), sum(state) FROM (
        SELECT count(*) AS rows, coalesce(sum(hashtextextended(concat_ws('|', 'p', id, name_ar, name_en), 0)), 0) AS state
            FROM people_person
        UNION ALL SELECT count(*), coalesce(sum(hashtextextended(concat_ws('|', 'o', id, name_ar, name_en), 0)), 0)
            FROM people_organisation
        UNION ALL SELECT count(*), coalesce(sum(hashtextextended(concat_ws('|', 'u', id, name_ar, name_en), 0)), 0)
            FROM articles_outlet
        UNION ALL SELECT count(*), coalesce(sum(hashtextextended(
                concat_ws('|', 'n', id, coalesce(person_id, 0), coalesce(organisation_id, 0), text, kind), 0)), 0)
            FROM people_name
        UNION ALL SELECT count(*), coalesce(sum(hashtextextended(concat_ws('|', 'm', id, outlet_id, text, kind), 0)), 0)
            FROM articles_outletname
    ) AS names
"""

_building, _keeping = threading.Lock(), threading.Lock()
_names: dict[tuple[str, str], Names] = {}


@dataclass(frozen=True, slots=True)
class TextRead:
    """What the rules find in one text: `mentions` sure and doubtful, the rest from the sure ones alone."""

    mentions: tuple[MentionFound, ...]
    unknown: tuple[UnknownName, ...]
    attributions: tuple[Attribution, ...]


# The names themselves are no part of the key: their state stands for them, and old ones are let go.
_texts: OrderedDict[tuple[str, str, tuple[str, str]], TextRead] = OrderedDict()


def names_state() -> tuple[str, str]:
    """What changes whenever any name does. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        rows, state = cursor.fetchone()
    return (f"{connection.settings_dict['NAME']}:{rows}", str(state))


def names_now() -> tuple[tuple[str, str], Names]:
    """The names of every record with their state, built again only where a name has changed since."""
    state = names_state()
    names = _names.get(state)
    if names is None:
        with _building:
            names = _names.get(state)
            if names is None:
                names = known_names()
                # One state at a time: ten thousand names are some tens of megabytes.
                _names.clear()
                _names[state] = names
    return state, names


def read(text: str, language: str, state: tuple[str, str], names: Names) -> TextRead:
    """The text as the rules read it with these names, whose state is given beside them."""
    text = text[:LONGEST_TEXT]
    key = (text, language, state)
    with _keeping:
        if key in _texts:
            _texts.move_to_end(key)
            return _texts[key]
    reading = _read(text, language, names)
    with _keeping:
        _texts[key] = reading
        while len(_texts) > _TEXTS_KEPT:
            _texts.popitem(last=False)
    return reading


def _read(text: str, language: str, names: Names) -> TextRead:
    found = mentions(text, names, doubtful=True)
    sure = [mention for mention in found if mention.confidence >= LEAST_CONFIDENCE]
    told = attributed_sentences(text, language, sure)
    return TextRead(
        tuple(found),
        tuple(unknown_names(text, sure)),
        tuple(one for one in told if one.confidence >= LEAST_CONFIDENCE),
    )
