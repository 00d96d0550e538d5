"""What a load balancer asks: is the process alive, and can it serve?"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.search import health as search_health


# What is refused for its method needs no token: 405 is the answer, not a word about forms.
@csrf_exempt
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; it asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@csrf_exempt
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations and search index can serve, 503 with what is wrong otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        search = search_health.report()
    except DatabaseError as error:
        return JsonResponse({"ready": False, "database": type(error).__name__}, status=503)
    ready = not waiting and search["ready"]
    report = {"ready": ready, "database": "ok", "migrations_waiting": waiting, "search": search}
    return JsonResponse(report, status=200 if ready else 503)
