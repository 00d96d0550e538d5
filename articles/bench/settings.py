"""The site's settings, with the address that `bench search` compares with."""

from newsroom.settings import *  # noqa: F403

ROOT_URLCONF = "articles.bench.urls"
# Nobody looks at the pages: their styles need not have been collected.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
