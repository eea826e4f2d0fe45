"""Five questions about an hour of votes. Each answer names the figures that say why, in numbers a person understands.

None of them proves anything: they say where two people should look. What they compare with is the idea's own past and the
other ideas of the campaign, so that a busy evening, a launch with many new accounts or a shared office is nothing odd.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from voting.models import Flag
from voting.oddities.chances import RARE, binomial_tail, poisson_tail
from voting.oddities.seen import Hour, Trace, orders

Facts = dict[str, Any]
Found = tuple[int, str, Facts]

LEAST_BURST, TIMES_USUAL = 30, 5
# How many hours the campaign's mean weighs beside an idea's own past. Younger ideas than this, and all ideas of a campaign
# with less of a past, are compared with what others have in the same hour.
PRIOR_HOURS, LEAST_HOURS, LEAST_PAST = 12.0, 24.0, 100
LEAST_FRESH, LEAST_FRESH_SHARE = 15, 0.5
LEAST_OF_DOMAIN, LEAST_DOMAIN_SHARE = 15, 0.3
LEAST_OF_NETWORK = 10
LEAST_IDEAS, LEAST_VOTERS, MOST_IDEAS = 4, 12, 10


def bursts(hour: Hour) -> Iterator[Found]:
    """Find ideas with far more supports than usual: by their own rate, raised as far as the other ideas are busier too."""
    known = list(hour.usual.values())
    mean = sum(one.votes for one in known) / max(1.0, sum(one.hours for one in known))
    rates = {pk: (one.votes + PRIOR_HOURS * mean) / (one.hours + PRIOR_HOURS) for pk, one in hour.usual.items()}
    for idea_id, traces in hour.traces.items():
        number = len(traces)
        if number < LEAST_BURST or idea_id not in rates:
            continue
        others = {pk: len(rows) for pk, rows in hour.traces.items() if pk != idea_id}
        is_young = hour.usual[idea_id].hours < LEAST_HOURS or hour.week < LEAST_PAST
        busy = max(1.0, sum(others.values()) / max(1.0, sum(rates[pk] for pk in others if pk in rates)))
        expected = max(others.values(), default=0) if is_young else rates[idea_id] * busy
        if number >= TIMES_USUAL * expected and poisson_tail(number, max(expected, 0.5)) < RARE:
            yield idea_id, Flag.Kind.BURST, {"usual": round(expected, 1), "young": is_young}


def fresh_accounts(hour: Hour) -> Iterator[Found]:
    """Find ideas supported mostly by accounts younger than a day, where others are not."""
    for idea_id, traces in hour.traces.items():
        number = sum(trace.is_fresh for trace in traces)
        some, there = hour.elsewhere(idea_id, "fresh")
        share = max(0.1, (some + 5) / (there + 10))  # without others to compare with: one half
        is_much = number >= LEAST_FRESH and number >= LEAST_FRESH_SHARE * len(traces)
        if is_much and binomial_tail(number, len(traces), share) < RARE:
            yield idea_id, Flag.Kind.FRESH, {"matching": number, "elsewhere": _percent(some, there)}


def one_domain(hour: Hour) -> Iterator[Found]:
    """Find ideas supported much by addresses of one mail domain that is not everybody's provider."""
    for idea_id, traces in hour.traces.items():
        least = max(LEAST_OF_DOMAIN, LEAST_DOMAIN_SHARE * len(traces))
        if which := _common(hour, idea_id, "mail_domain", least, floor=0.02):
            yield idea_id, Flag.Kind.DOMAIN, _shared(traces, "mail_domain", which)


def few_networks(hour: Hour) -> Iterator[Found]:
    """Find ideas supported much from single neighbourhoods of the network."""
    for idea_id, traces in hour.traces.items():
        if which := _common(hour, idea_id, "network", LEAST_OF_NETWORK, floor=0.01):
            yield idea_id, Flag.Kind.NETWORK, _shared(traces, "network", which)


def same_order(hour: Hour) -> Iterator[Found]:
    """Find voters who supported the same ideas, at least four, in the same order within a day."""
    for ideas, keys in orders(hour.campaign, hour.at).items():
        if len(ideas) >= LEAST_IDEAS and len(keys) >= LEAST_VOTERS:
            for idea_id in ideas[:MOST_IDEAS]:
                yield idea_id, Flag.Kind.ORDER, {"matching": len(keys), "ideas": list(ideas)}


QUESTIONS: list[Callable[[Hour], Iterator[Found]]] = [bursts, fresh_accounts, one_domain, few_networks, same_order]


def answers(hour: Hour) -> Iterator[Found]:
    """Ask all questions; each answer carries what all have in common."""
    for question in QUESTIONS:
        for idea_id, kind, facts in question(hour):
            yield idea_id, kind, common_facts(hour.traces.get(idea_id, [])) | facts


def common_facts(traces: list[Trace]) -> Facts:
    """Return the figures that stand beside every finding."""
    return {
        "votes": len(traces),
        "fresh": sum(trace.is_fresh for trace in traces),
        "networks": len({trace.network for trace in traces if trace.network}),
    }


def _common(hour: Hour, idea_id: int, trait: str, least: float, *, floor: float) -> list[str]:
    """Return the networks or domains from which improbably many of the idea's supports came."""
    traces = hour.traces[idea_id]
    counts = Counter(getattr(trace, trait) for trace in traces if getattr(trace, trait))
    found = []
    for name, number in counts.items():
        some, there = hour.elsewhere(idea_id, name)
        share = max(floor, some / there if there else 0.0)
        if number >= least and share < 1 and binomial_tail(number, len(traces), share) < RARE:
            found.append(name)
    return sorted(found)


def _shared(traces: list[Trace], trait: str, which: list[str]) -> Facts:
    number = sum(getattr(trace, trait) in which for trace in traces)
    return {"matching": number, "groups": len(which), "which": which}


def _percent(some: int, there: int) -> int | None:
    return round(100 * some / there) if there else None
