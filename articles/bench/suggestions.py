"""Suggestions measured against texts annotated by hand. The form of the file is told in docs/suggestions.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from articles.bench.relations import relation_scores
from articles.bench.scores import Score
from articles.suggestions.attributed import Attribution, attributed_sentences, without_publisher
from articles.suggestions.differences import differences
from articles.suggestions.mentions import MentionFound, mentions
from articles.suggestions.names import OUTLET, KnownName, Names, Record
from articles.suggestions.shared import overlap
from newsroom.text.fold import fold
from newsroom.text.tokens import tokenize

# Below it a suggestion is not shown, and not counted.
LEAST_CONFIDENCE = 0.5
# So much of an annotated quote must lie in what is told for the two to be one telling.
LEAST_COVERED = 0.5
# Two descriptions of an unnamed source are one where so many of their words are the same.
LEAST_ALIKE = 0.5

type Row = dict[str, Any]


class BadAnnotation(Exception):
    """The annotated file, or the text it speaks of, cannot be used; the message says what and where."""


@dataclass
class Report:
    scores: list[Score] = field(default_factory=list)
    # What was missed and what was wrongly suggested, a line each, for the eye.
    misses: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)


def read_annotation(path: Path, texts: Path | None = None) -> tuple[Row, dict[str, str]]:
    """The annotation and the text of each of its articles; see `texts_of` for where a text is looked for."""
    try:
        annotation = json.loads(path.read_text("utf-8"))
        articles = annotation["articles"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadAnnotation(f"{path}: not an annotation with a list of articles ({error!r}).") from error
    return annotation, dict(texts_of(articles, path, texts))


def texts_of(articles: Iterable[Row], path: Path, texts: Path | None) -> Iterator[tuple[str, str]]:
    """Each article's text: its own `text`, a file of its name in `texts` or beside the annotation, or as imported."""
    folders = [texts] if texts else [path.parent, *(parent / "seeds" for parent in path.parents[:3])]
    for article in articles:
        name = article["id"]
        if "text" in article:
            yield name, article["text"]
            continue
        file = next((folder / name for folder in folders if (folder / name).is_file()), None)
        text = file.read_bytes().decode("utf-8") if file else _imported(name)
        if text is None:
            raise BadAnnotation(
                f"The text of “{name}” is not here. Give its folder with --texts, or import it first."
            )
        yield name, text


def _imported(name: str) -> str | None:
    from articles.models import Article

    return Article.objects.filter(external_id=name).values_list("raw_text", flat=True).first()


def measure(annotation: Row, texts: Mapping[str, str]) -> Report:
    """Every part that the annotation speaks of, measured."""
    report = Report()
    names = Names.of(_known(annotation))
    located = _Located(annotation, texts)
    found = {name: mentions(text, names) for name, text in texts.items()}
    _measure_mentions(report, located, found)
    languages = {article["id"]: article.get("language", "") for article in annotation["articles"]}
    publishers = _publishers(annotation)
    told = {
        name: [
            without_publisher(attribution, publishers.get(name))
            for attribution in attributed_sentences(text, languages[name], found[name])
            if attribution.confidence >= LEAST_CONFIDENCE
            and not located.is_outside(name, attribution.cue.start)
        ]
        for name, text in texts.items()
    }
    _measure_attributions(report, located, told, texts)
    _measure_relations(report, annotation, located, texts, names)
    report.scores += relation_scores(annotation, names)
    return report


def _publishers(annotation: Row) -> dict[str, Record]:
    """The outlet of each article, where the annotation says it: beside the article, or as the first step of its chains."""
    said = [(article["id"], article.get("publisher")) for article in annotation["articles"]]
    for claim in annotation.get("claims", []):
        first: Row = next(iter(claim.get("chain", [])), {})
        said.append((claim["file"], first.get("outlet") if first.get("type") == "publisher" else None))
    return {name: Record(OUTLET, key) for name, key in said if isinstance(key, str)}


def _known(annotation: Row) -> Iterator[KnownName]:
    """The names the annotation gives: two of each record it mentions, and those listed under `names`."""
    seen: set[tuple[Record, str]] = set()
    for row in [*annotation.get("names", []), *annotation.get("mentions", [])]:
        record = Record(row["kind"], row["id"])
        proper = [row.get("name_ar"), row.get("name_en"), *row.get("transliterations", [])]
        others = row.get("aliases", [])
        for name, is_proper in [*((name, True) for name in proper), *((name, False) for name in others)]:
            if name and (record, name) not in seen:
                seen.add((record, name))
                yield KnownName(record, name, is_proper)


