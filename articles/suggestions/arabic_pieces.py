"""The pieces that Arabic attributions are put together from: outlets told, documents, farther sources, openings."""

from __future__ import annotations

from functools import lru_cache

from articles.suggestions.draft import Part
from articles.suggestions.holders import Holder, SourceFound, Weight, holders
from articles.suggestions.lists import phrases, words
from articles.suggestions.names import OUTLET
from articles.suggestions.scene import Scene, bare, is_complement
from articles.suggestions.verbs import OBJECT, PAST_OBJECT, Cue, arabic_verbs
from articles.suggestions.words import QUOTATION_MARKS, Span

# How far behind its verb what is told may begin.
REACH = 40
_THE_OUTLET = frozenset(("للوكالة", "للصحيفة", "للقناة", "للموقع", "للشبكة", "للمجلة"))
# Prepositions by which what is told may follow a verb, with the pronouns they take.
PREPOSITIONS = {"الى": ("الى",), "من": ("من",), "عن": ("عن",), "في": ("في", "فيه", "فيها"), "على": ("على",)}


class ArabicPieces:
    """One sentence, and what can be found in it from a word on."""

    def __init__(self, scene: Scene, sentence: Span) -> None:
        self.scene = scene
        self.sentence = sentence
        self.range = scene.reading.words_in(sentence)

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
            has_clitic = word.spelled.startswith("ل") or (
                mention is not None and mention.proclitic.endswith("ل")
            )
            if mention is not None or (has_clitic and bare(word.spelled) != word.spelled):
                found = holders(self.scene, at, min(self.range.stop, at + REACH))
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
                if not (
                    outright
                    or mention.proclitic.endswith("ل")
                    or self.scene.words[index].spelled.startswith("ل")
                ):
                    return index, None
                last = self.scene.last_word[mention] + 1
                while (
                    last < end
                    and self.scene.words[last].spelled.startswith("ال")
                    and not self.scene.stops_before(last)
                ):
                    last += 1
                return last, SourceFound(OUTLET, mention.surface, mention.start, mention.end, mention.record)
            at += 1
        if (unknown := self._unknown_outlet(index, end)) is not None:
            return unknown
        return self._told_agency(index, end)

    def _told_agency(self, index: int, end: int) -> tuple[int, SourceFound | None]:
        """«للوكالة»: the outlet named before."""
        if index < end and self.scene.words[index].spelled in _THE_OUTLET:
            word = self.scene.words[index]
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
        while (
            last < min(end, index + 5)
            and not self.scene.stops_before(last)
            and not is_complement(self.scene.words[last])
        ):
            if self.scene.words[last].spelled in words("telling", "aside") or self.scene.quotation_opening(
                last
            ):
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
        if (bare(head.spelled),) not in phrases("arabic_phrases", "document") and (
            head.spelled,
        ) not in phrases("arabic_phrases", "document"):
            return None, index
        last = at + 2
        while last < end and not self.scene.stops_before(last) and self.scene.quotation_opening(last) is None:
            word = self.scene.words[last].spelled
            is_adjective = word.endswith(("ي", "ية")) or word.startswith("ال")
            if not is_adjective or last in self.scene.mention_of_word or word in {"في", "الى"}:
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
            found = holders(self.scene, at + length, min(end, at + REACH))
            # «نقلت عن» is about sources, «أعلن عن» about a matter.
            if found and max(one.weight for one in found) >= Weight.FAIR and word.spelled:
                return found[-1].last, tuple(one.source for one in found)
        return index, ()

    def _opening(self, index: int, cue: Cue, end: int, *, near: bool = False) -> Part | None:  # noqa: C901, PLR0911 - a list of cases
        """Where what is told begins, at that word or a little behind it."""
        limit = min(end, index + (4 if near else REACH))
        passed = index
        for at in range(index, limit):
            word = self.scene.words[at]
            if at < passed:
                continue
            if near and at > index and self.scene.stops_before(at) and word.spelled.startswith("و"):
                # «يهدد الهوية، ولا شك أن …»: another clause.
                return None
            if self._phrase(at, "according") and (end_of_aside := self._dashed(at, limit)):
                # «قال فلان - حسب ما أوردته صحيفة …- "…"»
                passed = end_of_aside
                continue
            if is_complement(word):
                if (
                    at > index
                    and self.scene.words[at - 1].spelled in words("telling", "subordinate") - cue.openings
                ):
                    return None
                return Part(at, end, self.scene.quotation_opening(at))
            if (quotation := self.scene.quotation_opening(at)) is not None:
                inside = self.scene.reading.words_in(quotation)
                if len(inside) >= 3:
                    return Part(at, min(end, max(inside.stop, at + 1)), quotation)
            if ":" in word.gap or self._opens_unclosed(at):
                return Part(at, end)
            if self._opens_plainly(at, index, cue):
                return Part(at, end)
            if at > index and word.spelled in arabic_verbs() and at not in self.scene.mention_of_word:
                if not self._is_aside(at, end):
                    return None
                passed = next((place for place in range(at + 1, limit) if self.scene.stops_before(place)), at)
        return None

    def _dashed(self, at: int, limit: int) -> int:
        """The word behind an aside between dashes or commas that begins at that word; 0 where it is none."""
        opening = self.scene.words[at].gap.strip()
        if opening not in {"-", "–", "—", "،", ","}:
            return 0
        return next((to for to in range(at + 1, limit) if opening in self.scene.words[to].gap), 0)

    def _between_dashes(self, at: int) -> bool:
        return self.scene.words[at].gap.strip() in {"-", "–", "—"} and bool(self._dashed(at, self.range.stop))

    def _opens_unclosed(self, at: int) -> bool:
        """Whether a quotation begins there whose end a later paragraph has, or nobody wrote."""
        word = self.scene.words[at]
        if at == self.range.start or not any(mark in QUOTATION_MARKS for mark in word.gap):
            return False
        previous = self.scene.words[at - 1]
        quotation = self.scene.reading.quotation_at
        return (
            quotation(word.start) is None
            and quotation(previous.start) is None
            and word.gap[-1] in QUOTATION_MARKS
        )

    def _is_aside(self, at: int, end: int) -> bool:
        """Whether the verb only says more of the speaker: «، حمل توقيع فلان،», «أشارت إليها الوكالة»."""
        around = {self.scene.words[beside].spelled for beside in (at - 1, at + 1) if beside < end}
        if around & (words("telling", "bound") | words("telling", "unwilling")):
            return True
        word = self.scene.words[at]
        return "،" in word.gap and not word.spelled.startswith(("و", "ف"))

    def _opens_plainly(self, at: int, index: int, cue: Cue) -> bool:
        word = self.scene.words[at]
        for preposition in cue.openings:
            if word.spelled in PREPOSITIONS.get(preposition, ()):
                return at == index or not self.scene.stops_before(at)
            if (
                preposition == "ب"
                and word.spelled.startswith("ب")
                and len(word.spelled) > 3
                and at - index < 6
            ):
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
        limit = min(self.range.stop, index + 2 * REACH)
        for at in range(index + 1, limit):
            if any(mark in self.scene.words[at].gap for mark in ".؛;\n!?؟)"):
                return at
        return limit

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
            elif (
                len(phrase[-1]) == 1 and parts[:-1] == list(phrase[:-1]) and parts[-1].startswith(phrase[-1])
            ):
                longest = max(longest, len(phrase) - 1)
        return longest

    def _source_of_words(self, kind: str, first: int, last: int) -> SourceFound:
        words_of = self.scene.words
        return SourceFound(kind, self.scene.slice(first, last), words_of[first].start, words_of[last - 1].end)

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

    def _goes_on(self, index: int) -> bool:
        word = self.scene.words[index]
        return not word.spelled.startswith("و") and word.spelled not in words("telling", "clause")


@lru_cache(maxsize=4)
def _by_first(group: str) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases("arabic_phrases", group):
        for conjunction in ("", "و", "ف"):
            found.setdefault(conjunction + phrase[0], []).append((conjunction + phrase[0], *phrase[1:]))
    return found
