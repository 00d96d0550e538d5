"""The speakers of the examples, and short ways to have them speak."""

from articles.attribution import Node, Publication, Speaker, SpeakerKind, Telling


def outlet(key: str, name_ar: str = "", name_en: str = "", *, house: str = "") -> Speaker:
    return Speaker(SpeakerKind.OUTLET, key, name_ar=name_ar, name_en=name_en or key, house=house)


def unnamed(name_en: str, name_ar: str = "") -> Speaker:
    return Speaker(SpeakerKind.UNNAMED, name_ar=name_ar, name_en=name_en)


def document(name_en: str, name_ar: str = "") -> Speaker:
    return Speaker(SpeakerKind.DOCUMENT, name_ar=name_ar, name_en=name_en)


DARAJ = outlet("daraj", "درج", "Daraj")
REUTERS = outlet("reuters", "رويترز", "Reuters")
AFP = outlet("afp", "فرانس برس", "AFP")
HERALD = outlet("herald", "صحيفة المثال", "Example Herald")
POST = outlet("post", "واشنطن بوست", "The Washington Post")
FOREIGN_POLICY = Speaker(SpeakerKind.OUTLET, "fp", name_en="Foreign Policy")

OFFICIALS = unnamed("security officials", "مسؤولين أمنيين")
CLOSE_SOURCES = unnamed("sources described as close to armed groups", "مصادر وصفتها بالقريبة من جماعات مسلحة")
WITNESSES = unnamed("witnesses", "شهود عيان")

KADHIMI = Speaker(SpeakerKind.PERSON, "kadhimi", name_ar="مصطفى الكاظمي", name_en="Mustafa al-Kadhimi")
PREMIER = Speaker(
    SpeakerKind.PERSON,
    "kadhimi",
    name_ar="مصطفى الكاظمي",
    name_en="Mustafa al-Kadhimi",
    role_ar="رئيس الوزراء العراقي",
    role_en="Iraqi prime minister",
)
PRESIDENT = Speaker(
    SpeakerKind.PERSON,
    "salih",
    name_ar="برهم صالح",
    name_en="Barham Salih",
    role_ar="الرئيس",
    role_en="president",
)
MINISTRY = Speaker(
    SpeakerKind.ORGANISATION, "interior", name_ar="وزارة الداخلية", name_en="the Interior Ministry"
)
STATEMENT = document("a statement on Sunday evening", "بيان صدر مساء الأحد")
MEMO = document("a leaked memo", "مذكرة مسرّبة")

Step = Speaker | tuple[Speaker, ...]


def chain(*steps: Step) -> tuple[tuple[Speaker, ...], ...]:
    return tuple(step if isinstance(step, tuple) else (step,) for step in steps)


def told(by: Speaker | None, *steps: Step, key: str = "", article: str = "", **facts) -> Telling:
    """A telling by that outlet, in an article of its own unless one is given."""
    article = article or f"article of {by.key if by else 'nobody'} {key}"
    copy_of = facts.pop("copy_of", None)
    return Telling(
        key or f"{article}: {steps} {facts}",
        Publication(article, by, copy_of),
        chain=chain(*steps),
        **facts,
    )


def drawn(nodes: tuple[Node, ...]) -> list:
    """The tree in plain lists: names, tellings (with ~ where they stop short), branches."""
    return [
        (
            " + ".join(speaker.name_en for speaker in node.speakers),
            [("~" if leaf.stops_short else "") + leaf.telling.key for leaf in node.tellings],
            drawn(node.children),
        )
        for node in nodes
    ]


def all_nodes(nodes: tuple[Node, ...]) -> list[Node]:
    return [found for node in nodes for found in (node, *all_nodes(node.children))]
