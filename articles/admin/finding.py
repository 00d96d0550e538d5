"""Finding articles and claims at the desk: by words in any spelling, by public id, by a pasted address."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q

from newsroom.desk.search import spelled_like
from newsroom.records import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH

_PUBLIC_ID = re.compile(rf"(?:^|/)([{PUBLIC_ID_ALPHABET}]{{{PUBLIC_ID_LENGTH}}})(?:/|$|\?|#)")
_ADDRESS = re.compile(r"^(https?://|www\.|/(ar|en)/)", re.IGNORECASE)


def is_address(text: str) -> bool:
    return bool(_ADDRESS.match(text))


def find(queryset: Any, text: str, columns: tuple[str, ...]) -> Any:
    """The rows that the text names: by our address or id, by the original's address, or by words in the columns."""
    if not text:
        return queryset
    ours = _PUBLIC_ID.search(text)
    if ours and (is_address(text) or ours[1] == text):
        found = queryset.filter(public_id=ours[1])
        if is_address(text) or found.exists():
            return found
    if is_address(text):
        if not hasattr(queryset.model, "url"):
            return queryset.none()
        plain = text.rstrip("/")
        return queryset.filter(Q(url=text) | Q(url=plain) | Q(url=f"{plain}/"))
    return spelled_like(queryset, columns, text)
