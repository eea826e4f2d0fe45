"""Addresses of the public pages; the moderators' pages are registered in ``wagtail_hooks``."""

from django.urls import path

from moderation.views import public

app_name = "moderation"
urlpatterns = [
    path("melden/<slug:kind>/<int:object_id>/", public.report_page, name="report"),
    path("meldung/<slug:code>/", public.receipt, name="receipt"),
    path("bescheid/<slug:code>/", public.letter_page, name="letter"),
    path("bescheid/<slug:code>.json", public.letter_data, name="letter_data"),
    path("beschwerde/<slug:code>/", public.complaint_page, name="complaint"),
]
