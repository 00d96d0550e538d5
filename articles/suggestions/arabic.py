"""Arabic ways to say who says so: verbs of telling, «بحسب», sources told to an outlet, and words that name nobody."""

from __future__ import annotations

from collections.abc import Iterator

from articles.suggestions.arabic_pieces import REACH
from articles.suggestions.arabic_telling import OUTRIGHT, ArabicVerbs
from articles.suggestions.draft import Draft, Part, Steps
from articles.suggestions.holders import NOBODY, SourceFound, Weight, holders, record_source
from articles.suggestions.lists import phrases
from articles.suggestions.scene import is_complement
from articles.suggestions.verbs import Cue, arabic_verbs

# An aside after fewer words than this stands in the middle of what is told.
_SHORT = 10


class ArabicRules(ArabicVerbs):
    """One sentence at a time; `drafts` says what was found in it."""

    def drafts(self) -> Iterator[Draft]:
        taken: set[int] = set()
        if (speaker := self.scene.speaker_before_colon(self.range)) is not None:
            at, mention = speaker
            steps = ((record_source(mention),),)
            yield Draft(self.range.start, at, "report", "reported", steps, Part(at, self.range.stop), 0.8)
            taken.update(range(self.range.start, at))
        for index in self.range:
            if index in taken and self._between_dashes(index) and (aside := self._according(index)):
                # «قال فلان - حسب ما أوردته صحيفة … - …»: inside another's cue.
                yield aside
            if index in taken or not self.scene.words[index].is_arabic:
                continue
            draft = self._nobody(index) or self._according(index) or self._verb(index) or self._noun(index)
            if draft is not None:
                taken.update(range(draft.cue_first, draft.cue_last))
                yield draft

    # Nobody

    def _nobody(self, index: int) -> Draft | None:
        length = self._phrase(index, "nobody")
        if not length:
            return None
        last = index + length
        if last < self.range.stop and self.scene.words[last - 1].spelled.endswith(("ات", "مخاوف", "شكوك")):
            # «هناك مخاوف جدية من …»
            last += self.scene.words[last].spelled.endswith("ة")
        source = self._source_of_words(NOBODY, index, last)
        if last < self.range.stop and is_complement(self.scene.words[last]):
            last += 1
        parenthetical = last >= self.range.stop or self.scene.stops_before(last)
        content = Part(self.range.start, index) if parenthetical else Part(last, self._end_of_nobody(last))
        if content.is_empty:
            return None
        return Draft(index, last, "nobody", "reported", ((source,),), content, 0.6)

    def _end_of_nobody(self, index: int) -> int:
        """An accusation without an accuser, said in passing, ends at the next comma."""
        if self.scene.words[index - 1].spelled.startswith(("متهم", "المتهم")):
            for at in range(index + 1, min(self.range.stop, index + REACH)):
                if self.scene.stops_before(at):
                    return at
        return self.range.stop

    # According to

    def _according(self, index: int) -> Draft | None:
        length = self._phrase(index, "according")
        if not length or index in self.scene.mention_of_word:
            return None
        at = index + length
        if at >= self.range.stop:
            return None
        cue = arabic_verbs().get(self.scene.words[at].spelled)
        if cue is not None and at not in self.scene.mention_of_word:
            return self._as_told(index, at, cue)
        if self.scene.words[index].spelled in {"كما", "مثلما", "على", "حسبما", "بحسبما"} and length < 3:
            return None
        found = holders(self.scene, at, self._end_of_clause(at))
        if not found or max(one.weight for one in found) < Weight.FAIR:
            return None
        steps, last, document = self._steps(found, ())
        return self._parenthesis(index, last, "reported", steps, document)

    def _as_told(self, index: int, verb: int, cue: Cue) -> Draft | None:
        """«على ما نقلت شفق نيوز عن مصدر عسكري»: a verb inside a parenthesis."""
        if index == self.range.start and cue.family != "report":
            return None
        end = self._end_of_clause(verb + 1)
        found = holders(self.scene, verb + 1, end)
        if not found or max(one.weight for one in found) < Weight.FAIR:
            return None
        last, told = self._told_to(found[-1].last, end, outright=cue.verb in OUTRIGHT)
        document, last = self._document(last, end)
        last, farther = self._farther(last, self.range.stop)
        opening = self._opening(last, cue, self.range.stop, near=True)
        if opening is not None and is_complement(self.scene.words[opening.first]):
            # «كما أكد X أن …» is the verb itself.
            return None
        steps, last, document = self._steps(found, farther, told=told, last=last, document=document)
        return self._parenthesis(index, last, cue.certainty, steps, document)

    def _parenthesis(
        self, index: int, last: int, certainty: str, steps: Steps, document: SourceFound | None
    ) -> Draft | None:
        """What is told stands around it: before it, or after it where it opens the sentence."""
        opens = index - self.range.start <= 1
        content = Part(last, self.range.stop) if opens else Part(self.range.start, index)
        if not opens and last < self.range.stop and index - self.range.start < _SHORT and self._goes_on(last):
            # «تحدث الوزير، كما نقلت رويترز، عن …»: an aside in the middle of what is told.
            content = Part(self.range.start, self.range.stop)
        if not opens and (quotation := self._quotation_before(index)) is not None:
            content = quotation
        if content.is_empty:
            return None
        return Draft(index, last, "according", certainty, steps, content, 0.85, document)

    # Nouns of telling

    def _noun(self, index: int) -> Draft | None:  # noqa: PLR0911 - a list of cases
        if index in self.scene.mention_of_word or index + 1 >= self.range.stop:
            return None
        word = self.scene.words[index].spelled
        if (word,) in phrases("arabic_phrases", "address") or (word.removeprefix("و"),) in phrases(
            "arabic_phrases", "address"
        ):
            return self._addressed(index)
        if (word,) not in phrases("arabic_phrases", "noun"):
            return None
        before = self.scene.words[max(self.range.start, index - 6) : index]
        if before and before[-1].spelled == "الى":
            light = next(
                (w for w in before if (w.spelled.removeprefix("و"),) in phrases("arabic_phrases", "light")),
                None,
            )
            if light is not None:
                first = next(at for at in range(index) if self.scene.words[at].start == light.start)
                content = Part(index + 1, self.range.stop)
                is_feminine = light.spelled.endswith("ت")
                return Draft(
                    first,
                    index + 1,
                    "report",
                    "asserted",
                    (),
                    content,
                    0.6,
                    is_feminine=is_feminine,
                    is_plural=light.spelled.endswith("وا"),
                )
        mention = self.scene.mention_starting(index + 1)
        if mention is None or mention.proclitic:
            return None
        last = self.scene.last_word[mention] + 1
        if last >= self.range.stop or self.scene.stops_before(last):
            return None
        found = holders(self.scene, index + 1, self.range.stop)
        steps, last, document = self._steps(found[:1], ())
        return Draft(index, last, "report", "reported", steps, Part(last, self.range.stop), 0.5, document)

    def _addressed(self, index: int) -> Draft | None:
        """«وجّهت كتائب … تحذيرات بـ…»"""
        addressed = phrases("arabic_phrases", "addressed")
        if (self.scene.words[index + 1].spelled,) in addressed and index + 2 < self.range.stop:
            return Draft(index, index + 2, "accuse", "reported", (), Part(index + 1, self.range.stop), 0.5)
        found = holders(self.scene, index + 1, self.range.stop)
        if not found or found[0].weight < Weight.FAIR or found[0].last >= self.range.stop:
            return None
        last = found[0].last
        if (self.scene.words[last].spelled,) not in phrases(
            "arabic_phrases", "addressed"
        ) or self.scene.stops_before(last):
            return None
        steps, _last, document = self._steps(found[:1], ())
        return Draft(index, last + 1, "accuse", "reported", steps, Part(last, self.range.stop), 0.7, document)
