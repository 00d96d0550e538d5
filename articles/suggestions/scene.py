"""A text with what is known of it: its words, who is named where, and where names of the unknown begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from articles.suggestions.lists import phrases, without_article, words
from articles.suggestions.mentions import MentionFound, given_names
from articles.suggestions.names import PERSON, word_key
from articles.suggestions.verbs import arabic_verbs, english_verbs
from articles.suggestions.words import QUOTATION_MARKS, Reading, Span, Word
from newsroom.text.arabic import is_stop_word

if TYPE_CHECKING:
    from articles.suggestions.holders import SourceFound

LONGEST_TITLE = 14
LONGEST_NAME = 5
_INSIDE_NAMES = frozenset(("بن", "ابن", "بنت", "ولد"))
_STOPS = frozenset("،,؛;:.!?؟…()[]\n—")


@dataclass(frozen=True)
class Scene:
    reading: Reading
    mentions: tuple[MentionFound, ...]

    @classmethod
    def of(cls, text: str, mentions: Iterable[MentionFound]) -> Scene:
        return cls(Reading(text), tuple(mentions))

    @property
    def text(self) -> str:
        return self.reading.text

    @property
    def words(self) -> list[Word]:
        return self.reading.words

    @cached_property
    def mention_of_word(self) -> dict[int, MentionFound]:
        """The mention each word is a part of, by the number of the word."""
        return {
            index: mention
            for mention in self.mentions
            for index in self.reading.words_in_characters(mention.start, mention.end)
        }

    @cached_property
    def first_word(self) -> dict[MentionFound, int]:
        firsts: dict[MentionFound, int] = {}
        for index, mention in self.mention_of_word.items():
            firsts[mention] = min(index, firsts.get(mention, index))
        return firsts

    @cached_property
    def last_word(self) -> dict[MentionFound, int]:
        lasts: dict[MentionFound, int] = {}
        for index, mention in self.mention_of_word.items():
            lasts[mention] = max(index, lasts.get(mention, index))
        return lasts

    @cached_property
    def people(self) -> list[SourceFound]:
        """Everybody named, known or only called by a title and a name, in order."""
        from articles.suggestions.holders import SourceFound, record_source, titled

        found = [record_source(mention) for mention in self.mentions if mention.record.kind == PERSON]
        taken = [Span(person.start, person.end) for person in found]
        at = 0
        while at < len(self.words):
            person = None if at in self.mention_of_word else titled(self, at, len(self.words))
            if person is not None and person.source.record is None:
                source, at = person.source, person.last
            elif (end := self._untitled_end(at)) > at:
                place = Span(self.words[at].start, self.words[end - 1].end)
                source, at = SourceFound(PERSON, self.text[place.start : place.end], *place), end
            else:
                at += 1
                continue
            if not any(Span(source.start, source.end).overlaps(span) for span in taken):
                found.append(source)
        return sorted(found, key=lambda person: person.start)

    def _untitled_end(self, index: int) -> int:
        """Where a name in Latin letters ends that begins there, behind "the analyst" or with a given name."""
        word = self.words[index]
        if index in self.mention_of_word or not word.is_capitalised or is_common_capital(word):
            return index
        previous = self.words[index - 1] if index and not word.gap.strip() else None
        after_title = previous is not None and previous.spelled in words("titles", "calling")
        return self._latin_name(index, len(self.words), after_title=after_title)

    def mention_starting(self, index: int) -> MentionFound | None:
        mention = self.mention_of_word.get(index)
        return mention if mention is not None and self.first_word[mention] == index else None

    def stops_before(self, index: int) -> bool:
        """Whether punctuation parts the word from the one before it."""
        gap = self.words[index].gap
        # A dash with a space is one between clauses, no hyphen.
        return any(mark in _STOPS for mark in gap) or "- " in gap or " -" in gap or "–" in gap

    def quotation_opening(self, index: int) -> Span | None:
        """The quotation that begins with that word, if it is more than a name in marks."""
        word = self.words[index]
        if not any(mark in QUOTATION_MARKS for mark in word.gap):
            return None
        quotation = self.reading.quotation_at(word.start)
        if quotation is None or self.text[quotation.start : word.start].strip("… \t"):
            return None
        mention = self.mention_of_word.get(index)
        if mention is not None and mention.end >= quotation.end - 1:
            return None
        return quotation

    def speaker_before_colon(self, words_of: range) -> tuple[int, MentionFound] | None:
        """The word behind the colon of a headline such as «فلان: لن نتراجع», and whose words follow it."""
        mention = self.mention_starting(words_of.start) if words_of else None
        if mention is None:
            return None
        behind = self.last_word[mention] + 1
        for at in range(behind, min(words_of.stop, behind + 3)):
            if ":" in self.words[at].gap:
                return at, mention
            if self.stops_before(at) or self.words[behind].spelled not in {"في", "من", "in", "at", "from"}:
                return None
        return None

    def slice(self, first: int, last: int) -> str:
        """The text from one word to before another."""
        if first >= last:
            return ""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def name_at(self, index: int, limit: int, *, after_title: bool) -> int:
        """Where a name that begins at that word ends (the number of the word after it), or `index` if none begins."""
        word = self.words[index]
        if index in self.mention_of_word:
            mention = self.mention_of_word[index]
            return self.last_word[mention] + 1 if mention.record.kind == "person" else index
        if word.is_arabic:
            return self._arabic_name(index, limit, after_title=after_title)
        return self._latin_name(index, limit, after_title=after_title)

    def _arabic_name(self, index: int, limit: int, *, after_title: bool) -> int:
        first = self.words[index]
        # «على» is no «علي», and «بن» begins no name.
        is_given = not is_stop_word(first.text) and (
            word_key(first.text) in given_names()
            or (first.spelled.startswith("عبدال") and len(first.spelled) > len("عبدال") + 1)
            or (first.spelled in words("naming", "particle") and first.spelled not in _INSIDE_NAMES)
        )
        if not is_given and not (after_title and self._is_bare_noun(index)):
            return index
        end = index + 1
        while end < min(limit, index + LONGEST_NAME) and self.words[end].gap.strip(" ") == "":
            word, previous = self.words[end], self.words[end - 1]
            if end in self.mention_of_word:
                break
            joins = previous.spelled in words("naming", "particle")
            if previous.spelled == "عبد":
                # «عبد الله», «عبد الفتاح» are one name.
                end += 1
                continue
            if word.spelled in words("naming", "particle") or joins or word_key(word.text) in given_names():
                end += 1
                continue
            if (
                word.spelled.startswith("ال")
                and len(word.spelled) > 4
                and word.spelled not in words("titles", "former")
            ):
                end += 1
                break
            if is_given and end == index + 1 and self._is_bare_noun(end) and not is_complement(word):
                end += 1
                continue
            break
        if end - index < 2:
            return index
        last = self.words[end - 1].spelled
        # Without a given name only «Xـ الـ…ي» is taken for a person's name.
        return end if is_given or (last.startswith("ال") and last.endswith("ي")) else index

    def _is_bare_noun(self, index: int) -> bool:
        word = self.words[index]
        return (
            word.is_arabic
            and not word.spelled.startswith(("ال", "بال", "لل", "وال", "فال"))
            and len(word.spelled) > 2
            and not is_stop_word(word.text)
            and word.spelled not in arabic_verbs()
            and word.spelled not in words("telling", "aside")
            and word.spelled not in words("holders", "collective")
            and word.spelled not in words("holders", "unnamed")
            and word.spelled not in words("titles", "calling")
        )

    def _latin_name(self, index: int, limit: int, *, after_title: bool) -> int:
        end, capitals = index, 0
        while end < min(limit, index + LONGEST_NAME):
            word = self.words[end]
            if end > index and (word.gap.strip(" -‐‑’'") != "" and word.gap != ". "):
                break
            if word.is_capitalised and end not in self.mention_of_word and not is_common_capital(word):
                capitals += 1
            elif not (end > index and word.spelled in words("naming", "particle")):
                break
            end += 1
        while end > index and not self.words[end - 1].is_capitalised:
            end -= 1
        is_given = word_key(self.words[index].text) in given_names()
        if capitals >= 2 and (is_given or after_title):
            return end
        return index


@lru_cache(maxsize=65_536)
def bare(word: str) -> str:
    """An Arabic word, as `spelled`, without «ال» and what stands before it; the shortest cut that a list of nouns knows."""
    for prefix in ("", "و", "ف", "ل", "ب", "ول", "وب", "فل"):
        if prefix and not word.startswith(prefix):
            continue
        rest = word[len(prefix) :]
        if prefix and rest.startswith("ل") and prefix.endswith("ل"):
            rest = "ا" + rest
        rest = without_article(rest)
        if is_listed(rest):
            return rest
    return without_article(word)


@lru_cache(maxsize=65_536)
def is_listed(word: str) -> bool:
    return (
        word in words("holders", "unnamed")
        or word in words("holders", "collective")
        or word in words("titles", "calling")
        or word in words("naming", "media")
        or (word,) in phrases("arabic_phrases", "document")
    )


def is_complement(word: Word) -> bool:
    return word.spelled in words("telling", "complement")


def is_common_capital(word: Word) -> bool:
    """Words that begin with a capital where a sentence begins, and are no name."""
    return (
        word.spelled in english_verbs()
        or word.spelled in _OPENERS
        or word.spelled in words("titles", "former")
        or word.spelled in words("titles", "calling")
    )


_OPENERS = frozenset(
    "the a an in on at by for from with without after before as but and or if when while where he she it they we i you his her "
    "its their our this that these those there here then some many most several few all both each no not one two three "
    "according citing quoting speaking asked meanwhile however also once even only under over during since until "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
