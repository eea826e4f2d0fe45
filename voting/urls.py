"""Addresses of this room."""

from django.urls import path

from voting import views

app_name = "voting"
urlpatterns = [
    path("ideen/<int:idea_id>/auch-meine/", views.also_mine, name="also_mine"),
    path("ideen/<int:idea_id>/auch-meine/nachholen/", views.also_mine_catch_up, name="also_mine_catch_up"),
    path("ideen/<int:idea_id>/unterstuetzung/", views.support, name="support"),
    path("ideen/<int:idea_id>/unterstuetzung/nachholen/", views.catch_up, name="catch_up"),
    path("ideen/<int:idea_id>/zusammenlegung/", views.merging, name="merging"),
]
