"""Which article's text an article is: its own, or one that it reprints."""

from collections.abc import Iterable

from articles.attribution.chain import Publication, Speaker


class Originals:
    """What some publications say of copies, their own and each other's, put together."""

    def __init__(self, publications: Iterable[Publication]) -> None:
        self._copied: dict[str, str] = {}
        self._outlets: dict[str, Speaker] = {}
        for publication in publications:
            self._learn(publication)

    def key(self, publication: Publication) -> str:
        """The key of the article whose text this is: its own, unless it is a copy, or a copy of a copy."""
        trail = [publication.key]
        while (earlier := self._copied.get(trail[-1])) is not None:
            if earlier in trail:
                # Each copies the other and no one can say which was first: one of them is taken to be.
                return min(trail[trail.index(earlier) :])
            trail.append(earlier)
        return trail[-1]

    def outlet(self, publication: Publication) -> Speaker | None:
        """The outlet whose text this is, where it is known."""
        return self._outlets.get(self.key(publication))

    def is_copy(self, publication: Publication) -> bool:
        return self.key(publication) != publication.key

    def _learn(self, publication: Publication | None) -> None:
        while publication is not None:
            if publication.outlet is not None:
                self._outlets[publication.key] = publication.outlet
            if publication.copy_of is not None:
                self._copied[publication.key] = publication.copy_of.key
            publication = publication.copy_of
