"""What people may do in a campaign now, later or no more, in words. Reads phases that were fetched; costs no statement."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from ideas.models import Campaign, Phase
from ideas.queries.phases import closes_at, first_moment, last_moment, next_opening

# What can be allowed, its sign, and how it is called.
KINDS = (("ideas", "pencil"), ("comments", "comment"), ("support", "heart"))
Method = Phase.Method
SIGNS = {Method.SUPPORT: "heart", Method.OPINION: "scale", Method.RATING: "star", Method.BUDGET: "euro"}


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
    return [label_of(what, phase.method) for what, _icon in KINDS if getattr(phase, f"allows_{what}")]


def label_of(what: str, method: str = Method.SUPPORT) -> str:
    """Return what people may do, as words; voting as its phase has it."""
    if what != "support":
        return {"ideas": _("Send in ideas"), "comments": _("Write comments")}[what]
    words = {
        Method.SUPPORT: _("Support ideas"),
        Method.OPINION: _("Vote for or against ideas"),
        Method.RATING: _("Rate ideas with one to five stars"),
        Method.BUDGET: _("Share out the money among projects"),
    }
    return words[Method(method)]


def method_of(campaign: Campaign, at: dt.datetime) -> str:
    """Return how people vote now, else next, else how they did at last."""
    phases = [phase for phase in campaign.phases.all() if phase.allows_support]
    running = [phase for phase in phases if phase.opens_at <= at < phase.closes_at]
    coming = [phase for phase in phases if phase.opens_at > at]
    found = running[:1] or coming[:1] or phases[-1:]
    return found[0].method if found else Method.SUPPORT


def opening(campaign: Campaign, what: str, icon: str, at: dt.datetime) -> Opening:
    """Return one of them."""
    method = method_of(campaign, at)
    label, icon = label_of(what, method), SIGNS[Method(method)] if what == "support" else icon
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
        "support": {
            Method.SUPPORT: _("Now: support the ideas you find right, %(when)s."),
            Method.OPINION: _("Now: vote for or against each idea, %(when)s."),
            Method.RATING: _("Now: give each idea one to five stars, %(when)s."),
            Method.BUDGET: _("Now: share out the money among the projects, %(when)s."),
        }[Method(method_of(campaign, at))],
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
