"""Arabic verbs of telling: before their speaker, behind him, and going on with one who spoke before."""

from __future__ import annotations

from articles.suggestions.arabic_citing import ArabicCiting
from articles.suggestions.arabic_pieces import PREPOSITIONS, REACH
from articles.suggestions.draft import Draft, Part
from articles.suggestions.holders import Holder, SourceFound, Weight, holders
from articles.suggestions.lists import phrases, words
from articles.suggestions.names import PERSON
from articles.suggestions.scene import bare, is_complement
from articles.suggestions.verbs import OBJECT, Cue, arabic_verbs

# Verbs whose hearer is their object: «أبلغ مسؤولون رويترز».
OUTRIGHT = frozenset(("أبلغ", "أخبر", "أطلع"))
_MOST_WORDS_BEFORE_VERB = 16
_PREPOSITIONS_TOO = frozenset(("بين",))


class ArabicVerbs(ArabicCiting):
    """The verbs of one sentence."""

    def _verb(self, index: int) -> Draft | None:  # noqa: PLR0911 - a list of cases
        words_of = self.scene.words
        cue = arabic_verbs().get(words_of[index].spelled)
        if cue is None or index in self.scene.mention_of_word:
            return None
        before = [words_of[at].spelled for at in range(max(self.range.start, index - 2), index)]
        if before and before[-1] in words("telling", "negation"):
            return None
        if self._is_noun(index, cue, before):
            return None
        if len(before) == 2 and before[0] in {"عن", "وعن"} and bare(before[1]) in words("holders", "unnamed"):
            # «عن مصادر قالت إنها قريبة من …»: what the source says of itself.
            return None
        if words_of[index].text.startswith("أ") and not cue.verb.startswith("أ"):
            # «أعتقد», «أتهم»: the speaker of a quotation says it of himself.
            return None
        following = words_of[index + 1].spelled if index + 1 < self.range.stop else ""
        if following in words("telling", "unwilling"):
            return None
        if cue.is_participle:
            return self._participle(index, cue)
        first = self._subject_before(index)
        if first is not None and first > self.range.start and is_complement(words_of[first - 1]):
            # «أن فلاناً أبلغ المجلس أن …»: after «أن» the speaker comes first.
            return self._verb_second(index, cue) or self._verb_first(index, cue)
        return (
            self._cited(index, cue)
            or self._verb_first(index, cue)
            or self._verb_behind(index, cue)
            or self._verb_second(index, cue)
        )

    def _is_noun(self, index: int, cue: Cue, before: list[str]) -> bool:
        """Whether the word is rather a noun or a preposition that is written like the verb."""
        if before and before[-1] in words("telling", "governing") and not self.scene.stops_before(index):
            # «بعد تعهد الاتحاد»
            return True
        if cue.verb in _PREPOSITIONS_TOO and self._turns_out(index, cue):
            return True
        if cue.verb == "ذكر" and self._is_by_the_way(index, cue):
            return True
        if cue.verb not in _PREPOSITIONS_TOO or cue.is_participle or cue.is_imperfect:
            return False
        # «بيّن» and «بين»: only where a sentence or clause begins it is the verb.
        opens = index == self.range.start or before[-1] in words("telling", "clause")
        following = self.scene.words[index + 1].spelled if index + 1 < self.range.stop else "ما"
        return not opens or following.startswith("ما")

    def _turns_out(self, index: int, cue: Cue) -> bool:
        """«تبيّن أن …»: written like «تبيّن الدراسة أن …», it tells on nobody's word."""
        if not cue.is_imperfect or not cue.is_feminine or index + 1 >= self.range.stop:
            return False
        following = self.scene.words[index + 1]
        return (
            is_complement(following)
            or following.spelled in words("telling", "manner")
            or following.spelled in words("telling", "aside")
            or following.spelled in PREPOSITIONS
        )

    def _is_by_the_way(self, index: int, cue: Cue) -> bool:
        """«يُذكر أن …»: what the article itself adds, on nobody's word."""
        opens = index == self.range.start and index + 1 < self.range.stop
        return (
            opens and cue.is_imperfect and not cue.is_feminine and is_complement(self.scene.words[index + 1])
        )

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

    def _verb_first(self, index: int, cue: Cue) -> Draft | None:  # noqa: C901, PLR0911 - a list of cases
        """«قال سياسي مقرب منه لوكالة فرانس برس …»"""
        end = self.range.stop
        at = index + 1
        if at >= end or is_complement(self.scene.words[at]):
            return None
        while at + 1 < end and self.scene.words[at].spelled in words("telling", "in-turn"):
            # «واعترف بدوره، مدرب الفريق …»
            at += 1
        in_marks = self._name_in_marks(at, end)
        if in_marks is None and self.scene.quotation_opening(at):
            return None
        if self._opens_own_words(at, cue) or self.scene.words[at].spelled in words("telling", "his-words"):
            return None
        spelled = self.scene.words[at].spelled
        if (
            (self.scene.stops_before(at) and at == index + 1)
            or spelled in words("telling", "aside")
            or spelled in words("telling", "bound")
            or spelled in words("telling", "his-honour")
        ):
            return None
        if self._is_addressee(at) or spelled in PREPOSITIONS:
            return None
        found = [in_marks] if in_marks else holders(self.scene, at, min(end, at + REACH))
        if not found:
            return None
        weight = max(one.weight for one in found)
        last, told = self._told_to(found[-1].last, end, outright=cue.verb in OUTRIGHT)
        document, last = self._document(last, end)
        last, farther = self._farther(last, end)
        document_after, last = self._document(last, end)
        told_at, last = last, self._past_manner(last, end)
        opening = self._opening(last, cue, end)
        if told_at < last < end and OBJECT in cue.openings and not self._is_marked(opening):
            # «اتهمت الحكومة اليوم، المتمردين …»: the comma closes the aside.
            opening = Part(last, end)
        if told_at == found[-1].last:
            found = self._with_the_name(found, opening)
        last = max(last, found[-1].last)
        if weight < Weight.FAIR and cue.family == "accuse":
            return None
        if opening is None or not self._is_enough(weight, opening, last, document or document_after, cue):
            return None
        steps, _last, document = self._steps(
            found, farther, told=told, last=last, document=document or document_after
        )
        steps = self._with_body(found, steps, document)
        confidence = {Weight.STRONG: 0.9, Weight.FAIR: 0.8}.get(weight, 0.55)
        return Draft(index, opening.first, cue.family, cue.certainty, steps, opening, confidence, document)

    def _is_marked(self, opening: Part | None) -> bool:
        """Whether «أن», a colon or a quotation opens it."""
        if opening is None:
            return False
        first = self.scene.words[opening.first]
        return opening.quotation is not None or is_complement(first) or ":" in first.gap

    def _past_manner(self, index: int, end: int) -> int:
        """Past «بشدة», «رسميا», and «متحدثا عن فلان» before a colon: how it was told, not what."""
        at = index
        while at < end and self.scene.words[at].spelled in words("telling", "manner"):
            at += 1
        cue = arabic_verbs().get(self.scene.words[at].spelled) if at < end else None
        if cue is None or not cue.is_participle or at in self.scene.mention_of_word:
            return at
        for behind in range(at + 1, min(end, at + REACH // 3)):
            if ":" in self.scene.words[behind].gap or self.scene.quotation_opening(behind) is not None:
                return behind
            if self.scene.stops_before(behind) or is_complement(self.scene.words[behind]):
                break
        return at

    def _is_enough(
        self, weight: Weight, opening: Part, last: int, document: SourceFound | None, cue: Cue
    ) -> bool:
        first = self.scene.words[opening.first]
        at = opening.first
        # «لفت فلان إلى أن …»: the preposition only hands over to «أن».
        hands_over = (
            first.spelled in PREPOSITIONS
            and at + 1 < self.range.stop
            and is_complement(self.scene.words[at + 1])
            and not self.scene.stops_before(at + 1)
        )
        is_plain = not (is_complement(first) or opening.quotation or ":" in first.gap or hands_over)
        feels = cue.verb == "أبدى" and first.spelled.endswith(("ه", "ها", "هم"))
        if feels:
            # «أبدى فلان ارتياحه»: of nobody else can it be said.
            return True
        if not is_plain:
            # «وقال فلان في مؤتمر عقده … إن», «وأكد فلان بعد لقائه … «…»»: when and where, of whomever the verb is.
            follows = opening.first - last <= 2 or document is not None or self._is_circumstance(last)
            return weight > Weight.WEAK or (weight is Weight.WEAK and follows)
        return weight >= Weight.FAIR or document is not None

    def _is_circumstance(self, index: int) -> bool:
        word = self.scene.words[index].spelled
        return word in words("telling", "circumstance") and not self.scene.stops_before(index)

    def _verb_second(self, index: int, cue: Cue) -> Draft | None:  # noqa: C901 - a list of cases
        """«الباحث فلان يجد أن …», «فهو يرى أن …», and «أكد في بيان أن …» of somebody named before."""
        end = self.range.stop
        last = index + 1
        if last < end and (self._is_addressee(last) or cue.verb in OUTRIGHT):
            last += 1
        passed = words("telling", "therein") | words("telling", "his-words")
        if last < end and self.scene.words[last].spelled in passed:
            # «التي أكد فيها ضرورة …», «وتابع قوله: …»
            last += 1
        document, last = self._document(last, end)
        last, told = self._told_to(last, end)
        opening = self._opening(last, cue, end, near=document is None and not cue.has_object)
        if opening is None and last < end and self._opens_own_words(last, cue):
            opening = Part(last, end)
        if opening is None and self._goes_on_speaking(index, last):
            opening = Part(last, end)
        if opening is None:
            return None
        first = self._subject_before(index)
        strong = is_complement(self.scene.words[opening.first]) or opening.quotation is not None
        if first is not None:
            found = holders(self.scene, first, index)
            reaches = bool(found) and (
                self._only_helpers(self._past_place(found[-1], index), index)
                or (strong and self._in_apposition(found[-1], index))
            )
            least = Weight.FAIR if strong else Weight.STRONG
            if self._had(first, index):
                # «كان فلان قد طالب بـ…»
                least = Weight.WEAK
            if reaches and max(one.weight for one in found) >= least:
                steps, _last, document = self._steps(found, (), told=told, document=document)
                return Draft(first, opening.first, cue.family, cue.certainty, steps, opening, 0.8, document)
        if (cue.is_feminine or cue.is_plural) and (speaker := self._antecedent(index)) is not None:
            steps, _last, document = self._steps([speaker], (), told=told, document=document)
            return Draft(
                speaker.first, opening.first, cue.family, cue.certainty, steps, opening, 0.7, document
            )
        blames = cue.has_object and (self.scene.words[opening.first].spelled,) in phrases(
            "arabic_phrases", "blame"
        )
        # «فريقه الذي وصفه بـ…»
        describes = cue.has_object and cue.family == "describe"
        if not (
            strong
            or document is not None
            or blames
            or describes
            or self._is_plain_enough(index, opening, cue)
        ):
            return None
        return Draft(
            index,
            opening.first,
            cue.family,
            cue.certainty,
            (),
            opening,
            0.65 if strong and document is not None else 0.5,
            document,
            told=told,
            is_feminine=cue.is_feminine,
            is_plural=cue.is_plural,
        )

    def _is_plain_enough(self, index: int, opening: Part, cue: Cue) -> bool:
        """«حيث تعهد بـ…», «أكد ضرورة …»: no subject, but nothing else either that the verb could mean."""
        if cue.is_imperfect or cue.has_object or cue.family not in {"report", "demand"}:
            return False
        first = self.scene.words[opening.first].spelled
        if (first,) in phrases("arabic_phrases", "stance"):
            return True
        is_object = OBJECT in cue.openings and not first.startswith("ب") and first not in PREPOSITIONS
        previous = self.scene.words[index - 1].spelled if index > self.range.start else ""
        begins = (
            self.scene.words[index].spelled.startswith("و")
            or previous in words("telling", "clause")
            or previous in words("telling", "auxiliary")
        )
        goes_on = self.scene.words[index].spelled in words("telling", "going-on") and "،" in (
            self.scene.words[opening.first].gap
        )
        return (begins and not is_object) or goes_on

    def _participle(self, index: int, cue: Cue) -> Draft | None:
        if not self.scene.words[index].gap.strip() and self.scene.words[index - 1].spelled not in {
            "وقال",
            "و",
        }:
            previous = self.scene.words[index - 1] if index else None
            if previous is None or not (
                cue.family in {"accuse", "demand", "deny"} and self.scene.words[index].spelled.endswith("ا")
            ):
                return None
        if not self.scene.words[index].spelled.endswith(("ا", "ة", "ه")):
            return None
        opening = self._opening(index + 1, cue, self.range.stop, near=True)
        if opening is None:
            return None
        return Draft(index, opening.first, cue.family, cue.certainty, (), opening, 0.6, goes_on=True)

    def _subject_before(self, index: int) -> int | None:
        """Where the noun phrase before the verb begins."""
        if self.scene.stops_before(index):
            return None
        at = index
        while at > self.range.start and index - at < _MOST_WORDS_BEFORE_VERB:
            if at < index and (self.scene.stops_before(at) or self._opens_clause(at)):
                break
            at -= 1
        while at < index and (
            self._opens_clause(at) or self.scene.words[at].spelled in words("telling", "auxiliary")
        ):
            at += 1
        return at if at < index and self.scene.words[at].spelled not in words("telling", "pronoun") else None

    def _opens_clause(self, index: int) -> bool:
        word = self.scene.words[index]
        return word.spelled in words("telling", "clause") or is_complement(word)

    def _in_apposition(self, holder: Holder, index: int) -> bool:
        """«الدكتور فلان عضو المجلس قال»: what stands between the name and the verb says who he is."""
        if holder.weight is not Weight.STRONG or holder.source.kind != PERSON or holder.last >= index:
            return False
        noun = bare(self.scene.words[holder.last].spelled)
        return noun in words("titles", "calling") or noun in words("holders", "unnamed")

    def _had(self, first: int, index: int) -> bool:
        """Whether «كان … قد» stands around the subject."""
        before = self.scene.words[first - 1].spelled if first > self.range.start else ""
        return self.scene.words[index - 1].spelled == "قد" and before.removeprefix("و") in {"كان", "كانت"}

    def _past_place(self, holder: Holder, index: int) -> int:
        """«النواب بالكونغرس هددوا»: the place of those who speak is passed over."""
        at = holder.last
        if at < index and self.scene.words[at].spelled.startswith("بال") and not self.scene.stops_before(at):
            at += 1
        return at

    def _only_helpers(self, first: int, last: int) -> bool:
        return all(
            self.scene.words[at].spelled in words("telling", "auxiliary")
            or self.scene.words[at].spelled in words("telling", "pronoun")
            for at in range(first, last)
        )
