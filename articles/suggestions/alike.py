"""Articles that share passages with this one, as suggestions: whether it is a copy is for a person to say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import get_language

from articles.models import Article
from articles.suggestions.items import CopyFound, Place, around
from articles.suggestions.records import near_duplicates
from articles.suggestions.shared import Overlap, Passage
from newsroom.text.languages import LANGUAGES

MOST_ALIKE = 8
MOST_PASSAGES = 4
LONGEST_EXCERPT = 400
# Below this share of either text the two have a quotation in common, not a text.
LEAST_SHARE = 0.05


def copies(article: Article) -> Iterator[CopyFound]:
    """The articles most alike, with their longest common passages."""
    seen: set[int] = set()
    alike = (one for one in near_duplicates(article) if _is_worth_showing(one.overlap))
    for one in alike:
        if one.article.pk in seen or len(seen) >= MOST_ALIKE:
            continue
        seen.add(one.article.pk)
        own = getattr(article, f"body_{one.language}")
        theirs = getattr(one.article, f"body_{one.language}")
        passages = one.overlap.passages
        longest = sorted(passages, key=_length, reverse=True)
        shown = sorted(islice(longest, MOST_PASSAGES), key=lambda passage: passage.start_a)
        before, after = around(own, shown[0].start_a, shown[0].end_a)
        yield CopyFound(
            fingerprint=str(one.article.pk),
            words=one.article.title_in(get_language() or LANGUAGES[0]).text or str(one.article),
            language=one.language,
            places=[Place(passage.start_a, passage.end_a) for passage in passages],
            before=before,
            after=after,
            is_done=article.copy_of_id == one.article.pk,
            other=one.article,
            share=round(100 * one.overlap.share_of_a),
            share_of_other=round(100 * one.overlap.share_of_b),
            passages=[
                (
                    _excerpt(own, passage.start_a, passage.end_a),
                    _excerpt(theirs, passage.start_b, passage.end_b),
                )
                for passage in shown
            ],
            more_passages=len(passages) - len(shown),
        )


def _is_worth_showing(shared: Overlap) -> bool:
    return max(shared.share_of_a, shared.share_of_b) >= LEAST_SHARE


def _length(passage: Passage) -> int:
    return passage.end_a - passage.start_a


def _excerpt(text: str, start: int, end: int) -> str:
    words = " ".join(text[start : min(end, start + LONGEST_EXCERPT)].split())
    return words if end - start <= LONGEST_EXCERPT else words.rsplit(" ", 1)[0] + " …"
