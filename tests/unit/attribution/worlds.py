"""Strategies: claims told in every odd way that editors and their data can bring about."""

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st

from articles.attribution import Publication, Speaker, SpeakerKind, Telling
from articles.choices import AppearanceKind, Certainty

OUTLETS = [f"o{n}" for n in range(5)]
ARTICLES = [f"a{n}" for n in range(6)]

WORDINGS = [("officials", "مسؤولين"), ("officials", ""), ("", "مسؤولين"), ("sources", "مصادر"), ("", "")]
DESCRIBED = [
    Speaker(kind, name_en=name_en, name_ar=name_ar)
    for kind in (SpeakerKind.UNNAMED, SpeakerKind.DOCUMENT)
    for name_en, name_ar in WORDINGS
]
NAMED = [Speaker(kind, key) for kind in (SpeakerKind.PERSON, SpeakerKind.ORGANISATION) for key in ("p", "q")]


@dataclass(frozen=True)
class World:
    """Some outlets, in houses that may go round in a circle; articles that may copy each other; tellings in them."""

    outlets: dict[str, Speaker]
    tellings: tuple[Telling, ...]

    def with_house(self, outlet: str, house: str) -> "World":
        """The same with the outlet moved into a house."""
        outlets = self.outlets | {outlet: replace(self.outlets[outlet], house=house)}
        return World(outlets, tuple(_moved(telling, outlets) for telling in self.tellings))


@st.composite
def worlds(draw, *, with_copies: bool = True, certainties=(Certainty.REPORTED,)) -> World:
    houses = st.sampled_from(["", "", *OUTLETS])
    outlets = {
        key: Speaker(SpeakerKind.OUTLET, key, name_en=f"Outlet {key}", house=draw(houses)) for key in OUTLETS
    }
    publisher = {key: draw(st.sampled_from([None, *outlets.values()])) for key in ARTICLES}
    original = {
        key: draw(st.sampled_from([None, None, *ARTICLES])) if with_copies else None for key in ARTICLES
    }
    source = st.sampled_from([*outlets.values(), *outlets.values(), *NAMED, *DESCRIBED])
    step = st.lists(source, max_size=2).map(tuple)

    def telling(key: int) -> Telling:
        article = draw(st.sampled_from(ARTICLES))
        copied = original[article]
        return Telling(
            f"t{key}",
            Publication(article, publisher[article], copied and Publication(copied, publisher[copied])),
            kind=draw(st.sampled_from(AppearanceKind)),
            certainty=draw(st.sampled_from(certainties)),
            chain=tuple(draw(st.lists(step, max_size=3))),
            language=draw(st.sampled_from(["", "ar", "en"])),
            published_on=draw(st.sampled_from([None, date(2021, 11, 8), date(2021, 11, 9)])),
        )

    return World(outlets, tuple(telling(key) for key in range(draw(st.integers(1, 6)))))


def _moved(telling: Telling, outlets: dict[str, Speaker]) -> Telling:
    def speaker(old: Speaker) -> Speaker:
        return outlets[old.key] if old.kind == SpeakerKind.OUTLET else old

    def publication(old: Publication) -> Publication:
        return Publication(
            old.key, old.outlet and speaker(old.outlet), old.copy_of and publication(old.copy_of)
        )

    return replace(
        telling,
        publication=publication(telling.publication),
        chain=tuple(tuple(map(speaker, step)) for step in telling.chain),
    )
