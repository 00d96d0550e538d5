"""Finding text in any spelling inside the database, for the lists of the desk: drafts are in no search index."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower

# The spellings that newsroom.text.fold unites, as far as one pass of translate() can: hamza seats, final letters,
# Persian letters and the two other sets of digits.
_FROM = "أإآٱىةؤئکیگ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_TO = "ااااي" + "هءءكيك" + "01234567890123456789"
_MARKS = "[\u064b-\u065f\u0670\u0640\u200b-\u200f\u2066-\u2069]"
_TABLE = {ord(letter): same for letter, same in zip(_FROM, _TO, strict=True)}
_MARKS_TABLE = {
    code: None
    for first, last in ((0x64B, 0x65F), (0x670, 0x670), (0x640, 0x640), (0x200B, 0x200F), (0x2066, 0x2069))
    for code in range(first, last + 1)
}


def alike(text: str) -> str:
    """The text as `Alike` gives a column: two spellings of a word are equal in it."""
    return text.lower().translate(_MARKS_TABLE).translate(_TABLE)


class Alike(Func):
    """A text column without the differences of spelling."""

    function = "translate"
    output_field = models.TextField()

    def __init__(self, column: str) -> None:
        unmarked = Func(
            Lower(F(column)),
            Value(_MARKS),
            Value(""),
            Value("g"),
            function="regexp_replace",
            output_field=models.TextField(),
        )
        super().__init__(unmarked, Value(_FROM), Value(_TO))


def alike_indexes(model: str, columns: tuple[str, ...]) -> list[GinIndex]:
    """Indexes in which `spelled_like` finds any part of a word of these columns."""
    return [
        GinIndex(OpClass(Alike(column), name="gin_trgm_ops"), name=f"{model}_{column}_alike")
        for column in columns
    ]


def spelled_like(queryset: models.QuerySet, columns: tuple[str, ...], text: str) -> models.QuerySet:
    """The rows that hold every word of the text in one of the columns, in any spelling; all rows for an empty text."""
    names = {f"_alike_{number}": Alike(column) for number, column in enumerate(columns)}
    found = queryset.alias(**names)
    for word in alike(text).split():
        holds = Q()
        for name in names:
            holds |= Q(**{f"{name}__contains": word})
        found = found.filter(holds)
    return found