class _Located:
    """The annotation with the place of each thing in its text, and the stretches that are no part of an article."""

    def __init__(self, annotation: Row, texts: Mapping[str, str]) -> None:
        self.outside = {
            article["id"]: [(cut["start"], cut["end"]) for cut in article.get("boilerplate", [])]
            for article in annotation["articles"]
        }
        self.mentions = list(_placed(annotation.get("mentions", []), "surface", texts))
        self.claims = list(_placed(annotation.get("claims", []), "quote", texts))

    def is_outside(self, name: str, place: int) -> bool:
        return any(start <= place < end for start, end in self.outside.get(name, ()))


def _placed(rows: Iterable[Row], words: str, texts: Mapping[str, str]) -> Iterator[Row]:
    """Rows with `start` and `end`; where they have none, the words are looked for behind those of the row before."""
    reached: dict[str, int] = {}
    for row in rows:
        text = texts[row["file"]]
        start = row.get("start")
        if start is None:
            start = text.find(row[words], reached.get(row["file"], 0) if words == "surface" else 0)
        if start < 0 or text[start : start + len(row[words])] != row[words]:
            raise BadAnnotation(f"“{row[words]}” is not where the annotation says in “{row['file']}”.")
        end = start + len(row[words])
        reached[row["file"]] = end
        yield {**row, "start": start, "end": end}


# Mentions


def _measure_mentions(report: Report, located: _Located, found: Mapping[str, list[MentionFound]]) -> None:
    annotated = [row for row in located.mentions if not row.get("in_boilerplate")]
    if not annotated:
        return
    suggested = [
        (name, one)
        for name, several in found.items()
        for one in several
        if one.confidence >= LEAST_CONFIDENCE and not located.is_outside(name, one.start)
    ]
    for part, same in (("mentions, exact span", _same_span), ("mentions, overlapping", _overlap)):
        hits = [
            row for row in annotated if any(name == row["file"] and same(row, one) for name, one in suggested)
        ]
        right = [
            one for name, one in suggested if any(name == row["file"] and same(row, one) for row in annotated)
        ]
        report.scores.append(Score(part, len(annotated), len(suggested), len(hits), len(right)))
        if same is _overlap:
            report.misses += [
                f"mention {row['file']} {row['surface']}" for row in annotated if row not in hits
            ]
            report.extras += [f"mention {name} {one.surface}" for name, one in suggested if one not in right]
    for kind in ("person", "organisation", "outlet"):
        ours = [row for row in annotated if row["kind"] == kind]
        theirs = [(name, one) for name, one in suggested if one.record.kind == kind]
        hits = [
            row for row in ours if any(name == row["file"] and _overlap(row, one) for name, one in theirs)
        ]
        right = [
            one for name, one in theirs if any(name == row["file"] and _overlap(row, one) for row in ours)
        ]
        report.scores.append(Score(f"  {kind}", len(ours), len(theirs), len(hits), len(right)))


def _same_span(row: Row, one: MentionFound) -> bool:
    return _is_same(row, one) and (row["start"], row["end"]) == (one.start, one.end)


def _overlap(row: Row, one: MentionFound) -> bool:
    shared = min(row["end"], one.end) - max(row["start"], one.start)
    return _is_same(row, one) and shared * 2 >= max(row["end"], one.end) - min(row["start"], one.start)


def _is_same(row: Row, one: MentionFound) -> bool:
    return Record(row["kind"], row["id"]) == one.record


# Attributions


def _measure_attributions(
    report: Report, located: _Located, told: Mapping[str, list[Attribution]], texts: Mapping[str, str]
) -> None:
    claims = [claim for claim in located.claims if claim.get("attributed")]
    if not claims:
        return
    suggested = [(name, one) for name, several in told.items() for one in several]
    pairs = [(claim, _best(claim, told[claim["file"]])) for claim in claims]
    matched = [(claim, one) for claim, one in pairs if one is not None]
    right = [
        one
        for name, one in suggested
        if any(claim["file"] == name and _touches(claim, one) for claim in claims)
    ]
    report.scores.append(Score("attributed sentences", len(claims), len(suggested), len(matched), len(right)))
    equal = [(claim, one) for claim, one in matched if same_chain(claim, one)]
    whole = [(claim, one) for claim, one in matched if same_chain(claim, one, by_words=False)]
    report.scores.append(Score("chains of those found", len(matched), len(matched), len(equal), len(equal)))
    report.scores.append(Score("chains, word for word", len(matched), len(matched), len(whole), len(whole)))
    report.misses += [f"telling {claim['file']} {claim['quote'][:90]}" for claim, one in pairs if one is None]
    report.misses += [
        f"chain {claim['file']} {claim['quote'][:60]} | {_told(one)}"
        for claim, one in matched
        if (claim, one) not in equal
    ]
    report.extras += [
        f"telling {name} {texts[name][one.start : one.end][:110]}"
        for name, one in suggested
        if one not in right
    ]


