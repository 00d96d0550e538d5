"""The index's writer with a memory of who copies whom: each article is written with the leader of its group."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from articles.search.copies import Copies
from articles.search.engine import IndexDocument, Kind
from articles.search.tantivy_engine import WRITER_MEMORY, TantivyWriter
from articles.search.tantivy_query import document_key


class MarkingWriter:
    """Writes one generation of an index, and keeps its file of copies in step."""

    def __init__(self, generation: Path, *, memory: int = WRITER_MEMORY) -> None:
        self._writer = TantivyWriter(generation / "index", memory=memory)
        self._copies = Copies(generation)
        self._again: dict[int, None] = {}

    def put(self, document: IndexDocument) -> None:
        if document.kind is Kind.ARTICLE:
            leader = self._mark(document.pk, document.signatures, document.original)
            document = replace(document, copy_of=leader)
        self._writer.put(document)

    def add_fields(self, fields: dict[str, Any]) -> None:
        """Add a document that is known not to be in the index yet, in the form of `fields_of`."""
        if fields["kind"] == [int(Kind.ARTICLE)]:
            pk = fields["key"][0] >> 1
            leader = self._mark(pk, fields["signatures"], fields["original_of_copy"])
            fields["copy"] = [] if leader is None else [document_key(Kind.ARTICLE, leader)]
        self._writer.add_fields(fields)

    def remove(self, kind: Kind, pk: int) -> None:
        if kind is Kind.ARTICLE:
            self._again |= dict.fromkeys(self._copies.remove(pk))
        self._writer.remove(kind, pk)

    def asked_again(self) -> list[int]:
        """The articles whose leader may be another now, by what was written since the last call: put them again."""
        again, self._again = list(self._again), {}
        return again

    def commit(self) -> None:
        # Whoever is killed in between does the same changes again, and finds the same leaders.
        self._copies.commit()
        self._writer.commit()

    def close(self) -> None:
        self._copies.close()
        self._writer.close()

    def _mark(self, pk: int, signatures: tuple[bytes, ...], original: int | None) -> int | None:
        leader, again = self._copies.put(pk, signatures, original)
        self._again |= dict.fromkeys(again)
        return leader
