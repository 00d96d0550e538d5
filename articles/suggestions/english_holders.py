"""Who speaks, in English: before a verb, or after "according to" and "citing"."""

from __future__ import annotations

from articles.suggestions.holders import DOCUMENT, UNNAMED, Holder, SourceFound, Weight, record_source
from articles.suggestions.lists import phrases, words
from articles.suggestions.names import PERSON
from articles.suggestions.scene import Scene, is_common_capital
from articles.suggestions.verbs import english_verbs

LONGEST = 22
_RELATIVE = frozenset("who which that whom whose it he she they described".split())


def holder_between(scene: Scene, first: int, last: int) -> Holder | None:
    """The speaker that the words from `first` to before `last` name."""
    while first < last and scene.words[first].spelled in {
        "and",
        "but",
        "then",
        "also",
        "while",
        "only",
        "even",
    }:
        first += 1
    if first < last and scene.words[first].spelled in {"in", "at", "on", "from"}:
        # "In Washington President Joe Biden condemned": the place is no part of the speaker.
        for at in range(first + 2, last):
            if (
                scene.words[at].spelled in words("titles", "calling")
                or scene.mention_starting(at) is not None
            ):
                first = at
                break
    if first >= last:
        return None
    return _known(scene, first, last) or _named(scene, first, last) or _described(scene, first, last)


def holders_from(scene: Scene, first: int, limit: int) -> list[Holder]:
    """The speakers from that word on, side by side: "security officials and sources close to armed groups"."""
    found: list[Holder] = []
    at = first
    while at < limit and len(found) < 6:
        if scene.words[at].spelled in {"and", "both", "from", "on"}:
            at += 1
            continue
        end = _end(scene, at, limit)
        one = holder_between(scene, at, end)
        if one is None or one.weight < Weight.FAIR:
            break
        found.append(Holder(one.source, one.weight, end, at))
        at = end
        if at >= limit or scene.words[at].spelled != "and" or scene.stops_before(at):
            break
        following = holder_between(scene, at + 1, _end(scene, at + 1, limit)) if at + 1 < limit else None
        if following is None or following.weight < Weight.FAIR:
            break
    return found


def _end(scene: Scene, first: int, limit: int) -> int:
    """Where the noun phrase that begins at that word ends."""
    at = first
    relative = False
    while at < min(limit, first + LONGEST):
        word = scene.words[at]
        if at > first and scene.stops_before(at):
            # "the secretary-general of OPEC, Haitham al-Ghais": the name in apposition belongs to it.
            mention = scene.mention_starting(at)
            if (
                mention is not None
                and mention.record.kind == PERSON
                and "," in word.gap
                and _is_title(scene, first, at)
            ):
                return scene.last_word[mention] + 1
            break
        if (
            at > first
            and word.spelled == "and"
            and at not in scene.mention_of_word
            and _begins_holder(scene, at + 1, limit)
        ):
            break
        if word.spelled in _RELATIVE and at > first:
            relative = True
        elif (
            at > first
            and word.spelled in english_verbs()
            and not relative
            and at not in scene.mention_of_word
        ):
            break
        at += 1
    return at


def _begins_holder(scene: Scene, at: int, limit: int) -> bool:
    for index in range(at, min(limit, at + 5)):
        spelled = scene.words[index].spelled
        if spelled in words("holders", "unnamed-en") or index in scene.mention_of_word:
            return True
        if spelled in words("titles", "calling") and scene.words[at].is_capitalised:
            return True
        if spelled in english_verbs() or spelled == "and":
            return False
    return False