def _told(one: Attribution) -> str:
    return " ← ".join(" + ".join(source.text for source in step) for step in one.steps)


def _covered(claim: Row, one: Attribution) -> float:
    """The share of the annotated quote that lies in the suggestion."""
    inside = min(claim["end"], one.end) - max(claim["start"], one.start)
    return max(0, inside) / (claim["end"] - claim["start"])


def _best(claim: Row, told: list[Attribution]) -> Attribution | None:
    """The suggestion meant by the claim: it covers its quote, and best also stands at its cue."""
    fitting = [one for one in told if _covered(claim, one) >= LEAST_COVERED]
    return max(
        fitting,
        key=lambda one: (_at_cue(claim, one), same_chain(claim, one), one.confidence),
        default=None,
    )


def _at_cue(claim: Row, one: Attribution) -> bool:
    return any(
        "start" in cue and cue["start"] < one.cue.end and one.cue.start < cue["end"]
        for cue in claim.get("cues", [])
    )


def _touches(claim: Row, one: Attribution) -> bool:
    inside = min(claim["end"], one.quote.end) - max(claim["start"], one.quote.start)
    shorter = min(claim["end"] - claim["start"], one.quote.end - one.quote.start)
    return inside * 2 >= shorter > 0 or _at_cue(claim, one)


def same_chain(claim: Row, one: Attribution, *, by_words: bool = True) -> bool:
    """Whether the steps are the same, each with the same sources in any order.

    Records are the same by id. Descriptions are by most of their words, or with `by_words` off by all of them.
    """
    wanted = [step for step in claim.get("chain", []) if step.get("type") != "publisher"]
    if len(wanted) != len(one.steps):
        return False
    for step, sources in zip(wanted, one.steps, strict=True):
        members = step.get("members") or [step]
        if len(members) != len(sources):
            return False
        left = list(sources)
        for member in members:
            fitting = next((s for s in left if _same_source(member, s, by_words=by_words)), None)
            if fitting is None:
                return False
            left.remove(fitting)
    return True


def _same_source(member: Row, source: Any, *, by_words: bool) -> bool:
    if member.get("type") == "unidentified":
        return bool(source.kind == "nobody")
    key = member.get("outlet") or member.get("person") or member.get("organisation")
    if key and source.record is not None:
        return bool(source.record.key == key)
    if key and "text" not in member:
        return False
    ours, theirs = _words(member.get("text", "")), _words(source.text)
    if not by_words:
        return ours == theirs
    shared = len(set(ours) & set(theirs))
    return bool(ours and theirs) and shared >= LEAST_ALIKE * max(len(set(ours)), len(set(theirs)))


def _words(text: str) -> list[str]:
    return [fold(token.text) for token in tokenize(text)]


# Relations


def _measure_relations(
    report: Report, annotation: Row, located: _Located, texts: Mapping[str, str], names: Names
) -> None:
    claims = {claim["id"]: claim for claim in located.claims if "id" in claim}
    pairs = [
        (relation, claims[relation["a"]], claims[relation["b"]])
        for relation in annotation.get("relations", [])
        if relation.get("a") in claims and relation.get("b") in claims
    ]
    copied = [(a, b) for relation, a, b in pairs if relation.get("near_verbatim") and a["file"] != b["file"]]
    if copied:
        hits = sum(_in_shared_passage(a, b, texts) for a, b in copied)
        report.scores.append(Score("shared passages", len(copied), len(copied), hits, hits))
    numbers = [
        (r, a, b) for r, a, b in pairs if r["type"] == "contradicts" and r.get("aspect") in {"number", "date"}
    ]
    same = [(r, a, b) for r, a, b in pairs if r["type"] == "same-claim"]
    if numbers or same:
        conflicting = {id(r): _conflicts(a, b, names) for r, a, b in [*numbers, *same]}
        hits = sum(r["aspect"] in conflicting[id(r)] for r, _a, _b in numbers)
        alarms = sum(bool(conflicting[id(r)]) for r, _a, _b in same)
        report.scores.append(Score("number or date differs", len(numbers), hits + alarms, hits, hits))


def _in_shared_passage(a: Row, b: Row, texts: Mapping[str, str]) -> bool:
    shared = overlap(texts[a["file"]], texts[b["file"]])
    return any(
        p.start_a < a["end"] and a["start"] < p.end_a and p.start_b < b["end"] and b["start"] < p.end_b
        for p in shared.passages
    )


def _conflicts(a: Row, b: Row, names: Names) -> set[str]:
    """The aspects in which the two statements disagree, in either language."""
    return {
        str(difference.aspect)
        for language in ("ar", "en")
        for difference in differences(
            a.get(f"statement_{language}", ""), b.get(f"statement_{language}", ""), names
        )
        if difference.aspect is not None
    }
