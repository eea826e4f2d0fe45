"""Addresses of this room that are no pages: meetings, recommendations, calendars, and the closed room."""

from django.urls import path

from boards import views

app_name = "boards"
urlpatterns = [
    path("familienbeirat/sitzungen/", views.meetings, name="meetings"),
    path("familienbeirat/sitzungen.ics", views.feed, name="feed"),
    path("familienbeirat/sitzungen/<int:pk>/", views.meeting, name="meeting"),
    path("familienbeirat/sitzungen/<int:pk>.ics", views.meeting_file, name="meeting_file"),
    path("familienbeirat/empfehlungen/<int:pk>/", views.recommendation, name="recommendation"),
    path("familienbeirat/bewerbung/", views.application_form, name="apply"),
    path("familienbeirat/bewerbung/<slug:code>/", views.application, name="application"),
    path("familienbeirat/raum/", views.room, name="room"),
    path("familienbeirat/raum/name/", views.name, name="name"),
    path("familienbeirat/raum/unterlagen/", views.papers, name="papers"),
    path("familienbeirat/raum/unterlagen/<uuid:key>/", views.paper, name="paper"),
    path("familienbeirat/raum/umfragen/neu/", views.new_poll, name="new_poll"),
    path("familienbeirat/raum/umfragen/<int:pk>/", views.poll, name="poll"),
    path("familienbeirat/raum/veroeffentlichen/<str:source>/<int:pk>/", views.publish, name="publish"),
]
