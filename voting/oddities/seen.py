"""What is read about the votes of a campaign to judge one hour: its traces, and what was usual before and elsewhere."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from ideas.models import Campaign, Idea
from voting.models import Vote, VoteTrace

DAY, WEEK = timedelta(hours=24), timedelta(days=7)


@dataclass(frozen=True)
class Trace:
    """One support of the hour."""

    key: str
    network: str
    mail_domain: str
    is_fresh: bool


@dataclass(frozen=True)
class Usual:
    """What came before the hour on one idea."""

    votes: int
    hours: float


@dataclass
class Hour:
    """One hour of a campaign."""

    campaign: Campaign
    at: datetime
    #: the supports of the hour that stand and are not set apart, by idea
    traces: dict[int, list[Trace]] = field(default_factory=lambda: defaultdict(list))
    usual: dict[int, Usual] = field(default_factory=dict)
    #: the supports of the whole campaign in the week before
    week: int = 0
    #: of the last 24 hours, by idea: how many, how many from new accounts, from each network and mail domain
    day: dict[int, Counter[str]] = field(default_factory=dict)

    def elsewhere(self, idea_id: int, trait: str) -> tuple[int, int]:
        """Return (how many of the other ideas' supports of the day have the trait, how many there are)."""
        others = [counts for pk, counts in self.day.items() if pk != idea_id]
        return sum(counts[trait] for counts in others), sum(counts["all"] for counts in others)


def read_hour(campaign: Campaign, at: datetime) -> Hour:
    """Return the hour that begins at that moment, in a few statements."""
    found = Hour(campaign, at)
    columns = ("idea_id", "voter_key", "network", "mail_domain", "is_fresh")
    for idea_id, *trace in standing(campaign).filter(at=at).order_by("pk").values_list(*columns):
        found.traces[idea_id].append(Trace(*trace))
    before = VoteTrace.objects.filter(campaign=campaign, at__lt=at, at__gte=at - WEEK)
    counts = dict(before.values_list("idea").annotate(n=Count("pk")).order_by())
    found.usual, found.week = _usual(campaign, at, list(found.traces), counts), sum(counts.values())
    found.day = _day(campaign, at)
    return found


def standing(campaign: Campaign) -> "QuerySet[VoteTrace]":
    """Return the traces of supports that are there still and count."""
    vote = Vote.objects.filter(idea=OuterRef("idea"), voter_key=OuterRef("voter_key"), quarantine=None)
    return VoteTrace.objects.filter(Exists(vote), campaign=campaign)


def _usual(campaign: Campaign, at: datetime, ideas: list[int], counts: dict[int, int]) -> dict[int, Usual]:
    """Return what came in the week before, since the idea could be supported."""
    opens = campaign.phases.filter(allows_support=True, opens_at__lte=at).aggregate(first=Min("opens_at"))["first"]
    found = {}
    for pk, published in Idea.objects.filter(pk__in=ideas).values_list("pk", "published_at"):
        begins = max(filter(None, chain([at - WEEK, published, opens])))
        found[pk] = Usual(counts.get(pk, 0), max(0.0, (at - begins) / timedelta(hours=1)))
    return found


def _day(campaign: Campaign, at: datetime) -> dict[int, Counter[str]]:
    """Return for each idea the traits of its supports of the day that ends with the hour."""
    rows = VoteTrace.objects.filter(campaign=campaign, at__lte=at, at__gt=at - DAY)
    columns = ("idea_id", "network", "mail_domain", "is_fresh")
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for idea_id, network, domain, is_fresh, number in rows.values_list(*columns).annotate(n=Count("pk")).order_by():
        counts = found[idea_id]
        counts["all"] += number
        counts["fresh"] += number * is_fresh
        for trait in filter(None, (network, domain)):
            counts[trait] += number
    return found


def orders(campaign: Campaign, at: datetime) -> dict[tuple[int, ...], list[str]]:
    """Return which voters of the hour supported which ideas in which order within the day."""
    active = set(standing(campaign).filter(at=at).values_list("voter_key", flat=True))
    rows = standing(campaign).filter(at__lte=at, at__gt=at - DAY).order_by("pk").values_list("voter_key", "idea_id")
    by_voter: dict[str, dict[int, None]] = defaultdict(dict)
    for key, idea_id in rows.iterator():
        if key in active:
            by_voter[key].setdefault(idea_id)
    found: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for key, ideas in by_voter.items():
        found[tuple(ideas)].append(key)
    return found


def hours_with_votes(since: datetime) -> list[tuple[int, datetime]]:
    """Return (campaign, hour) for each hour from then on in which supports came."""
    rows = VoteTrace.objects.filter(at__gte=since).values_list("campaign_id", "at").annotate(last=Max("pk"))
    return [(campaign_id, at) for campaign_id, at, _last in rows.order_by("campaign_id", "at")]
