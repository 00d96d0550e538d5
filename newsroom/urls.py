from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import JavaScriptCatalog

from newsroom import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include("articles.api.urls")),
    path("", include("articles.urls_unlocalised")),
    *i18n_patterns(
        path("admin/jsi18n/", JavaScriptCatalog.as_view(packages=["django.contrib.admin"])),
        path("admin/", admin.site.urls),
        path("", include("articles.urls")),
    ),
]

handler400 = "newsroom.errors.bad_request"
handler403 = "newsroom.errors.permission_denied"
handler404 = "newsroom.errors.page_not_found"
handler500 = "newsroom.errors.server_error"
