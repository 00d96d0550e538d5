"""Bringing articles in from the desk: a pasted text, or files, by the rules of `manage.py import_articles`."""

from __future__ import annotations

import contextlib
import datetime
import gzip
import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget, AdminTimeWidget
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.columns import change_link
from articles.choices import Language
from articles.importing.folders import unknown_kind
from articles.importing.loading import FileResult, Importer, Options, import_text
from articles.importing.problems import Message, Place, Problem, RowRefused
from articles.importing.proposal import Proposal
from articles.importing.readers import LONGEST_FILE_NAME, READERS, is_importable
from articles.importing.rows import PublishedAt
from articles.importing.told import counted, notices
from articles.models import Article
from newsroom.desk.fields import DeskSelect, PlainTextField, WebAddressField
from newsroom.text.dates import DatePrecision

# Of more the command line takes any number; here a person waits for the answer.
MOST_FILES = 50
MOST_MEGABYTES = 50


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploaded files, in the order they were chosen in."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        chosen = data if isinstance(data, list | tuple) else [data]
        files = [file for one in chosen if (file := super(FilesField, self).clean(one, initial))]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _(
                    "%(found)s files were chosen, and %(most)s can be imported here at once. "
                    "Choose fewer, or import the folder with manage.py import_articles."
                )
                % {"found": len(files), "most": MOST_FILES}
            )
        left = MOST_MEGABYTES * 1_000_000
        for file in files:
            left -= _unpacked_size(file, most=max(left, 0))
        if left < 0:
            raise forms.ValidationError(
                _(
                    "The files are larger than %(most)s MB together. "
                    "Choose fewer, or import them with manage.py import_articles."
                )
                % {"most": MOST_MEGABYTES}
            )
        return files


def _unpacked_size(file: UploadedFile, *, most: int) -> int:
    """How much there is to read in the file, counted up to a little more than `most`: fifty kilobytes may unpack to fifty megabytes."""
    if not (file.name or "").lower().endswith(".gz"):
        return file.size or 0
    size = 0
    # What is no archive is told when it is read.
    with contextlib.suppress(OSError, EOFError, zlib.error):
        file.seek(0)
        unpacked = gzip.GzipFile(fileobj=file.file)
        while size <= most and (piece := unpacked.read(1_000_000)):
            size += len(piece)
    file.seek(0)
    return max(size, file.size or 0)


def _language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("Recognise it")), *Language.choices],
    )


def _outlet_field(admin_site: admin.AdminSite) -> forms.ModelChoiceField:
    outlet: Any = Article._meta.get_field("outlet")
    return forms.ModelChoiceField(
        label=gettext_lazy("Outlet"),
        required=False,
        queryset=outlet.related_model._default_manager.all(),
        widget=DeskSelect(outlet, admin_site),
    )


