"""What the web server calls: `newsroom.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from newsroom import supervisor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

if os.environ.get("ISNAD_ENDS_WITH_PARENT"):
    # A worker of `make run`: where the web server is killed its workers must not keep the port.
    supervisor.end_with_parent()

application = get_wsgi_application()
