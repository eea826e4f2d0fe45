"""A case as the list and its own page say it: in words."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from moderation.deadlines import is_late
from moderation.models import Case
from moderation.registry import kinds
from theme.dates import clock

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Row:
    """One case in the list, in words."""

    case: Case
    kind: str
    waiting: str
    late: bool
    holder: str
    mine: bool
    #: who is to see it first, still – empty when nobody is
    first: str = ""
    marks: list[tuple[str, str]] = field(default_factory=list)


def row(case: Case, user: "User", moment: datetime) -> Row:
    """Return a case as the list shows it."""
    labels = kinds()
    held = case.claimed_by is not None and case.claimed_until is not None and case.claimed_until > moment
    return Row(
        case=case,
        kind=str(labels.get(case.kind, case.kind)),
        waiting=waiting(moment - case.opened_at),
        late=is_late(case.opened_at, moment),
        holder=holder(case, user, moment) if held else pgettext("claim", "free"),
        mine=held and case.claimed_by_id == user.pk,
        first=first(case, user, moment),
        marks=marks(case),
    )


def marks(case: Case) -> list[tuple[str, str]]:
    """Return the risks of a case as (strength, words): ``strong`` for reports, ``hint`` for the rest."""
    reported = ngettext("%(count)d report", "%(count)d reports", case.report_count) % {"count": case.report_count}
    grave = [("strong", _("grave: may be against the law"))] * (case.risk == Case.Risk.GRAVE)
    return grave + [("strong", reported)] * bool(case.report_count) + [("hint", str(mark)) for mark in case.marks]


def waiting(time: timedelta) -> str:
    """Return "40 Min.", "5 Std." or "3 Tage"."""
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes < 60:
        return _("%(count)d min.") % {"count": minutes}
    if minutes < 48 * 60:
        return _("%(count)d hrs.") % {"count": minutes // 60}
    return ngettext("%(count)d day", "%(count)d days", minutes // 1440) % {"count": minutes // 1440}


def first(case: Case, user: "User", moment: datetime) -> str:
    """Return who is to see a case first, and until when; empty when nobody is any more."""
    if case.first_for is None or case.first_until is None or case.first_until <= moment:
        return ""
    said = {"name": case.first_for, "time": clock(case.first_until)}
    return _("first for you") if case.first_for_id == user.pk else _("first for %(name)s until %(time)s") % said


def holder(case: Case, user: "User", moment: datetime) -> str:
    """Return who has taken a case, and for how long still."""
    assert case.claimed_until is not None  # noqa: S101
    name = _("You") if case.claimed_by_id == user.pk else str(case.claimed_by)
    left = max(1, int((case.claimed_until - moment).total_seconds() // 60) + 1)
    return _("%(name)s, %(count)d min. left") % {"name": name, "count": left}
