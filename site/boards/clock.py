"""The clock of a recommendation: until when the town owes an answer, and whether it came in time."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from theme import dates


@dataclass(frozen=True)
class Clock:
    """Days by the town's calendar; ``answered_on`` is the day of the first answer."""

    answer_by: dt.date
    answered_on: dt.date | None
    office: str
    today: dt.date

    @property
    def name(self) -> str:
        """Return waiting, today, overdue, kept or late."""
        if self.answered_on is not None:
            return "kept" if self.answered_on <= self.answer_by else "late"
        if self.answer_by < self.today:
            return "overdue"
        return "today" if self.answer_by == self.today else "waiting"

    @property
    def days(self) -> int:
        """Return how many days lie between the last day and today, or the day of the answer; never negative."""
        return abs(((self.answered_on or self.today) - self.answer_by).days)

    @property
    def words(self) -> str:
        """Return what the town owes, or that it answered, in one sentence."""
        said = {"office": self.office or _("The town"), "day": dates.day(self.answer_by)}
        if self.answered_on is not None:
            return self._answered(dates.short_day(self.answered_on))
        if self.name == "overdue":
            sentence = ngettext(
                "%(office)s should have answered by %(day)s: one day overdue.",
                "%(office)s should have answered by %(day)s: %(days)d days overdue.",
                self.days,
            )
            return sentence % {**said, "days": self.days}
        sentence = (
            _("%(office)s answers by today, %(day)s.") if self.name == "today" else _("%(office)s answers by %(day)s.")
        )
        return sentence % said

    def _answered(self, on: str) -> str:
        if self.name == "kept":
            return _("Answered on %(on)s, in time.") % {"on": on}
        sentence = ngettext(
            "Answered on %(on)s, one day later than promised.",
            "Answered on %(on)s, %(days)d days later than promised.",
            self.days,
        )
        return sentence % {"on": on, "days": self.days}

    @property
    def chip(self) -> dict[str, str]:
        """Return the chip of a list while an answer is owed; empty once it is there."""
        if self.answered_on is not None:
            return {}
        if self.name == "overdue":
            return {"look": "brick", "icon": "clock", "text": _("Answer overdue")}
        return {
            "look": "sun",
            "icon": "clock",
            "text": _("Answer by %(day)s") % {"day": dates.short_day(self.answer_by)},
        }
