"""What every search needs is loaded while nobody waits: the first reader of a worker would pay over a second for it."""

from __future__ import annotations

import logging

from django.urls import get_resolver

from articles.search.lexicon import translations
from articles.search.vectors.encoder import EncoderMissing, encode
from newsroom.text.analysis import analyse
from newsroom.text.languages import LANGUAGES

logger = logging.getLogger(__name__)

# Words of both languages, so that the lists of both are read.
_TEXT = "إسناد attribution"


def warm() -> None:
    """Load views, word lists, dictionaries and the encoder into this process; the database is not asked."""
    # Reads the URLs, and with them every view.
    _ = get_resolver().url_patterns
    analyse(_TEXT)
    for language in LANGUAGES:
        translations(_TEXT, language)
    try:
        encode([_TEXT])
    except EncoderMissing as error:
        logger.info("Search goes by words alone: %s", error)
