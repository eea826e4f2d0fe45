"""What places and contacts say to machines, in the words of schema.org."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from cms.models.contacts import Contact
from cms.models.machines import Node, contact_point, end_of, event, moment, publisher
from cms.models.places import Place
from theme.town import town_for

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Both ends at midnight: how search engines read "closed all day".
CLOSED = {"opens": "00:00", "closes": "00:00"}


def office(place: Place) -> Node:
    """Return a place with its address, hours and the days that differ."""
    made: Node = {
        "@type": "GovernmentOffice",
        "name": place.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "postalCode": place.zipcode,
            "addressLocality": place.city,
            "addressCountry": "DE",
        },
        "parentOrganization": publisher(town_for(None)),
    }
    if place.geo:
        made["geo"] = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    streams: Any = (place.hours, place.exceptions)
    if weekly := [usual(block.value) for block in streams[0]]:
        made["openingHoursSpecification"] = weekly
    if others := [unusual(block.value) for block in streams[1]]:
        made["specialOpeningHoursSpecification"] = others
    return made


def usual(entry: Any) -> Node:
    """Return hours of some days of the week."""
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"https://schema.org/{DAYS[int(number)]}" for number in entry["days"]],
        "opens": clock(entry["opens"]),
        "closes": "23:59" if entry["closes"] == dt.time() else clock(entry["closes"]),
    }


def unusual(entry: Any) -> Node:
    """Return days that are not as usual."""
    first = entry.get("day") or entry["first_day"]
    last = entry.get("last_day") or first
    hours = {name: clock(entry[name]) for name in CLOSED} if entry.get("day") else CLOSED
    valid = {"validFrom": first.isoformat(), "validThrough": last.isoformat()}
    return {"@type": "OpeningHoursSpecification", **valid, **hours}


def clock(at: dt.time) -> str:
    """Return "08:00"."""
    return at.strftime("%H:%M")


def dates(entries: Iterable[Any], url: str) -> list[Node]:
    """Return those dates of a page that are not over as events."""
    today = timezone.localdate()
    return [
        event(
            entry["title"],
            begins=moment(entry["day"], entry.get("begins")),
            ends=end_of(entry),
            place=entry.get("place") or "",
            text=entry.get("text") or "",
            url=entry.get("url") or url,
        )
        for entry in entries
        if (entry.get("last_day") or entry["day"]) >= today
    ]


def points(contacts: Iterable[Contact]) -> Node:
    """Return the town with the contacts that are listed; no mail addresses."""
    found = [
        contact_point(str(one), phone=one.phone, fax=one.fax, url=one.get_absolute_url())
        for one in contacts
        if one.phone
    ]
    return publisher(town_for(None)) | ({"contactPoint": found} if found else {})
