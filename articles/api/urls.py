from django.urls import path

from articles.api import search, suggest

app_name = "api"

urlpatterns = [
    path("search/", search.search, name="search"),
    path("suggest/", suggest.suggest, name="suggest"),
]
