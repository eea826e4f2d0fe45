"""Addresses of messages and mail choices."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("mein/nachrichten/", views.message_list, name="list"),
    path("mein/nachrichten/gelesen/", views.mark_read, name="read_all"),
    path("mein/nachrichten/<int:message_id>/", views.message_page, name="message"),
    path("mein/nachrichten/<int:message_id>/gelesen/", views.mark_read, name="read"),
    path("mein/einstellungen/mails/", views.choose_mails, name="choose_mails"),
]
