"""What the desk proposes of one article, ready to be shown: each with its place, its fingerprint and its answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from articles.choices import Certainty, SuggestionKind
from newsroom.text.fold import fold

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from articles.importing.cuts import Cut
    from articles.models import Appearance, Article, Claim, SuggestionDecision
    from articles.suggestions.attributed import Attribution

# Words of the text shown on each side of a place.
CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a language column: `field` is the column's name without its language."""

    start: int
    end: int
    field: str = "body"


@dataclass(slots=True, kw_only=True)
class Suggestion:
    """One thing proposed. `words` says it as it stands in the text, or names what is proposed."""

    fingerprint: str
    words: str
    language: str = ""
    places: Sequence[Place] = ()
    # The text around the first place, for a list read without the text beside it.
    before: str = ""
    after: str = ""
    decision: SuggestionDecision | None = None
    # Nothing is left to do: a person has done it already, by this suggestion or otherwise.
    is_done: bool = False
    is_doubtful: bool = False
    # Where it is followed by hand; the desk says.
    url: str = ""

    kind = SuggestionKind.WARNING

    @property
    def is_open(self) -> bool:
        return self.decision is None and not self.is_done

    @property
    def key(self) -> str:
        """What a form sends: which suggestion is answered."""
        return f"{self.kind}:{self.fingerprint}"

    @property
    def marks(self) -> str:
        """The places in the body, as JSON for the script that marks them."""
        return json.dumps([[place.start, place.end] for place in self.places if place.field == "body"])


@dataclass(slots=True, kw_only=True)
class NameFound(Suggestion):
    """A record named in the text."""

    record: Any
    # Each way it is written there, most often first, with how often.
    spellings: Sequence[tuple[str, int]]
    kind = SuggestionKind.MENTION

    @property
    def record_kind(self) -> str | _StrPromise:
        return self.record._meta.verbose_name

    @property
    def count(self) -> int:
        return sum(number for _spelling, number in self.spellings)


@dataclass(slots=True, kw_only=True)
class UnknownFound(Suggestion):
    """A person of whom there is no record."""

    role: str = ""
    kind = SuggestionKind.UNKNOWN


@dataclass(slots=True, kw_only=True)
class CutFound(Suggestion):
    """A stretch of the imported text that is not the article's."""

    cut: Cut
    reason: str | _StrPromise
    is_cut: bool
    kind = SuggestionKind.CUT


@dataclass(slots=True, kw_only=True)
class ToldSentence(Suggestion):
    """A sentence that says on whose word it stands. `query` fills in the form of a new claim."""

    attribution: Attribution
    cue: str
    # The chain as it reads, nearest first: each step's sources, each a name or the words that describe it.
    chain: Sequence[Sequence[tuple[str, bool]]]
    query: Mapping[str, str] = field(default_factory=dict)
    telling: Appearance | None = None
    kind = SuggestionKind.ATTRIBUTION

    @property
    def certainty(self) -> str | _StrPromise:
        return Certainty(self.attribution.certainty).label

    @property
    def query_json(self) -> str:
        return json.dumps(self.query, ensure_ascii=False)


@dataclass(slots=True, kw_only=True)
class CopyFound(Suggestion):
    """Another article with passages of this one."""

    other: Article
    share: int
    share_of_other: int
    # Pairs of excerpts, this article's first.
    passages: Sequence[tuple[str, str]]
    more_passages: int = 0
    kind = SuggestionKind.COPY


@dataclass(slots=True, kw_only=True)
class ClaimFound(Suggestion):
    """A claim that may say already what a sentence of the text says."""

    claim: Claim
    statement: str
    statement_language: str
    # (kind of fact, what stands only in the text, what stands only in the claim)
    differing: Sequence[tuple[str | _StrPromise, Sequence[str], Sequence[str]]]
    # Where this telling of it is begun, and what is known of its chain; empty where nobody may add one. The desk says.
    telling_url: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    kind = SuggestionKind.TOLD

    @property
    def query_json(self) -> str:
        return json.dumps(self.query, ensure_ascii=False)


@dataclass(slots=True, kw_only=True)
class Warned(Suggestion):
    """What an editor should know before going on. It never stands in the way."""

    message: str | _StrPromise
    # The form's field to look at, where there is one.
    target: str = ""
    kind = SuggestionKind.WARNING


def fingerprint_of(*parts: object) -> str:
    """A short name for what was suggested: the same as long as these words are, in any spelling."""
    text = "\x1f".join(fold(str(part)) for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after a stretch, on one line, cut between words."""
    before = " ".join(text[max(0, start - CONTEXT) : start].rpartition("\n")[2].split())
    after = " ".join(text[end : end + CONTEXT].partition("\n")[0].split())
    if start > CONTEXT and " " in before:
        before = "… " + before.split(" ", 1)[1]
    if end + CONTEXT < len(text) and " " in after:
        after = after.rsplit(" ", 1)[0] + " …"
    # What touches the stretch in the text touches it here.
    if start and text[start - 1].isspace() and before:
        before += " "
    if text[end : end + 1].isspace() and after:
        after = " " + after
    return before, after
