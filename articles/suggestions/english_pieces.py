"""The pieces that English attributions are put together from: subjects, hearers, farther sources, openings."""

from __future__ import annotations

from functools import lru_cache

from articles.suggestions.draft import Part
from articles.suggestions.english_holders import holders_from
from articles.suggestions.holders import SourceFound
from articles.suggestions.lists import phrases, words
from articles.suggestions.names import OUTLET
from articles.suggestions.scene import Scene
from articles.suggestions.verbs import OBJECT, Cue, english_verbs
from articles.suggestions.words import Span

# How far from its verb a subject, or what is cited, may stand.
REACH = 40
# With more words before it a quotation at the end is a part of what is told.
_MOST_BEFORE_QUOTATION = 4
# What is told may follow with nothing between.
BARE = "bare"
# "that night" is a time, and opens nothing.
_TIMES = frozenset("night day morning evening afternoon week month year time".split())
_PAST = frozenset(
    "saw took made found gave went came felt knew thought began set put cut lost won held kept left led paid sold bought".split()
)
_PARENTHESES = frozenset(
    "which who whose citing quoting according the a an speaking in on after by at".split()
)


class EnglishPieces:
    """One sentence, and what can be found in it from a word on."""

    def __init__(self, scene: Scene, sentence: Span) -> None:
        self.scene = scene
        self.sentence = sentence
        self.range = scene.reading.words_in(sentence)

    def _word(self, index: int) -> str:
        return self.scene.words[index].spelled

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
        return (
            not is_base
            or last.endswith("s")
            or known
            or last in {"many", "some", "people", "police", "others", "few"}
        )

    def _subject(self, index: int) -> tuple[int, int]:
        """The words before the verb that may be its subject, from the first to before the last."""
        end = index
        while (
            end > self.range.start
            and self._word(end - 1) in words("telling", "auxiliary-en")
            and not self._parted(end)
        ):
            end -= 1
        if end > self.range.start and self._parted(end):
            # ", which speaks for the forces, called": what stands between the commas is passed over.
            opened = end - 1
            while opened > self.range.start and not self._parted(opened) and end - opened < REACH:
                opened -= 1
            if opened > self.range.start and self._word(opened) in _PARENTHESES:
                # A name in apposition is the subject itself: "the minister, Abdulaziz bin Salman, said".
                return self._noun_phrase(opened - 1), opened
            if opened > self.range.start and opened in self.scene.mention_of_word:
                return opened, end
            if opened > self.range.start and (kind := self._apposition(opened, end)):
                return self._noun_phrase(opened - 1), opened if kind == "title" else end
        return self._noun_phrase(end), end

    def _apposition(self, first: int, last: int) -> str:
        """What the words between two commas are to those before: "Tom Roe, the correspondent, said" a title, or a name."""
        between = self.scene.words[first:last]
        if any(word.spelled in english_verbs() for word in between) or not between[0].gap.startswith(","):
            return ""
        if all(word.is_capitalised for word in between) and len(between) > 1:
            return "name"
        if between[0].is_capitalised and between[-1].gap == "." and len(between) == 2:
            # "Net monitor, OneStat.com, reported": an address for a name.
            return "name"
        listed = words("titles", "calling") | words("holders", "unnamed-en")
        says_who = any(word.spelled in listed for word in between)
        return "title" if says_who and self.scene.words[first - 1].is_capitalised else ""

    def _noun_phrase(self, end: int) -> int:
        """The word with which the noun phrase that ends before that word begins."""
        first = end
        while first > self.range.start and not self._parted(first) and end - first < REACH:
            previous = self._word(first - 1)
            if previous in words("telling", "clause-en") and first - 1 not in self.scene.mention_of_word:
                if (
                    previous == "and"
                    and first - 2 >= self.range.start
                    and first - 1 > self.range.start
                    and self._lists(first)
                ):
                    first -= 1
                    continue
                break
            first -= 1
        return first

    def _speak_in_passing(self, relative: int) -> bool:
        return (
            relative > self.range.start
            and self._word(relative) == "who"
            and self._word(relative - 1) in words("holders", "unnamed-en")
        )

    def _side_by_side(self, first: int, last: int) -> tuple[SourceFound, ...]:
        """ "Jane Roe and President Tom Roe": two subjects of one verb; empty where the words are one."""
        if not any(self._word(at) == "and" for at in range(first, last)):
            return ()
        found = holders_from(self.scene, first, last)
        return tuple(one.source for one in found) if found and found[-1].last >= last else ()

    def _lists(self, first: int) -> bool:
        """Whether "and" before that word joins two subjects rather than two clauses."""
        if self._word(first) in words("telling", "pronoun-en"):
            return False
        if first in self.scene.mention_of_word:
            return True
        # "Chancellor Jane Roe and President Tom Roe": capitals on both sides, from where the clause begins.
        before = first - 2
        while before > self.range.start and not self._parted(before) and first - before < REACH // 4:
            before -= 1
        return self.scene.words[first].is_capitalised and all(
            word.is_capitalised for word in self.scene.words[before : first - 1]
        )

    def _parted(self, index: int) -> bool:
        return any(mark in ',;:—()\u201c\u201d"«»' for mark in self.scene.words[index].gap)

    def _told(self, index: int) -> tuple[int, SourceFound | None]:  # noqa: PLR0911 - a list of cases
        """ "told Reuters", "told the agency": the outlet that was told, with the place after it."""
        if (
            index == self.range.start
            or english_verbs().get(self._word(index - 1), Cue("", "", "", frozenset())).verb != "tell"
        ):
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
        if self.range.stop - index <= 8:
            # "…, he told the conference in Chicago."
            return self.range.stop, None
        return (index + 1 if index < self.range.stop else index), None

    def _farther(self, index: int) -> tuple[tuple[tuple[SourceFound, ...], ...], int]:
        """ ", citing two politicians": those whom the teller has it from."""
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
        for at in range(first, min(last, first + REACH)):
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

    def _opens_here(self, at: int, cue: Cue) -> bool:  # noqa: PLR0911 - a list of cases
        if self.scene.stops_before(at):
            return False
        word = self._word(at)
        if word in cue.openings:
            return True
        if (
            word == "it"
            and at + 1 < self.range.stop
            and self._word(at + 1) not in words("telling", "auxiliary-en")
            and not _is_finite(self._word(at + 1))
        ):
            # "He said it three times": nothing is told.
            return OBJECT in cue.openings
        if word in {"is", "are", "was", "were", "has", "had"}:
            # "What he said is known": what is told stands before.
            return False
        if BARE in cue.openings and cue.verb != "tell":
            return word not in words("telling", "adverbial-en") and word not in {"of", "about"}
        if cue.verb == "tell":
            return at > 0 and self._word(at - 1) not in english_verbs()
        return OBJECT in cue.openings and word not in words("telling", "adverbial-en")

    def _ends_here(self, index: int) -> bool:
        return index >= self.range.stop or any(mark in ",;:.—)" for mark in self.scene.words[index].gap)

    def _closes_quotation(self, index: int) -> bool:
        return any(mark in '”»"' for mark in self.scene.words[index].gap.strip())

    def _quotation_before(self, index: int) -> Part | None:
        if index <= self.range.start:
            return None
        previous = self.scene.words[index - 1]
        quotation = self.scene.reading.quotation_at(previous.start)
        if quotation is None or quotation.end > self.scene.words[index].start:
            return None
        inside = self.scene.reading.words_in(quotation)
        if inside.start - self.range.start > _MOST_BEFORE_QUOTATION:
            # "It had failed and shown a “lack of leadership”, they found": more is told than the quotation.
            return None
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


def _is_finite(word: str) -> bool:
    """Whether the word reads as a verb after "it": "it needed", "it hopes"."""
    return word in _PAST or word.endswith("ed") or (word.endswith("s") and word not in {"times", "always"})


@lru_cache(maxsize=4)
def _by_first(group: str) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases("english_phrases", group):
        found.setdefault(phrase[0], []).append(phrase)
    return found
