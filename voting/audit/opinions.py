"""Opinions: rows = tallies = events, answers that the phase knows, as many events as the versions count, the result."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Count, F, Max, Sum
from django.utils.translation import gettext as _

from ideas.models import Campaign, Phase
from voting.models import Opinion, OpinionTally, Result, VoteEvent
from voting.opinion_values import VALUES
from voting.queries.opinions import snapshot_of_opinions

Numbers = dict[tuple[int, int], int]


def of_opinions(campaign: Campaign) -> Iterator[str]:
    """Compare rows, tallies, events and results of each phase in which opinions were given."""
    phases = Phase.objects.filter(campaign=campaign)
    for phase in phases.order_by("pk"):
        yield from _of_phase(phase)
    strangers = Opinion.objects.filter(phase__campaign=campaign).exclude(idea__campaign=F("phase__campaign"))
    for row in strangers.order_by("pk"):
        yield _("opinion %(number)s is about an idea of another campaign") % {"number": row.pk}


def _of_phase(phase: Phase) -> Iterator[str]:
    given = Opinion.objects.filter(phase=phase)
    events = VoteEvent.objects.filter(phase=phase, kind=VoteEvent.Kind.OPINION)
    rows = _numbers(given.exclude(value=0).values_list("idea", "value").annotate(Count("pk")))
    said = _numbers(events.values_list("idea", "value").annotate(Sum("change")))
    tallies = _numbers(OpinionTally.objects.filter(phase=phase).values_list("idea", "value", "number"))
    for idea, value in sorted(rows.keys() | said.keys() | tallies.keys()):
        found = [numbers.get((idea, value), 0) for numbers in (rows, tallies, said)]
        if len(set(found)) > 1:
            words = _("idea %(idea)s, answer %(value)s: %(rows)s rows, tally %(tally)s, events %(events)s")
            told = dict(zip(("rows", "tally", "events"), found, strict=True))
            yield words % ({"idea": idea, "value": value} | told)
    wrong = given.exclude(value__in=(0, *VALUES.get(phase.method, ())))
    for idea, value in wrong.order_by("pk").values_list("idea", "value"):
        yield _("idea %(idea)s: an answer of %(value)s is not possible in this phase") % {"idea": idea, "value": value}
    changes, written = given.aggregate(n=Sum("version"))["n"] or 0, events.count()
    if changes != written:
        words = _("phase %(phase)s: %(events)s events of opinions, rows count %(changes)s changes")
        yield words % {"phase": phase.pk, "events": written, "changes": changes}
    yield from _of_result(phase)


def _of_result(phase: Phase) -> Iterator[str]:
    """Compare the rows with what the last result says, while the phase is sealed."""
    last = Result.objects.filter(phase=phase).aggregate(last=Max("pk"))["last"]
    if phase.sealed_at is None or phase.method not in VALUES or last is None:
        return
    said = Result.objects.get(pk=last).snapshot
    for name, found in snapshot_of_opinions(phase).items():
        if said.get(name) != found:
            words = _("phase %(phase)s: the rows do not give what the result says (%(name)s)")
            yield words % {"phase": phase.pk, "name": name}


def _numbers(triples: Iterable[tuple[int, int, int]]) -> Numbers:
    found: Numbers = defaultdict(int)
    for idea, value, number in triples:
        found[idea, value] += number
    return found
