"""Supports: rows = counters = events = ballots = results, and what merges say about them."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from ideas.models import Campaign, Idea, Merge
from voting import voter_keys
from voting.models import Ballot, MergeChoice, Vote, VoteEvent

Counts = dict[int, int]
Kind = VoteEvent.Kind


def of_ideas(campaign: Campaign) -> Iterator[str]:
    """Compare rows, counters and events of each idea; what is set apart for review counts in the rows only."""
    votes, events = Vote.objects.filter(campaign=campaign), VoteEvent.objects.filter(campaign=campaign)
    rows = counts_of(votes.values_list("idea").annotate(n=Count("pk")))
    held = counts_of(votes.filter(quarantine__isnull=False).values_list("idea").annotate(n=Count("pk")))
    said = counts_of(events.filter(kind=Kind.SUPPORT).values_list("idea").annotate(n=Sum("change")))
    apart = counts_of(events.filter(kind=Kind.HELD).values_list("idea").annotate(n=Sum("change")))
    counters = counts_of(Idea.objects.filter(campaign=campaign).values_list("pk", "support_count"))
    for idea in sorted(rows.keys() | said.keys() | counters.keys() | apart.keys()):
        counted = rows.get(idea, 0) - held.get(idea, 0)
        numbers = (counted, counters.get(idea, 0), said.get(idea, 0) + apart.get(idea, 0))
        if len(set(numbers)) > 1:
            words = _("idea %(idea)s: %(rows)s rows, counter %(counter)s, events add up to %(events)s")
            yield words % dict(zip(("idea", "rows", "counter", "events"), (idea, *numbers), strict=True))
        if held.get(idea, 0) != -apart.get(idea, 0):  # setting apart is an event of -1, giving back one of +1
            words = _("idea %(idea)s: %(rows)s supports set apart, events add up to %(events)s")
            yield words % {"idea": idea, "rows": held.get(idea, 0), "events": -apart.get(idea, 0)}


def of_ballots(campaign: Campaign) -> Iterator[str]:
    """Compare what ballots say is used with the rows of the same voter, and with the number of changes."""
    rows = dict(Vote.objects.filter(campaign=campaign).values_list("voter_key").annotate(n=Count("pk")))
    ballots = dict(Ballot.objects.filter(campaign=campaign).values_list("voter_key", "used"))
    for key in sorted(rows.keys() | ballots.keys()):
        if rows.get(key, 0) != ballots.get(key, 0):
            words = _("voter %(key)s…: %(rows)s rows, ballot says %(used)s")
            yield words % {"key": key[:8], "rows": rows.get(key, 0), "used": ballots.get(key, 0)}
    changes = Ballot.objects.filter(campaign=campaign).aggregate(n=Sum("version"))["n"] or 0
    events = VoteEvent.objects.filter(campaign=campaign, kind=Kind.SUPPORT).count()
    if changes != events:
        yield _("%(events)s events, ballots count %(changes)s changes") % {"events": events, "changes": changes}


def of_order(campaign: Campaign) -> Iterator[str]:
    """Check that the events' hours never go back and that no support was taken back before it was given."""
    latest, standing = None, Counts()
    events = VoteEvent.objects.filter(campaign=campaign).order_by("pk")
    for number, idea, change, hour, kind in events.values_list("pk", "idea", "change", "hour", "kind").iterator():
        if kind == Kind.SUPPORT:
            standing[idea] = standing.get(idea, 0) + change
            if standing[idea] < 0:
                yield _("event %(number)s takes back what was not given") % {"number": number}
        if latest is not None and (latest - hour).total_seconds() > 3600:
            yield _("event %(number)s is out of order") % {"number": number}
        latest = max(latest or hour, hour)


def of_owners(campaign: Campaign) -> Iterator[str]:
    """Check that each support has its entry: as long as the secret is there, nobody else can have made it.

    Finds rows that were exchanged between voters although every sum stays the same.
    """
    if not voter_keys.has_secret(campaign.pk):
        return
    events = VoteEvent.objects.filter(campaign=campaign, kind=Kind.SUPPORT, change=1)
    given = dict(events.values_list("commitment", "idea").iterator())
    versions = dict(Ballot.objects.filter(campaign=campaign).values_list("voter_key", "version"))
    votes = Vote.objects.filter(campaign=campaign).order_by("pk").values_list("pk", "idea", "voter_key")
    prove = voter_keys.prover(campaign.pk)
    for number, idea, key in votes.iterator():
        last = versions.get(key, 0)
        if not any(given.get(prove(key, idea, version)) == idea for version in range(last, 0, -1)):
            words = _("support %(number)s of idea %(idea)s, voter %(key)s…: no entry belongs to it")
            yield words % {"number": number, "idea": idea, "key": key[:8]}


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
