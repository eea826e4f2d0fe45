"""The town's time: everything happened some days before today, so that something is always running."""

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format

EVENING = time(18)
WEEK = ("mo", "di", "mi", "do", "fr", "sa", "so")
MARK = re.compile(r"\{(mo|di|mi|do|fr|sa|so)?\+(\d+)\}")


def today() -> date:
    """Return today's date where the town lies."""
    return timezone.localdate()


def evening(days: int) -> datetime:
    """Return 18 o'clock, that many days from today."""
    return timezone.make_aware(datetime.combine(today() + timedelta(days=days), EVENING))


def ago(days: float) -> datetime:
    """Return the moment that many days before now."""
    return timezone.now() - timedelta(days=days)


def office_hours(moment: datetime) -> datetime:
    """Return the moment itself, or the next one at which people in the town hall work."""
    local = timezone.localtime(moment)
    minutes = 7 + (local.hour * 13 + local.minute) % 95
    if local.hour >= 17:
        local = local.replace(hour=8, minute=0) + timedelta(days=1, minutes=minutes)
    elif local.hour < 8:
        local = local.replace(hour=8, minute=0) + timedelta(minutes=minutes)
    while local.weekday() > 4:
        local = local.replace(hour=8, minute=0) + timedelta(days=1, minutes=minutes)
    return local


def daytime(moment: datetime) -> datetime:
    """Return the moment itself, or the morning after a night; somebody looks at comments every day."""
    local = timezone.localtime(moment)
    if local.hour >= 21:
        local = local.replace(hour=8) + timedelta(days=1)
    return local.replace(hour=8) if local.hour < 8 else local


def coming(days: int, weekday: str = "") -> date:
    """Return the day so many days ahead, or the first such weekday from then on."""
    found = today() + timedelta(days=days)
    while weekday and found.weekday() != WEEK.index(weekday):
        found += timedelta(days=1)
    return found


def with_days(text: str) -> str:
    """Write out marks like ``{sa+5}``: "Samstag, 5. Dezember"."""

    def written(found: re.Match[str]) -> str:
        then = coming(int(found[2]), found[1] or "")
        return date_format(then, "l, j. F")

    return MARK.sub(written, text)
