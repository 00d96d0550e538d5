from django.urls import path

from articles.api import search

app_name = "api"

urlpatterns = [path("search/", search.search, name="search")]
