"""Dates as people say them: "Sonntag, 6. Dezember, 18 Uhr"."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

Moment = dt.date | dt.datetime


def local(value: Moment) -> Moment:
    """Return ``value`` in the town's time zone; plain dates stay as they are."""
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


def day(value: Moment) -> str:
    """Return "Sonntag, 6. Dezember 2026"."""
    return date_format(local(value), pgettext("date format with weekday", "l, j F Y"))


def short_day(value: Moment) -> str:
    """Return "6. Dezember 2026"."""
    return date_format(local(value), pgettext("date format", "j F Y"))


def clock(value: dt.datetime) -> str:
    """Return "18 Uhr" or "18:30 Uhr"."""
    seen = local(value)
    if isinstance(seen, dt.datetime) and seen.minute == 0:
        return date_format(seen, pgettext("time format, full hour", r"G:i"))
    return date_format(seen, pgettext("time format", r"G:i"))


def moment(value: Moment) -> str:
    """Return "Sonntag, 6. Dezember, 18 Uhr"; the year only when it is not this one."""
    seen = local(value)
    this_year = seen.year == timezone.localdate().year
    text = date_format(seen, pgettext("date format without year", "l, j F")) if this_year else day(value)
    return f"{text}, {clock(value)}" if isinstance(value, dt.datetime) else text


def short_moment(value: Moment) -> str:
    """Return "6. Dezember, 18 Uhr"; the year only when it is not this one."""
    seen = local(value)
    this_year = seen.year == timezone.localdate().year
    text = date_format(seen, pgettext("short date format without year", "j F")) if this_year else short_day(value)
    return f"{text}, {clock(value)}" if isinstance(value, dt.datetime) else text


def days_left(value: Moment, now: dt.datetime | None = None) -> str:
    """Return "noch 13 Tage", "endet heute" or "beendet"."""
    current = now or timezone.now()
    seen = local(value)
    end = seen.date() if isinstance(seen, dt.datetime) else seen
    left = (end - timezone.localdate(current)).days
    if left < 0 or (isinstance(value, dt.datetime) and timezone.is_aware(value) and value <= current):
        return _("closed")
    if left == 0:
        return _("ends today")
    return ngettext("%(count)d day left", "%(count)d days left", left) % {"count": left}
