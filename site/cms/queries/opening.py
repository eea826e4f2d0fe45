"""Whether a place is open: reckoned by the town's clock from its hours, holidays and exceptions, each time anew.

Hours are what the clock on the wall shows, so a day of 23 or 25 hours changes nothing in them; what lasts beyond midnight
belongs to the day on which it began.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from cms.models import Place
from common.working_days import holiday

MIDNIGHT, ONE_DAY = dt.time(), dt.timedelta(days=1)
# As far ahead as an end or a beginning is looked for.
FAR = 400


@dataclass(frozen=True)
class Hours:
    """From when to when on one day."""

    opens: dt.time
    closes: dt.time
    next_day: bool = False
    note: str = ""

    def on(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """Return the two moments in UTC, because moments of one zone are compared by what its clock shows.

        Where the clock shows an hour twice, opening is the first and closing the second; where it leaves one out, what
        falls into it comes an hour later.
        """
        last = day + ONE_DAY if self.next_day or self.closes == MIDNIGHT else day
        return moment(day, self.opens), max(moment(last, self.closes), moment(last, self.closes.replace(fold=1)))


def moment(day: dt.date, clock: dt.time) -> dt.datetime:
    """Return when the town's clock shows that, in UTC."""
    return dt.datetime.combine(day, clock, timezone.get_default_timezone()).astimezone(dt.UTC)


@dataclass(frozen=True)
class Day:
    """One day of a place: its hours, and why they are not the usual ones."""

    day: dt.date
    hours: tuple[Hours, ...]
    reason: str = ""
    is_usual: bool = True


@dataclass(frozen=True)
class Opening:
    """What can be said at a moment; ``until`` is the end of being open, ``opens`` the end of being closed, if known."""

    at: dt.datetime
    is_open: bool
    until: dt.datetime | None = None
    opens: dt.datetime | None = None
    reason: str = ""


def day_of(place: Place, day: dt.date) -> Day:
    """Return the hours of one day: an exception before a holiday, a holiday before the week."""
    closed = ""
    special: list[Hours] = []
    words = ""
    is_closed = False
    for child in place.exceptions:
        entry = child.value
        if child.block_type == "special" and entry["day"] == day:
            special.append(Hours(entry["opens"], entry["closes"], bool(entry.get("next_day"))))
            words = words or entry.get("reason") or ""
        elif child.block_type == "closed" and entry["first_day"] <= day <= (
            entry.get("last_day") or entry["first_day"]
        ):
            is_closed, closed = True, closed or entry.get("reason") or ""
    if special:
        return Day(day, tuple(sorted(special, key=lambda one: one.opens)), words, is_usual=False)
    if is_closed:
        return Day(day, (), closed, is_usual=False)
    if place.closed_on_holidays and (name := holiday(day)):
        return Day(day, (), name, is_usual=False)
    return Day(day, week(place)[day.weekday()])


def week(place: Place) -> list[tuple[Hours, ...]]:
    """Return the usual hours from Monday to Sunday."""
    found: list[list[Hours]] = [[] for _day in range(7)]
    for child in place.hours:
        entry = child.value
        hours = Hours(entry["opens"], entry["closes"], bool(entry.get("next_day")), entry.get("note") or "")
        for number in entry["days"]:
            found[int(number)].append(hours)
    return [tuple(sorted(hours, key=lambda one: one.opens)) for hours in found]


def spans(place: Place, first: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Yield from when to when it is open, from a day on; spans that touch are one."""
    current: tuple[dt.datetime, dt.datetime] | None = None
    for number in range(FAR):
        day = first + number * ONE_DAY
        for hours in day_of(place, day).hours:
            begins, ends = hours.on(day)
            if current and begins <= current[1]:
                current = current[0], max(current[1], ends)
                continue
            if current:
                yield current
            current = begins, ends
    if current:
        yield current


def opening(place: Place, at: dt.datetime | None = None) -> Opening | None:
    """Return whether the place is open at a moment and what comes next; None for a place without hours."""
    if not len(place.hours) and not len(place.exceptions):
        return None
    now = local(at or timezone.now())
    today = now.date()
    of_today = day_of(place, today)
    reason = "" if of_today.is_usual else of_today.reason
    for begins, ends in spans(place, today - ONE_DAY):
        if begins.timestamp() <= now.timestamp() < ends.timestamp():
            # What does not end in sight does not end.
            is_endless = ends > moment(today + (FAR - 3) * ONE_DAY, MIDNIGHT)
            return Opening(now, is_open=True, until=None if is_endless else local(ends), reason=reason)
        if begins.timestamp() > now.timestamp():
            return Opening(now, is_open=False, opens=local(begins), reason=reason)
    return Opening(now, is_open=False, reason=reason)


def local(at: dt.datetime) -> dt.datetime:
    """Return a moment by the town's clock."""
    return timezone.localtime(at, timezone.get_default_timezone())


def unusual_days(place: Place, days: int = 42, today: dt.date | None = None) -> list[Day]:
    """Return the days ahead that are not as in other weeks; holidays only where it would be open."""
    today = today or timezone.localdate(timezone=timezone.get_default_timezone())
    usual = week(place)
    ahead = [day_of(place, today + number * ONE_DAY) for number in range(days)]
    return [one for one in ahead if not one.is_usual and one.hours != usual[one.day.weekday()]]
