"""Relations between claims, proposed side by side: accepted with an aspect and a note, or dismissed for good."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.columns import change_link, status_pill
from articles.choices import Aspect, RelationType
from articles.models import Claim
from articles.relating import ProposedRelation, accept, dismiss, proposed_relations
from articles.suggestions.records import known_names
from newsroom.text.languages import direction


class RelationForm(forms.Form):
    type = forms.ChoiceField(label=gettext_lazy("Relation"), choices=RelationType.choices)
    aspect = forms.ChoiceField(
        label=gettext_lazy("In what"), required=False, choices=[("", "—"), *Aspect.choices]
    )
    note_ar = forms.CharField(
        label=gettext_lazy("Note (Arabic)"),
        required=False,
        max_length=500,
        widget=AdminTextareaWidget(attrs={"rows": 2, "lang": "ar", "dir": "rtl"}),
    )
    note_en = forms.CharField(
        label=gettext_lazy("Note (English)"),
        required=False,
        max_length=500,
        widget=AdminTextareaWidget(attrs={"rows": 2, "lang": "en", "dir": "ltr"}),
    )


class ProposesRelations:
    """Mixin for the admin of claims."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.relations_view)
        return [
            path("<path:object_id>/relations/", view, name="articles_claim_relations"),
            *super().get_urls(),
        ]

    def may_relate(self, request: HttpRequest, claim: Claim) -> bool:
        return self.has_change_permission(request, claim) and request.user.has_perm(
            "articles.add_claimrelation"
        )

    def relations_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET shows what is proposed; POST accepts or dismisses one of them."""
        claim = self.get_object(request, unquote(object_id))
        if claim is None:
            raise Http404
        if not self.may_relate(request, claim):
            raise PermissionDenied
        refused: tuple[int, RelationForm] | None = None
        if request.method == "POST":
            other = self._other(request)
            form = RelationForm(request.POST, prefix=str(other.pk))
            if form.is_valid() and self._decided(request, claim, other, form):
                return HttpResponseRedirect(request.path)
            refused = other.pk, form
        return self._relations_page(request, claim, refused)

    def _other(self, request: HttpRequest) -> Claim:
        key = request.POST.get("other", "")
        visible = Claim.objects.visible_to(request.user, at=timezone.now())
        other = visible.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
        if other is None:
            raise Http404
        return other

    def _decided(self, request: HttpRequest, claim: Claim, other: Claim, form: RelationForm) -> bool:
        given: dict[str, Any] = form.cleaned_data
        try:
            if "_dismiss" in request.POST:
                dismiss(claim, other, type=given["type"], aspect=given["aspect"])
                sentence = _("Dismissed: “%(claim)s” is not proposed again.")
            else:
                accept(claim, other, **given)
                sentence = _("The relation to “%(claim)s” is stated.")
        except ValidationError as invalid:
            form.add_error(None, invalid.messages)
            return False
        self.message_user(request, sentence % {"claim": other}, messages.SUCCESS)
        return True

    def _relations_page(
        self, request: HttpRequest, claim: Claim, refused: tuple[int, RelationForm] | None
    ) -> HttpResponse:
        proposed = proposed_relations(claim, user=request.user, at=timezone.now(), names=known_names())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Claims that may be related"),
            "opts": self.opts,
            "claim": claim,
            "proposed": [self._shown(claim, one, refused) for one in proposed],
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, "admin/articles/relations.html", context, status=422 if refused else 200
        )

    def _shown(
        self, claim: Claim, one: ProposedRelation, refused: tuple[int, RelationForm] | None
    ) -> dict[str, Any]:
        initial = {"type": one.type, "aspect": one.aspect or ""}
        form = RelationForm(prefix=str(one.other.pk), initial=initial)
        return {
            "other": one.other,
            "link": change_link(one.other),
            "pill": status_pill(one.other),
            "sides": [(side, direction(side.language)) for side in (one.mine, one.theirs)],
            "is_perhaps_one": one.is_perhaps_one,
            "merge": f"{reverse('admin:articles_merge_two')}?"
            + urlencode({"kind": "claim", "kept": str(claim.pk), "merged": str(one.other.pk)}),
            "form": refused[1] if refused and refused[0] == one.other.pk else form,
        }
