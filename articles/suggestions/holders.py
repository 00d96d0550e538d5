"""Who speaks: a stretch of words taken for a source, known or unknown, or for several side by side."""

from __future__ import annotations

from articles.suggestions.lists import phrases, words
from articles.suggestions.names import OUTLET, PERSON
from articles.suggestions.places import is_place
from articles.suggestions.scene import LONGEST_TITLE, Scene, bare, is_complement
from articles.suggestions.sources import (
    DOCUMENT,
    NOBODY,
    UNNAMED,
    Holder,
    SourceFound,
    Weight,
    is_listed_noun,
    place_without_clitic,
    record_source,
)
from articles.suggestions.unrecorded import called, unknown_medium
from articles.suggestions.verbs import arabic_verbs

__all__ = [
    "DOCUMENT",
    "NOBODY",
    "UNNAMED",
    "Holder",
    "SourceFound",
    "Weight",
    "holder",
    "holders",
    "record_source",
    "titled",
]

LONGEST_DESCRIPTION = 18
_SELF = frozenset("نفسه نفسها نفسهم ذاته ذاتها ذاتهم عينها باسم".split())


def holders(scene: Scene, first: int, limit: int) -> list[Holder]:
    """The sources that stand side by side from that word on; empty where none begins there."""
    found: list[Holder] = []
    at = first
    while at < limit and len(found) < 6:
        one = holder(scene, at, limit)
        if one is None or one.last <= at:
            break
        if not any(
            one.source.record is not None and one.source.record == other.source.record for other in found
        ):
            found.append(one)
        at = one.last
        if at < limit and scene.words[at].spelled == "وعن" and at + 1 < limit:
            at += 1
            continue
        if at >= limit or not _joins(scene, at):
            break
    return found


def _joins(scene: Scene, index: int) -> bool:
    """Whether the word goes on with another source: «ومصادر …»."""
    word = scene.words[index]
    if any(mark in "؛;:.؟?!\n" for mark in word.gap):
        return False
    if not word.spelled.startswith("و") or len(word.spelled) < 3 or word.spelled in arabic_verbs():
        return False
    mention = scene.mention_starting(index)
    if mention is not None:
        return mention.proclitic.startswith("و") and not scene.stops_before(index)
    if is_listed_noun(word.spelled):
        # «معالي وزير الخارجية»: the «و» is the word's own.
        return False
    rest = bare(word.spelled)
    return (
        rest in words("holders", "unnamed")
        or rest in words("holders", "collective")
        or (rest in words("titles", "calling") and not scene.stops_before(index))
    )


def holder(scene: Scene, first: int, limit: int) -> Holder | None:
    """The source that begins at that word."""
    first = _past_lead(scene, first, limit)
    if first >= limit or is_complement(scene.words[first]):
        return None
    return (
        _known(scene, first, limit)
        or titled(scene, first, limit)
        or called(scene, first, limit)
        or unknown_medium(scene, first, limit)
        or _described(scene, first, limit)
    )


def _past_lead(scene: Scene, first: int, limit: int) -> int:
    """Past «كل من» and «كذلك», which are no part of a source."""
    while first < limit and scene.words[first].spelled in {
        "كل",
        "من",
        "ايضا",
        "كذلك",
        "بدوره",
        "بدورها",
        "أيضا",
        "لـ",
        "عن",
        *words("telling", "honour"),
    }:
        first += 1
    return first


def _known(scene: Scene, first: int, limit: int) -> Holder | None:
    """A known record, alone or behind «وكالة» and its like."""
    at = first
    while at < min(limit, first + 3) and at not in scene.mention_of_word:
        if bare(scene.words[at].spelled) not in words("naming", "media") and scene.words[at].text not in {
            "ل",
            "لـ",
        }:
            return None
        at += 1
    mention = scene.mention_starting(at) if at < limit else None
    if mention is None:
        return None
    last = scene.last_word[mention] + 1
    # «موقع “شفق نيوز” الكردي العراقي»: the adjectives belong to it.
    while (
        at > first
        and last < limit
        and scene.words[last].spelled.startswith("ال")
        and not scene.stops_before(last)
    ):
        last += 1
    return Holder(record_source(mention), Weight.STRONG, last, first)


