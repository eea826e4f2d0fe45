"""Addresses of saved searches."""

from django.urls import path

from search.saved import mail_views, views

LINK = "suche/merken/meine/<str:token>/"
urlpatterns = [
    path("suche/merken/", views.save_search, name="save_search"),
    path("suche/merken/bestaetigen/<str:token>/", mail_views.confirm_saved_search, name="confirm_saved_search"),
    path("suche/merken/abmelden/<str:token>/", mail_views.leave_saved_searches, name="leave_saved_searches"),
    path("mein/suchen/", views.saved_searches, name="saved_searches"),
    path("mein/suchen/daten/", views.saved_search_data, name="saved_search_data"),
    path("mein/suchen/<int:search_id>/", views.saved_search, name="saved_search"),
    path("mein/suchen/<int:search_id>/aktion/", views.saved_search_act, name="saved_search_act"),
    path(LINK, views.saved_searches_by_link, name="saved_searches_by_link"),
    path(f"{LINK}daten/", views.saved_search_data_by_link, name="saved_search_data_by_link"),
    path(f"{LINK}<int:search_id>/", views.saved_search_by_link, name="saved_search_by_link"),
    path(f"{LINK}<int:search_id>/aktion/", views.saved_search_act_by_link, name="saved_search_act_by_link"),
]
