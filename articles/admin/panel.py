"""The claim panel beside an article's text: ClaimAdmin's own views as fragments with one telling in them (`?_panel=1`).

Permissions, validation, log and history are those of the full form. Three addresses open it: `claim/add/` for a new
claim, `claim/ID/change/` for one more telling of a claim that exists, and `claim/ID/change/?telling=ID` for a telling
itself. A refused save answers 422 with the form and its sentences, a save 201 with the line for the list of the article.
"""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language

from articles.admin.columns import shown
from articles.admin.panel_prefill import article_of, is_panel, prefill, telling_named
from articles.admin.panel_sentence import sentences
from articles.admin.tellings import AppearanceInline
from articles.choices import Language
from articles.forms import ClaimForm
from articles.models import Appearance, Article, Claim
from articles.roles import may_change, translates_only
from newsroom.desk.fields import DeskSelect
from newsroom.text.languages import LANGUAGES

PANEL_FIELDS = [
    *(f"statement_{language}" for language in LANGUAGES),
    *(f"context_{language}" for language in LANGUAGES),
    "people",
    "organisations",
    "occurred_on",
    "occurred_precision",
]
# Quotation marks around a whole selection are the text's, not the claim's.
PAIRS = (("«", "»"), ("“", "”"), ('"', '"'))
LONGEST_STATEMENT = 1_000
# Before a verb of the future or a negation it is no "that" to be left out: «أن يعود», «إن لم».
THAT = re.compile(r"^(?:[وف]?ب?[أاإ]ن (?!ي|لم |لا |كان)|that )")


