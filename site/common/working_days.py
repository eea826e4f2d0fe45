"""Working days of a town office: Monday to Friday, but for the holidays of its state; by the clock of the town."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Tell whether the town works on that day."""
    return day.weekday() < SATURDAY and not holiday(day)


def holiday(day: date) -> str:
    """Return the German name of the holiday that the town's state has on that day; empty on others."""
    return _holidays(settings.HOLIDAYS_OF, day.year).get(day, "")


def after_working_days(start: date, days: int) -> date:
    """Return the day on which so many working days are over; the day of ``start`` itself does not count."""
    day = start
    while days > 0:
        day += ONE_DAY
        days -= is_working_day(day)
    return day


def before_working_hours(at: datetime, hours: int) -> datetime:
    """Return the moment before ``at`` since which so many hours of working days have gone by (24 in each but for DST).

    What came in until then has waited that long; a weekend or a holiday between does not count.
    """
    left, day, end = timedelta(hours=hours), timezone.localdate(at), at
    while True:
        start = timezone.make_aware(datetime.combine(day, time.min))
        if is_working_day(day):
            if end - start >= left:
                return end - left
            left -= end - start
        day, end = day - ONE_DAY, start


@lru_cache(maxsize=64)
def _holidays(state: str, year: int) -> dict[date, str]:
    import holidays  # a quarter of a second that most processes never need

    return dict(holidays.country_holidays("DE", subdiv=state, years=year, language="de"))
