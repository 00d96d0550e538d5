"""Every message is said in both languages, with the same placeholders and all plural forms."""

import pytest

from newsroom import catalogues
from tests.unit.locale.entries import DOMAINS, LANGUAGES, our_entries, project_po


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_a_catalogue_has_no_fault(language: str, domain: str) -> None:
    assert list(catalogues.faults(project_po(language, domain))) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_carry_the_same_messages(domain: str) -> None:
    ids = [{(e.context, e.originals) for e in our_entries(language, domain)} for language in LANGUAGES]
    assert ids[0] == ids[1]


@pytest.mark.parametrize(("language", "forms"), [("ar", 6), ("en", 2)])
@pytest.mark.parametrize("domain", DOMAINS)
def test_a_counted_message_has_every_plural_form(language: str, forms: int, domain: str) -> None:
    counted = [entry for entry in our_entries(language, domain) if len(entry.originals) > 1]
    assert counted
    assert [str(entry) for entry in counted if len(entry.translations) != forms] == []


def test_a_number_without_a_name_stands_in_every_plural_form() -> None:
    """`"سجلان" % 2` raises TypeError; only a named number may be left out."""
    careless = [
        str(entry)
        for entry in our_entries("ar", "django")
        if len(entry.originals) > 1 and "%d" in entry.originals[1]
        if not all("%d" in form for form in entry.translations)
    ]
    assert careless == []
