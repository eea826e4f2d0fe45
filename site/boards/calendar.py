"""Meetings as calendar files (RFC 5545), written by a library that escapes and folds what people typed."""

from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Event

from boards.models import Meeting
from cms.calendars import MEDIA_TYPE, new_calendar, plain

__all__ = ["MEDIA_TYPE", "calendar"]


def calendar(meetings: Iterable[Meeting], name: str) -> bytes:
    """Return a calendar of these meetings; ``name`` is what calendar programs call it."""
    made = new_calendar(name, "Beirat")
    for meeting in meetings:
        made.add_component(event(meeting))
    return bytes(made.to_ical())


def event(meeting: Meeting) -> Event:
    """Return one meeting; its UID and SEQUENCE let calendars take over what was changed."""
    url = settings.SITE_URL + meeting.get_absolute_url()
    made = Event()
    made.add("uid", f"{meeting.key}@{urlsplit(settings.SITE_URL).hostname}")
    made.add("dtstamp", meeting.changed_at.astimezone(UTC))
    made.add("last-modified", meeting.changed_at.astimezone(UTC))
    made.add("sequence", meeting.sequence)
    made.add("dtstart", meeting.starts_at.astimezone(UTC))
    made.add("dtend", meeting.ends_at.astimezone(UTC))
    made.add("summary", plain(meeting.title))
    made.add("location", plain(", ".join(filter(None, (meeting.place, meeting.address)))))
    made.add("description", plain("\n\n".join(filter(None, (meeting.cancelled, access(meeting), meeting.agenda, url)))))
    made.add("url", url)
    made.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    return made


def access(meeting: Meeting) -> str:
    """Return in words whether the place is step-free, and how to get there."""
    label = str(meeting.get_access_display()) if meeting.access else ""
    words = ". ".join(filter(None, (label, meeting.access_words)))
    return words[:1].upper() + words[1:]
