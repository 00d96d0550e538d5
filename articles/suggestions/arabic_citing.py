"""Arabic: an outlet told that is known by its marks alone, «نقلت عن فلان قوله», and a speaker who stands before «إذ»."""

from __future__ import annotations

from dataclasses import replace

from articles.suggestions.arabic_pieces import REACH, ArabicPieces
from articles.suggestions.draft import Draft, Part, Steps
from articles.suggestions.holders import (
    UNNAMED,
    Holder,
    SourceFound,
    Weight,
    holder,
    holders,
    record_source,
)
from articles.suggestions.lists import words
from articles.suggestions.names import ORGANISATION, OUTLET, PERSON
from articles.suggestions.scene import bare, is_complement
from articles.suggestions.verbs import Cue, arabic_verbs
from newsroom.text.arabic import is_stop_word

_CITING = "نقل"
# Between a speaker and what he did: «الولايات المتحدة، إذ أعلنت», «المنظمة التي حذرت».
_JOINING = frozenset("اذ حيث التي الذي الذين اللذين".split())
_MOST_BEFORE = 8
_LONGEST_NAME_IN_MARKS = 4
_LONGEST_FOREIGN = 4
# What a body says: whoever signs it, it is the body that speaks.
_OF_A_BODY = frozenset("بيان بلاغ بيانه بيانها".split())


