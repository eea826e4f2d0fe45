"""What people may do in a campaign now, later or no more, in words. Reads phases that were fetched; costs no statement."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from ideas.models import Campaign, Phase
from ideas.queries.phases import closes_at, first_moment, last_moment, next_opening

# What can be allowed, its sign, and how it is called.
KINDS = (("ideas", "pencil"), ("comments", "comment"), ("support", "heart"))


@dataclass(frozen=True)
class Opening:
    """One thing people may do: ``now``, ``later``, ``over`` or ``never``."""

    what: str
    icon: str
    state: str
    label: str
    when: str

    @property
    def words(self) -> str:
        """Return when it is possible, with "now" where it is."""
        return _("now, %(when)s") % {"when": self.when} if self.state == "now" else self.when


def openings(campaign: Campaign, at: dt.datetime | None = None) -> list[Opening]:
    """Return ideas, comments and supports with from when or until when they are taken, to be read as words."""
    at = at or timezone.now()
    return [opening(campaign, what, icon, at) for what, icon in KINDS]


def allowed_in(phase: Phase) -> list[str]:
    """Return what people may do in a phase, as words."""
    words = {"ideas": _("Send in ideas"), "comments": _("Write comments"), "support": _("Support ideas")}
    return [words[what] for what, _icon in KINDS if getattr(phase, f"allows_{what}")]


def opening(campaign: Campaign, what: str, icon: str, at: dt.datetime) -> Opening:
    """Return one of them."""
    label = {"ideas": _("Send in ideas"), "comments": _("Write comments"), "support": _("Support ideas")}[what]
    if end := closes_at(campaign, what, at):
        return Opening(what, icon, "now", label, _("until %(moment)s") % {"moment": last_moment(end)})
    if coming := next_opening(campaign, what, at):
        return Opening(what, icon, "later", label, _("from %(moment)s on") % {"moment": first_moment(coming.opens_at)})
    ended = max((phase.closes_at for phase in campaign.phases.all() if getattr(phase, f"allows_{what}")), default=None)
    if ended:
        return Opening(what, icon, "over", label, _("was possible until %(moment)s") % {"moment": last_moment(ended)})
    return Opening(what, icon, "never", label, _("not in this campaign"))


def headline(campaign: Campaign, at: dt.datetime | None = None) -> str:
    """Return in one sentence what can be done now, or what comes next."""
    at = at or timezone.now()
    found = {one.what: one for one in openings(campaign, at)}
    sentences = {
        "ideas": _("Now: send in ideas, %(when)s."),
        "support": _("Now: support the ideas you find right, %(when)s."),
        "comments": _("Now: discuss the ideas, %(when)s."),
    }
    for what, sentence in sentences.items():
        if found[what].state == "now":
            return sentence % {"when": found[what].when}
    later = [one for one in (next_opening(campaign, what, at) for what, _icon in KINDS) if one]
    if later:
        first = min(later, key=lambda phase: phase.opens_at)
        return _("“%(phase)s” begins %(moment)s.") % {"phase": first.name, "moment": first_moment(first.opens_at)}
    return ""
