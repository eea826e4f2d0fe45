"""Addresses of the public pages; the moderators' pages are registered in ``wagtail_hooks``."""

from django.urls import path

from moderation.views import contact, ledger, own, public, record, reporting

app_name = "moderation"
urlpatterns = [
    path("moderationsbuch/", ledger.ledger_page, name="ledger"),
    path("moderationsbuch/zahlen.csv", ledger.ledger_table, name="ledger_table"),
    path("moderationsbuch/zahlen.json", ledger.ledger_data, name="ledger_data"),
    path("moderationsbuch/anker/", record.anchors_page, name="anchors"),
    path("moderationsbuch/anker.json", record.anchors_data, name="anchors_data"),
    path("melden/<slug:kind>/<int:object_id>/", reporting.report_page, name="report"),
    path("meldung/<slug:code>/", reporting.receipt, name="receipt"),
    path("meldung/<slug:code>/beschwerde/", reporting.report_complaint, name="report_complaint"),
    path("kontaktstelle/", contact.contact_page, name="contact"),
    path("kontaktstelle/kampagne/<int:campaign_id>/", contact.contact_page, name="contact_campaign"),
    path("kontaktstelle/nachricht/<slug:code>/", contact.contact_receipt, name="contact_receipt"),
    path("massnahmen/", own.measures_page, name="measures"),
    path("mein/bescheide/", own.letters_page, name="letters"),
    path("bescheid/<slug:code>/", public.letter_page, name="letter"),
    path("bescheid/<slug:code>.json", public.letter_data, name="letter_data"),
    path("beschwerde/<slug:code>/", public.complaint_page, name="complaint"),
]