def _known(scene: Scene, first: int, last: int) -> Holder | None:  # noqa: C901 - a list of cases
    for at in range(first, last):
        mention = scene.mention_starting(at)
        if mention is None:
            if scene.words[at].spelled in words("telling", "preposition-en"):
                break
            continue
        role_words = scene.words[first:at]
        if scene.text[mention.end : mention.end + 2] in {"'s", "’s"}:
            return None
        if role_words and role_words[-1].spelled in words("telling", "preposition-en"):
            return None
        # "Kataib Hezbollah sources", "a Reuters journalist": the noun behind the name speaks.
        behind = scene.last_word[mention] + 1
        if behind < last and scene.words[behind].spelled in words("holders", "unnamed-en"):
            return None
        role = scene.slice(first, at)
        if role.casefold() in {"the", "a", "an"}:
            role = ""
        return Holder(record_source(mention, role), Weight.STRONG, last, first)
    # "the secretary-general of OPEC, Haitham al-Ghais"
    if _is_title(scene, first, last):
        for at in range(last - 1, first, -1):
            mention = scene.mention_starting(at)
            if mention is not None and mention.record.kind == PERSON and "," in scene.words[at].gap:
                return Holder(record_source(mention, scene.slice(first, at)), Weight.STRONG, last, first)
    return None


def _is_title(scene: Scene, first: int, last: int) -> bool:
    return any(
        scene.words[at].spelled in words("titles", "calling")
        or scene.words[at].spelled.split("-")[0] in words("titles", "calling")
        for at in range(first, min(last, first + 5))
    )


def _named(scene: Scene, first: int, last: int) -> Holder | None:
    """ "the analyst Jane Roe", "Jane Roe": a name without a record."""
    for at in range(first, min(last, first + 10)):
        word = scene.words[at]
        if word.spelled in words("telling", "preposition-en") or at in scene.mention_of_word:
            return None
        if (
            not word.is_capitalised
            or is_common_capital(word)
            or word.spelled in words("naming", "nationality")
        ):
            continue
        after_title = at > first and _is_title(scene, first, at)
        end = scene.name_at(at, last, after_title=after_title)
        if end <= at and after_title and scene.words[at - 1].is_capitalised and at + 1 == last:
            # "Mr Blair", "Professor Roe".
            end = last
        if end <= at:
            continue
        start, stop = word.start, scene.words[end - 1].end
        source = SourceFound(PERSON, scene.text[start:stop], start, stop, None, scene.slice(first, at))
        return Holder(source, Weight.STRONG, last, first)
    return None


def _described(scene: Scene, first: int, last: int) -> Holder | None:
    head = _head(scene, first, last)
    if head is None:
        return None
    start, end = scene.words[first].start, scene.words[last - 1].end
    noun = scene.words[head].spelled.removesuffix("'s")
    if (noun,) in phrases("english_phrases", "document"):
        kind, weight = DOCUMENT, Weight.STRONG
        owner = _owner(scene, head, last)
        if owner is not None:
            return Holder(owner, Weight.STRONG, last, first)
    elif noun in words("holders", "unnamed-en") or noun in words("naming", "media"):
        kind, weight = UNNAMED, Weight.STRONG
    elif noun in words("holders", "collective-en") or _all_capitals(scene, first, last):
        kind, weight = UNNAMED, Weight.FAIR
    else:
        kind, weight = UNNAMED, Weight.WEAK
    return Holder(SourceFound(kind, scene.text[start:end], start, end), weight, last, first)


def _owner(scene: Scene, head: int, last: int) -> SourceFound | None:
    """ "a statement of Kataib Hezbollah", "the Kataib Hezbollah statement": whose words a document holds."""
    if head + 1 < last and scene.words[head + 1].spelled in {"of", "by", "from"}:
        for at in range(head + 2, min(last, head + 5)):
            mention = scene.mention_starting(at)
            if mention is not None:
                return record_source(mention)
    return None


def _head(scene: Scene, first: int, last: int) -> int | None:
    """The noun that the phrase is about: the last word before a preposition, a relative clause or the end."""
    head = None
    for at in range(first, last):
        spelled = scene.words[at].spelled
        if at > first and (
            spelled in words("telling", "preposition-en") or spelled in _RELATIVE or scene.stops_before(at)
        ):
            break
        if spelled in {"close", "familiar", "near", "briefed"} and head is not None:
            break
        head = at
    if head is None or scene.words[head].script != "latin":
        return None
    return head


def _all_capitals(scene: Scene, first: int, last: int) -> bool:
    named = [word for word in scene.words[first:last] if word.spelled not in words("telling", "article-en")]
    return bool(named) and all(word.is_capitalised for word in named)
