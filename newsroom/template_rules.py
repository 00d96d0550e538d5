"""What every template and stylesheet of this project keeps to, told from their text alone."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, Token, TokenType

# The site's own name is the same in every language.
NAMES = {"Isnad", "إسناد"}
SPOKEN_ATTRIBUTES = {"alt", "aria-description", "aria-label", "label", "placeholder", "title"}
# Data, not programs: a browser runs none of it, and the Content Security Policy lets it be.
DATA_SCRIPTS = {"application/json", "application/ld+json"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# The admin's templates fill class="…" from blocks of these names.
ATTRIBUTE_BLOCK = re.compile(r"block \w*(?:class|coltype)$")
WORD = re.compile(r"[^\W\d_]{2,}")
ENTITY = re.compile(r"&#?\w+;")

PHYSICAL = re.compile(
    r"(?<![\w-])(?:"
    r"(?:scroll-)?(?:margin|padding)-(?:left|right)|border-(?:left|right)(?:-\w+)?|border-\w+-(?:left|right)-radius"
    r"|(?:left|right)(?=\s*:)"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
    r")(?![\w-])"
)
# A rule that means the screen's own left or right says why: /* physical: … */
EXCUSE = "/* physical:"
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def template_faults(source: str, *, is_component: bool) -> Iterator[str]:
    """What is wrong with an HTML template, each as "LINE: sentence"."""
    if is_component and not source.startswith("{#"):
        yield "1: a component begins with a comment that says what it is and what it takes: {# … Takes … #}"
    page = _Page()
    page.feed("".join(_without_template_language(source)))
    page.close()
    yield from page.faults


def stylesheet_faults(source: str) -> Iterator[str]:
    """Properties that stay on one side when the page is mirrored, each as "LINE: sentence"."""
    excused = {number for number, line in enumerate(source.splitlines(), 1) if EXCUSE in line}
    bare = CSS_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source)
    for number, line in enumerate(bare.splitlines(), 1):
        for found in PHYSICAL.finditer(line):
            if number not in excused:
                yield f"{number}: “{found[0].strip()}” does not mirror; use inline-start or inline-end."


def _without_template_language(source: str) -> Iterator[str]:
    """The template's own text, line by line where it was, with a 0 where a value will stand."""
    until: str | None = None
    for token in Lexer(source).tokenize():
        name = token.contents.split(" ", 1)[0] if token.token_type is TokenType.BLOCK else ""
        if until is not None:
            until = None if name == until else until
            yield "\n" * token.contents.count("\n")
            continue
        if name in {"blocktranslate", "blocktrans", "comment"} or ATTRIBUTE_BLOCK.match(token.contents):
            until = f"end{name}"
        yield _stand_in(token)


def _stand_in(token: Token) -> str:
    if token.token_type is TokenType.TEXT:
        return token.contents
    return ("0" if token.token_type is TokenType.VAR else " ") + "\n" * token.contents.count("\n")


class _Page(HTMLParser):
    """Collects what a translator or the Content Security Policy would miss."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.faults: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._check_policy(tag, attributes)
        if attributes.get("translate") != "no" and not self._is_exempt():
            self._check_spoken(tag, attributes)
        if tag not in VOID:
            self._open.append((tag, attributes.get("translate") == "no"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        # Branches of an {% if %} may open one tag twice: only what is there is closed.
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        if not self._is_exempt():
            self._check_words(data, "text")

    def _is_exempt(self) -> bool:
        return any(tag in {"script", "style"} or untranslated for tag, untranslated in self._open)

    def _check_policy(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style" or "style" in attributes:
            self._fault("inline style: the Content Security Policy drops it; write a rule in the stylesheet.")
        if tag == "script" and "src" not in attributes and attributes.get("type") not in DATA_SCRIPTS:
            self._fault("inline script: the Content Security Policy drops it; write it in a file of static/.")
        for name, value in attributes.items():
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self._fault(
                    f"inline script in {name}: the Content Security Policy drops it; listen in a file of static/."
                )

    def _check_spoken(self, tag: str, attributes: dict[str, str]) -> None:
        spoken = SPOKEN_ATTRIBUTES & attributes.keys()
        if tag == "meta" and attributes.get("name") == "description":
            spoken.add("content")
        if tag == "input" and attributes.get("type") in {"submit", "button", "reset"}:
            spoken.add("value")
        for name in sorted(spoken & attributes.keys()):
            self._check_words(attributes[name], name)

    def _check_words(self, text: str, where: str) -> None:
        words = [word for word in WORD.findall(ENTITY.sub(" ", text)) if word not in NAMES]
        if words:
            self._fault(
                f"{where} “{' '.join(words[:6])}” cannot be translated: wrap it in translate or blocktranslate, or mark "
                'the element translate="no".'
            )

    def _fault(self, sentence: str) -> None:
        self.faults.append(f"{self.getpos()[0]}: {sentence}")
