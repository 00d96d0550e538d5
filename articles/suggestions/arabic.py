"""Arabic ways to say who says so: verbs of telling, «بحسب», sources told to an outlet, and words that name nobody."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from articles.suggestions.draft import Draft, Part
from articles.suggestions.holders import NOBODY, Holder, SourceFound, Weight, holders
from articles.suggestions.lists import phrases, words
from articles.suggestions.names import OUTLET, PERSON
from articles.suggestions.scene import Scene, bare, is_complement
from articles.suggestions.verbs import OBJECT, PAST_OBJECT, Cue, arabic_verbs
from articles.suggestions.words import Span

# How far behind its verb what is told may begin.
_REACH = 40
_SHORT = 10
# Verbs whose hearer is their object: «أبلغ مسؤولون رويترز».
_OUTRIGHT = frozenset(("أبلغ", "أخبر", "أطلع"))
_MOST_WORDS_BEFORE_VERB = 16
_PREPOSITIONS = {"الى": ("الى",), "من": ("من",), "عن": ("عن",), "في": ("في", "فيه", "فيها"), "على": ("على",)}


class ArabicRules:
    """One sentence at a time; `drafts` says what was found in it."""

    def __init__(self, scene: Scene, sentence: Span) -> None:
        self.scene = scene
        self.sentence = sentence
        self.range = scene.reading.words_in(sentence)

    def drafts(self) -> Iterator[Draft]:
        taken: set[int] = set()
        for index in self.range:
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
        if last < self.range.stop and self.scene.words[last - 1].spelled.endswith("ات") or self.scene.words[last - 1].spelled == "مخاوف":
            # «هناك مخاوف جدية من …»
            last += bool(last < self.range.stop and self.scene.words[last].spelled.endswith("ة"))
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
            for at in range(index + 1, self.range.stop):
                if self.scene.stops_before(at):
                    return at
        return self.range.stop

    def _source_of_words(self, kind: str, first: int, last: int) -> SourceFound:
        words_of = self.scene.words
        return SourceFound(kind, self.scene.slice(first, last), words_of[first].start, words_of[last - 1].end)

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
        return self._parenthesis(index, last, "according", "reported", steps, document)

    def _as_told(self, index: int, verb: int, cue: Cue) -> Draft | None:
        """«على ما نقلت شفق نيوز عن مصدر عسكري»: a verb inside a parenthesis."""
        if index == self.range.start and cue.family != "report":
            return None
        end = self._end_of_clause(verb + 1)
        found = holders(self.scene, verb + 1, end)
        if not found or max(one.weight for one in found) < Weight.FAIR:
            return None
        last, told = self._told_to(found[-1].last, end, outright=cue.verb in _OUTRIGHT)
        document, last = self._document(last, end)
        last, farther = self._farther(last, self.range.stop)
        opening = self._opening(last, cue, self.range.stop, near=True)
        if opening is not None and is_complement(self.scene.words[opening.first]):
            # «كما أكد X أن …» is the verb itself.
            return None
        steps, last, document = self._steps(found, farther, told=told, last=last, document=document)
        return self._parenthesis(index, last, "according", cue.certainty, steps, document)

    def _parenthesis(
        self, index: int, last: int, family: str, certainty: str, steps: tuple, document: SourceFound | None
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
        return Draft(index, last, family, certainty, steps, content, 0.85, document)

    def _goes_on(self, index: int) -> bool:
        word = self.scene.words[index]
        return not word.spelled.startswith("و") and word.spelled not in words("telling", "clause")

    def _quotation_before(self, index: int) -> Part | None:
        """The quotation that ends right before that word."""
        if index == self.range.start:
            return None
        previous = self.scene.words[index - 1]
        quotation = self.scene.reading.quotation_at(previous.start)
        if quotation is None or quotation.end > self.scene.words[index].start:
            return None
        inside = self.scene.reading.words_in(quotation)
        if len(inside) < 4:
            return None
        return Part(inside.start, index, quotation)

    # Verbs

    def _verb(self, index: int) -> Draft | None:
        words_of = self.scene.words
        cue = arabic_verbs().get(words_of[index].spelled)
        if cue is None or index in self.scene.mention_of_word:
            return None
        if index > self.range.start and words_of[index - 1].spelled in words("telling", "negation"):
            return None
        following = words_of[index + 1].spelled if index + 1 < self.range.stop else ""
        if following in words("telling", "unwilling"):
            return None
        if cue.is_participle:
            return self._participle(index, cue)
        return self._verb_first(index, cue) or self._verb_behind(index, cue) or self._verb_second(index, cue)

    def _verb_behind(self, index: int, cue: Cue) -> Draft | None:
        """«…، قالت الأمم المتحدة نقلاً عن …»: what is told stands before."""
        if cue.family != "report" or index == self.range.start or not self.scene.stops_before(index):
            return None
        if self.scene.words[index].spelled.startswith(("و", "ف")) or index + 1 >= self.range.stop:
            return None
        found = holders(self.scene, index + 1, self._end_of_clause(index + 1))
        if not found or max(one.weight for one in found) < Weight.FAIR:
            return None
        last, told = self._told_to(found[-1].last, self.range.stop)
        last, farther = self._farther(last, self.range.stop)
        if last < self.range.stop and not self.scene.stops_before(last):
            return None
        steps, last, document = self._steps(found, farther, told=told, last=last)
        content = self._quotation_before(index) or Part(self.range.start, index)
        return Draft(index, last, cue.family, cue.certainty, steps, content, 0.8, document)

    def _verb_first(self, index: int, cue: Cue) -> Draft | None:
        """«قال سياسي مقرب منه لوكالة فرانس برس …»"""
        end = self.range.stop
        at = index + 1
        if at >= end or is_complement(self.scene.words[at]) or self.scene.quotation_opening(at):
            return None
        spelled = self.scene.words[at].spelled
        if self.scene.stops_before(at) or spelled in words("telling", "aside") or spelled in words("telling", "bound"):
            return None
        if self._is_addressee(at):
            return None
        found = holders(self.scene, at, min(end, at + _REACH))
        if not found:
            return None
        weight = max(one.weight for one in found)
        last, told = self._told_to(found[-1].last, end, outright=cue.verb in _OUTRIGHT)
        document, last = self._document(last, end)
        last, farther = self._farther(last, end)
        document_after, last = self._document(last, end)
        opening = self._opening(last, cue, end)
        if opening is None or not self._is_enough(weight, opening, last, document or document_after):
            return None
        steps, _last, document = self._steps(
            found, farther, told=told, last=last, document=document or document_after
        )
        confidence = {Weight.STRONG: 0.9, Weight.FAIR: 0.8}.get(weight, 0.55)
        return Draft(index, opening.first, cue.family, cue.certainty, steps, opening, confidence, document)

    def _is_enough(self, weight: Weight, opening: Part, last: int, document: SourceFound | None) -> bool:
        first = self.scene.words[opening.first]
        is_plain = not (is_complement(first) or opening.quotation or ":" in first.gap)
        if not is_plain:
            return weight > Weight.WEAK or (weight is Weight.WEAK and opening.first - last <= 2)
        return weight >= Weight.FAIR or document is not None

    def _verb_second(self, index: int, cue: Cue) -> Draft | None:
        """«الباحث فلان يجد أن …», «فهو يرى أن …», and «أكد في بيان أن …» of somebody named before."""
        end = self.range.stop
        last = index + 1
        if last < end and self._is_addressee(last):
            last += 1
        document, last = self._document(last, end)
        last, told = self._told_to(last, end)
        opening = self._opening(last, cue, end, near=document is None and not cue.has_object)
        if opening is None:
            return None
        first = self._subject_before(index)
        strong = is_complement(self.scene.words[opening.first]) or opening.quotation is not None
        if first is not None:
            found = holders(self.scene, first, index)
            reaches = bool(found) and self._only_helpers(found[-1].last, index)
            if reaches and max(one.weight for one in found) >= (Weight.FAIR if strong else Weight.STRONG):
                steps, _last, document = self._steps(found, (), told=told, document=document)
                return Draft(first, opening.first, cue.family, cue.certainty, steps, opening, 0.8, document)
        if not (strong or document is not None or self._is_plain_enough(index, opening, cue)):
            return None
        return Draft(
            index, opening.first, cue.family, cue.certainty, (), opening, 0.5, document, told=told,
            is_feminine=cue.is_feminine, is_plural=cue.is_plural,
        )

    def _is_plain_enough(self, index: int, opening: Part, cue: Cue) -> bool:
        """«حيث تعهد بـ…», «أكد ضرورة …»: no subject, but nothing else either that the verb could mean."""
        if cue.is_imperfect or cue.has_object or cue.family not in {"report", "demand"}:
            return False
        first = self.scene.words[opening.first].spelled
        if (first,) in phrases("arabic_phrases", "stance"):
            return True
        is_object = OBJECT in cue.openings and not first.startswith("ب") and first not in _PREPOSITIONS
        previous = self.scene.words[index - 1].spelled if index > self.range.start else ""
        begins = self.scene.words[index].spelled.startswith("و") or previous in words("telling", "clause") or previous in words(
            "telling", "auxiliary"
        )
        return begins and not is_object

    def _participle(self, index: int, cue: Cue) -> Draft | None:
        if not self.scene.words[index].gap.strip() and self.scene.words[index - 1].spelled not in {"وقال", "و"}:
            previous = self.scene.words[index - 1] if index else None
            if previous is None or not (cue.family in {"accuse", "demand", "deny"} and self.scene.words[index].spelled.endswith("ا")):
                return None
        if not self.scene.words[index].spelled.endswith(("ا", "ة", "ه")):
            return None
        opening = self._opening(index + 1, cue, self.range.stop, near=True)
        if opening is None:
            return None
        return Draft(index, opening.first, cue.family, cue.certainty, (), opening, 0.6, goes_on=True)

    def _subject_before(self, index: int) -> int | None:
        """Where the noun phrase before the verb begins."""
        at = index
        while at > self.range.start and index - at < _MOST_WORDS_BEFORE_VERB:
            word = self.scene.words[at]
            if at < index and (self.scene.stops_before(at) or word.spelled in words("telling", "clause")):
                break
            at -= 1
        while at < index and (
            self.scene.words[at].spelled in words("telling", "clause")
            or self.scene.words[at].spelled in words("telling", "auxiliary")
        ):
            at += 1
        return at if at < index and self.scene.words[at].spelled not in words("telling", "pronoun") else None

    def _only_helpers(self, first: int, last: int) -> bool:
        return all(
            self.scene.words[at].spelled in words("telling", "auxiliary")
            or self.scene.words[at].spelled in words("telling", "pronoun")
            for at in range(first, last)
        )

    # Nouns of telling

    def _noun(self, index: int) -> Draft | None:
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
            light = next((w for w in before if (w.spelled.removeprefix("و"),) in phrases("arabic_phrases", "light")), None)
            if light is not None:
                first = next(at for at in range(index) if self.scene.words[at].start == light.start)
                content = Part(index + 1, self.range.stop)
                is_feminine = light.spelled.endswith("ت")
                return Draft(
                    first, index + 1, "report", "asserted", (), content, 0.55, is_feminine=is_feminine,
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
        if (self.scene.words[last].spelled,) not in phrases("arabic_phrases", "addressed") or self.scene.stops_before(last):
            return None
        steps, _last, document = self._steps(found[:1], ())
        return Draft(index, last + 1, "accuse", "reported", steps, Part(last, self.range.stop), 0.7, document)

    # Pieces

    def _steps(
        self,
        found: list[Holder],
        farther: tuple[SourceFound, ...],
        *,
        told: SourceFound | None = None,
        last: int = 0,
        document: SourceFound | None = None,
    ) -> tuple[tuple[tuple[SourceFound, ...], ...], int, SourceFound | None]:
        """The steps of the chain, nearest first, with the place after them and the document they were told in."""
        sources = tuple(one.source for one in found)
        last = max(last, found[-1].last)
        if told is not None:
            return ((told,), sources), last, document
        if farther:
            return (sources, farther), last, document
        if len(sources) == 1 and sources[0].kind == "document":
            document = sources[0]
            owner = self._owner(found[0])
            if owner is not None:
                return ((owner.source,),), max(last, owner.last), document
        return (sources,), last, document

    def _owner(self, holder: Holder) -> Holder | None:
        """Whose the document is: «تصريح صحافي لمدير الدراسات …», «بيان لكتائب حزب الله»."""
        for at in range(holder.first + 1, min(self.range.stop, holder.last + 1)):
            word = self.scene.words[at]
            mention = self.scene.mention_starting(at)
            has_clitic = word.spelled.startswith("ل") or (mention is not None and mention.proclitic.endswith("ل"))
            if mention is not None or (has_clitic and bare(word.spelled) != word.spelled):
                found = holders(self.scene, at, min(self.range.stop, at + _REACH))
                if found and found[0].weight >= Weight.FAIR:
                    return found[0]
        return None

    def _is_addressee(self, index: int) -> bool:
        """«وقال للوزراء إنه …»: those who were told, and no outlet."""
        word = self.scene.words[index]
        if index in self.scene.mention_of_word or bare(word.spelled) in words("naming", "media"):
            return False
        return word.spelled.startswith("لل") and len(word.spelled) > 4

    def _told_to(self, index: int, end: int, *, outright: bool = False) -> tuple[int, SourceFound | None]:
        """«لوكالة فرانس برس», «لـ”درج”», «لموقع “شفق نيوز” الكردي العراقي»: the outlet that was told."""
        at = index
        while at < min(end, index + 3):
            mention = self.scene.mention_starting(at)
            if mention is not None and mention.record.kind == OUTLET:
                word = self.scene.words[index]
                if not (outright or mention.proclitic.endswith("ل") or word.spelled.startswith("ل")):
                    return index, None
                last = self.scene.last_word[mention] + 1
                while last < end and self.scene.words[last].spelled.startswith("ال") and not self.scene.stops_before(last):
                    last += 1
                return last, SourceFound(OUTLET, mention.surface, mention.start, mention.end, mention.record)
            at += 1
        if (unknown := self._unknown_outlet(index, end)) is not None:
            return unknown
        word = self.scene.words[index] if index < end else None
        if word is not None and word.spelled in {"للوكالة", "للصحيفة", "للقناة", "للموقع", "للشبكة", "للمجلة"}:
            return index + 1, SourceFound(OUTLET, word.text, word.start, word.end)
        return index, None

    def _unknown_outlet(self, index: int, end: int) -> tuple[int, SourceFound] | None:
        """«لوكالة الأنباء …», of which there is no record."""
        if index >= end or not self.scene.words[index].spelled.startswith("ل"):
            return None
        noun = bare(self.scene.words[index].spelled)
        if noun not in words("naming", "media") or not self.scene.words[index].spelled.endswith(noun):
            return None
        last = index + 1
        while last < min(end, index + 5) and not self.scene.stops_before(last) and not is_complement(self.scene.words[last]):
            if self.scene.words[last].spelled in words("telling", "aside") or self.scene.quotation_opening(last):
                break
            last += 1
        if last == index + 1:
            return None
        start = self.scene.words[index].start + len(self.scene.words[index].text) - len(noun)
        stop = self.scene.words[last - 1].end
        return last, SourceFound(OUTLET, self.scene.text[start:stop], start, stop)

    def _document(self, index: int, end: int) -> tuple[SourceFound | None, int]:
        """«في بيان الشهر الماضي»: the document or speech, up to what follows it."""
        at = index
        if at + 1 >= end or self.scene.words[at].spelled not in {"في", "خلال", "عبر", "ضمن", "على"}:
            return None, index
        head = self.scene.words[at + 1]
        if (bare(head.spelled),) not in phrases("arabic_phrases", "document") and (head.spelled,) not in phrases(
            "arabic_phrases", "document"
        ):
            return None, index
        last = at + 2
        while last < end and not self.scene.stops_before(last) and self.scene.quotation_opening(last) is None:
            word = self.scene.words[last].spelled
            if not word.endswith(("ي", "ية")) and not word.startswith("ال") or last in self.scene.mention_of_word or word in {"في", "الى"}:
                break
            last += 1
        return self._source_of_words("document", at + 1, last), last

    def _farther(self, index: int, end: int) -> tuple[int, tuple[SourceFound, ...]]:
        """«عن مسؤولين أمنيين ومصادر …», «نقلاً عن …»: those whom the teller has it from."""
        for at in range(index, min(end, index + 3)):
            word = self.scene.words[at]
            length = self._phrase(at, "citing")
            if not length or (at > index and not self.scene.stops_before(at)):
                continue
            found = holders(self.scene, at + length, min(end, at + _REACH))
            # «نقلت عن» is about sources, «أعلن عن» about a matter.
            if found and max(one.weight for one in found) >= Weight.FAIR and word.spelled:
                return found[-1].last, tuple(one.source for one in found)
        return index, ()

    def _opening(self, index: int, cue: Cue, end: int, *, near: bool = False) -> Part | None:
        """Where what is told begins, at that word or a little behind it."""
        limit = min(end, index + (4 if near else _REACH))
        for at in range(index, limit):
            word = self.scene.words[at]
            if is_complement(word):
                if at > index and self.scene.words[at - 1].spelled in words("telling", "subordinate") - cue.openings:
                    return None
                return Part(at, end, self.scene.quotation_opening(at))
            if (quotation := self.scene.quotation_opening(at)) is not None:
                inside = self.scene.reading.words_in(quotation)
                if len(inside) >= 3:
                    return Part(at, min(end, max(inside.stop, at + 1)), quotation)
            if ":" in word.gap:
                return Part(at, end)
            if self._opens_plainly(at, index, cue):
                return Part(at, end)
            if at > index and word.spelled in arabic_verbs() and at not in self.scene.mention_of_word:
                following = self.scene.words[at + 1].spelled if at + 1 < end else ""
                if following not in words("telling", "bound") and following not in words("telling", "unwilling"):
                    return None
        return None

    def _opens_plainly(self, at: int, index: int, cue: Cue) -> bool:
        word = self.scene.words[at]
        for preposition in cue.openings:
            if word.spelled in _PREPOSITIONS.get(preposition, ()):
                return at == index or not self.scene.stops_before(at)
            if preposition == "ب" and word.spelled.startswith("ب") and len(word.spelled) > 3 and at - index < 6:
                if word.spelled in words("telling", "aside") or at in self.scene.mention_of_word:
                    continue
                return True
        if cue.is_participle:
            return OBJECT in cue.openings and at == index and not self.scene.stops_before(at)
        return (
            (OBJECT in cue.openings or (PAST_OBJECT in cue.openings and not cue.is_imperfect))
            and not cue.has_object
            and at == index
            and not self.scene.stops_before(at)
            and word.spelled not in words("telling", "aside")
        )

    def _end_of_clause(self, index: int) -> int:
        for at in range(index + 1, self.range.stop):
            if any(mark in self.scene.words[at].gap for mark in ".؛;\n!?؟)"):
                return at
        return self.range.stop

    def _phrase(self, index: int, group: str) -> int:
        """How many words of a phrase of the group stand there; 0 for none. «ل» and «ب» at its end are clitics."""
        longest = 0
        for phrase in _by_first(group).get(self.scene.words[index].spelled, ()):
            if index + len(phrase) > self.range.stop:
                continue
            parts = [self.scene.words[index + offset].spelled for offset in range(len(phrase))]
            if parts == list(phrase) and not any(
                self.scene.stops_before(index + offset) for offset in range(1, len(phrase))
            ):
                longest = max(longest, len(phrase))
            elif len(phrase[-1]) == 1 and parts[:-1] == list(phrase[:-1]) and parts[-1].startswith(phrase[-1]):
                longest = max(longest, len(phrase) - 1)
        return longest


@lru_cache(maxsize=4)
def _by_first(group: str) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases("arabic_phrases", group):
        for conjunction in ("", "و", "ف"):
            found.setdefault(conjunction + phrase[0], []).append((conjunction + phrase[0], *phrase[1:]))
    return found


__all__ = ["PERSON", "ArabicRules"]
