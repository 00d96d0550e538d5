"""Things that turn out to be one."""


class Groups[Item: tuple[str, ...]]:
    """Disjoint sets that grow together; each is known by its smallest member, whatever the order of joining."""

    def __init__(self) -> None:
        self._towards: dict[Item, Item] = {}

    def join(self, one: Item, other: Item) -> None:
        """From now on the groups of both are one group."""
        first, second = sorted((self.of(one), self.of(other)))
        self._towards[second] = first

    def of(self, item: Item) -> Item:
        """The smallest member of the item's group; the item itself where it was never joined."""
        trail = []
        while (nearer := self._towards.get(item, item)) != item:
            trail.append(item)
            item = nearer
        # The next search from any of these takes one step.
        self._towards.update(dict.fromkeys(trail, item))
        return item
