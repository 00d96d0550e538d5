"""Finding a quote in a text again: a W3C TextQuoteSelector (exact, prefix, suffix) with a remembered position.

https://www.w3.org/TR/annotation-model/#text-quote-selector
"""

from dataclasses import dataclass, replace

from articles.choices import QuoteState

# Characters of context kept on each side: enough to tell repeated words apart, few enough to survive an edit nearby.
CONTEXT = 32
# A quote this common is no quote: further places are not looked at.
MOST_PLACES = 1_000


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote stands. `start` is in characters; an orphan keeps its last known place and context."""

    exact: str
    prefix: str
    suffix: str
    start: int | None
    state: QuoteState


def normalise_newlines(text: str) -> str:
    """The text with `\\n` alone between lines, as offsets are counted; browsers post `\\r\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def anchor(body: str, exact: str, *, prefix: str = "", suffix: str = "", start: int | None = None) -> Anchor:
    """Find the quote in the body: at its place, moved to the place whose context fits best, or orphaned.

    Among several places the longest agreement with prefix and suffix wins, then the nearest to `start`, then the first.
    """
    body, exact = normalise_newlines(body), normalise_newlines(exact)
    lost = Anchor(exact, prefix, suffix, start, QuoteState.ORPHANED)
    places = _places(body, exact)
    if not places:
        return lost
    if start in places and _agreement(body, start, exact, prefix, suffix) == len(prefix) + len(suffix):
        best = start
    else:
        best = max(
            places,
            key=lambda place: (
                _agreement(body, place, exact, prefix, suffix),
                -abs(place - start) if start is not None else 0,
                -place,
            ),
        )
    state = QuoteState.ANCHORED if start is None or best == start else QuoteState.MOVED
    end = best + len(exact)
    return replace(
        lost,
        prefix=body[max(0, best - CONTEXT) : best],
        suffix=body[end : end + CONTEXT],
        start=best,
        state=state,
    )


def _places(body: str, exact: str) -> list[int]:
    places: list[int] = []
    place = body.find(exact) if exact else -1
    while place >= 0 and len(places) < MOST_PLACES:
        places.append(place)
        place = body.find(exact, place + 1)
    return places


def _agreement(body: str, place: int, exact: str, prefix: str, suffix: str) -> int:
    """How many characters around the place agree with the context, counted outwards from the quote."""
    before, after = body[max(0, place - len(prefix)) : place], body[place + len(exact) :]
    agreed = 0
    for found, wanted in zip(reversed(before), reversed(prefix), strict=False):
        if found != wanted:
            break
        agreed += 1
    for found, wanted in zip(after, suffix, strict=False):
        if found != wanted:
            break
        agreed += 1
    return agreed
