"""How clocks and odd votes are said in plain sentences."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from theme import dates
from voting.models import Flag
from voting.queries.clocks import Clock


def promised(clock: Clock) -> str:
    """Return what the town owes an idea that reached its goal, or that it was answered, in one sentence."""
    said = {
        "office": clock.office or _("The town"),
        "day": dates.day(clock.answer_by) if clock.answer_by else "",
        "on": dates.short_day(clock.answered_on) if clock.answered_on else "",
    }
    match clock.name:
        case "waiting":
            return _("%(office)s answers by %(day)s.") % said
        case "today":
            return _("%(office)s answers by today, %(day)s.") % said
        case "open":
            return _("%(office)s has to answer. No day was promised.") % said
        case "overdue":
            words = ngettext(
                "%(office)s should have answered by %(day)s: one day overdue.",
                "%(office)s should have answered by %(day)s: %(days)d days overdue.",
                clock.days,
            )
            return words % {**said, "days": clock.days}
        case "early":
            return _("Answered already on %(on)s, before the number was reached.") % said
        case "kept":
            return _kept(clock, said)
        case "late":
            words = ngettext(
                "Answered on %(on)s, one day later than promised.",
                "Answered on %(on)s, %(days)d days later than promised.",
                clock.days,
            )
            return words % {**said, "days": clock.days}
    return _("Answered on %(on)s.") % said


def _kept(clock: Clock, said: dict[str, str]) -> str:
    if not clock.days:
        return _("Answered on %(on)s, on the last day of the promise.") % said
    words = ngettext(
        "Answered on %(on)s, one day earlier than promised.",
        "Answered on %(on)s, %(days)d days earlier than promised.",
        clock.days,
    )
    return words % {**said, "days": clock.days}


def chip(clock: Clock) -> dict[str, str]:
    """Return the chip of a list: until when the answer is due; empty once it is there."""
    if clock.name == "overdue":
        return {"look": "brick", "icon": "clock", "text": _("Answer overdue")}
    if clock.name in ("waiting", "today") and clock.answer_by:
        text = _("Answer by %(day)s") % {"day": dates.short_day(clock.answer_by)}
        return {"look": "sun", "icon": "clock", "text": text}
    return {"look": "sun", "icon": "clock", "text": _("Answer is due")} if clock.name == "open" else {}


def sentences(flag: Flag, *, hidden: bool) -> list[str]:
    """Return what is odd about the votes of a flag, in figures a person understands.

    While numbers of supports are hidden they are so for reviewers too: then shares are told instead of numbers.
    """
    facts = flag.facts
    said = {name: number_format(value, force_grouping=True) for name, value in facts.items() if isinstance(value, int)}
    said |= {"when": _hour(flag), "share": _share(facts), "usual": number_format(facts.get("usual", 0), 1)}
    first = _shares(flag, said) if hidden else _numbers(flag, said)
    return [*first, *_hints(flag)]


def _numbers(flag: Flag, said: dict[str, str]) -> list[str]:
    everything = _("%(when)s: %(votes)s supports.") % said
    match flag.kind:
        case Flag.Kind.BURST if flag.facts.get("young"):
            words = _(
                "There are too few earlier votes to compare with; no other idea of the campaign had more than %(usual)s in this hour."
            )
        case Flag.Kind.BURST:
            words = _("Usual for this idea would be about %(usual)s in an hour.")
        case Flag.Kind.FRESH:
            words = _("%(matching)s of them (%(share)s) come from accounts that were younger than one day.")
        case Flag.Kind.DOMAIN if flag.facts.get("groups") == 1:
            words = _("%(matching)s of them (%(share)s) come from addresses of one mail domain.")
        case Flag.Kind.DOMAIN:
            words = _("%(matching)s of them (%(share)s) come from addresses of only %(groups)s mail domains.")
        case Flag.Kind.NETWORK if flag.facts.get("groups") == 1:
            words = _("%(matching)s of them (%(share)s) come from one network.")
        case Flag.Kind.NETWORK:
            words = _("%(matching)s of them (%(share)s) come from only %(groups)s networks.")
        case _:
            words = _("%(matching)s people supported the same ideas in the same order within one day.")
    return [everything, words % said]


def _shares(flag: Flag, said: dict[str, str]) -> list[str]:
    facts = flag.facts
    times = facts.get("votes", 0) / max(facts.get("usual", 0), 0.5)
    said = {**said, "times": number_format(times, 0)}
    words = {
        Flag.Kind.BURST: _("%(when)s: about %(times)s times as many supports as usual."),
        Flag.Kind.FRESH: _("%(when)s: %(share)s of the supports come from accounts that were younger than one day."),
        Flag.Kind.DOMAIN: _("%(when)s: %(share)s of the supports come from addresses of the same mail domain."),
        Flag.Kind.NETWORK: _("%(when)s: %(share)s of the supports come from the same networks."),
        Flag.Kind.ORDER: _("%(when)s: several people supported the same ideas in the same order within one day."),
    }
    return [words[Flag.Kind(flag.kind)] % said, _("How many it is stays hidden until the numbers are shown.")]


def _hints(flag: Flag) -> list[str]:
    """Return what speaks for an ordinary reason, or what others do."""
    facts, hints = flag.facts, []
    if flag.kind == Flag.Kind.BURST and _is_mixed(facts):
        hints.append(
            _(
                "They come from many networks and mostly from older accounts. A newsletter, a newspaper or a club can do that."
            )
        )
    if facts.get("elsewhere") is not None:
        hints.append(_("With the other ideas of the day it was %(n)d %%.") % {"n": facts["elsewhere"]})
    if flag.kind == Flag.Kind.NETWORK:
        hints.append(_("Schools, libraries and companies share networks too. Known ones are left out by a setting."))
    if flag.kind == Flag.Kind.ORDER:
        hints.append(_("People who go through a list from the top do the same by chance, in small numbers."))
    return hints


def _is_mixed(facts: dict[str, Any]) -> bool:
    votes = max(1, facts.get("votes", 0))
    return facts.get("fresh", 0) < 0.2 * votes and facts.get("networks", 0) > 0.3 * votes


def _share(facts: dict[str, Any]) -> str:
    return _("%(n)d %%") % {"n": round(100 * facts.get("matching", 0) / max(1, facts.get("votes", 0)))}


def _hour(flag: Flag) -> str:
    said = {"day": dates.short_day(flag.hour), "from": dates.clock(flag.hour)}
    return _("%(day)s, in the hour from %(from)s on") % said
