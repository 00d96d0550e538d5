"""What the web server calls: `newsroom.wsgi:application`."""

import multiprocessing
import os
import threading

from django.core.wsgi import get_wsgi_application

from newsroom import supervisor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

if os.environ.get("ISNAD_ENDS_WITH_PARENT"):
    # A worker of `make run`: where the web server is killed its workers must not keep the port.
    supervisor.end_with_parent()
    starter = multiprocessing.parent_process()
    if starter is not None and starter.pid != os.getppid():
        # It died before the line above: nobody would ever end this worker.
        raise SystemExit(1)

application = get_wsgi_application()

from articles.search.warming import warm  # noqa: E402 - models need the application's setup

threading.Thread(target=warm, name="warming", daemon=True).start()