def titled(scene: Scene, first: int, limit: int) -> Holder | None:  # noqa: C901, PLR0911 - a list of cases
    """«وزير الداخلية الأسبق باقر جبر الزبيدي»: an office and then a name, known or not."""
    if bare(scene.words[first].spelled) not in words("titles", "calling"):
        return None
    for at in range(first + 1, min(limit, first + LONGEST_TITLE)):
        word = scene.words[at]
        if scene.stops_before(at) or is_complement(word) or word.spelled in {"عن", "ان", "لكن"}:
            return None
        if scene.quotation_opening(at) is not None:
            return None
        if word.spelled in arabic_verbs() and not word.spelled.startswith("ال"):
            return None
        mention = scene.mention_starting(at)
        if mention is not None and (mention.record.kind != PERSON or mention.proclitic):
            if mention.record.kind == PERSON:
                return None
            continue
        if _is_named_after(scene, first, at):
            continue
        end = scene.name_at(at, limit, after_title=_may_end_title(scene, first, at))
        if end > at:
            # «متحدث باسم Y» has no name of his own; «مقرب من X» is not X.
            previous = scene.words[at - 1].spelled
            if previous in {"من", "الى", "باسم", "عن", "مع", "ضد"} or previous in words(
                "telling", "adjective"
            ):
                return None
            return Holder(_named(scene, first, at, end), Weight.STRONG, end, first)
    return None


def _is_named_after(scene: Scene, first: int, at: int) -> bool:
    """Whether the word stands in the name of an institution: «كلية الملك فهد», «شارع فيصل»."""
    parted = any(scene.stops_before(index) for index in range(max(1, at - 1), at + 1))
    before = [scene.words[index].spelled for index in range(first if parted else max(0, at - 2), at)][-2:]
    institutions = words("titles", "institution")
    if bare(before[-1]) in institutions or before[-1] in institutions:
        return True
    return (
        len(before) > 1 and bare(before[-1]) in words("titles", "calling") and bare(before[0]) in institutions
    )


def _may_end_title(scene: Scene, first: int, at: int) -> bool:
    """Whether a word after it may be an unlisted name: the title is a calling alone, or ends in «السابق»."""
    previous = scene.words[at - 1].spelled.removeprefix("و")
    if previous in words("titles", "former"):
        return True
    # «الباحث فلان», and «عضو المجلس الدكتور فلان».
    is_calling = previous.startswith("ال") and previous[2:] in words("titles", "calling")
    return is_calling or (at - first == 1 and previous.startswith("ال"))


def _named(scene: Scene, first: int, at: int, end: int) -> SourceFound:
    role = scene.text[place_without_clitic(scene, first) : scene.words[at - 1].end]
    mention = scene.mention_starting(at)
    if mention is not None:
        return record_source(mention, role)
    start, stop = scene.words[at].start, scene.words[end - 1].end
    return SourceFound(PERSON, scene.text[start:stop], start, stop, None, role)


def _described(scene: Scene, first: int, limit: int) -> Holder | None:
    """Words for somebody without a name, as far as they belong together."""
    head = bare(scene.words[first].spelled)
    last = _end_of_description(scene, first, limit)
    if last <= first:
        return None
    start, end = place_without_clitic(scene, first), scene.words[last - 1].end
    closing = scene.text[end : end + 1]
    if closing in {"”", "»", '"'} and closing and scene.text.count(closing, start, end) % 2:
        end += 1
    if (head,) in phrases("arabic_phrases", "document"):
        kind, weight = DOCUMENT, Weight.STRONG
    elif head in words("holders", "unnamed") or scene.words[first].spelled in words("holders", "unnamed"):
        kind, weight = UNNAMED, Weight.STRONG
    elif head in words("titles", "calling") or is_place(scene.words[first].folded):
        # «وزير النقل», «باكستان»: an office or a state speaks.
        kind, weight = UNNAMED, Weight.FAIR
    elif head in words("holders", "collective") or scene.words[first].spelled in {
        "هؤلاء",
        "تلك",
        "هذه",
        "اولئك",
        "بعض",
        "عدد",
        "غير",
        "احد",
    }:
        kind, weight = UNNAMED, Weight.FAIR
    else:
        kind, weight = UNNAMED, Weight.WEAK
    return Holder(SourceFound(kind, scene.text[start:end], start, end), weight, last, first)


def _end_of_description(scene: Scene, first: int, limit: int) -> int:
    at = first + 1
    while at < min(limit, first + LONGEST_DESCRIPTION):
        mention = scene.mention_of_word.get(at)
        if mention is not None and scene.mention_starting(at) is None:
            at += 1
            continue
        if (
            mention is not None
            and mention.record.kind == OUTLET
            and bare(scene.words[first].spelled) not in words("naming", "media")
            and scene.words[at - 1].spelled not in {"في", "من", "لدى"}
            and not _has_owner_before(scene, first, at)
        ):
            # «أبلغ مسؤولون أمنيون رويترز»: the outlet is who was told.
            break
        if not _goes_on(scene, first, at):
            break
        at += 1
    if (
        at + 1 < limit
        and scene.words[at + 1].spelled in words("telling", "unwilling")
        and scene.words[at].spelled in arabic_verbs()
        and not scene.stops_before(at)
    ):
        # «… طلبوا عدم الكشف عن أسمائهم»: a part of what they are called.
        while at < limit and not scene.stops_before(at) and not is_complement(scene.words[at]):
            at += 1
    return at


