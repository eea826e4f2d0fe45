"""When a case has waited long: in hours of working days, so that nobody is late for a weekend or a holiday."""

from datetime import datetime

from django.conf import settings

from common.database import now
from common.working_days import before_working_hours


def late_before(at: datetime | None = None) -> datetime:
    """Return the moment: what was opened until then is late (24 hours of working days, by the setting)."""
    return before_working_hours(at or now(), settings.REMIND_AFTER_HOURS)


def very_late_before(at: datetime | None = None) -> datetime:
    """Return the moment: of what was opened until then the deputies are told too (72 hours)."""
    return before_working_hours(at or now(), settings.REMIND_DEPUTIES_AFTER_HOURS)


def complaints_due_before(at: datetime | None = None) -> datetime:
    """Return the moment: complaints received until then should have been answered (120 hours, five working days)."""
    return before_working_hours(at or now(), settings.COMPLAINT_DUE_HOURS)


def is_late(opened_at: datetime, at: datetime | None = None) -> bool:
    """Tell whether a case opened at that moment is late; for many, compare them with ``late_before`` asked once."""
    return opened_at <= late_before(at)
