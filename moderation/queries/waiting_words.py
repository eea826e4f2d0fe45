"""Times of waiting, as people and as programs read them."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

HOUR, TWO_DAYS = timedelta(hours=1), timedelta(days=2)


def in_words(time: timedelta) -> str:
    """Return a time as people say it after „nach“: rounded to hours, from two days on to days."""
    if time < HOUR:
        return _("less than an hour")
    if time < TWO_DAYS:
        hours = round(time / HOUR)
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = round(time / timedelta(days=1))
    return npgettext("after some time", "%(count)d day", "%(count)d days", days) % {"count": days}


def hours_of(time: timedelta) -> float:
    """Return a time in hours, rounded to a tenth."""
    return round(time / HOUR, 1)
