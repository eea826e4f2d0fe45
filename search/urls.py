from django.urls import path

from search import views
from search.saved.urls import urlpatterns as saved

urlpatterns = [
    path("suche/", views.search_page, name="search"),
    path("suche/vorschlaege/", views.suggestions, name="search_suggestions"),
    *saved,
]
