"""English ways to say who says so: verbs of telling before, behind and inside what is told, "according to", "citing"."""

from __future__ import annotations

from collections.abc import Iterator

from articles.suggestions.draft import Draft, Part, Steps
from articles.suggestions.english_holders import holder_between, holders_from
from articles.suggestions.english_pieces import BARE, EnglishPieces
from articles.suggestions.holders import NOBODY, SourceFound, Weight, record_source
from articles.suggestions.lists import words
from articles.suggestions.verbs import Cue, english_verbs

# After these a word such as "report" or "demand" is a noun, or a verb that tells nothing.
_BEFORE_NOUNS = frozenset("the a an this its his her their to no not never any such own".split())
_PASSIVE = frozenset("is are was were be been being".split())
# "He said": surely told, and likely by whoever spoke before.
_OF_PRONOUN = 0.6
# An aside after fewer words than this stands in the middle of what is told.
_SHORT = 10


class EnglishRules(EnglishPieces):
    """One sentence at a time; `drafts` says what was found in it."""

    def drafts(self) -> Iterator[Draft]:
        taken: set[int] = set()
        if (speaker := self.scene.speaker_before_colon(self.range)) is not None:
            at, mention = speaker
            steps = ((record_source(mention),),)
            yield Draft(self.range.start, at, "report", "reported", steps, Part(at, self.range.stop), 0.8)
            taken.update(range(self.range.start, at))
        for index in self.range:
            if (
                index in taken
                or index in self.scene.mention_of_word
                or self.scene.words[index].script != "latin"
            ):
                continue
            draft = self._according(index) or self._as_told(index) or self._nobody(index) or self._verb(index)
            if draft is not None:
                taken.update(range(draft.cue_first, max(draft.cue_last, index + 1)))
                yield draft

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
        return self._aside(index, last, "reported", steps)

    def _as_told(self, index: int) -> Draft | None:
        """ ", as Reuters reported," and "Daraj reported, quoting Reuters" at the end are asides; so is "as it is said"."""
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
            return self._aside(index, last, cue.certainty, steps)
        return None

    def _aside(
        self,
        index: int,
        last: int,
        certainty: str,
        steps: Steps,
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
        return Draft(index, last, "according", certainty, steps, content, 0.85)

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
        if previous.endswith("ly") and index - 2 >= self.range.start:
            # "was initially reported"
            previous = self._word(index - 2)
        if previous in _BEFORE_NOUNS or (previous in _PASSIVE and not cue.is_imperfect):
            return None
        if any(mark in "'’" for mark in self.scene.words[index].gap) or self._is_of_oneself(index):
            # "opponents' calls"
            return None
        return self._behind(index, cue) or self._before(index, cue)

    def _is_of_oneself(self, index: int) -> bool:
        """ "I believe", "we would expect": whoever speaks says it of himself, and is told of elsewhere."""
        first, last = self._subject(index)
        return last - first == 1 and self._word(first) in {"i", "we", "you"}

    def _before(self, index: int, cue: Cue) -> Draft | None:  # noqa: C901 - a list of cases
        """ "Officials told Reuters that …": the speaker, the verb, and then what is told."""
        first, subject_end = self._subject(index)
        pronoun = self._is_pronoun(first, subject_end)
        if (
            first == subject_end
            and self._word(first - 1) in {"and", "but", "then", "which"}
            and first > self.range.start
        ):
            # "… and said that": the subject is that of the verb before.
            pronoun = True
        if first == subject_end and cue.family == "report" and self._speak_in_passing(first - 1):
            # "critics who say it could": they stand before.
            first, subject_end = max(self._noun_phrase(first - 1), first - 3), first - 1
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
        strong = (
            self._word(opening.first - 1) == "that"
            or opening.quotation is not None
            or self._word(opening.first) == "that"
        )
        if holder is not None:
            if holder.weight is Weight.WEAK and not strong:
                return None
            if holder.weight is Weight.FAIR and not (strong or told or cue.family != "hold"):
                return None
        sources: tuple[SourceFound, ...] = (holder.source,) if holder else ()
        if holder is not None and len(beside := self._side_by_side(first, subject_end)) > 1:
            sources = beside
        steps: Steps = (sources,) if sources else ()
        if told is not None and steps:
            steps = ((told,), *steps)
        elif steps and farther:
            steps = (*steps, *farther)
        confidence = (
            _OF_PRONOUN
            if pronoun
            else {Weight.STRONG: 0.9, Weight.FAIR: 0.8}.get(holder.weight if holder else Weight.WEAK, 0.55)
        )
        return Draft(
            first,
            opening.first,
            cue.family,
            cue.certainty,
            steps,
            opening,
            confidence,
            told=told if pronoun else None,
            is_plural=pronoun and self._word(min(first, index)) == "they",
            goes_on=pronoun,
        )

    def _behind(self, index: int, cue: Cue) -> Draft | None:  # noqa: C901, PLR0911 - a list of cases
        """ ", the commission said on Tuesday." and ", said the minister.": what is told stands before."""
        may_turn = BARE in cue.openings or cue.verb in {"announce", "call", "estimate", "state", "declare"}
        if not may_turn and cue.family not in {"report", "hold"}:
            return None
        behind_mark = index > self.range.start and (
            "," in self.scene.words[index].gap or self._closes_quotation(index)
        )
        turned = may_turn and behind_mark
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
        if last < self.range.stop and (
            ":" in self.scene.words[last].gap or self.scene.quotation_opening(last)
        ):
            # "In May, Mr Roe said: …": what is told stands behind after all.
            return None
        if not (
            self._ends_here(last)
            or self._word(last) in words("telling", "adverbial-en")
            or self._word(last) == "as"
        ):
            return None
        farther = self._cited_inside(last, self.range.stop)
        pronoun = self._is_pronoun(first, subject_end)
        holder = None if pronoun else holder_between(self.scene, first, subject_end)
        # ", the auditors found." at the very end: whoever they are, they said so.
        ends = last >= self.range.stop or self._word(last) in words("telling", "adverbial-en")
        closes = ends and self._word(first) in words("telling", "article-en")
        if not pronoun and (
            holder is None
            or (holder.weight < Weight.FAIR and not closes)
            or not self._agrees(index, cue, subject_end)
        ):
            return None
        content = self._quotation_before(first) or Part(self.range.start, first)
        chain: Steps = ((holder.source,),) if holder else ()
        if told is not None and chain:
            chain = ((told,), *chain)
        elif chain:
            chain = (*chain, *(farther or self._cited_inside(subject_end, index)))
        return Draft(
            first,
            last,
            cue.family,
            cue.certainty,
            chain,
            content,
            _OF_PRONOUN if pronoun else 0.9,
            told=told if pronoun else None,
            goes_on=pronoun,
        )

    def _participle(self, index: int, cue: Cue) -> Draft | None:
        if "," not in self.scene.words[index].gap or cue.verb in {
            "report",
            "call",
            "hold",
            "find",
            "cite",
            "quote",
            "tell",
        }:
            return None
        opening = self._opening(index + 1, cue)
        if opening is None:
            return None
        return Draft(index, opening.first, cue.family, cue.certainty, (), opening, 0.5, goes_on=True)
