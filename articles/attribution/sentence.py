"""A telling's chain as one sentence, in Arabic or in English, whole or in phrases that a template can link.

    Daraj, citing Reuters, citing security officials and sources described as close to armed groups
    درج نقلاً عن رويترز عن مسؤولين أمنيين ومصادر وصفتها بالقريبة من جماعات مسلحة

The words between the speakers are in the sentence's language; so is a role, or it is left out. A name or description
that exists in the other language only stays in it: its phrase says so, for `lang` and `dir`, and in the plain sentence
it stands between two isolating characters (U+2068, U+2069), the only invisible ones there besides the joiners of
Persian names. The sentence has no full stop.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from articles.attribution.chain import Speaker, SpeakerKind, Telling
from articles.attribution.idioms import IDIOMS, Idiom
from articles.choices import AppearanceKind
from newsroom.text.languages import ARABIC, Direction, direction, other_language

_FIRST_STRONG_ISOLATE, _POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"
# Zero-width non-joiner and joiner: Persian spelling needs them. Other invisible characters could turn the line round.
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence: the name or description of a speaker, or without speaker the words in between."""

    text: str
    language: str
    speaker: Speaker | None = None

    @property
    def direction(self) -> Direction:
        return direction(self.language)


def chain_sentence(telling: Telling, language: str) -> str:
    """Who tells it and on whose word, in plain text."""
    return "".join(
        phrase.text
        if phrase.language == language
        else f"{_FIRST_STRONG_ISOLATE}{phrase.text}{_POP_DIRECTIONAL_ISOLATE}"
        for phrase in chain_phrases(telling, language)
    )


def chain_phrases(telling: Telling, language: str) -> tuple[Phrase, ...]:
    """The same sentence in phrases: side by side, with nothing between them, they are the sentence."""
    writer = _Writer(IDIOMS[language], language)
    phrases: list[Phrase] = []
    for is_words, pieces in groupby(writer.sentence(telling), key=lambda piece: isinstance(piece, str)):
        if is_words:
            if words := "".join(map(str, pieces)):
                phrases.append(Phrase(words, language))
        else:
            phrases += [piece for piece in pieces if isinstance(piece, Phrase)]
    return tuple(phrases)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes words as plain strings and speakers as phrases."""

    idiom: Idiom
    language: str

    def sentence(self, telling: Telling) -> Iterator[str | Phrase]:
        if telling.outlet:
            yield self._name(telling.outlet)
        else:
            yield self.idiom.unknown_publisher
        yield from self._manner(telling)
        yield from self._chain(telling)
        yield self.idiom.certainty.get(telling.certainty, "")

    def _manner(self, telling: Telling) -> Iterator[str | Phrase]:
        if original := telling.publication.copy_of:
            if original.outlet and not (telling.outlet and telling.outlet.is_alone_in((original.outlet,))):
                yield self.idiom.copy_from
                yield self._name(original.outlet)
            else:
                yield self.idiom.copy_of_another
        if telling.kind == AppearanceKind.OWN_REPORTING:
            yield self.idiom.own_reporting
        elif telling.kind == AppearanceKind.HEADLINE:
            yield self.idiom.headline
        if not (telling.steps or telling.is_copy or telling.kind == AppearanceKind.OWN_REPORTING):
            yield self.idiom.no_source

    def _chain(self, telling: Telling) -> Iterator[str | Phrase]:
        steps = telling.steps
        in_document = [
            _is_document_of(step, before) for before, step in zip(((), *steps), steps, strict=False)
        ]
        quoted = None
        if telling.kind == AppearanceKind.DIRECT_QUOTE:
            quoted = max((place for place, is_in in enumerate(in_document) if not is_in), default=None)
        for place, step in enumerate(steps):
            if in_document[place]:
                yield self.idiom.in_document
            elif place == quoted:
                yield self.idiom.quoting
            else:
                yield self.idiom.citing_further if place else self.idiom.citing
            yield from self._side_by_side(step)

    def _side_by_side(self, step: tuple[Speaker, ...]) -> Iterator[str | Phrase]:
        comma, last = self.idiom.comma, self.idiom.last
        if any(self._role(speaker) for speaker in step[:-1]):
            comma = self.idiom.heavy_comma
            last = self.idiom.last_of_two_heavy if len(step) == 2 else self.idiom.heavy_last
        for place, speaker in enumerate(step):
            if place:
                yield last if place == len(step) - 1 else comma
            yield from self._speaker(speaker)

    def _speaker(self, speaker: Speaker) -> Iterator[str | Phrase]:
        role = self._role(speaker)
        if role and self.language == ARABIC:
            yield f"{role} "
        yield self._name(speaker)
        if role and self.language != ARABIC:
            yield f", {role}"

    def _role(self, speaker: Speaker) -> str:
        return _visible(getattr(speaker, f"role_{self.language}"))

    def _name(self, speaker: Speaker) -> Phrase:
        for language in (self.language, other_language(self.language)):
            if name := _visible(getattr(speaker, f"name_{language}")):
                return Phrase(name, language, speaker)
        return Phrase(self.idiom.nameless[SpeakerKind(speaker.kind)], self.language, speaker)


def _is_document_of(step: tuple[Speaker, ...], before: tuple[Speaker, ...]) -> bool:
    """Whether the step is where the one before it said so: a ministry, in a statement."""
    authors = {SpeakerKind.PERSON, SpeakerKind.ORGANISATION}
    return (
        bool(before)
        and all(speaker.kind in authors for speaker in before)
        and all(speaker.kind == SpeakerKind.DOCUMENT for speaker in step)
    )


def _visible(text: str) -> str:
    """The text on one line, without the characters that no one sees."""
    line = " ".join(text.split())
    shown = "".join(
        c for c in line if c in _JOINERS or unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"}
    )
    return shown.strip(f" {_JOINERS}")
