"""Addresses of the news that are no pages."""

from django.urls import path

from news import views

app_name = "news"
urlpatterns = [path("aktuelles/feed/", views.feed, name="feed")]
