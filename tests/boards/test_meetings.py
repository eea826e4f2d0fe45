"""Meetings with agenda, minutes and calendar files."""

from datetime import UTC, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar

pytestmark = pytest.mark.django_db
RUBBISH = 'Sitzung; "Nord, Süd" \\ \nBEGIN:VEVENT\r\nATTENDEE:mailto:x@example.org\x0b 😀 ' + "sehr lang " * 20


def events(answer) -> list:
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_meeting_goes_into_the_calendar(client, board, meeting):
    made = meeting(address="Am Damm 1", access="yes", agenda="1. Schulwege")
    [event] = events(client.get(f"/familienbeirat/sitzungen/{made.pk}.ics"))
    assert str(event["SUMMARY"]) == "Sitzung im Nordfeld"
    assert event.decoded("DTSTART") == made.starts_at.astimezone(UTC).replace(microsecond=0)
    assert str(event["LOCATION"]) == "Jugendzentrum, Saal, Am Damm 1"
    assert "Stufenlos" in event["DESCRIPTION"]
    assert "1. Schulwege" in event["DESCRIPTION"]
    assert event["UID"].startswith(str(made.key))
    assert event["STATUS"] == "CONFIRMED"


def test_whatever_editors_type_stays_text(client, board, meeting):
    made = meeting(place=RUBBISH[:140], agenda=RUBBISH)
    type(made).objects.filter(pk=made.pk).update(title=RUBBISH[:140])
    answer = client.get(f"/familienbeirat/sitzungen/{made.pk}.ics")
    [event] = events(answer)
    assert "ATTENDEE" not in event
    assert "ATTENDEE:mailto" in event["SUMMARY"]
    assert "\x0b" not in answer.content.decode()
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    assert answer["Content-Disposition"] == f'attachment; filename="sitzung-{made.pk}.ics"'


def test_a_changed_meeting_has_the_same_name_and_a_higher_number(client, board, meeting):
    made = meeting()
    [before] = events(client.get("/familienbeirat/sitzungen.ics"))
    made.cancelled = "Saal überschwemmt"
    made.save()
    [after] = events(client.get("/familienbeirat/sitzungen.ics"))
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert "Fällt aus: Saal überschwemmt" in client.get("/familienbeirat/").content.decode()


def test_the_calendar_to_subscribe_to_has_what_is_public_and_recent(client, board, meeting):
    meeting("Kommt")
    meeting("War", days=-100)
    meeting("Lange her", days=-500)
    meeting("Intern", is_public=False)
    assert {str(event["SUMMARY"]) for event in events(client.get("/familienbeirat/sitzungen.ics"))} == {"Kommt", "War"}


def test_minutes_are_public_once_they_are_approved(client, board, meeting):
    made = meeting(days=-3, minutes="Frau K. fragte nach.")
    text = client.get(made.get_absolute_url()).content.decode()
    assert "Frau K." not in text
    assert "Das Protokoll steht hier, sobald der Beirat es beschlossen hat." in text
    made.minutes_public = True
    made.save()
    assert "Frau K. fragte nach." in client.get(made.get_absolute_url()).content.decode()


def test_the_list_has_pages(client, board, meeting):
    for number in range(21):
        meeting(f"Sitzung {number:02}", days=number + 1)
    first, second = (client.get(f"/familienbeirat/sitzungen/?seite={number}") for number in (1, 2))
    assert "Frühere Sitzungen" in first.content.decode()
    assert "Sitzung 00" in second.content.decode()
    for rubbish in ("3", "0", "-1", "x", "9" * 40, "²"):
        status = client.get("/familienbeirat/sitzungen/", {"seite": rubbish}).status_code
        assert status in (200, 404), rubbish
    assert client.get(f"/familienbeirat/sitzungen/{'9' * 25}/").status_code == 404


def test_a_meeting_ends_after_it_begins(meeting):
    begins = timezone.now() + timedelta(days=1)
    with pytest.raises(ValidationError, match="Das Ende muss nach dem Anfang liegen"):
        meeting(starts_at=begins, ends_at=begins)
    with pytest.raises(ValidationError, match="höchstens eine Woche"):
        meeting(starts_at=begins, ends_at=begins + timedelta(days=30))
