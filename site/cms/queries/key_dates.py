"""An editor's key dates as people read them: in order, with weekday, those that are over last."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from theme import dates


@dataclass(frozen=True)
class KeyDate:
    """One date, ready to be shown."""

    title: str
    when: str
    place: str
    text: str
    url: str
    is_over: bool


def key_dates(entries: Iterable[Mapping[str, Any]], today: dt.date | None = None) -> list[KeyDate]:
    """Return the dates in their order, what is still to come first."""
    today = today or timezone.localdate()
    known = [entry for entry in entries if entry.get("day")]
    known.sort(key=lambda entry: (last_day(entry) < today, entry["day"], entry.get("begins") or dt.time()))
    return [
        KeyDate(
            title=entry["title"],
            when=when(entry),
            place=entry.get("place") or "",
            text=entry.get("text") or "",
            url=entry.get("url") or "",
            is_over=last_day(entry) < today,
        )
        for entry in known
    ]


def last_day(entry: Mapping[str, Any]) -> dt.date:
    """Return the day on which it ends."""
    found: dt.date = entry.get("last_day") or entry["day"]
    return found


def when(entry: Mapping[str, Any]) -> str:
    """Return "Samstag, 5. Dezember 2026, 10 bis 13 Uhr"."""
    day: dt.date = entry["day"]
    words = dates.day(day)
    if last_day(entry) > day:
        words = _("%(first)s to %(last)s") % {"first": words, "last": dates.day(last_day(entry))}
    begins, ends = entry.get("begins"), entry.get("ends")
    if begins is None:
        return words
    first = dates.clock(dt.datetime.combine(day, begins))
    if ends is None:
        return f"{words}, {first}"
    hours = {"first": first, "last": dates.clock(dt.datetime.combine(last_day(entry), ends))}
    return f"{words}, " + _("%(first)s to %(last)s") % hours