def _goes_on(scene: Scene, first: int, at: int) -> bool:  # noqa: C901, PLR0911 - a list of cases
    """Whether the word still belongs to the description that began at `first`."""
    word, previous = scene.words[at], scene.words[at - 1]
    if scene.stops_before(at) or is_complement(word) or scene.quotation_opening(at) is not None:
        return False
    joins_adjective = previous.spelled in words("telling", "adjective")
    if word.spelled in {"من", "الى", "على", "عن", "باسم"}:
        return (
            joins_adjective
            or (
                word.spelled == "من"
                and (previous.spelled in words("telling", "quantity") or _is_holder(previous.spelled))
            )
            or word.spelled == "باسم"
        )
    if word.spelled == "في":
        following = scene.words[at + 1].spelled if at + 1 < len(scene.words) else ""
        return following not in words("telling", "temporal") and (following,) not in phrases(
            "arabic_phrases", "document"
        )
    if (
        previous.spelled.removeprefix("و").startswith("ال")
        and word.is_arabic
        and at not in scene.mention_of_word
        and not word.spelled.startswith(("ال", "بال", "لل", "وال"))
        and word.spelled not in _SELF
        and not joins_adjective
    ):
        # After a definite noun an indefinite one begins something else: «هؤلاء المؤيدون حكومة …».
        return False
    if bare(scene.words[first].spelled) in words("naming", "media") and _is_person(scene, at):
        return False
    if any(word.spelled in words("telling", group) for group in ("aside", "auxiliary", "manner")):
        return False
    cue = arabic_verbs().get(word.spelled)
    if cue is not None:
        # «مصادر وصفتها بـ…»: what follows says who they are.
        return cue.has_object and cue.family == "describe" and _is_holder(previous.spelled)
    if _has_preposition(scene, at, "ل"):
        if (bare(scene.words[first].spelled),) in phrases("arabic_phrases", "document") and at > first:
            return False
        return (
            joins_adjective
            or previous.spelled in words("telling", "adjective")
            or (_is_holder(previous.spelled) and _may_own(scene, at))
        )
    if _has_preposition(scene, at, "ب"):
        before = arabic_verbs().get(previous.spelled)
        return joins_adjective or (before is not None and before.has_object)
    return not _joins(scene, at) or bool(at == first)


def _has_owner_before(scene: Scene, first: int, at: int) -> bool:
    """«مراسل رويترز», «تقرير رويترز»: the noun right before the outlet is its own."""
    return at - first == 1 and bare(scene.words[first].spelled) in {
        "مراسل",
        "مراسلة",
        "تقرير",
        "تقارير",
        "خبر",
        "موقع",
    }


def _is_person(scene: Scene, at: int) -> bool:
    mention = scene.mention_of_word.get(at)
    return mention is not None and mention.record.kind == PERSON


def _may_own(scene: Scene, at: int) -> bool:
    """«بيان لكتائب حزب الله», «تقرير للأمم المتحدة»: a document's owner, where an outlet would be who was told."""
    mention = scene.mention_of_word.get(at)
    return mention is None or mention.record.kind != "outlet"


def _is_holder(word: str) -> bool:
    rest = bare(word)
    return (
        rest in words("holders", "unnamed")
        or rest in words("holders", "collective")
        or (rest,) in phrases("arabic_phrases", "document")
    )


def _has_preposition(scene: Scene, at: int, letter: str) -> bool:
    """Whether the preposition is written onto the word, as far as the lists and the names can tell."""
    word = scene.words[at]
    if not word.is_arabic or not word.spelled.startswith(letter):
        return False
    if word.text in {letter, letter + "ـ"}:
        return True
    mention = scene.mention_starting(at)
    if mention is not None:
        return letter in mention.proclitic
    if word.spelled.startswith(("لل", "بال")):
        return True
    rest = word.spelled[1:]
    return is_known_word(rest)


def is_known_word(word: str) -> bool:
    rest = bare(word)
    return _is_holder(word) or rest in words("titles", "calling") or rest in words("naming", "media")
