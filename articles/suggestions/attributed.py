"""Sentences that say on whose word they stand: the cue, the chain as it reads, and the words it covers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from articles.choices import AppearanceKind, Certainty
from articles.suggestions.arabic import ArabicRules
from articles.suggestions.draft import Draft, Steps
from articles.suggestions.english import EnglishRules
from articles.suggestions.holders import (
    DOCUMENT,
    NOBODY,
    SourceFound,
    Weight,
    holder,
    record_source,
)
from articles.suggestions.lists import phrases, spelled, words
from articles.suggestions.mentions import MentionFound
from articles.suggestions.names import ORGANISATION, OUTLET, PERSON, Record
from articles.suggestions.scene import Scene, bare, is_complement
from articles.suggestions.sources import is_same_noun
from articles.suggestions.words import Span
from newsroom.text.languages import ARABIC, ENGLISH, detect_language

# More of a sentence than this in quotation marks makes it a direct quote.
_QUOTED_SHARE = 0.6
_SHORT_RESUMPTION = 3
# What is likelier told than not; less is not shown.
_SHOWN = 0.5
# A quotation of fewer words alone in its sentence is a title or a slogan.
_LEAST_ALONE = 6
_SPOKEN = frozenset(("report", "hold", "according"))
# So few characters may stand between what somebody said and his next words.
_RIGHT_BEHIND = 8
# A speaker further back than this many characters is not meant by a verb without subject.
_FAR = 600
# A body named further back than so many words is not meant either.
_BODY_WITHIN = 30


@dataclass(frozen=True, slots=True)
class Attribution:
    """One telling: `text[start:end]` is the cue together with what is told.

    `steps` is the chain without the article's own outlet, nearest first, each step with its co-sources. A source with
    kind "nobody" says that the text names none; no steps at all, that the rules cannot tell who it was.
    """

    start: int
    end: int
    cue: Span
    family: str
    steps: Steps
    kind: AppearanceKind
    certainty: str
    # What is told, as the quote of a claim would hold it.
    quote: Span
    confidence: float
    # «في بيان», "in a letter": where it was told.
    document: str = ""


def attributed_sentences(text: str, language: str, mentions: Iterable[MentionFound]) -> list[Attribution]:
    """Every attribution found, in order. Never raises, whatever the text."""
    return attributed_in(Scene.of(text, mentions), language)


def attributed_in(scene: Scene, language: str) -> list[Attribution]:
    """As `attributed_sentences`, of a text already taken apart."""
    if language not in {ARABIC, ENGLISH}:
        language = detect_language(scene.text)
    rules = EnglishRules if language == ENGLISH else ArabicRules
    found: list[Attribution] = []
    for sentence in scene.reading.sentences:
        drafts = sorted(rules(scene, sentence).drafts(), key=lambda draft: draft.cue_first)
        outer: Steps = ()
        told: list[Attribution] = []
        for number, draft in enumerate(drafts):
            following = next((one for one in drafts[number + 1 :] if not _is_relative(scene, one)), None)
            attribution = _finished(scene, draft, following, found)
            if attribution is None or _is_inside(scene, attribution, told):
                continue
            if following is not None and _holds_only(scene, attribution, following):
                # «أوردت الوكالة أن فلاناً أبلغ … أن»: what the agency tells is that he told it.
                outer += attribution.steps
                continue
            if outer and following is None:
                attribution = replace(attribution, steps=outer + attribution.steps)
            told.append(attribution)
            found.append(attribution)
        if len(told) > 1:
            found[len(found) - len(told) :] = _under_outlets(told)
        if not drafts and (alone := _quoted_alone(scene, sentence, found)) is not None:
            found.append(alone)
    return found


def _quoted_alone(scene: Scene, sentence: Span, before: list[Attribution]) -> Attribution | None:
    """A sentence that is a quotation and nothing else, right behind one who spoke: he goes on, and the marks are the cue."""
    words_of = scene.reading.words_in(sentence)
    if len(words_of) < _LEAST_ALONE or not before or not before[-1].steps or before[-1].family not in _SPOKEN:
        return None
    quotation = scene.reading.quotation_at(scene.words[words_of.start].start)
    if quotation is None or quotation.end < scene.words[words_of.stop - 1].end:
        return None
    if (
        sentence.start - before[-1].end > _RIGHT_BEHIND
        or scene.text[sentence.start : quotation.start - 1].strip()
    ):
        return None
    return Attribution(
        start=quotation.start - 1,
        end=quotation.end,
        cue=Span(quotation.start - 1, quotation.start),
        family="report",
        steps=_the_man(before[-1].steps),
        kind=AppearanceKind.DIRECT_QUOTE,
        certainty=Certainty.REPORTED,
        quote=quotation,
        confidence=_SHOWN,
    )


def without_publisher(attribution: Attribution, publisher: Record | None) -> Attribution:
    """The attribution without the article's own outlet, which begins every chain and is never named in one.

    Where the outlet is all that is named it stays: then it says so on its own word.
    """
    steps = attribution.steps
    if publisher is None or len(steps) < 2 or [source.record for source in steps[0]] != [publisher]:
        return attribution
    return replace(attribution, steps=steps[1:])


def _is_relative(scene: Scene, draft: Draft) -> bool:
    """«فريقه الذي وصفه بـ…»: a telling inside what is told, which ends nothing."""
    return draft.cue_first > 0 and scene.words[draft.cue_first - 1].spelled in words("telling", "relative")


def _is_inside(scene: Scene, attribution: Attribution, told: list[Attribution]) -> bool:
    """Whether the cue is a part of what is quoted already: «قال: «أعتقد أن …»»."""
    quotation = scene.reading.quotation_at(attribution.cue.start)
    return quotation is not None and any(one.quote == quotation for one in told)


def _under_outlets(told: list[Attribution]) -> list[Attribution]:
    """«قدّر المكتب أن …، كما أوردت رويترز»: an outlet that tells of a whole sentence tells who told it, too."""
    asides = [one for one in told if one.family == "according" and _is_outlets(one)]
    merged, used = [], set()
    for one in told:
        steps = one.steps
        for aside in asides:
            if aside is not one and (_holds(aside.quote, one.cue) or _holds(one.cue, aside.cue)):
                used.add(aside)
                if not set(_keys(aside)) & set(_keys(one)):
                    steps = aside.steps + steps
        merged.append(replace(one, steps=steps))
    return [one for one, before in zip(merged, told, strict=True) if before not in used]


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _is_outlets(attribution: Attribution) -> bool:
    return bool(attribution.steps) and all(
        source.kind == OUTLET for step in attribution.steps for source in step
    )


def _keys(attribution: Attribution) -> list[Record]:
    return [source.record for step in attribution.steps for source in step if source.record is not None]


def _holds_only(scene: Scene, attribution: Attribution, following: Draft) -> bool:
    """Whether nothing but «أن» stands between the cue and the next attribution."""
    if len(scene.reading.words_in(attribution.quote)) > 1 or attribution.quote.start < attribution.cue.end:
        return False
    return following.cue_first == scene.reading.words_in(attribution.quote).stop and bool(following.steps)


def _finished(
    scene: Scene, draft: Draft, following: Draft | None, before: list[Attribution]
) -> Attribution | None:
    quote = _quote(scene, draft, following)
    if quote is None or (
        # «يعرف عنه … بحسب فلان»: there is somebody after all.
        draft.family == "nobody"
        and following is not None
        and following.family == "according"
        and following.content.first <= draft.content.first < following.content.last
    ):
        return None
    steps = draft.steps
    confidence = draft.confidence
    if steps:
        steps = _resolved(scene, draft, before)
        if draft.is_cited and (outlet := _last_outlet(scene, scene.words[draft.cue_first].start)) is not None:
            steps = ((record_source(outlet),), *steps)
    else:
        steps = _spoken_before(scene, draft, before)
        paragraph = scene.reading.paragraph_of(scene.words[draft.cue_first].start)
        if steps and steps[-1][0].start < paragraph.start:
            # Who is meant was named in a paragraph before; that it is told is no less sure for that.
            sure = draft.family == "report" and _is_surely_told(scene, draft)
            confidence = max(confidence - 0.1, _SHOWN if sure else 0)
        if draft.told is not None and steps:
            steps = ((draft.told,), *steps)
    if not steps and not (draft.family == "report" and _is_surely_told(scene, draft)):
        return None
    cue = Span(scene.words[draft.cue_first].start, scene.words[max(draft.cue_first, draft.cue_last - 1)].end)
    return Attribution(
        start=min(cue.start, quote.start),
        end=max(cue.end, quote.end),
        cue=cue,
        family=draft.family,
        steps=steps,
        kind=_kind(scene, quote),
        certainty=draft.certainty,
        quote=quote,
        confidence=confidence,
        document=draft.document.text if draft.document else "",
    )


def _is_surely_told(scene: Scene, draft: Draft) -> bool:
    """«وأضافت: «…»»: somebody said so, though the rules cannot tell who; the chain is left to the editor."""
    first = scene.words[draft.content.first]
    return draft.goes_on or draft.content.quotation is not None or is_complement(first) or ":" in first.gap


def _quote(scene: Scene, draft: Draft, following: Draft | None) -> Span | None:
    """The words that are told, cut where the next attribution begins."""
    content = draft.content
    if content.quotation is not None and content.last > content.first:
        return content.quotation
    last = content.last
    if following is not None and content.first < following.cue_first < last:
        last = _clause_start(scene, following.cue_first, content.first)
    if last <= content.first:
        return None
    start, end = scene.words[content.first].start, scene.words[last - 1].end
    inside = scene.reading.quotation_at(end - 1)
    if inside is not None and inside.end == end and inside.start > start:
        end += 1
    return Span(start, end)


def _clause_start(scene: Scene, index: int, floor: int) -> int:
    """The word with which the clause of that word begins: «فيما أشارت», or the word itself."""
    at = index
    while (
        at - 1 > floor
        and not scene.stops_before(at)
        and scene.words[at - 1].spelled in words("telling", "clause")
    ):
        at -= 1
    return at


def _kind(scene: Scene, quote: Span) -> AppearanceKind:
    quoted = sum(
        min(quote.end, span.end) - max(quote.start, span.start)
        for span in scene.reading.quotations
        if span.overlaps(quote)
    )
    is_direct = quoted >= _QUOTED_SHARE * (quote.end - quote.start)
    return AppearanceKind.DIRECT_QUOTE if is_direct else AppearanceKind.PARAPHRASE


def _resolved(scene: Scene, draft: Draft, before: list[Attribution]) -> Steps:
    """The chain with «المصادر» and «الوكالة» led back to those they stand for."""
    steps: list[tuple[SourceFound, ...]] = []
    for step in draft.steps:
        sources: list[SourceFound] = []
        for source in step:
            replaced = _stands_for(scene, source, before)
            if replaced and len(step) == 1:
                if len(replaced) > 1 and not steps and len(draft.steps) == 1:
                    return replaced
                sources += replaced[-1]
            else:
                sources.append(source)
        steps.append(tuple(dict.fromkeys(sources)))
    return tuple(steps)


def _stands_for(scene: Scene, source: SourceFound, before: list[Attribution]) -> Steps:  # noqa: C901, PLR0911 - a list of cases
    """The chain that a definite word such as «المصادر» or "the agency" leads back to; empty where it stands for itself."""
    if source.record is not None or source.kind == NOBODY:
        return ()
    written = [spelled(word) for word in source.text.split()]
    if not written or len(written) > _SHORT_RESUMPTION:
        return ()
    definite = written[0].removeprefix("و").startswith(("ال", "لل")) or written[0] in {
        "the",
        "that",
        "this",
        "those",
        "these",
    }
    if not definite and not (set(written) & {"نفسه", "نفسها", "same"}):
        return ()
    noun = written[-1] if written[0] in {"the", "that", "this", "those", "these", "same"} else written[0]
    head = bare(noun)
    if head in words("naming", "media") or noun in words("naming", "media"):
        mention = _last_outlet(scene, source.start)
        return ((record_source(mention),),) if mention else ()
    if (head,) in phrases("arabic_phrases", "document") or noun in {"statement", "letter", "report"}:
        for attribution in reversed(before):
            if attribution.document or any(s.kind == DOCUMENT for step in attribution.steps for s in step):
                return attribution.steps
        return ()
    for attribution in reversed(before):
        for number, step in enumerate(attribution.steps):
            if any(is_same_noun(other, head, noun) for other in step):
                return attribution.steps[: number + 1]
    return ()


def _last_outlet(scene: Scene, place: int) -> MentionFound | None:
    outlets = [m for m in scene.mentions if m.record.kind == OUTLET and m.start < place]
    return outlets[-1] if outlets else None


def _spoken_before(scene: Scene, draft: Draft, before: list[Attribution]) -> Steps:  # noqa: PLR0911 - a list of cases
    """The chain of whoever spoke or was spoken of before, for a verb without a subject."""
    place = scene.words[draft.cue_first].start
    paragraph = scene.reading.paragraph_of(place)
    spoken = [one for one in before if one.cue.start >= paragraph.start and one.steps]
    before = [one for one in before if one.family != "nobody" and one.steps]
    before = [attribution for attribution in before if place - attribution.end < _FAR]
    if draft.is_feminine or draft.is_plural:
        bodies = [attribution for attribution in before if _is_body(attribution)]
        spoke_here = bool(bodies) and bodies[-1].cue.start >= paragraph.start
        if not spoke_here and (body := _body_before(scene, draft, bodies[-1].end if bodies else 0)):
            return ((body,),)
        if bodies:
            return bodies[-1].steps
        # «وهم يرون …»: said of one, and of those who think as he does.
        sentence = scene.reading.sentence_of(place)
        spoke = [one for one in spoken if one.start >= sentence.start]
        return spoke[-1].steps if spoke and draft.is_plural else ()
    people = [person for person in scene.people if person.start < place]
    here = [person for person in people if person.start >= paragraph.start]
    last = spoken[-1] if spoken else None
    if last is not None and (
        draft.goes_on or not here or here[-1].start < last.end or here[-1].start < last.quote.end
    ):
        return _the_man(last.steps)
    # The subject of a paragraph is named at its beginning more often than last.
    if here:
        return ((here[0],),)
    if draft.goes_on and before:
        # A new paragraph, and the same speaker: "He also said …".
        return _the_man(before[-1].steps)
    if people and place - people[-1].end < _FAR:
        return ((people[-1],),)
    one = [attribution for attribution in before if len(attribution.steps[-1]) == 1]
    return one[-1].steps if one else ()


def _body_before(scene: Scene, draft: Draft, since: int) -> SourceFound | None:
    """The body named last before the verb, behind that place: «لم ترض تلك الفصائل …، وقد عمدت إلى تأكيد …»."""
    for first in range(draft.cue_first - 1, max(-1, draft.cue_first - _BODY_WITHIN), -1):
        word = scene.words[first]
        if word.start < since:
            return None
        if bare(word.spelled) not in words("holders", "collective") or not word.spelled.startswith("ال"):
            continue
        is_shown = first > 0 and scene.words[first - 1].spelled in words("telling", "demonstrative")
        one = holder(scene, first - is_shown, draft.cue_first)
        if one is not None and one.weight >= Weight.FAIR and one.source.kind != PERSON:
            return one.source
    return None


def _the_man(steps: Steps) -> Steps:
    """The chain of one who spoke for a body in its statement: what he adds is his alone."""
    if len(steps[-1]) < 2:
        return steps
    people = tuple(source for source in steps[-1] if source.kind == PERSON)
    bodies = [source for source in steps[-1] if source.kind == ORGANISATION]
    return (*steps[:-1], people) if len(people) == 1 and len(bodies) == len(steps[-1]) - 1 else steps


def _is_body(attribution: Attribution) -> bool:
    """Whether many or a body spoke, of whom a verb says «قالت» or «قالوا»."""
    return all(source.kind not in {PERSON, NOBODY} for source in attribution.steps[-1])
