"""What the town promises to those who take part in a campaign."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.working_days import after_working_days
from ideas.models import Campaign
from theme import dates


def promise(campaign: Campaign) -> str:
    """Return who answers until when, in one or two sentences; empty where nothing is promised."""
    office = campaign.answer_office or _("The town")
    if campaign.answer_until and campaign.answer_until < timezone.localdate():
        words = _("%(office)s had promised to answer by %(day)s.")
        return words % {"office": office, "day": dates.day(campaign.answer_until)}
    found = []
    if campaign.answer_days:
        words = ngettext(
            "%(office)s gives a first answer within one working day.",
            "%(office)s gives a first answer within %(days)d working days.",
            campaign.answer_days,
        )
        found.append(words % {"office": office, "days": campaign.answer_days})
    if campaign.answer_until:
        words = _("By %(day)s every idea has an answer.") if found else _("%(office)s answers by %(day)s.")
        found.append(words % {"office": office, "day": dates.day(campaign.answer_until)})
    return " ".join(found)


def answer_by(campaign: Campaign, start: date) -> date | None:
    """Return the last day for the answer to an idea whose clock starts on that day; None where nothing is promised.

    Of two promises the earlier one counts. A day that was over before the clock started promises nothing.
    """
    found = [after_working_days(start, campaign.answer_days)] if campaign.answer_days else []
    if campaign.answer_until and campaign.answer_until >= start:
        found.append(campaign.answer_until)
    return min(found, default=None)
