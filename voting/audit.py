"""Recounting from the rows: whatever does not agree is named, nothing is repaired silently."""

from collections.abc import Iterator
from itertools import chain

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from ideas.models import Campaign, Idea, Merge, Phase
from voting.models import Ballot, MergeChoice, Result, Vote, VoteEvent
from voting.rules import is_sealed
from voting.sealing import digest

Counts = dict[int, int]


def differences() -> Iterator[str]:
    """Yield a sentence for each difference: rows = counters = events = ballots = results, campaign by campaign."""
    for campaign in Campaign.objects.order_by("pk"):
        found = chain(
            of_ideas(campaign), of_ballots(campaign), of_order(campaign), of_results(campaign), of_merges(campaign)
        )
        yield from (f"{campaign.slug}: {sentence}" for sentence in found)


def of_ideas(campaign: Campaign) -> Iterator[str]:
    """Compare rows, counters and events of each idea."""
    rows = counts_of(Vote.objects.filter(campaign=campaign).values_list("idea").annotate(n=Count("pk")))
    events = counts_of(VoteEvent.objects.filter(campaign=campaign).values_list("idea").annotate(n=Sum("change")))
    counters = counts_of(Idea.objects.filter(campaign=campaign).values_list("pk", "support_count"))
    for idea in sorted(rows.keys() | events.keys() | counters.keys()):
        numbers = (rows.get(idea, 0), counters.get(idea, 0), events.get(idea, 0))
        if len(set(numbers)) > 1:
            words = _("idea %(idea)s: %(rows)s rows, counter %(counter)s, events add up to %(events)s")
            yield words % dict(zip(("idea", "rows", "counter", "events"), (idea, *numbers), strict=True))


def of_ballots(campaign: Campaign) -> Iterator[str]:
    """Compare what ballots say is used with the rows of the same voter, and with the number of changes."""
    rows = dict(Vote.objects.filter(campaign=campaign).values_list("voter_key").annotate(n=Count("pk")))
    ballots = dict(Ballot.objects.filter(campaign=campaign).values_list("voter_key", "used"))
    for key in sorted(rows.keys() | ballots.keys()):
        if rows.get(key, 0) != ballots.get(key, 0):
            words = _("voter %(key)s…: %(rows)s rows, ballot says %(used)s")
            yield words % {"key": key[:8], "rows": rows.get(key, 0), "used": ballots.get(key, 0)}
    changes = Ballot.objects.filter(campaign=campaign).aggregate(n=Sum("version"))["n"] or 0
    events = VoteEvent.objects.filter(campaign=campaign).count()
    if changes != events:
        yield _("%(events)s events, ballots count %(changes)s changes") % {"events": events, "changes": changes}


def of_order(campaign: Campaign) -> Iterator[str]:
    """Check that the events' hours never go back and that no support was taken back before it was given."""
    latest, standing = None, Counts()
    events = VoteEvent.objects.filter(campaign=campaign).order_by("pk").values_list("pk", "idea", "change", "hour")
    for number, idea, change, hour in events.iterator():
        standing[idea] = standing.get(idea, 0) + change
        if standing[idea] < 0:
            yield _("event %(number)s takes back what was not given") % {"number": number}
        if latest is not None and (latest - hour).total_seconds() > 3600:
            yield _("event %(number)s is out of order") % {"number": number}
        latest = max(latest or hour, hour)


def of_results(campaign: Campaign) -> Iterator[str]:
    """Check every result against its own hash, and the last one against the rows as long as nothing may change them."""
    results = list(Result.objects.filter(campaign=campaign).order_by("pk"))
    for result in results:
        if digest(result.snapshot) != result.sha256:
            yield _("result %(number)s does not match its hash") % {"number": result.pk}
    sealed = Phase.objects.filter(campaign=campaign, allows_support=True).exclude(sealed_at=None)
    missing = sealed.exclude(pk__in=[result.phase_id for result in results])
    yield from (_("phase %(number)s is sealed but has no result") % {"number": phase.pk} for phase in missing)
    if results and is_sealed(campaign.pk):
        rows = counts_of(Vote.objects.filter(campaign=campaign).values_list("idea").annotate(n=Count("pk")))
        said = {int(idea): number for idea, number in results[-1].snapshot["supports"].items()}
        for idea in sorted(rows.keys() | said.keys()):
            if rows.get(idea, 0) != said.get(idea, 0):
                words = _("idea %(idea)s: %(rows)s rows, the result says %(said)s")
                yield words % {"idea": idea, "rows": rows.get(idea, 0), "said": said.get(idea, 0)}


def of_merges(campaign: Campaign) -> Iterator[str]:
    """Compare what merges say about choices with the choices, and choices with the votes they speak of."""
    tallies = (("carried", "carried"), ("doubled", "doubled"), ("left", "left"))
    numbers = {f"in_{state}": Count("choices", filter=Q(choices__state=state)) for state, _name in tallies}
    for merge in Merge.objects.filter(source__campaign=campaign, undone_at=None).annotate(**numbers):
        for state, name in tallies:
            said, found = getattr(merge, name), getattr(merge, f"in_{state}")
            if said != found:
                words = _("merge %(merge)s: %(said)s %(state)s, %(found)s choices")
                yield words % {"merge": merge.pk, "said": said, "state": state, "found": found}
    own = Vote.objects.filter(idea=OuterRef("merge__source"), voter_key=OuterRef("voter_key"))
    live = MergeChoice.objects.filter(merge__source__campaign=campaign, merge__undone_at=None).annotate(
        stays=Exists(own)
    )
    wrong = live.filter(Q(state="left", stays=False) | Q(state__in=("carried", "doubled"), stays=True))
    for choice in wrong.order_by("pk"):
        words = _("merge %(merge)s, voter %(key)s…: “%(state)s” does not fit the votes")
        yield words % {"merge": choice.merge_id, "key": choice.voter_key[:8], "state": choice.state}


def counts_of(pairs: object) -> Counts:
    """Return pairs of id and number as a dictionary."""
    return dict(pairs)  # type: ignore[call-overload, no-any-return]
