"""The English catalogue says each message as it stands in the source, in curly quotation marks."""

import re

from tests.unit.locale.entries import DOMAINS, our_entries

STRAIGHT = re.compile(r"""["'](?![^<]*>)""")
CURLY = str.maketrans("“”‘’", "\"\"''")


def test_the_english_is_the_message_itself() -> None:
    for domain in DOMAINS:
        for entry in our_entries("en", domain):
            plain = tuple(text.translate(CURLY) for text in entry.translations)
            assert plain == tuple(text.translate(CURLY) for text in entry.originals), str(entry)


def test_the_english_has_no_typewriter_quotation_marks() -> None:
    straight = [
        text
        for domain in DOMAINS
        for entry in our_entries("en", domain)
        for text in entry.translations
        if STRAIGHT.search(text)
    ]
    assert straight == []