class TextImportForm(forms.Form):
    """One pasted text and what is known of it beside it."""

    text = PlainTextField(
        label=gettext_lazy("Text"),
        strip=False,
        max_length=1_000_000,
        widget=AdminTextareaWidget(attrs={"rows": 14, "dir": "auto", "class": "desk-pasted"}),
        help_text=gettext_lazy(
            "The whole page as you copied it. What is not the article's own is proposed for cutting; nothing of it is lost."
        ),
    )
    headline = forms.CharField(
        label=gettext_lazy("Headline"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
        help_text=gettext_lazy("Leave it empty to have it looked for in the text."),
    )
    url = WebAddressField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField", "dir": "ltr"}),
        help_text=gettext_lazy("The outlet is recognised by it."),
    )
    byline = forms.CharField(
        label=gettext_lazy("Byline"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )
    published_on = forms.DateField(
        label=gettext_lazy("Published on"),
        required=False,
        widget=AdminDateWidget,
        help_text=gettext_lazy("As the page states it; it is never guessed."),
    )
    published_time = forms.TimeField(
        label=gettext_lazy("Time of publication"), required=False, widget=AdminTimeWidget
    )

    def __init__(self, *args: Any, admin_site: admin.AdminSite, **kwargs: Any) -> None:
        super().__init__(*args, prefix="text", **kwargs)
        self.fields["outlet"] = _outlet_field(admin_site)
        self.fields["language"] = _language_field()
        self.order_fields(
            ["text", "headline", "url", "outlet", "byline", "published_on", "published_time", "language"]
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("published_time") and not cleaned.get("published_on"):
            self.add_error("published_on", _("A time needs its day."))
        return cleaned

    def published(self) -> PublishedAt | None:
        day, time = self.cleaned_data["published_on"], self.cleaned_data["published_time"]
        if day is None:
            return None
        moment = timezone.make_aware(datetime.datetime.combine(day, time or datetime.time.min))
        return PublishedAt(moment, DatePrecision.MOMENT if time else DatePrecision.DAY)


class FilesImportForm(forms.Form):
    uploads = FilesField(
        label=gettext_lazy("Files"),
        widget=ManyFiles(attrs={"accept": ",".join([*READERS, ".gz"])}),
        help_text=gettext_lazy(
            "JSON Lines, CSV, plain text or saved pages. A file is imported whole or not at all; "
            "what was imported before stays as it is."
        ),
    )
    create_outlets = forms.BooleanField(
        label=gettext_lazy("Add outlets that rows name and nobody knows"), required=False
    )
    # Whoever brings texts in is the first to be asked about them.
    is_for_all = forms.BooleanField(
        label=gettext_lazy("Leave the drafts to whoever takes them up; otherwise they are yours"),
        required=False,
    )
    is_trial = forms.BooleanField(label=gettext_lazy("Only check the files; write nothing"), required=False)

    def __init__(self, *args: Any, admin_site: admin.AdminSite, may_add_outlets: bool, **kwargs: Any) -> None:
        super().__init__(*args, prefix="files", **kwargs)
        self.fields["outlet"] = _outlet_field(admin_site)
        self.fields["outlet"].help_text = _(
            "For what names no outlet itself and has no address that tells it."
        )
        self.fields["language"] = _language_field()
        if not may_add_outlets:
            del self.fields["create_outlets"]
        self.order_fields(["uploads", "outlet", "language", "create_outlets", "is_for_all", "is_trial"])


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one file, for the page."""

    result: FileResult
    sentences: Sequence[str]

    @property
    def notices(self) -> list[str]:
        return notices(self.result)

    @property
    def records(self) -> list[Any]:
        return [change_link(record) for record in self.result.first_created]


def _report(article: Article, proposal: Proposal) -> SafeString:
    """What became of a pasted text: one line, and behind it what to look over, which is among the suggestions too."""
    notes = [str(warning) for warning in proposal.warnings]
    if cut := len(proposal.chrome):
        sentence = ngettext(
            "%(count)s passage that is not the article's own was left out of the body; look it over.",
            "%(count)s passages that are not the article's own were left out of the body; look them over.",
            cut,
        )
        notes.insert(0, sentence % {"count": cut})
    if article.outlet_id is None:
        notes.append(_("The publisher is not known."))
    done = _("“%(article)s” was imported as a draft.") % {"article": article}
    if not notes:
        return format_html("{}", done)
    count = ngettext("%(count)s thing to look over", "%(count)s things to look over", len(notes))
    return format_html(
        '{}<details class="desk-folded"><summary>{}</summary><ul>{}</ul></details>',
        done,
        count % {"count": len(notes)},
        format_html_join("", '<li dir="auto">{}</li>', ((note,) for note in notes)),
    )


def _sentences(result: FileResult) -> list[str]:
    """What was brought in, in whole sentences; nothing where the file was refused."""
    if result.failed:
        return [_("Nothing of this file was imported.")]
    return [sentence for count, sentence in counted([result]) if count] or [_("The file holds no rows.")]


class ImportsArticles:
    """Mixin for the admin of articles: the page on which they are brought in, for those who may add articles."""

    change_list_template = "admin/articles/article_list.html"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="articles_article_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """GET shows both forms; POST imports the pasted text, or the files, and says what became of them."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        may_add_outlets = request.user.has_perm("articles.add_outlet")
        is_text, is_files = "_text" in request.POST, "_files" in request.POST
        text_form = TextImportForm(
            request.POST if is_text else None, admin_site=self.admin_site, initial={"text": ""}
        )
        files_form = FilesImportForm(
            request.POST if is_files else None,
            request.FILES if is_files else MultiValueDict(),
            admin_site=self.admin_site,
            may_add_outlets=may_add_outlets,
        )
        if is_text and text_form.is_valid() and (article := self._import_text(request, text_form)):
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
        told = self._import_files(request, files_form) if is_files and files_form.is_valid() else []
        return self._import_page(request, text_form, files_form, told)

    def _import_text(self, request: HttpRequest, form: TextImportForm) -> Article | None:
        """The draft that the pasted text became; None with the reason in the form, which keeps the text."""
        given = form.cleaned_data
        try:
            with transaction.atomic():
                article, proposal = import_text(
                    given["text"],
                    at=timezone.now(),
                    by=request.user,
                    headline=given["headline"] or None,
                    language=given["language"],
                    outlet=given["outlet"],
                    url=given["url"],
                    byline=given["byline"],
                    published=form.published(),
                )
        except RowRefused as refused:
            for problem in refused.problems:
                form.add_error(None, str(problem.message))
            return None
        except DatabaseError:
            form.add_error(
                None, _("The database could not take the text. It is still in the form: try again.")
            )
            return None
        self.log_addition(request, article, [{"added": {}}])
        self.message_user(request, _report(article, proposal), messages.SUCCESS)
        return article

    def _import_files(self, request: HttpRequest, form: FilesImportForm) -> list[Told]:
        given = form.cleaned_data
        importer = Importer(
            Options(
                at=timezone.now(),
                language=given["language"],
                outlet=given["outlet"],
                create_outlets=given.get("create_outlets", False),
                dry_run=given["is_trial"],
                by=request.user,
                owner=None if given["is_for_all"] else request.user,
            )
        )
        results = []
        with tempfile.TemporaryDirectory(prefix="isnad-import-") as folder:
            for number, upload in enumerate(given["uploads"]):
                results.append(_import_upload(importer, upload, Path(folder) / str(number)))
        created = sum(result.created for result in results if not result.failed)
        if created and not given["is_trial"]:
            sentence = ngettext("%(count)s record was imported.", "%(count)s records were imported.", created)
            self.message_user(request, sentence % {"count": created}, messages.SUCCESS)
        return [Told(result, _sentences(result)) for result in results]

    def _import_page(
        self, request: HttpRequest, text_form: TextImportForm, files_form: FilesImportForm, told: list[Told]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import articles"),
            "opts": self.opts,
            "text_form": text_form,
            "files_form": files_form,
            "told": told,
            "is_trial": bool(told) and files_form.cleaned_data["is_trial"],
            "kinds": " ".join(READERS),
            "media": self.media + text_form.media + files_form.media,
        }
        request.current_app = self.admin_site.name
        refused = any(form.is_bound and not form.is_valid() for form in (text_form, files_form))
        failed = any(one.result.failed for one in told)
        return TemplateResponse(
            request, "admin/articles/import.html", context, status=422 if refused or failed else 200
        )


def _import_upload(importer: Importer, upload: UploadedFile, folder: Path) -> FileResult:
    """Import an uploaded file under its own name, which is the id of a single article."""
    name = _base_name(upload.name or "")
    if not is_importable(Path(name)):
        return FileResult(name, problems=[unknown_kind(name)])
    if len(name.encode()) > LONGEST_FILE_NAME:
        template = gettext_lazy("The name of the file is too long; give it a shorter one.")
        return FileResult(name, problems=[Problem(Place(name), Message("name-too-long", template))])
    folder.mkdir()
    stored = folder / name
    with stored.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return importer.import_file(stored, name=name)


def _base_name(name: str) -> str:
    """The name without folders of any system; browsers and scripts send what they like."""
    return PurePosixPath(PureWindowsPath(name).name).name
