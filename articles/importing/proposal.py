"""What a raw text is proposed to become: headline, body, language and cuts, each for an editor to accept or change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from articles.importing.cuts import HEADLINE, Cut, find_cuts
from articles.importing.headline import find_headline, repeats
from articles.importing.hints import hints
from articles.importing.paragraphs import body_from_raw, lines_of
from articles.importing.problems import Message
from newsroom.text.languages import UNDETERMINED, detect_language

# A headline printed again stands within the first lines.
LINES_WITH_REPETITION = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reading of a raw text. `body` is `body_from_raw(raw_text, cuts)`; the headline's own span is among the cuts."""

    headline: str
    body: str
    language: str
    cuts: list[Cut] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)

    @property
    def chrome(self) -> list[Cut]:
        """The cuts that are site chrome: all but the headline, which stands in a field of its own."""
        return [cut for cut in self.cuts if cut.kind != HEADLINE]


def propose(raw_text: str, *, headline: str | None = None) -> Proposal:
    """Read a raw text. A headline known from elsewhere is kept, and not looked for in the text."""
    cuts = find_cuts(raw_text)
    found = find_headline(raw_text, cuts) if headline is None else None
    own = found.of(raw_text) if found else headline or ""
    if found:
        cuts = _with(cuts, Cut(found.start, found.end, HEADLINE))
    if own:
        cuts = _without_repetition(raw_text, cuts, own, kind="repeated-headline" if found else HEADLINE)
    body = body_from_raw(raw_text, cuts)
    language = detect_language(f"{own}\n{body}")
    warnings = list(_own_warnings(own, body, language))
    warnings += hints(raw_text, cuts, body)
    return Proposal(own, body, language, cuts, warnings)


def cuts_beside(headline: str, raw_text: str) -> list[Cut]:
    """The cuts of a text whose headline stands in a field of its own: its chrome, and the headline printed again."""
    return _without_repetition(raw_text, find_cuts(raw_text), headline, kind=HEADLINE)


def _own_warnings(headline: str, body: str, language: str) -> list[Message]:
    warnings = []
    if not headline:
        warnings.append(Message("no-headline", _("No headline was recognised: write one.")))
    if not body:
        warnings.append(Message("no-body", _("The text holds no body.")))
    if language == UNDETERMINED:
        warnings.append(Message("language-unknown", _("The language was not recognised: choose it.")))
    return warnings


def _with(cuts: Sequence[Cut], cut: Cut) -> list[Cut]:
    return sorted([*cuts, cut])


def _without_repetition(raw_text: str, cuts: list[Cut], headline: str, *, kind: str) -> list[Cut]:
    taken = {cut.start for cut in cuts}
    first = lines_of(raw_text)[: LINES_WITH_REPETITION + len(cuts)]
    again = [line for line in first if line.start not in taken and repeats(line.of(raw_text), headline)]
    rest = [line for line in first if line not in again]
    if not again or not rest:
        return cuts
    return _with(cuts, Cut(again[0].start, again[0].end, kind))
