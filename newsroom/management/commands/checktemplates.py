"""Check the templates and stylesheets before a reader does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.base import Template
from django.template.defaulttags import URLNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.static import StaticNode
from django.urls import get_resolver

from newsroom.template_rules import stylesheet_faults, template_faults


class Command(BaseCommand):
    help = (
        "Check that every template compiles, that what it includes, links and loads by name exists, that nothing is "
        "inline and nothing untranslatable, and that stylesheets mirror."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [*_templates(), *_stylesheets()]
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults in templates and stylesheets.")


def _templates() -> Iterator[str]:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    known_urls = set(_url_names(get_resolver(), ""))
    for folder in _own_folders("templates"):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            shown = path.relative_to(settings.BASE_DIR)
            try:
                template = engine.from_string(path.read_text("utf-8"))
            except TemplateSyntaxError as error:
                yield f"{shown}: does not compile: {error}"
                continue
            yield from (f"{shown}: {fault}" for fault in _missing_names(template, known_urls))
            if path.suffix == ".html":
                is_component = "components" in path.relative_to(folder).parts
                rules = template_faults(path.read_text("utf-8"), is_component=is_component)
                yield from (f"{shown}:{fault}" for fault in rules)


def _missing_names(template: Template, known_urls: set[str]) -> Iterator[str]:
    """What the template names in plain words and nobody has."""
    for kind, attribute, exists, fault in (
        (IncludeNode, "template", _is_template, "includes “{}”, which does not exist."),
        (ExtendsNode, "parent_name", _is_template, "extends “{}”, which does not exist."),
        (URLNode, "view_name", known_urls.__contains__, "links to “{}”, which no URL is called."),
        (StaticNode, "path", finders.find, "loads “{}”, which is in no static folder."),
    ):
        for node in template.nodelist.get_nodes_by_type(kind):
            name = getattr(node, attribute).var
            if isinstance(name, str) and not exists(name):
                yield fault.format(name)


def _is_template(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    except TemplateSyntaxError:
        # Told where it stands.
        return True
    return True


def _url_names(resolver: Any, namespace: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _url_names(pattern, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"


def _stylesheets() -> Iterator[str]:
    for folder in _own_folders("static"):
        for path in sorted(folder.rglob("*.css")):
            shown = path.relative_to(settings.BASE_DIR)
            yield from (f"{shown}:{fault}" for fault in stylesheet_faults(path.read_text("utf-8")))


def _own_folders(name: str) -> list[Path]:
    """The project's folders of that name: its own and its apps', not those of installed packages."""
    own = [Path(config.path) / name for config in apps.get_app_configs()]
    own = [path for path in [Path(settings.BASE_DIR) / name, *own] if path.is_dir()]
    installed = Path(settings.BASE_DIR) / ".venv"
    return [
        path for path in own if path.is_relative_to(settings.BASE_DIR) and not path.is_relative_to(installed)
    ]
