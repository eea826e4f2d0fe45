"""Opening hours as people say them: "schließt um 18 Uhr", "öffnet wieder am Montag, 30. November, um 8 Uhr"."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.models import Place
from cms.queries.opening import MIDNIGHT, ONE_DAY, Day, Hours, Opening, opening, unusual_days, week
from theme import dates


@dataclass(frozen=True)
class Row:
    """One line of the table of hours."""

    days: str
    hours: tuple[str, ...]


@dataclass(frozen=True)
class Sign:
    """What stands at the door: open or closed, what comes next, why today is different, and when this was true."""

    is_open: bool
    state: str
    then: str
    reason: str
    at: dt.datetime


def sign(place: Place, at: dt.datetime | None = None) -> Sign | None:
    """Return what is to be said now; None for a place without hours."""
    found = opening(place, at)
    if found is None:
        return None
    state = _("Open now") if found.is_open else _("Closed now")
    return Sign(found.is_open, state, then(found), why(found), found.at)


def then(found: Opening) -> str:
    """Return what comes next."""
    if found.is_open:
        return closes(found.until, found.at) if found.until else _("open day and night")
    return opens(found.opens, found.at) if found.opens else ""


def why(found: Opening) -> str:
    """Return why today is not as usual."""
    if not found.reason:
        return ""
    words = _("Other hours today: %(why)s") if found.is_open else _("Not as usual today: %(why)s")
    return words % {"why": found.reason}


def closes(until: dt.datetime, now: dt.datetime) -> str:
    """Return "schließt um 18 Uhr"; with the day when it is not the one people call today."""
    days = (until.date() - now.date()).days
    if until.time() == MIDNIGHT and days == 1:
        return _("closes at midnight")
    at = {"time": dates.clock(until)}
    if days == 0:
        return _("closes at %(time)s") % at
    if days == 1:
        return _("closes tomorrow at %(time)s") % at
    return _("closes on %(day)s at %(time)s") % {"day": weekday(until), **at}


def opens(begins: dt.datetime, now: dt.datetime) -> str:
    """Return "öffnet wieder morgen um 8 Uhr"."""
    days = (begins.date() - now.date()).days
    at = {"time": dates.clock(begins)}
    if days == 0:
        return _("opens again today at %(time)s") % at
    if days == 1:
        return _("opens again tomorrow at %(time)s") % at
    return _("opens again on %(day)s at %(time)s") % {"day": weekday(begins), **at}


def weekday(value: dt.date) -> str:
    """Return "Montag, 30. November"; with the year when it is another one."""
    if value.year != timezone.localdate().year:
        return dates.day(value)
    return date_format(value, pgettext("date format without year", "l, j F"))


def from_to(hours: Hours) -> str:
    """Return "8 bis 12:30 Uhr (nur mit Termin)"."""
    someday = dt.date(2000, 1, 1)
    begins, ends = (dates.clock(dt.datetime.combine(someday, one)) for one in (hours.opens, hours.closes))
    if hours.opens == hours.closes == MIDNIGHT:
        words = _("day and night")
    elif hours.closes == MIDNIGHT:
        words = _("%(begins)s to midnight") % {"begins": begins}
    else:
        words = _("%(begins)s to %(ends)s") % {"begins": begins.removesuffix(" Uhr"), "ends": ends}
    return f"{words} ({hours.note})" if hours.note else words


def table(place: Place) -> list[Row]:
    """Return the usual week; neighbouring days with the same hours share a line."""
    rows: list[tuple[int, int, tuple[Hours, ...]]] = []
    for number, hours in enumerate(week(place)):
        if rows and rows[-1][2] == hours:
            rows[-1] = rows[-1][0], number, hours
        else:
            rows.append((number, number, hours))
    if not any(hours for _first, _last, hours in rows):
        return []
    return [Row(day_names(first, last), hour_words(hours)) for first, last, hours in rows]


def day_names(first: int, last: int) -> str:
    """Return "Montag bis Donnerstag"."""
    names = [str(name) for name in WEEKDAYS.values()]
    if first == last:
        return names[first]
    words = _("%(first)s and %(last)s") if last == first + 1 else _("%(first)s to %(last)s")
    return words % {"first": names[first], "last": names[last]}


def hour_words(hours: Iterable[Hours]) -> tuple[str, ...]:
    """Return the spans of a day, or that it is closed."""
    return tuple(from_to(one) for one in hours) or (pgettext("opening hours", "closed"),)


def unusual(place: Place) -> list[Row]:
    """Return the days of the coming weeks that are not as usual; days in a row for the same reason are one line."""
    runs: list[list[Day]] = []
    for one in unusual_days(place):
        last = runs[-1][-1] if runs else None
        if last and last.day + ONE_DAY == one.day and (last.hours, last.reason) == (one.hours, one.reason):
            runs[-1].append(one)
        else:
            runs.append([one])
    return [Row(run_words(run), (*hour_words(run[0].hours), *filter(None, [run[0].reason]))) for run in runs]


def run_words(run: list[Day]) -> str:
    """Return the day, or the first and the last."""
    if len(run) == 1:
        return weekday(run[0].day)
    return _("%(first)s to %(last)s") % {"first": weekday(run[0].day), "last": weekday(run[-1].day)}
