"""Sources of whom there is no record, by their form: a given name with what follows, «صحيفة» with a name."""

from __future__ import annotations

from articles.suggestions.lists import words
from articles.suggestions.names import OUTLET, PERSON
from articles.suggestions.scene import Scene, bare
from articles.suggestions.sources import Holder, SourceFound, Weight, is_listed_noun, place_without_clitic

LONGEST_MEDIUM = 6


def called(scene: Scene, first: int, limit: int) -> Holder | None:
    """«قال عماد حلوة؛ مدير …»: a given name and what follows it, without a title."""
    word = scene.words[first]
    if not word.is_arabic or first in scene.mention_of_word or is_listed_noun(bare(word.spelled)):
        return None
    end = scene.name_at(first, limit, after_title=False)
    if end <= first + 1:
        return None
    start, stop = word.start, scene.words[end - 1].end
    source = SourceFound(PERSON, scene.text[start:stop], start, stop)
    return Holder(source, Weight.STRONG, end, first)


def unknown_medium(scene: Scene, first: int, limit: int) -> Holder | None:
    """«صحيفة «النهر» المحلية», «وكالة الأنباء الإماراتية»: an outlet of which there is no record."""
    noun = bare(scene.words[first].spelled)
    at = first + 1
    if noun not in words("naming", "media") or at >= limit or scene.words[first].spelled.startswith("ال"):
        return None
    quotation = scene.quotation_opening(at)
    if quotation is not None and len(scene.reading.words_in(quotation)) <= LONGEST_MEDIUM:
        at = max(scene.reading.words_in(quotation).stop, at + 1)
    elif quotation is not None or scene.stops_before(at) or not scene.words[at].spelled.startswith("ال"):
        return None
    while (
        at < min(limit, first + LONGEST_MEDIUM)
        and not scene.stops_before(at)
        and scene.quotation_opening(at) is None
        and (
            scene.words[at].spelled.startswith("ال")
            # «صحيفة الديلي ميل»: a foreign name goes on without «ال».
            or (
                at == first + 2
                and scene.words[first + 1].spelled.startswith("ال")
                and _ends_medium(scene, at)
            )
        )
    ):
        at += 1
    start = place_without_clitic(scene, first)
    stop = scene.words[at - 1].end
    if scene.text[stop : stop + 1] in {"”", "»", '"'} and quotation is not None:
        stop += 1
    return Holder(SourceFound(OUTLET, scene.text[start:stop], start, stop), Weight.STRONG, at, first)


def _ends_medium(scene: Scene, at: int) -> bool:
    following = scene.words[at + 1] if at + 1 < len(scene.words) else None
    return (
        following is not None
        and following.spelled in words("naming", "nationality")
        and not scene.stops_before(at + 1)
    )
