"""An editor at the desk, without a browser: opens pages, fills in the forms that are there, and sends them."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils.datastructures import MultiValueDict

NO_INPUT = {"submit", "button", "image", "reset", "file"}


def a_user(role: str = "", **facts: Any) -> User:
    """A member of staff in that role; without one, a superuser."""
    name = facts.pop("username", role or "chief")
    # No password: hashing one takes longer than a page.
    user = User.objects.create(
        username=name, password="!", **{"is_staff": True, "is_superuser": not role, **facts}
    )
    if not role:
        return user
    user.groups.add(Group.objects.get(name=role))
    return user


class _Forms(HTMLParser):
    """Collects what a browser would send for the main form of a page; what is inside <template> is inert."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.data: MultiValueDict = MultiValueDict()
        self.is_inside = False
        self.templates = 0
        self.select = self.textarea = None
        self.text = ""
        self.has_choice = False

    def handle_starttag(self, tag: str, pairs: list) -> None:
        attrs = dict(pairs)
        if tag == "template":
            self.templates += 1
        if tag == "form":
            self.is_inside = (attrs.get("id") or "").endswith("_form") or attrs.get("id") == "changelist-form"
        if not self.is_inside or self.templates:
            return
        if tag == "input":
            self.take_input(attrs)
        elif tag == "textarea":
            self.textarea, self.text = attrs.get("name"), ""
        elif tag == "select":
            self.select, self.is_multiple, self.first = attrs.get("name"), "multiple" in attrs, None
            self.has_choice = False
        elif tag == "option" and self.select:
            if self.first is None:
                self.first = attrs.get("value", "")
            if "selected" in attrs:
                self.data.appendlist(self.select, attrs.get("value", ""))
                self.has_choice = True

    def take_input(self, attrs: dict) -> None:
        name, kind = attrs.get("name"), attrs.get("type", "text")
        if not name or kind in NO_INPUT or "disabled" in attrs:
            return
        if kind in {"checkbox", "radio"}:
            if "checked" in attrs:
                self.data.appendlist(name, attrs.get("value", "on"))
        else:
            self.data.appendlist(name, attrs.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.templates -= 1
        if tag == "form":
            self.is_inside = False
        if tag == "textarea" and self.textarea:
            # A browser drops the first newline of a textarea, and sends CR LF.
            self.data.appendlist(self.textarea, self.text.removeprefix("\n").replace("\n", "\r\n"))
            self.textarea = None
        if tag == "select" and self.select:
            if not self.has_choice and not self.is_multiple and self.first is not None:
                self.data.appendlist(self.select, self.first)
            self.select = None


class Page:
    def __init__(self, url: str, response: Any) -> None:
        self.url, self.response = url, response
        self.status = response.status_code
        self.text = response.content.decode() if not response.streaming else ""

    @property
    def form(self) -> MultiValueDict:
        parser = _Forms()
        parser.feed(self.text)
        return parser.data

    @property
    def messages(self) -> list[str]:
        return (
            [str(message) for message in self.response.context["messages"]] if self.response.context else []
        )


class Editor:
    def __init__(self, user: User, language: str = "en") -> None:
        self.user, self.language = user, language
        self.client = Client()
        self.client.force_login(user)

    def address(self, path: str) -> str:
        return path if path.startswith("/") else f"/{self.language}/admin/{path}"

    def open(self, path: str) -> Page:
        url = self.address(path)
        return Page(url, self.client.get(url))

    def send(
        self, page: Page, changes: Mapping[str, Any] | None = None, *, follow: bool = True, **fields: Any
    ) -> Page:
        """Send the form of the page with these fields set; None leaves a field out. A button is `_save` unless given."""
        data = MultiValueDict({name: list(values) for name, values in page.form.lists()})
        for name, value in {**(changes or {}), **fields}.items():
            if value is None:
                data.pop(name, None)
            else:
                data.setlist(name, value if isinstance(value, list) else [value])
        if not any(name in data for name in ("_save", "_continue", "_addanother")):
            data["_save"] = "Save"
        return Page(page.url, self.client.post(page.url, dict(data.lists()), follow=follow))

    def post(self, path: str, data: Mapping[str, Any] | None = None, *, follow: bool = True) -> Page:
        url = self.address(path)
        return Page(url, self.client.post(url, data or {}, follow=follow))
