"""What a claim's attribution is read from: speakers, and the tellings that name them in order.

Plain values, built by the caller from its records; nothing in this package asks a database. The other modules answer
what can be read from them: `origins` (how many stand behind a claim), `tree` (how it travelled), `sentence` (in words).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from articles.choices import AppearanceKind, Certainty
from newsroom.text.fragments import Fragment, fragment


class SpeakerKind(StrEnum):
    OUTLET = "outlet"
    PERSON = "person"
    ORGANISATION = "organisation"
    UNNAMED = "unnamed"
    DOCUMENT = "document"


class Stance(StrEnum):
    """On which side of the claim a telling stands."""

    SAID = "said"
    DENIED = "denied"
    QUESTIONED = "questioned"


_STANCES = {Certainty.DENIED: Stance.DENIED, Certainty.QUESTIONED: Stance.QUESTIONED}


@dataclass(frozen=True, slots=True)
class Speaker:
    """One source: an outlet, person or organisation by its key, or the words that describe an unnamed one.

    A description is worded as it reads after "citing" and after «عن»: "security officials", «مسؤولين أمنيين».
    Either language may be missing.
    """

    kind: SpeakerKind
    key: str = ""
    name_ar: str = ""
    name_en: str = ""
    role_ar: str = ""
    role_en: str = ""
    # The key of the outlet that this outlet belongs to; links may be chained, and even go round.
    house: str = ""
    # What the speaker was made from, for templates to link to.
    record: object | None = field(default=None, compare=False, repr=False)

    @property
    def is_named(self) -> bool:
        """Whether it has an identity of its own, so that it can answer for what it says and pass on."""
        return self.kind in {SpeakerKind.OUTLET, SpeakerKind.PERSON, SpeakerKind.ORGANISATION}

    def is_alone_in(self, step: "tuple[Speaker, ...]") -> bool:
        """Whether the step names this outlet, person or organisation and no one else."""
        return self.is_named and {(source.kind, source.key) for source in step} == {(self.kind, self.key)}

    def name_in(self, language: str) -> Fragment:
        """Its name or description in that language, else in the other; the text may be empty."""
        return fragment(self, "name", language)


@dataclass(frozen=True, slots=True)
class Publication:
    """An article as far as attribution goes: whose it is, and what it reprints."""

    key: str
    outlet: Speaker | None = None
    copy_of: "Publication | None" = None


@dataclass(frozen=True, slots=True)
class Telling:
    """One appearance of a claim, with its chain.

    The first step of the chain is what the article cites, the next what that source cites, and so on; a step holds
    the one or several sources that speak side by side. The article's own outlet is not part of it.
    """

    key: str
    publication: Publication
    kind: str = AppearanceKind.PARAPHRASE
    certainty: str = Certainty.REPORTED
    chain: tuple[tuple[Speaker, ...], ...] = ()
    language: str = ""
    published_on: date | None = None
    record: object | None = field(default=None, compare=False, repr=False)

    @property
    def outlet(self) -> Speaker | None:
        return self.publication.outlet

    @property
    def is_copy(self) -> bool:
        return self.publication.copy_of is not None

    @property
    def stance(self) -> Stance:
        return _STANCES.get(Certainty(self.certainty), Stance.SAID)

    @property
    def steps(self) -> tuple[tuple[Speaker, ...], ...]:
        """The chain as it is read: without empty steps, doubled sources, or the outlet citing itself."""
        implied = [self.outlet, self.publication.copy_of and self.publication.copy_of.outlet]
        steps: list[tuple[Speaker, ...]] = []
        for step in self.chain:
            sources = tuple(dict.fromkeys(step))
            is_implied = not steps and any(speaker and speaker.is_alone_in(sources) for speaker in implied)
            if sources and not is_implied and steps[-1:] != [sources]:
                steps.append(sources)
        return tuple(steps)
