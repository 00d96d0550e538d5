"""Suggestions at the desk: a fragment of the article's page, and a page of its own where there is no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.suggested_shown import shown
from articles.choices import SuggestionKind
from articles.models import Mention
from articles.roles import translates_only
from articles.suggestions import decisions
from articles.suggestions.gathered import gather
from articles.suggestions.items import NameFound
from newsroom.desk.fields import DeskSelect

if TYPE_CHECKING:
    from articles.models import Article

FRAGMENT = "_fragment"
NAMED = ("person", "organisation", "outlet")


class ChosenForm(forms.Form):
    """Who is meant instead: exactly one of the three."""

    def __init__(self, *args: Any, plain: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, prefix="chosen", **kwargs)
        for name in NAMED:
            column: Any = Mention._meta.get_field(name)
            field = column.formfield(required=False)
            if not plain:
                field.widget = DeskSelect(column, admin.site, choices=field.choices)
                field.widget.is_required = False
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [cleaned[name] for name in NAMED if cleaned.get(name)]
        if not self.errors and len(chosen) != 1:
            raise forms.ValidationError(gettext_lazy("Choose one: a person, an organisation or an outlet."))
        cleaned["chosen"] = chosen[0] if chosen else None
        return cleaned


class Suggested:
    """Mixin of the article's admin: `<id>/suggestions/`."""

    def get_urls(self) -> list:
        opts = self.model._meta
        address = path(
            "<path:object_id>/suggestions/",
            self.admin_site.admin_view(self.suggestions_view),
            name=f"{opts.app_label}_{opts.model_name}_suggestions",
        )
        return [address, *super().get_urls()]

    def may_answer(self, request: HttpRequest, article: Article) -> bool:
        """Whoever may change all of this very article; a translator changes its language columns alone."""
        return (
            self.has_change_permission(request, article)
            and not translates_only(request.user, "articles.article")
            and request.user.has_perm("articles.add_mention")
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = context.get("original")
        if article and not context.get("is_popup") and self.may_answer(request, article):
            # The list itself is fetched when the page stands: reading a long text takes a moment.
            context["suggestions_url"] = suggestions_url(article)
        return super().render_change_form(request, context, *args, **kwargs)

    def suggestions_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET shows what is suggested; POST answers one suggestion, or takes an answer back."""
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        article = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not self.may_answer(request, article):
            raise PermissionDenied
        if request.method == "POST":
            return self.answer(request, article)
        return self.suggestions_page(request, article)

    def answer(self, request: HttpRequest, article: Article) -> HttpResponse:
        said, refusal, status = "", None, 200
        try:
            said = self.carry_out(request, article)
        except decisions.Refused as refused:
            refusal, status = refused, 409
        if request.POST.get(FRAGMENT) == "1":
            return self.suggestions_page(request, article, said=said, refusal=refusal, status=status)
        if isinstance(refusal, decisions.QuotesWouldBeLost):
            return self.suggestions_page(request, article, refusal=refusal, status=status)
        level = messages.WARNING if refusal else messages.SUCCESS
        self.message_user(request, str(refusal or said), level)
        return HttpResponseRedirect(suggestions_url(article))

    def carry_out(self, request: HttpRequest, article: Article) -> str:
        """Do what was sent; returns the sentence that says so."""
        sent = request.POST
        key = sent.get("key", "")[:200]
        version = int(v) if (v := sent.get("version", "")).isascii() and v.isdecimal() and len(v) < 10 else -1
        what: dict[str, Any] = {"version": version, "by": request.user}
        match sent.get("do", ""):
            case "accept":
                done = decisions.accept(article, key, sure=sent.get("sure") == "1", **what)
                return _("Accepted: %(words)s") % {"words": done.words}
            case "dismiss":
                done = decisions.dismiss(article, key, **what)
                return _("Dismissed: %(words)s") % {"words": done.words or getattr(done, "message", "")}
            case "change":
                form = ChosenForm(sent)
                if not form.is_valid():
                    raise decisions.Refused(
                        " ".join(error for errors in form.errors.values() for error in errors)
                    )
                chosen = form.cleaned_data["chosen"]
                decisions.change(article, key, chosen, **what)
                return _("Chosen instead: %(record)s") % {"record": chosen}
            case "undo":
                taken = decisions.undo(article, key, **what)
                return _("Taken back: %(words)s") % {"words": taken.words}
        raise decisions.Refused(_("This answer is not known here, so nothing was done."))

    def suggestions_page(
        self,
        request: HttpRequest,
        article: Article,
        *,
        said: str = "",
        refusal: decisions.Refused | None = None,
        status: int = 200,
    ) -> HttpResponse:
        is_fragment = (request.POST if request.method == "POST" else request.GET).get(FRAGMENT) == "1"
        # An answer may have changed it: what is shown is read from it as it is now.
        article.refresh_from_db()
        gathered = gather(article, user=request.user)
        changing = gathered.find(request.GET.get("change", "")[:200]) if not is_fragment else None
        if not isinstance(changing, NameFound) or not changing.is_open:
            changing = None
        context = {
            **shown(gathered, request.user),
            "article": article,
            "address": suggestions_url(article),
            "said": said,
            "refusal": refusal,
            "is_sure_asked": isinstance(refusal, decisions.QuotesWouldBeLost),
            "answered_key": request.POST.get("key", "")[:200],
            "chosen_form": ChosenForm(plain=bool(changing)),
            "changing": changing,
            "may_add": {name: request.user.has_perm(permission) for name, permission in _ADDING.items()},
            "may_claim": request.user.has_perm("articles.add_claim"),
            "kinds": SuggestionKind,
            "is_fragment": is_fragment,
        }
        if not is_fragment:
            context |= {
                **self.admin_site.each_context(request),
                "opts": self.model._meta,
                "title": _("Suggestions"),
                "original": article,
            }
        template = "suggest.html" if is_fragment else "suggest_page.html"
        return TemplateResponse(request, f"admin/articles/{template}", context, status=status)


_ADDING = {
    "person": "people.add_person",
    "organisation": "people.add_organisation",
    "outlet": "articles.add_outlet",
}


def suggestions_url(article: Article) -> str:
    return reverse("admin:articles_article_suggestions", args=[article.pk])
