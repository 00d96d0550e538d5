"""The glossary as a table: a list of terms from elsewhere comes in as CSV."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from articles.models import Term
from newsroom.exchange.columns import Column, Line
from newsroom.exchange.resource import RecordResource

_NO = frozenset({"no", "0", "false", "لا"})
_YES = frozenset({"yes", "1", "true", "نعم", ""})


class YesNo(Column):
    """`yes` or `no`; an empty cell of a new record is yes."""

    def write(self, value: Any) -> str:
        return "yes" if value in {True, ""} else "no"

    def read(self, cell: str) -> bool:
        written = cell.strip().casefold()
        if written not in _YES | _NO:
            raise ValueError(_("“%(found)s” is neither yes nor no.") % {"found": cell})
        return written in _YES


class TermResource(RecordResource):
    term_ar = Line("term_ar")
    term_en = Line("term_en")
    further_words_ar = Column("further_words_ar")
    further_words_en = Column("further_words_en")
    note = Column("note")
    is_searched = YesNo("is_searched")

    class Meta(RecordResource.Meta):
        model = Term
        fields = (
            "id",
            "version",
            "term_ar",
            "term_en",
            "further_words_ar",
            "further_words_en",
            "note",
            "is_searched",
        )

    def left_out(self, instance: Any) -> set[str]:
        """Both languages are demanded here."""
        return super().left_out(instance) - {"term_ar", "term_en"}
