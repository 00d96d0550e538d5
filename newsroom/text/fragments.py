"""A piece of a record's text together with the language it is really in."""

from dataclasses import dataclass

from newsroom.text.languages import Direction, direction, other_language


@dataclass(frozen=True, slots=True)
class Fragment:
    """Text to show, its language, and whether it stands in for a missing translation."""

    text: str
    language: str
    is_fallback: bool = False

    @property
    def direction(self) -> Direction:
        return direction(self.language)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def fragment(record: object, field: str, language: str) -> Fragment:
    """The field in the wanted language, or in the other one where it is empty; empty where both are."""
    wanted = getattr(record, f"{field}_{language}", None) or ""
    if wanted.strip():
        return Fragment(wanted, language)
    fallback_language = other_language(language)
    fallback = getattr(record, f"{field}_{fallback_language}", None) or ""
    if fallback.strip():
        return Fragment(fallback, fallback_language, is_fallback=True)
    return Fragment("", language)