class ArabicCiting(ArabicPieces):
    """What the verbs of one sentence need to know of those who were told, or told it before."""

    def _told_to(self, index: int, end: int, *, outright: bool = False) -> tuple[int, SourceFound | None]:
        last, told = super()._told_to(index, end, outright=outright)
        return (last, told) if told is not None else self._marked_outlet(index, end)

    def _marked_outlet(self, index: int, end: int) -> tuple[int, SourceFound | None]:
        """«لـ"الوطن"»: a short name in marks behind «لـ» is an outlet's, of which there is no record."""
        if index + 1 >= end or self.scene.words[index].spelled not in {"ل", "لـ"}:
            return index, None
        quotation = self.scene.quotation_opening(index + 1)
        if quotation is None or index + 1 in self.scene.mention_of_word:
            return index, None
        inside = self.scene.reading.words_in(quotation)
        if not 0 < len(inside) <= _LONGEST_NAME_IN_MARKS or self.scene.words[inside.start].spelled.endswith(
            "ين"
        ):
            return index, None
        start, stop = self.scene.words[inside.start].start, self.scene.words[inside.stop - 1].end
        return inside.stop, SourceFound(OUTLET, self.scene.text[start:stop], start, stop)

    def _farther(self, index: int, end: int) -> tuple[int, tuple[SourceFound, ...]]:
        """Also «…، عن “ذي غارديان”»: a name in marks, of which there is no record."""
        last, farther = super()._farther(index, end)
        if farther or index + 1 >= end or self.scene.words[index].spelled not in {"عن", "وعن"}:
            return last, farther
        name = self._name_in_marks(index + 1, end)
        return (name.last, (replace(name.source, kind=OUTLET),)) if name else (index, ())

    def _cited(self, index: int, cue: Cue) -> Draft | None:
        """«ونقلت عن فلان قوله إن …»: who tells it was named before, and whom it cites stands here."""
        end = self.range.stop
        if cue.verb != _CITING or index + 2 >= end or self.scene.words[index + 1].spelled != "عن":
            return None
        found = holders(self.scene, index + 2, min(end, index + REACH))
        if not found or max(one.weight for one in found) < Weight.FAIR:
            return None
        document, last = self._document(found[-1].last, end)
        # «فلان بن فلان الفلاني قوله»: of a long name the rules may know the beginning alone.
        saying = (at for at in range(last, min(end, last + 3)) if not self.scene.stops_before(at))
        said = next(
            (at for at in saying if self.scene.words[at].spelled in words("telling", "his-words")), None
        )
        says = said is not None
        last = last if said is None else said + 1
        document_after, last = self._document(last, end)
        opening = self._opening(last, cue, end, near=True) or (
            Part(last, end) if says and last < end else None
        )
        if opening is None:
            return None
        steps: Steps = (tuple(one.source for one in found),)
        return Draft(
            index,
            opening.first,
            cue.family,
            cue.certainty,
            steps,
            opening,
            0.8,
            document or document_after,
            is_cited=cue.is_feminine,
        )

    def _name_in_marks(self, index: int, end: int) -> Holder | None:
        """«وعبّرت «القحطاني» عن …»: a name that is set in marks, of which there is no record."""
        quotation = self.scene.quotation_opening(index)
        if quotation is None:
            return None
        inside = self.scene.reading.words_in(quotation)
        if not 0 < len(inside) <= _LONGEST_NAME_IN_MARKS - 1 or inside.stop >= end:
            return None
        start, stop = self.scene.words[index].start, self.scene.words[inside.stop - 1].end
        source = SourceFound(PERSON, self.scene.text[start:stop], start, stop)
        return Holder(source, Weight.FAIR, inside.stop, index)

    def _antecedent(self, index: int) -> Holder | None:
        """The body named right before «إذ» or «التي», whose verb stands behind."""
        at = index
        while at > self.range.start and self.scene.words[at - 1].spelled in words("telling", "auxiliary"):
            at -= 1
        if at - 2 < self.range.start or self.scene.words[at - 1].spelled not in _JOINING:
            return None
        end = at - 1
        for first in range(end - 1, max(self.range.start, end - _MOST_BEFORE) - 1, -1):
            if first + 1 < end and self.scene.stops_before(first + 1):
                break
            if first in self.scene.mention_of_word and self.scene.mention_starting(first) is None:
                continue
            found = holder(self.scene, first, end)
            if found is not None and found.last == end and found.weight >= Weight.FAIR:
                return found
        return None

    def _with_body(self, found: list[Holder], steps: Steps, document: SourceFound | None) -> Steps:
        """«القائد في كتائب … فلان في بيان»: a statement is the body's too for which he speaks."""
        if document is None or len(steps) != 1 or len(found) != 1 or found[0].source.kind != PERSON:
            return steps
        if bare(document.text.split()[0]) not in _OF_A_BODY:
            return steps
        bodies = [
            mention
            for at in range(found[0].first, found[0].last)
            if (mention := self.scene.mention_starting(at)) is not None
            and mention.record.kind == ORGANISATION
        ]
        return ((*steps[0], record_source(bodies[-1])),) if bodies else steps

    def _goes_on_speaking(self, index: int, last: int) -> bool:
        """«وأضاف، نتشرف …»: a comma for a colon, where a sentence begins with a verb of going on."""
        return (
            index == self.range.start
            and last == index + 1 < self.range.stop
            and self.scene.words[index].spelled in words("telling", "going-on")
            and self.scene.words[last].gap.strip() in {"،", ","}
        )

    def _with_the_name(self, found: list[Holder], opening: Part | None) -> list[Holder]:
        """«وزير النقل الماليزي ليو تيونج لاي»: a name by no form known, between an office and what is told."""
        if opening is None or len(found) != 1 or found[0].source.kind != UNNAMED:
            return found
        office = found[0]
        if bare(self.scene.words[office.first].spelled) not in words("titles", "calling"):
            return found
        last = office.last
        while last < min(opening.first, office.last + _LONGEST_FOREIGN) and self._is_plain_word(last):
            last += 1
        if last == office.last:
            return found
        start, stop = self.scene.words[office.last].start, self.scene.words[last - 1].end
        source = SourceFound(PERSON, self.scene.text[start:stop], start, stop, None, office.source.text)
        return [Holder(source, Weight.STRONG, last, office.first)]

    def _is_plain_word(self, index: int) -> bool:
        word = self.scene.words[index]
        return (
            word.is_arabic
            and not self.scene.stops_before(index)
            and self.scene.quotation_opening(index) is None
            and index not in self.scene.mention_of_word
            and not word.spelled.startswith(("ال", "بال", "لل", "وال"))
            and not is_complement(word)
            and not is_stop_word(word.text)
            and word.spelled not in arabic_verbs()
            and word.spelled not in words("telling", "aside")
            and word.spelled not in words("telling", "manner")
        )

    def _opens_own_words(self, index: int, cue: Cue) -> bool:
        """«وقال أنا سعيد …»: his own words, though no mark says so."""
        word = self.scene.words[index]
        return (
            cue.verb == "قال"
            and word.spelled in words("telling", "own-words")
            and not is_complement(word)
            and not self.scene.stops_before(index)
        )