class PanelClaimForm(ClaimForm):
    """The form of the panel: it stands on one page with the article's, so its ids are its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "panel_%s", **kwargs})
        for language in LANGUAGES:
            if field := self.fields.get(f"statement_{language}"):
                field.widget = AdminTextareaWidget(
                    attrs={**field.widget.attrs, "rows": 2, "placeholder": " "}
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for language in LANGUAGES:
            # A statement is one line.
            if text := cleaned.get(name := f"statement_{language}"):
                cleaned[name] = " ".join(text.split())
        return cleaned


def as_statement(quote: str) -> str:
    """A quote as the first wording of a claim: on one line, without quotation marks around it or "that" before it."""
    # "that" belongs to the sentence it is taken from.
    words = THAT.sub("", " ".join(quote.split()).strip(" ،,؛;:"))
    for opening, closing in PAIRS:
        inner = words[1:-1]
        if words.startswith(opening) and words.endswith(closing) and not {opening, closing} & set(inner):
            words = inner.strip()
    return words[:LONGEST_STATEMENT]


def told(telling: Appearance, request: HttpRequest) -> dict[str, Any]:
    """What `admin/articles/panel_told.html` takes: a telling of an article as its page lists it."""
    user, claim = request.user, telling.claim
    return {
        "telling": telling,
        "statement": shown(claim.title_in(request.LANGUAGE_CODE)),
        "end": telling.quote_start + len(telling.quote_exact) if telling.quote_start is not None else None,
        "is_open": user.has_perm("articles.change_claim")
        and user.has_perm("articles.change_appearance")
        and not translates_only(user, "articles.claim")
        and may_change(user, claim),
    }


class ClaimPanel(ModelAdmin):
    """Mixin of ClaimAdmin, before its other bases."""

    def get_urls(self) -> list:
        sentence = path(
            "sentence/", self.admin_site.admin_view(self.sentence_view), name="articles_claim_sentence"
        )
        return [sentence, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if is_panel(request):
            # One more telling changes nothing of the claim itself.
            return [(None, {"fields": [] if obj else PANEL_FIELDS})]
        return super().get_fieldsets(request, obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if not is_panel(request):
            return super().get_form(request, obj, change=change, **kwargs)
        return super().get_form(request, obj, change=change, **{"form": PanelClaimForm, **kwargs})

    def get_inlines(self, request: HttpRequest, obj: Any) -> list:
        return [AppearanceInline] if is_panel(request) else list(super().get_inlines(request, obj))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        quote, language = request.GET.get("quote", ""), request.GET.get("language", "")
        names = [f"statement_{code}" for code in LANGUAGES]
        if (
            is_panel(request)
            and quote
            and language in Language.values
            and not any(initial.get(name) for name in names)
        ):
            # The words themselves are the first wording: to be shortened, not typed.
            initial[f"statement_{language}"] = as_statement(quote)
        return initial

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """A form opened from an article begins a telling in it: `?article=ID&quote=…&language=ar`."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        begins = not obj.pk or telling_named(request) is None
        if request.method == "GET" and isinstance(inline, AppearanceInline) and begins:
            filled = prefill(request)
            if filled.telling:
                kwargs["initial"] = [filled.telling]
        return kwargs

    # The views

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if is_panel(request) and object_id is not None:
            claim = self.get_object(request, unquote(object_id))
            if claim is None:
                raise Http404
            # A form that only shows is of no use beside a text.
            if not self.has_change_permission(request, claim) or translates_only(
                request.user, "articles.claim"
            ):
                raise PermissionDenied
            named = telling_named(request)
            if named is not None and not claim.appearances.filter(pk=named).exists():
                raise Http404
        return super().changeform_view(request, object_id, form_url, extra_context)

    def meet_the_stored(self, request: HttpRequest, object_id: str) -> None:
        """A telling that is added overwrites nothing, whoever saved the claim meanwhile."""
        if not is_panel(request) or telling_named(request) is not None:
            super().meet_the_stored(request, object_id)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if is_panel(request) and not change and (article := article_of(request)):
            obj.original_language = article.original_language
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if not is_panel(request):
            if request.method == "GET":
                for note in prefill(request).notes:
                    self.message_user(request, note, messages.WARNING)
            return super().render_change_form(request, context, *args, **kwargs)
        rows = context["inline_admin_formsets"][0]
        claim = context.get("original")
        context |= {
            "is_panel": True,
            "rows": rows,
            "statements": self.statements_of(context["adminform"].form),
            "row": next(iter(rows)),
            "filled": prefill(request),
            "claim": claim,
            "claim_title": shown(claim.title_in(request.LANGUAGE_CODE)) if claim else "",
            "known_claim": self.known_claim(request) if telling_named(request) is None else "",
            "panel_url": request.get_full_path(),
        }
        response = super().render_change_form(request, context, *args, **kwargs)
        response.template_name = "admin/articles/panel_form.html"
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    def statements_of(self, form: Any) -> list[Any]:
        """The fields of the statement, that of the page's language first; none where the claim is not changed."""
        names = [f"statement_{code}" for code in LANGUAGES]
        if get_language() != LANGUAGES[0]:
            names.reverse()
        return [form[name] for name in names if name in form.fields]

    def known_claim(self, request: HttpRequest) -> str:
        """A box to find the claim in, if there is one already and this person may add to it."""
        if not self.has_change_permission(request):
            return ""
        widget = DeskSelect(Appearance._meta.get_field("claim"), self.admin_site)
        widget.is_required = False
        return widget.render("known_claim", None, {"id": "panel_known_claim", "class": "panel-known"})

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.saved(request, obj) if is_panel(request) else super().response_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self.saved(request, obj) if is_panel(request) else super().response_change(request, obj)

    def saved(self, request: HttpRequest, claim: Claim) -> HttpResponse:
        named = telling_named(request)
        tellings = claim.appearances.select_related("claim", "article")
        telling = tellings.filter(pk=named).first() if named else tellings.order_by("-pk").first()
        if telling is None:
            raise Http404
        return TemplateResponse(
            request, "admin/articles/panel_told.html", {"told": told(telling, request)}, status=201
        )

    def sentence_view(self, request: HttpRequest) -> HttpResponse:
        """The chain of the form that was sent, as one sentence in each language; saves nothing."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        if not request.user.has_perm(f"{Article._meta.app_label}.view_article"):
            raise PermissionDenied
        said = sentences(request.POST, user=request.user, at=timezone.now())
        return TemplateResponse(request, "admin/articles/panel_sentence.html", {"sentences": said})
