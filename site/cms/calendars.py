"""Dates of pages as calendar files (RFC 5545), written by a library that escapes and folds what people typed."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from cms.models import ProcessPage
from cms.queries.key_dates import last_day
from common.text import CONTROLS

MEDIA_TYPE = "text/calendar; charset=utf-8"
YEAR, DAY = dt.timedelta(days=366), dt.timedelta(days=1)


def new_calendar(name: str, maker: str) -> Calendar:
    """Return an empty calendar; ``name`` is what calendar programs call it, ``maker`` which part of the site wrote it."""
    made = Calendar()
    made.add("prodid", f"-//Mitwirk//{maker}//DE")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", plain(name))
    made.add("refresh-interval", dt.timedelta(hours=12), parameters={"value": "DURATION"})
    return made


def plain(text: str) -> str:
    """Return text without signs that calendar programs stumble over; line breaks stay and are escaped."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def of_process(page: ProcessPage) -> bytes:
    """Return the dates of a process and the milestones that have a day, from a year ago on."""
    made = new_calendar(page.title, "Kernprozess")
    for key, entry in entries_of(page):
        made.add_component(event(page, key, entry))
    return bytes(made.to_ical())


def entries_of(page: ProcessPage) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield dates and milestones with what names each of them; a milestone told in words only ("spring") has no day."""
    streams: tuple[Iterable[Any], Iterable[Any]] = (page.dates, page.milestones)
    since = timezone.localdate() - YEAR
    for stream in streams:
        for block in stream:
            entry = block.value
            if not entry.get("when") and last_day(entry) >= since:
                yield str(block.id or ""), entry


def event(page: ProcessPage, key: str, entry: Mapping[str, Any]) -> Event:
    """Return one date; UID and SEQUENCE let calendars take over what was changed."""
    changed = page.last_published_at or timezone.now()
    url = settings.SITE_URL + page.get_absolute_url()
    own = key or hashlib.sha256(f"{page.pk} {entry['day']} {entry['title']}".encode()).hexdigest()[:32]
    made = Event()
    made.add("uid", f"{own}@{urlsplit(settings.SITE_URL).hostname}")
    made.add("dtstamp", changed.astimezone(dt.UTC))
    made.add("last-modified", changed.astimezone(dt.UTC))
    made.add("sequence", int(changed.timestamp()) // 60)
    for name, moment in times(entry).items():
        made.add(name, moment)
    made.add("summary", plain(entry["title"]))
    if entry.get("place"):
        made.add("location", plain(entry["place"]))
    made.add("description", plain("\n\n".join(filter(None, (entry.get("text"), entry.get("url"), url)))))
    made.add("url", url)
    made.add("status", "CONFIRMED")
    return made


def times(entry: Mapping[str, Any]) -> dict[str, dt.date]:
    """Return begin and end: moments in UTC, or whole days when no hour is known; the end of days is the day after."""
    begins, ends, last = entry.get("begins"), entry.get("ends"), last_day(entry)
    if begins is None:
        return {"dtstart": entry["day"], "dtend": last + DAY}
    found: dict[str, dt.date] = {"dtstart": moment(entry["day"], begins)}
    if ends is not None or last > entry["day"]:
        found["dtend"] = moment(last, ends) if ends is not None else moment(last + DAY, dt.time())
    return found


def moment(day: dt.date, hour: dt.time) -> dt.datetime:
    """Return the moment in UTC at which the town's clock shows this hour."""
    return timezone.make_aware(dt.datetime.combine(day, hour)).astimezone(dt.UTC)
