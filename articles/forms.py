"""The forms of articles, claims and their tellings, and those of the steps that ask for something."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, AdminTextareaWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.choices import CorrectionKind, Language, QuoteState, Verdict
from articles.models import Appearance, Article, Claim, Outlet, Source
from articles.quotes import normalise_newlines
from articles.workflow import LONGEST_NOTE, place_quote
from newsroom.desk.fields import PlainTextField, inner_widget
from newsroom.desk.forms import BOOKKEEPING, DeskForm, VersionedForm
from newsroom.text.languages import LANGUAGES, detect_language, direction


class QuoteField(forms.CharField):
    """The exact words of a text: nothing is stripped from them, and their lines end as those of the text do."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": False})

    def to_python(self, value: Any) -> str:
        return normalise_newlines(super().to_python(value) or "")


def language_choice(**kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=Language.choices, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class OutletForm(VersionedForm):
    languages = language_choice(label=_("languages"))

    class Meta:
        model = Outlet
        fields = "__all__"


class ArticleForm(VersionedForm):
    # Set when the outlet was found by the address, so that the admin can say so.
    recognised_outlet: Outlet | None = None

    class Meta:
        model = Article
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (
            "outlet" in self.fields
            and not cleaned.get("outlet")
            and cleaned.get("url")
            and "url" in self.changed_data
        ):
            self.recognised_outlet = cleaned["outlet"] = Outlet.objects.for_url(cleaned["url"])
        return cleaned


class ClaimForm(VersionedForm):
    class Meta:
        model = Claim
        fields = "__all__"


class AppearanceForm(DeskForm):
    quote_exact = QuoteField(
        label=_("Quote"),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("The words as they stand in the article. Leave it empty where the article gives none."),
    )
    # The context of a selection tells repeated words apart; a script may fill it in.
    quote_prefix = QuoteField(required=False, widget=forms.HiddenInput)
    quote_suffix = QuoteField(required=False, widget=forms.HiddenInput)
    is_place_right = forms.BooleanField(label=_("The new place of the quote is right"), required=False)

    bookkeeping = BOOKKEEPING | {"quote_prefix", "quote_suffix", "is_place_right"}

    class Meta:
        model = Appearance
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        know_chosen(self, "article")
        if self.instance.quote_state != QuoteState.MOVED:
            self.fields.pop("is_place_right", None)
        if self.instance.quote_language and "quote_exact" in self.fields:
            language = self.instance.quote_language
            self.fields["quote_exact"].widget.attrs |= {"lang": language, "dir": direction(language)}

    def has_changed(self) -> bool:
        return super().has_changed() or bool(
            self.nested and self.nested.is_bound and self.nested.has_changed()
        )

    def prepare(self) -> None:
        """Find the quote in the saved text of the article; a quote that is not there is refused, and kept."""
        telling = self.instance
        if not telling.article_id or "quote_exact" not in self.fields:
            return
        if not telling.quote_exact.strip():
            telling.quote_exact = telling.quote_language = ""
        is_new = bool({"quote_exact", "quote_language", "article"} & set(self.changed_data))
        if telling.quote_exact and is_new:
            self._look_again(telling)
        place_quote(telling, telling.article)
        if telling.quote_state == QuoteState.ORPHANED and is_new:
            name = {Language.ARABIC: _("Arabic"), Language.ENGLISH: _("English")}[telling.quote_language]
            self.add_error(
                "quote_exact",
                _(
                    "These words are not in the saved %(language)s text of the article. Copy them again from there, "
                    "or save the article first if you have just changed it."
                )
                % {"language": name},
            )
        elif telling.quote_state == QuoteState.MOVED and self.cleaned_data.get("is_place_right"):
            telling.quote_state = QuoteState.ANCHORED

    def _look_again(self, telling: Appearance) -> None:
        bodies = {
            language: normalise_newlines(getattr(telling.article, f"body_{language}") or "")
            for language in LANGUAGES
        }
        if not telling.quote_language:
            holding = [language for language, body in bodies.items() if telling.quote_exact.strip() in body]
            guess = detect_language(telling.quote_exact)
            telling.quote_language = holding[0] if holding else guess if guess in LANGUAGES else LANGUAGES[0]
        body = bodies[telling.quote_language]
        # A selection by triple click brings the end of the line along.
        if telling.quote_exact not in body and telling.quote_exact.strip() in body:
            telling.quote_exact = telling.quote_exact.strip()
        telling.quote_prefix = self.cleaned_data.get("quote_prefix", "")[-32:]
        telling.quote_suffix = self.cleaned_data.get("quote_suffix", "")[:32]
        telling.quote_start, telling.quote_state = None, ""


class SourceForm(DeskForm):
    class Meta:
        model = Source
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("outlet", "person", "organisation"):
            know_chosen(self, name)

    @property
    def has_more(self) -> bool:
        """Whether there is something to see in the fields that wait behind “Role and note”."""
        names = ("role_ar", "role_en", "note")
        return any(self[name].value() or self[name].errors for name in names if name in self.fields)

    @cached_property
    def changed_data(self) -> list[str]:
        """A new row in which only the step was set is an empty row."""
        changed = super().changed_data
        return [] if not self.instance.pk and set(changed) <= {"step"} else changed


def know_chosen(form: forms.ModelForm, name: str) -> None:
    """Spare the autocomplete a query for a record that was read with the form's own."""
    field, cached = form.fields.get(name), form.instance._state.fields_cache.get(name)
    if field is not None and cached is not None:
        inner_widget(field.widget).known = cached


class PublishForm(forms.Form):
    publish_at = forms.SplitDateTimeField(
        label=_("Public from"),
        required=False,
        widget=AdminSplitDateTime,
        help_text=_("Leave it empty to publish now."),
    )

    def clean_publish_at(self) -> Any:
        moment = self.cleaned_data.get("publish_at")
        if moment and moment <= timezone.now():
            raise forms.ValidationError(
                _("This moment is past. Leave both fields empty to publish now, or give one that lies ahead.")
            )
        return moment


class ReturnForm(forms.Form):
    """What the writer is to do; it stays with the record until that is submitted again."""

    note = PlainTextField(
        label=_("Note to the author"),
        max_length=LONGEST_NOTE,
        widget=AdminTextareaWidget(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("What is to be done before it is submitted again."),
        error_messages={"required": _("Say what is to be done before it is submitted again.")},
    )


def written(label: Any, language: str, *, longest: int | None = None) -> PlainTextField:
    return PlainTextField(
        label=label,
        required=False,
        max_length=longest,
        widget=AdminTextareaWidget(attrs={"rows": 5, "lang": language, "dir": direction(language)}),
    )


class WithdrawForm(forms.Form):
    """The reason in one language at least; readers see it where the page stood."""

    reason_ar = written(_("Reason of the withdrawal (Arabic)"), "ar", longest=500)
    reason_en = written(_("Reason of the withdrawal (English)"), "en", longest=500)

    def clean(self) -> dict[str, Any]:
        reasons = super().clean() or {}
        if not any(str(reasons.get(name) or "").strip() for name in self.fields):
            raise forms.ValidationError(_("Give the reason of the withdrawal in Arabic or in English."))
        return reasons


class CorrectForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=CorrectionKind.choices, initial=CorrectionKind.CORRECTION
    )
    text_ar = written(_("Text (Arabic)"), "ar")
    text_en = written(_("Text (English)"), "en")


class AssessForm(forms.Form):
    verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices)
    rationale_ar = written(_("Reasons (Arabic)"), "ar")
    rationale_en = written(_("Reasons (English)"), "en")
