"""The site's settings, with the address that `bench search` compares with."""

from importlib import import_module

# By name: nothing of the site depends on this.
globals().update(
    {name: value for name, value in vars(import_module("newsroom.settings")).items() if name.isupper()}
)

ROOT_URLCONF = "articles.bench.urls"
# Nobody looks at the pages: their styles need not have been collected.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
