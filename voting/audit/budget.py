"""Baskets: items = sums = the projects' numbers = events, within the sum; and the count against the rows."""

from collections.abc import Iterator

from django.db.models import Count, F, Sum
from django.utils.translation import gettext as _

from ideas.models import Campaign, Phase
from voting.models import Basket, BasketItem, BudgetRun, Project, VoteEvent
from voting.queries.budget_counting import read
from voting.queries.budget_results import counted_in
from voting.sealing import digest


def of_baskets(campaign: Campaign) -> Iterator[str]:
    """Compare what baskets say with their items, and items with the cost and the phase of their projects."""
    baskets = Basket.objects.filter(campaign=campaign)
    rows = {
        pk: (number, spent or 0)
        for pk, number, spent in BasketItem.objects.filter(basket__campaign=campaign)
        .values_list("basket")
        .annotate(n=Count("pk"), spent=Sum("cost_cents"))
    }
    for pk, number, spent in baskets.order_by("pk").values_list("pk", "number", "spent_cents"):
        found = rows.get(pk, (0, 0))
        if found != (number, spent):
            words = _("basket %(basket)s: %(rows)s items for %(found)s ct, it says %(number)s for %(spent)s ct")
            values = {"basket": pk, "rows": found[0], "found": found[1], "number": number, "spent": spent}
            yield words % values
    items = BasketItem.objects.filter(basket__campaign=campaign)
    for pk in items.exclude(cost_cents=F("project__cost_cents")).order_by("pk").values_list("pk", flat=True):
        yield _("basket item %(item)s: not the cost of its project") % {"item": pk}
    for pk in items.exclude(project__phase=F("basket__phase")).order_by("pk").values_list("pk", flat=True):
        yield _("basket item %(item)s: a project of another phase") % {"item": pk}
    for pk in baskets.exclude(budget_cents=F("phase__budget_cents")).order_by("pk").values_list("pk", flat=True):
        yield _("basket %(basket)s: not the sum of its phase") % {"basket": pk}


def of_projects(campaign: Campaign) -> Iterator[str]:
    """Compare items, numbers and events of each project."""
    events = VoteEvent.objects.filter(campaign=campaign, kind=VoteEvent.Kind.PROJECT)
    added = {(phase, idea): n for phase, idea, n in events.values_list("phase", "idea").annotate(n=Sum("change"))}
    items = BasketItem.objects.filter(basket__campaign=campaign).values_list("project").annotate(n=Count("pk"))
    rows = dict(items)
    for project in Project.objects.filter(phase__campaign=campaign).order_by("pk"):
        numbers = (rows.get(project.pk, 0), project.number, added.pop((project.phase_id, project.idea_id), 0))
        if len(set(numbers)) > 1:
            words = _("project %(project)s: %(rows)s items, counter %(counter)s, events add up to %(events)s")
            yield words % dict(zip(("project", "rows", "counter", "events"), (project.pk, *numbers), strict=True))
    for (_phase, idea), number in sorted(added.items()):
        if number:
            yield _("idea %(idea)s: events of baskets add up to %(events)s, there is no project") % {
                "idea": idea,
                "events": number,
            }


def of_counts(campaign: Campaign) -> Iterator[str]:
    """Check every count against its hash, and those of sealed phases against the rows they were counted from."""
    runs = BudgetRun.objects.filter(phase__campaign=campaign, state=BudgetRun.State.DONE).select_related("phase")
    for run in runs.order_by("pk"):
        outcome = run.outcome or {}
        if digest(outcome) != run.sha256:
            yield _("count %(number)s does not match its hash") % {"number": run.pk}
        elif run.phase.sealed_at and outcome["sealed_at"] == run.phase.sealed_at.isoformat():
            yield from _rows(run, run.phase)


def _rows(run: BudgetRun, phase: Phase) -> Iterator[str]:
    """Compare one count with the baskets. What was chosen follows from them; ``count_budget`` can show it anew."""
    outcome = run.outcome or {}
    votes = read(phase, counted_in(run)).election.votes
    for number, row in outcome["projects"].items():
        if row.get("votes", 0) != votes[int(number)]:
            words = _("count %(number)s, idea %(idea)s: %(said)s baskets, the rows say %(rows)s")
            values = {"number": run.pk, "idea": number, "said": row.get("votes", 0), "rows": votes[int(number)]}
            yield words % values
