"""Addresses of this room."""

from django.urls import path

from voting import views

app_name = "voting"
urlpatterns = [
    path("ideen/<int:idea_id>/unterstuetzung/", views.support, name="support"),
    path("ideen/<int:idea_id>/unterstuetzung/nachholen/", views.catch_up, name="catch_up"),
]
