"""How the fields of a record look in a form: their language and direction, plain newlines, autocompletes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.db import models
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from newsroom.text.languages import LANGUAGE_NAMES, direction
from newsroom.text.prose import cleaned, cleaned_line, shows_where_it_leads

# Read from left to right whatever the language of the page.
LEFT_TO_RIGHT = frozenset({"url", "homepage", "wikidata_id", "domain", "username", "email", "external_id"})
# The language is the text's own: a quote may be in either.
OWN_DIRECTION = frozenset({"quote_exact", "text", "byline", "note"})
# Texts with paragraphs, quotations and links (newsroom.text.prose): the editor's tools stand over them.
PROSE = frozenset({"body"})

PLAIN = "plain"


class PlainTextField(forms.CharField):
    """Text without what nobody sees (see `cleaned`): places of quotes are counted in lines that end in `\\n` alone."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return cleaned(value) if isinstance(value, str) else value


class LineField(forms.CharField):
    """Text of one line without what nobody sees: a control character in one headline would be in every list and feed."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return cleaned_line(value) if isinstance(value, str) else value


class WebAddressField(forms.URLField):
    """An address of the web that shows where it leads."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if value in self.empty_values or shows_where_it_leads(value):
            return value
        raise forms.ValidationError(
            _(
                "Write the address in full, like https://example.com/page, without a user’s name and without invisible "
                "characters."
            )
        )


def inner_widget(widget: forms.Widget) -> forms.Widget:
    """The widget that takes the input, without the links to add or change a related record around it."""
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def mark_language(db_field: models.Field, widget: forms.Widget) -> None:
    """Say to browser and screen reader which language the field holds and where its lines begin."""
    language = getattr(db_field, "language", None)
    if language:
        widget.attrs |= {"lang": language, "dir": direction(language)}
    elif db_field.name in LEFT_TO_RIGHT:
        widget.attrs |= {"dir": "ltr", "spellcheck": "false"}
    elif db_field.name in OWN_DIRECTION:
        widget.attrs |= {"dir": "auto"}


def language_labels(model: type[models.Model]) -> dict[str, Any]:
    """Labels for the language columns of a model, with the language in words: “Headline (Arabic)”."""
    return {
        column.name: format_lazy(
            "{} ({})", in_capitals(column.translated_field.verbose_name), LANGUAGE_NAMES[column.language]
        )
        for column in model._meta.local_fields
        if hasattr(column, "translated_field")
    }


in_capitals = lazy(lambda label: capfirst(str(label)), str)


class QuietSelect:
    """An autocomplete that asks the database only for what it does not know: nothing chosen, nothing asked.

    `known` is the record already read with the form's own, so that a page of many rows stays at a few queries.
    """

    known: models.Model | None = None

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list:
        # What no key can be (a damaged address or form) is passed over: the query would raise, the form's check says it.
        chosen = [
            item for item in value if str(item).isascii() and str(item).isdigit() and len(str(item)) < 19
        ]
        blank = (
            []
            if self.is_required or self.allow_multiple_selected
            else [self.create_option(name, "", "", False, 0)]
        )
        if not chosen:
            return [(None, blank, 0)]
        if self.known is not None and chosen == [str(self.known.pk)]:
            option = self.create_option(name, chosen[0], str(self.known), {chosen[0]}, len(blank))
            return [(None, [*blank, option], 0)]
        return super().optgroups(name, chosen, attr)


class DeskSelect(QuietSelect, AutocompleteSelect):
    pass


class DeskSelectMultiple(QuietSelect, AutocompleteSelectMultiple):
    pass


class DeskFields:
    """Mixin for admins and inlines: place it before modeltranslation's classes."""

    formfield_overrides = {
        models.TextField: {"form_class": PlainTextField},
        models.CharField: {"form_class": LineField},
        models.URLField: {
            "form_class": WebAddressField,
            "widget": forms.URLInput(attrs={"class": "vURLField"}),
        },
    }
    # Links beside an autocomplete. To change another record, open it: a second form over this one is lost work.
    related_links = frozenset({"add"})

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        """Without JavaScript an autocomplete has no options: `?plain=1` gives native selects."""
        return [] if request.GET.get(PLAIN) == "1" else super().get_autocomplete_fields(request)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = DeskSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = DeskSelectMultiple(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        mark_language(db_field, inner_widget(field.widget))
        if getattr(getattr(db_field, "translated_field", None), "name", "") in PROSE:
            attrs = inner_widget(field.widget).attrs
            attrs["class"] = f"{attrs.get('class', '')} desk-prose".strip()
            field.help_text = _(
                "Plain text, an empty line between paragraphs; “> ” begins a quotation; a web address, or "
                "[words](https://…), is a link."
            )
        if hasattr(db_field, "translated_field"):
            # modeltranslation would demand the default language; the constraints ask for either one.
            field.required = False
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_add_related &= "add" in self.related_links
            field.widget.can_change_related = field.widget.can_view_related = False
            field.widget.can_delete_related = False
        return field
