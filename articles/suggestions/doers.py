"""Who is said to have done something: «شنّت ميليشيات … هجوماً», «على يد …», "by …", "… were behind". By form, not by meaning."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from articles.suggestions.amounts import number_words
from articles.suggestions.facts import DOER, Fact
from articles.suggestions.lists import rows, spelled, words
from articles.suggestions.scene import Scene, bare
from articles.suggestions.verbs import imperfect_forms, perfect_forms
from newsroom.text.analysis import index_stems
from newsroom.text.arabic import is_stop_word
from newsroom.text.fold import fold

_LONGEST = 6
_OBJECTS = ("ه", "ها", "هم")
_HELPING = frozenset("has have had was were is are been be reportedly allegedly later then also".split())
_PARTS = frozenset("out up down off over".split())
_PREPOSITIONS = frozenset(
    spelled(word)
    for word in "على في من الى عن مع بعد قبل منذ حتى خلال ضد نحو عند لدى بين إثر عقب حين عندما وراء خلف مسؤول مسؤولة "
    "مسؤولون المسؤول المسؤولة".split()
)
_PREPOSITIONS_EN = frozenset(
    "on in at of from to with after before during against near over under into for by while when as that which who "
    "and but behind responsible".split()
)
_ARTICLES = frozenset("the a an its his her their some several".split())


@lru_cache(maxsize=1)
def _arabic() -> dict[str, bool]:
    """The forms of the verbs, each with whether its object is written onto it («شنّته»)."""
    forms: dict[str, bool] = {}
    for row in rows("doing"):
        if row[0] != "ar":
            continue
        made = [*perfect_forms(spelled(row[1])), *imperfect_forms(spelled(row[2]))]
        for form, has_object in made:
            for conjunction in ("", "و", "ف"):
                forms.setdefault(conjunction + form, has_object)
    return forms


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    return frozenset(word for row in rows("doing") if row[0] == "en" for word in row[1].split())


@lru_cache(maxsize=4)
def _markers(group: str) -> tuple[tuple[str, ...], ...]:
    listed = (
        tuple(spelled(w) for w in phrase.split())
        for row in rows("doing")
        if row[0] == group
        for phrase in row[1:]
    )
    return tuple(sorted(listed, key=len, reverse=True))


def doers(scene: Scene) -> Iterator[Fact]:
    """Each doer once, in order; the value is the record, or the stems of what it is called."""
    taken: set[int] = set()
    for first, last in sorted(_spans(scene)):
        if last > first and taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            start, end = scene.words[first].start, scene.words[last - 1].end
            yield Fact(DOER, _value(scene, first, last), start, end)


def _value(scene: Scene, first: int, last: int) -> str:
    for at in range(first, last):
        mention = scene.mention_of_word.get(at)
        if mention is not None:
            return f"{mention.record.kind}:{mention.record.key}"
    stems = [
        stem_of(scene.words[at].folded) for at in range(first, last) if not is_stop_word(scene.words[at].text)
    ]
    return " ".join(stem for stem in stems if stem)


def stem_of(folded: str) -> str:
    """A word without what number and case do to it: «مسلحون» and «المسلحين» are one."""
    return next(iter(index_stems(folded)), folded)


def _spans(scene: Scene) -> Iterator[tuple[int, int]]:
    for at, word in enumerate(scene.words):
        if word.is_arabic:
            yield from _arabic_spans(scene, at)
        else:
            yield from _english_spans(scene, at)


# Arabic


def _arabic_spans(scene: Scene, at: int) -> Iterator[tuple[int, int]]:
    word = scene.words[at].spelled
    for marker in _markers("by-ar"):
        if _stands(scene, at, marker):
            yield at + len(marker), _phrase_end(scene, at + len(marker))
            return
    for marker in _markers("behind-ar"):
        if _stands(scene, at, marker):
            yield _before(scene, at)
            return
    has_object = _arabic().get(word)
    if has_object is None or at in scene.mention_of_word or _is_no_deed(scene, at):
        return
    if has_object or not (begin := _subject_before(scene, at)):
        # «شنّت ميليشيات …», «الهجوم شنّته ميليشيات …»
        behind = at + 1
        if behind < len(scene.words) and _may_begin(scene, behind):
            yield behind, _phrase_end(scene, behind)
        return
    yield begin


def _is_no_deed(scene: Scene, at: int) -> bool:
    """«نُفِّذ» and «قُتل» have no doer behind them, nor has «قتل ثلاثة»; «فجر الأحد» is a time."""
    text = scene.words[at].text
    if "\u064f" in text[:4] or (scene.words[at].spelled.removeprefix("و") == "فجر" and "\u0651" not in text):
        return True
    following = scene.words[at + 1] if at + 1 < len(scene.words) else None
    return following is not None and (following.script == "number" or following.spelled in number_words())


def _stands(scene: Scene, at: int, marker: tuple[str, ...]) -> bool:
    parts = [word.spelled for word in scene.words[at : at + len(marker)]]
    if len(parts) < len(marker) or at + len(marker) > len(scene.words):
        return False
    return parts[1:] == list(marker[1:]) and parts[0] in {marker[0], "و" + marker[0]}


def _may_begin(scene: Scene, at: int) -> bool:
    word = scene.words[at]
    if scene.stops_before(at) or word.spelled in _PREPOSITIONS or is_stop_word(word.text):
        return False
    # «شن هجوماً»: an object in the accusative, and the doer is not said here.
    return not word.text.endswith(("اً", "ًا")) and not word.spelled.startswith(("بال", "لل"))


def _phrase_end(scene: Scene, first: int) -> int:  # noqa: C901 - a list of cases
    """The word after the noun phrase that begins there: «رجال الشرطة», «ميليشيات موالية للحاكم», «مسلحون مجهولون»."""
    if first >= len(scene.words):
        return first
    at = first + 1
    is_definite = scene.words[first].spelled.startswith("ال")
    may_own = not scene.words[first].spelled.endswith(("ون", "ين", "ان"))
    while at < min(len(scene.words), first + _LONGEST):
        word = scene.words[at]
        if at in scene.mention_of_word and scene.mention_starting(at) is None:
            at += 1
            continue
        if scene.stops_before(at) or word.text.endswith(("اً", "ًا")):
            break
        previous = scene.words[at - 1].spelled
        joins = previous in words("telling", "adjective") or bare(previous) in words("telling", "adjective")
        if word.spelled in _PREPOSITIONS:
            if word.spelled == "من" and (joins or at == first + 1):
                at += 1
                continue
            break
        if joins and word.spelled.startswith(("ل", "ب")):
            at += 1
            continue
        begins_definite = word.spelled.startswith("ال") or at in scene.mention_of_word
        if is_definite and not (begins_definite and _may_be_adjective(scene, at)):
            # «كتائب النهر | الهجوم», «رجال الشرطة | مبنى البلدية»: what was done, or to whom.
            break
        if begins_definite and not is_definite:
            if not ((at == first + 1 and may_own) or previous == "من"):
                break
            is_definite = True
        at += 1
    return at


def _may_be_adjective(scene: Scene, at: int) -> bool:
    word = scene.words[at].spelled
    return (
        word.endswith(("ي", "ة", "ون", "ين", "ات"))
        or bare(word) in words("telling", "adjective")
        or at in scene.mention_of_word
    )


def _subject_before(scene: Scene, at: int) -> tuple[int, int] | None:
    """«كتائب … نفذت»: the words between the beginning of the clause and the verb, where they are a noun phrase."""
    first, last = _before(scene, at)
    return (first, last) if last > first else None


def _before(scene: Scene, at: int) -> tuple[int, int]:
    first = at
    while first > 0 and at - first < _LONGEST and not scene.stops_before(first):
        previous = scene.words[first - 1]
        if previous.spelled in _PREPOSITIONS or previous.spelled in words("telling", "complement"):
            break
        if previous.spelled in words("telling", "clause") or previous.spelled in words(
            "telling", "auxiliary"
        ):
            break
        first -= 1
    if first > 0 and scene.words[first - 1].spelled in _PREPOSITIONS and first < at:
        # «… على المصرف نفّذه مسلحون»: what stands after a preposition is not the doer.
        return at, at
    verb = scene.words[first].spelled if first < at else ""
    if verb in _arabic() or verb.startswith(("تقف", "يقف", "ويقف", "وتقف")):
        first += 1
    return first, at


# English


def _english_spans(scene: Scene, at: int) -> Iterator[tuple[int, int]]:
    for marker in _markers("by-en"):
        if _stands(scene, at, marker):
            first = at + len(marker)
            yield first, _english_end(scene, first)
            return
    for marker in _markers("behind-en"):
        if _stands(scene, at, marker):
            yield _english_before(scene, at)
            return
    word = scene.words[at].spelled
    if word in _english() and at not in scene.mention_of_word:
        end = at
        while end > 0 and scene.words[end - 1].spelled in _HELPING:
            if scene.words[end - 1].spelled in {"was", "were", "is", "are", "been", "be"}:
                # "was shot": the passive names its doer with "by".
                return
            end -= 1
        yield _english_before(scene, end)


def _english_before(scene: Scene, end: int) -> tuple[int, int]:
    while end > 0 and scene.words[end - 1].spelled in _HELPING:
        end -= 1
    first = end
    while first > 0 and end - first < _LONGEST and not scene.stops_before(first):
        previous = scene.words[first - 1]
        if first - 1 not in scene.mention_of_word:
            if previous.spelled in {"had", "have", "has"}:
                # "Roe had several men arrested": not they did it.
                return end, end
            if previous.spelled in _PREPOSITIONS_EN:
                break
        first -= 1
    return _without_article(scene, first, end), end


def _english_end(scene: Scene, first: int) -> int:
    at = first
    while at < min(len(scene.words), first + _LONGEST):
        word = scene.words[at]
        if at > first and (
            scene.stops_before(at) or word.spelled in _PREPOSITIONS_EN or word.spelled in _HELPING
        ):
            break
        at += 1
    return at


def _without_article(scene: Scene, first: int, last: int) -> int:
    while first < last and scene.words[first].spelled in _ARTICLES:
        first += 1
    return first


def are_one(ours: str, theirs: str) -> bool:
    """Whether two doers are called alike: by record, or by a word in common where neither is a record."""
    if ours == theirs:
        return True
    if ":" in ours or ":" in theirs:
        return False
    return bool({fold(word) for word in ours.split()} & {fold(word) for word in theirs.split()})
