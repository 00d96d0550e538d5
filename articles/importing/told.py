"""What an import brought, in words: the same on the command line and at the desk."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import ngettext

from articles.importing.loading import FileResult


def counted(results: Sequence[FileResult]) -> list[tuple[int, str]]:
    """How many of each were brought in, with the sentence that says so; what a refused file holds was not."""
    imported = [result for result in results if not result.failed]
    articles, claims, published, unchanged = (
        sum(getattr(result, name) for result in imported)
        for name in ("articles", "claims", "published", "unchanged")
    )
    # Each message stands in a call of its own: gettext reads no variable.
    sentences = [
        (articles, ngettext("%(count)s article imported", "%(count)s articles imported", articles)),
        (claims, ngettext("%(count)s claim imported", "%(count)s claims imported", claims)),
        (published, ngettext("%(count)s published", "%(count)s published", published)),
        (
            unchanged,
            ngettext(
                "%(count)s was there before and is unchanged",
                "%(count)s were there before and are unchanged",
                unchanged,
            ),
        ),
    ]
    return [(count, sentence % {"count": count}) for count, sentence in sentences]


def notices(result: FileResult) -> list[str]:
    """Each notice of the file, with on how many further rows it was met again."""
    return [f"{notice} {_again(result.repeated[notice.key])}".rstrip() for notice in result.notices]


def _again(count: int) -> str:
    if not count:
        return ""
    return ngettext("(and %(count)s row more)", "(and %(count)s rows more)", count) % {"count": count}
