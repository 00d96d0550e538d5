"""Who is the same voice as whom, and the path of voices along which each telling goes back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from articles.attribution.chain import Speaker, SpeakerKind, Telling
from articles.attribution.groups import Groups
from articles.attribution.originals import Originals
from articles.choices import AppearanceKind
from newsroom.text.fold import fold
from newsroom.text.languages import LANGUAGES

# An identity to compare and sort by: ("outlet", "17"), ("unnamed", "outlet", "17", "en", "security officials").
type Voice = tuple[str, ...]
# The voices of one step, sorted.
type Step = tuple[Voice, ...]
# From the outlet that tells to those it goes back to.
type Path = tuple[Step, ...]

_OWN_REPORTING = "own reporting"


def is_unnamed(voice: Voice) -> bool:
    return voice[0] == SpeakerKind.UNNAMED


def is_own_reporting(voice: Voice) -> bool:
    return voice[0] == _OWN_REPORTING


def reporter_of(voice: Voice) -> Voice:
    """The outlet whose own reporting the voice is; any other voice is itself."""
    return voice[1:] if is_own_reporting(voice) else voice


class Voices:
    """The voices in some tellings of one claim.

    - Outlets of one house are one voice, however long or circular the links between them.
    - A copy speaks with the voice of the original's outlet; an article without an outlet is a voice of its own.
    - An outlet's own reporting is a voice apart from the outlet, which may report itself and cite others too.
    - Unnamed sources are told apart only by who vouches for them, the nearest named source on the way to the reader,
      and by their wording in either language. Those of one step are one voice: no reader can tell how many they are.
    - A document is told apart by its wording alone, as anyone may quote it.
    """

    def __init__(self, tellings: Sequence[Telling], originals: Originals) -> None:
        self._originals = originals
        self._same: Groups[Voice] = Groups()
        self._heard: list[tuple[Voice, Speaker]] = []
        self._vouching: list[tuple[Voice, Voice]] = []

        for telling in tellings:
            self._join_houses(telling)
        paths = {telling.key: tuple(self._steps(telling)) for telling in tellings}
        # Only now is it known which descriptions mean the same.
        self._paths = {key: self._settled(path) for key, path in paths.items()}
        self._places_heard: defaultdict[Voice, list[int]] = defaultdict(list)
        for place, (voice, _) in enumerate(self._heard):
            self._places_heard[self._same.of(voice)].append(place)
        self._vouchers: defaultdict[Voice, set[Voice]] = defaultdict(set)
        for voice, by in self._vouching:
            self._vouchers[self._same.of(voice)].add(by)

    def path(self, telling: Telling) -> Path:
        return self._paths[telling.key]

    def speakers(self, voices: Iterable[Voice]) -> tuple[Speaker, ...]:
        """Those heard under these voices, each once; none for an article of unknown publisher."""
        places = {place for voice in voices for place in self._places_heard[reporter_of(voice)]}
        return _each_once(self._heard[place][1] for place in sorted(places))

    def vouchers(self, voices: Iterable[Voice]) -> tuple[Speaker, ...]:
        """The speakers on whose word the unnamed among these voices are known."""
        return self.speakers({by for voice in voices for by in self._vouchers[voice]})

    def _join_houses(self, telling: Telling) -> None:
        publishers = [telling.outlet, self._originals.outlet(telling.publication)]
        for speaker in [*publishers, *(source for step in telling.steps for source in step)]:
            if speaker and speaker.house:
                self._same.join((speaker.kind, speaker.key), (speaker.kind, speaker.house))

    def _steps(self, telling: Telling) -> Iterator[set[Voice]]:
        publisher = self._publisher(telling)
        yield {publisher}
        vouching = {publisher}
        for sources in telling.steps:
            named = {self._named(source) for source in sources if source.is_named}
            yield named | self._unnamed(sources, vouching) | self._documents(sources)
            vouching = named or vouching
        is_reported = telling.kind == AppearanceKind.OWN_REPORTING and not telling.steps
        # Whoever reprints a report has not reported it.
        if is_reported and not self._originals.is_copy(telling.publication):
            yield {(_OWN_REPORTING, *publisher)}

    def _publisher(self, telling: Telling) -> Voice:
        outlet = self._originals.outlet(telling.publication)
        return self._named(outlet) if outlet else ("article", self._originals.key(telling.publication))

    def _named(self, speaker: Speaker) -> Voice:
        voice = self._same.of((speaker.kind, speaker.key))
        self._heard.append((voice, speaker))
        return voice

    def _unnamed(self, sources: Iterable[Speaker], vouching: set[Voice]) -> set[Voice]:
        unnamed = [source for source in sources if source.kind == SpeakerKind.UNNAMED]
        wordings = [words for source in unnamed for words in _wordings(source)]
        signs = [(SpeakerKind.UNNAMED, *by, *words) for by in sorted(vouching) for words in wordings]
        self._vouching += [(sign, by) for sign in signs for by in vouching]
        return self._described(signs, unnamed)

    def _documents(self, sources: Iterable[Speaker]) -> set[Voice]:
        voices = set()
        for document in sources:
            if document.kind == SpeakerKind.DOCUMENT:
                voices |= self._described(sorted(_marks(document)), [document])
        return voices

    def _described(self, signs: Sequence[Voice], speakers: Iterable[Speaker]) -> set[Voice]:
        """One voice known by all of these signs, or none without signs."""
        for sign in signs:
            self._same.join(signs[0], sign)
        self._heard += [(sign, speaker) for sign in signs[:1] for speaker in speakers]
        return set(signs[:1])

    def _settled(self, path: Iterable[set[Voice]]) -> Path:
        settled: list[Step] = []
        for voices in path:
            step = tuple(sorted({self._same.of(voice) for voice in voices}))
            # Citing another outlet of the same house leads nowhere new.
            if settled[-1:] != [step]:
                settled.append(step)
        return tuple(settled)


def _wordings(speaker: Speaker) -> list[Voice]:
    """The folded description in each language it is given in: two descriptions that share one are the same."""
    names = [(language, getattr(speaker, f"name_{language}")) for language in LANGUAGES]
    return [(language, " ".join(fold(name).split())) for language, name in names if name.strip()] or [
        ("", "")
    ]


def _marks(speaker: Speaker) -> set[Voice]:
    if speaker.is_named:
        return {(speaker.kind, speaker.key)}
    return {(speaker.kind, *words) for words in _wordings(speaker)}


def _each_once(speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """The speakers in the order given, and of those that are the same only the most fully worded."""
    given = list(dict.fromkeys(speakers))
    kept: set[Speaker] = set()
    known: set[Voice] = set()
    for speaker in sorted(
        given, key=lambda speaker: bool(speaker.name_ar) + bool(speaker.name_en), reverse=True
    ):
        marks = _marks(speaker)
        if known.isdisjoint(marks):
            kept.add(speaker)
        known |= marks
    return tuple(speaker for speaker in given if speaker in kept)
