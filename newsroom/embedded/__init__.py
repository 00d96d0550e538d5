"""The PostgreSQL that a checkout brings along, for running and testing without one of your own.

Whoever needs it holds a lease. The first lease starts the server, the last one to go stops it, and a process that
dies without a word loses its lease with it. Production never comes here: it names its server in DATABASE_URL.
"""

from newsroom.embedded.errors import EmbeddedPostgresError
from newsroom.embedded.lease import Lease, keep_running, use_unless_configured

__all__ = ["EmbeddedPostgresError", "Lease", "keep_running", "use_unless_configured"]
