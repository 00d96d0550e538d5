"""English ways to say who says so: verbs of telling before, behind and inside what is told, "according to", "citing"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from articles.suggestions.draft import Draft, Part
from articles.suggestions.english_holders import holder_between, holders_from
from articles.suggestions.holders import NOBODY, SourceFound, Weight
from articles.suggestions.lists import phrases, words
from articles.suggestions.names import OUTLET
from articles.suggestions.scene import Scene
from articles.suggestions.verbs import OBJECT, Cue, english_verbs
from articles.suggestions.words import Span

_BARE = "bare"
# After these a word such as "report" or "demand" is a noun, or a verb that tells nothing.
_BEFORE_NOUNS = frozenset("the a an this its his her their to no not never any such own".split())
_PASSIVE = frozenset("is are was were be been being".split())
_SHORT = 10
_TIMES = frozenset("night day morning evening afternoon week month year time".split())
_PARENTHESES = frozenset("which who whose citing quoting according the a an speaking in on after by at".split())


class EnglishRules:
    """One sentence at a time; `drafts` says what was found in it."""

    def __init__(self, scene: Scene, sentence: Span) -> None:
        self.scene = scene
        self.sentence = sentence
        self.range = scene.reading.words_in(sentence)

    def drafts(self) -> Iterator[Draft]:
        taken: set[int] = set()
        for index in self.range:
            if index in taken or index in self.scene.mention_of_word or self.scene.words[index].script != "latin":
                continue
            draft = self._according(index) or self._as_told(index) or self._nobody(index) or self._verb(index)
            if draft is not None:
                taken.update(range(draft.cue_first, max(draft.cue_last, index + 1)))
                yield draft

    def _word(self, index: int) -> str:
        return self.scene.words[index].spelled

    # Without a verb of telling

    def _nobody(self, index: int) -> Draft | None:
        length = self._phrase(index, "nobody")
        if not length:
            return None
        words_of = self.scene.words
        last = index + length
        source = SourceFound(
            NOBODY, self.scene.slice(index, last), words_of[index].start, words_of[last - 1].end
        )
        return Draft(index, last, "nobody", "reported", ((source,),), self._clause(index), 0.6)

    def _according(self, index: int) -> Draft | None:
        length = self._phrase(index, "according")
        if not length:
            return None
        found = holders_from(self.scene, index + length, self.range.stop)
        if not found:
            return None
        last = found[-1].last
        farther, last = self._farther(last)
        steps = (tuple(one.source for one in found), *farther)
        return self._aside(index, last, "according", "reported", steps, 0.85)

    def _as_told(self, index: int) -> Draft | None:
        """", as Reuters reported," and "Daraj reported, quoting Reuters" at the end are asides; so is "as it is said"."""
        if self._word(index) != "as" or index + 2 >= self.range.stop:
            return None
        for verb in range(index + 2, min(self.range.stop, index + 12)):
            if self.scene.stops_before(verb):
                return None
            cue = english_verbs().get(self._word(verb))
            if cue is None or cue.is_participle or verb in self.scene.mention_of_word:
                continue
            holder = holder_between(self.scene, index + 1, verb)
            if holder is None or holder.weight < Weight.FAIR:
                return None
            last = verb + 1
            last, told = self._told(last)
            if not self._ends_here(last):
                # "as he told …" goes on for a word or two: «as Daraj quotes it».
                last = min(self.range.stop, last + 1)
                if not self._ends_here(last):
                    return None
            farther, last = self._farther(last)
            steps = ((told,), (holder.source,)) if told else ((holder.source,), *farther)
            return self._aside(index, last, "according", cue.certainty, steps, 0.85)
        return None

    def _aside(
        self, index: int, last: int, family: str, certainty: str, steps: tuple[tuple[SourceFound, ...], ...], confidence: float
    ) -> Draft | None:
        opens = index - self.range.start <= 1
        content = Part(last, self.range.stop) if opens else Part(self.range.start, index)
        if not opens and last < self.range.stop and index - self.range.start < _SHORT and self._goes_on(last):
            # "The minister, as Reuters reported, spoke of …": an aside in the middle of what is told.
            content = Part(self.range.start, self.range.stop)
        if content.is_empty:
            return None
        if not opens and (quotation := self._quotation_before(index)) is not None:
            content = quotation
        return Draft(index, last, family, certainty, steps, content, confidence)

    def _goes_on(self, index: int) -> bool:
        return self._word(index) not in words("telling", "clause-en") and not any(
            mark in ";:—" for mark in self.scene.words[index].gap
        )

    # Verbs

    def _verb(self, index: int) -> Draft | None:
        cue = english_verbs().get(self._word(index))
        if cue is None:
            return None
        if cue.is_participle:
            return self._participle(index, cue)
        previous = self._word(index - 1) if index > self.range.start else ""
        if previous in _BEFORE_NOUNS or (previous in _PASSIVE and not cue.is_imperfect):
            return None
        return self._behind(index, cue) or self._before(index, cue)

    def _before(self, index: int, cue: Cue) -> Draft | None:
        """"Officials told Reuters that …": the speaker, the verb, and then what is told."""
        first, subject_end = self._subject(index)
        pronoun = self._is_pronoun(first, subject_end)
        if first == subject_end and self._word(first - 1) in {"and", "but", "then"} and first > self.range.start:
            # "… and said that": the subject is that of the verb before.
            pronoun = True
        holder = None if pronoun else holder_between(self.scene, first, subject_end)
        if not pronoun and (holder is None or not self._agrees(index, cue, subject_end)):
            return None
        last, told = self._told(index + 1)
        farther = self._cited_inside(subject_end, index)
        if not farther:
            farther, last = self._farther(last)
        joined = first == subject_end
        opening = self._opening(last, cue, near=pronoun)
        if opening is None or (joined and not self._opens_joined(opening, cue)):
            return None
        strong = self._word(opening.first - 1) == "that" or opening.quotation is not None or self._word(opening.first) == "that"
        if holder is not None:
            if holder.weight is Weight.WEAK and not strong:
                return None
            if holder.weight is Weight.FAIR and not (strong or told or cue.family != "hold"):
                return None
        sources = (holder.source,) if holder else ()
        steps: tuple[tuple[SourceFound, ...], ...] = (sources,) if sources else ()
        if told is not None and steps:
            steps = ((told,), *steps)
        elif steps and farther:
            steps = (*steps, *farther)
        confidence = 0.5 if pronoun else {Weight.STRONG: 0.9, Weight.FAIR: 0.8}.get(holder.weight if holder else Weight.WEAK, 0.55)
        return Draft(
            first, opening.first, cue.family, cue.certainty, steps, opening, confidence,
            told=told if pronoun else None,
            is_plural=pronoun and self._word(min(first, index)) == "they",
            goes_on=pronoun,
        )

    def _behind(self, index: int, cue: Cue) -> Draft | None:
        """", the commission said on Tuesday." and ", said the minister.": what is told stands before."""
        if _BARE not in cue.openings and cue.verb not in {"announce", "call", "estimate", "state", "declare"}:
            return None
        turned = index > self.range.start and ("," in self.scene.words[index].gap or self._closes_quotation(index))
        if turned:
            if index + 1 >= self.range.stop or self._word(index + 1) == "that":
                return None
            found = holders_from(self.scene, index + 1, self.range.stop)
            if not found or max(one.weight for one in found) < Weight.FAIR:
                return None
            content = self._quotation_before(index) or Part(self.range.start, index)
            farther, last = self._farther(found[-1].last)
            steps = (tuple(one.source for one in found), *farther)
            return Draft(index, last, cue.family, cue.certainty, steps, content, 0.9)
        first, subject_end = self._subject(index)
        if first <= self.range.start or not self._parted(first):
            return None
        last, told = self._told(index + 1)
        if not (self._ends_here(last) or self._word(last) in words("telling", "adverbial-en") or self._word(last) == "as"):
            return None
        farther, last = self._farther(last)
        pronoun = self._is_pronoun(first, subject_end)
        holder = None if pronoun else holder_between(self.scene, first, subject_end)
        if not pronoun and (holder is None or holder.weight < Weight.FAIR or not self._agrees(index, cue, subject_end)):
            return None
        content = self._quotation_before(first) or Part(self.range.start, first)
        steps: tuple[tuple[SourceFound, ...], ...] = ((holder.source,),) if holder else ()
        if told is not None and steps:
            steps = ((told,), *steps)
        elif steps:
            steps = (*steps, *(farther or self._cited_inside(subject_end, index)))
        return Draft(
            first, last, cue.family, cue.certainty, steps, content, 0.5 if pronoun else 0.9,
            told=told if pronoun else None, goes_on=pronoun,
        )

    def _participle(self, index: int, cue: Cue) -> Draft | None:
        if "," not in self.scene.words[index].gap or cue.verb in {"report", "call", "hold", "find", "cite", "quote", "tell"}:
            return None
        opening = self._opening(index + 1, cue)
        if opening is None:
            return None
        return Draft(index, opening.first, cue.family, cue.certainty, (), opening, 0.5, goes_on=True)

    # Pieces

    def _is_pronoun(self, first: int, last: int) -> bool:
        return last - first == 1 and self._word(first) in words("telling", "pronoun-en")

    def _agrees(self, index: int, cue: Cue, subject_end: int) -> bool:
        """Whether the words before can be the subject: "sources it described" is a relative clause, "a report" a noun."""
        if subject_end == self.range.start:
            return False
        last = self._word(subject_end - 1)
        if last in words("telling", "pronoun-en"):
            return False
        is_base = cue.is_imperfect and self._word(index) == cue.verb
        known = (subject_end - 1) in self.scene.mention_of_word
        return not is_base or last.endswith("s") or known or last in {"many", "some", "people", "police", "others", "few"}

    def _subject(self, index: int) -> tuple[int, int]:
        """The words before the verb that may be its subject, from the first to before the last."""
        end = index
        while end > self.range.start and self._word(end - 1) in words("telling", "auxiliary-en") and not self._parted(end):
            end -= 1
        if end > self.range.start and self._parted(end):
            # ", which speaks for the forces, called": what stands between the commas is passed over.
            opened = end - 1
            while opened > self.range.start and not self._parted(opened):
                opened -= 1
            if opened > self.range.start and self._word(opened) in _PARENTHESES:
                # A name in apposition is the subject itself: "the minister, Abdulaziz bin Salman, said".
                return self._noun_phrase(opened - 1), opened
            elif opened > self.range.start and opened in self.scene.mention_of_word:
                return opened, end
        return self._noun_phrase(end), end

    def _noun_phrase(self, end: int) -> int:
        """The word with which the noun phrase that ends before that word begins."""
        first = end
        while first > self.range.start and not self._parted(first):
            previous = self._word(first - 1)
            if previous in words("telling", "clause-en") and first - 1 not in self.scene.mention_of_word:
                if previous == "and" and first - 2 >= self.range.start and first - 1 > self.range.start and self._lists(first):
                    first -= 1
                    continue
                break
            first -= 1
        return first

    def _lists(self, first: int) -> bool:
        """Whether "and" before that word joins two subjects rather than two clauses."""
        return self._word(first) not in words("telling", "pronoun-en") and first in self.scene.mention_of_word

    def _parted(self, index: int) -> bool:
        return any(mark in ",;:—()\u201c\u201d\"«»" for mark in self.scene.words[index].gap)

    def _told(self, index: int) -> tuple[int, SourceFound | None]:
        """"told Reuters", "told the agency": the outlet that was told, with the place after it."""
        if index == self.range.start or english_verbs().get(self._word(index - 1), Cue("", "", "", frozenset())).verb != "tell":
            return index, None
        at = index
        while at < min(self.range.stop, index + 3):
            mention = self.scene.mention_starting(at)
            if mention is not None:
                if mention.record.kind != OUTLET:
                    return self.scene.last_word[mention] + 1, None
                return self.scene.last_word[mention] + 1, SourceFound(
                    OUTLET, mention.surface, mention.start, mention.end, mention.record
                )
            if self._word(at) in words("naming", "media"):
                start, end = self.scene.words[index].start, self.scene.words[at].end
                return at + 1, SourceFound(OUTLET, self.scene.text[start:end], start, end)
            at += 1
        # "told his cabinet that": the hearer is passed over.
        for at in range(index, min(self.range.stop, index + 8)):
            if self._word(at) == "that" or self.scene.stops_before(at) or self.scene.quotation_opening(at):
                return at, None
        return (index + 1 if index < self.range.stop else index), None

    def _farther(self, index: int) -> tuple[tuple[tuple[SourceFound, ...], ...], int]:
        """", citing two politicians": those whom the teller has it from."""
        if index >= self.range.stop:
            return (), index
        length = self._phrase(index, "citing")
        if not length:
            return (), index
        found = holders_from(self.scene, index + length, self.range.stop)
        if not found:
            return (), index
        deeper, last = self._farther(found[-1].last)
        return (tuple(one.source for one in found), *deeper), last

    def _cited_inside(self, first: int, last: int) -> tuple[tuple[SourceFound, ...], ...]:
        for at in range(first, last):
            steps, _end = self._farther(at)
            if steps:
                return steps
        return ()

    def _opens_joined(self, opening: Part, cue: Cue) -> bool:
        """Whether a verb without a subject of its own tells something: "and said that", "and asked all sides to"."""
        first = self._word(opening.first)
        return first == "that" or opening.quotation is not None or cue.family in {"demand", "accuse", "deny"}

    def _opening(self, index: int, cue: Cue, *, near: bool = False) -> Part | None:
        end = self.range.stop
        for at in range(index, min(end, index + (3 if near else 12))):
            if self._word(at) == "that" and not (at + 1 < end and self._word(at + 1) in _TIMES):
                return Part(at, end, self.scene.quotation_opening(at))
            quotation = self.scene.quotation_opening(at)
            if quotation is not None:
                inside = self.scene.reading.words_in(quotation)
                if len(inside) >= 3:
                    return Part(at, min(end, max(inside.stop, at + 1)), quotation)
            if ":" in self.scene.words[at].gap:
                return Part(at, end)
            if at == index and self._opens_here(at, cue):
                return Part(at, end)
            if at > index and self._word(at) in english_verbs():
                return None
        return None

    def _opens_here(self, at: int, cue: Cue) -> bool:
        if self.scene.stops_before(at):
            return False
        word = self._word(at)
        if word in cue.openings:
            return True
        if _BARE in cue.openings and cue.verb != "tell":
            return word not in words("telling", "adverbial-en")
        if cue.verb == "tell":
            return at > 0 and self._word(at - 1) not in english_verbs()
        return OBJECT in cue.openings and word not in words("telling", "adverbial-en")

    def _ends_here(self, index: int) -> bool:
        return index >= self.range.stop or any(mark in ",;:.—)" for mark in self.scene.words[index].gap)

    def _closes_quotation(self, index: int) -> bool:
        return any(mark in "”»\"" for mark in self.scene.words[index].gap.strip())

    def _quotation_before(self, index: int) -> Part | None:
        if index <= self.range.start:
            return None
        previous = self.scene.words[index - 1]
        quotation = self.scene.reading.quotation_at(previous.start)
        if quotation is None or quotation.end > self.scene.words[index].start:
            return None
        inside = self.scene.reading.words_in(quotation)
        return Part(inside.start, index, quotation) if len(inside) >= 4 else None

    def _clause(self, index: int) -> Part:
        return Part(self.range.start, self.range.stop)

    def _phrase(self, index: int, group: str) -> int:
        longest = 0
        for phrase in _by_first(group).get(self._word(index), ()):
            if index + len(phrase) <= self.range.stop and all(
                self._word(index + offset) == word for offset, word in enumerate(phrase)
            ):
                longest = max(longest, len(phrase))
        return longest


@lru_cache(maxsize=4)
def _by_first(group: str) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases("english_phrases", group):
        found.setdefault(phrase[0], []).append(phrase)
    return found
