"""What may stand in an address: anything else is no address of this site and gets the 404 page."""

from newsroom.records import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH


class PublicIdConverter:
    regex = f"[{PUBLIC_ID_ALPHABET}]{{{PUBLIC_ID_LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SlugConverter:
    """Words in either script joined by hyphens; old and mistyped ones lead to the current one."""

    regex = "[^/]{1,200}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
