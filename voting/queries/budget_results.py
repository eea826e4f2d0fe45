"""Results of participatory budgets: the count that holds, and the file of the baskets."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ideas.models import Idea, Phase
from voting.counting import pabulib
from voting.models import BudgetRun
from voting.queries.budget_counting import read

State = BudgetRun.State


def final_run(phase: Phase) -> BudgetRun | None:
    """Return the count of the sealed phase as it is sealed now; None until it is done. Trials are never it."""
    if phase.sealed_at is None:
        return None
    runs = BudgetRun.objects.filter(phase=phase, state=State.DONE, asked_at__gte=phase.sealed_at).order_by("pk")
    sealed = phase.sealed_at.isoformat()
    return next((run for run in runs if run.outcome and run.outcome["sealed_at"] == sealed), None)


def open_run(phase: Phase) -> BudgetRun | None:
    """Return the latest count, however far it is."""
    return BudgetRun.objects.filter(phase=phase).order_by("-pk").first()


def counted_in(run: BudgetRun) -> set[int]:
    """Return the ideas that a count took."""
    return {int(number) for number, row in (run.outcome or {})["projects"].items() if "gone" not in row}


def file_of(phase: Phase, run: BudgetRun) -> str:
    """Return the baskets as a file of pabulib.org, read from the rows, with the projects that were counted."""
    found = read(phase, counted_in(run))
    ideas = Idea.objects.select_related("district", "topic").in_bulk([item.id for item in found.election.wanted])
    names = {
        number: (
            idea.title if idea.state in Idea.READABLE else _("A project that is no longer public"),
            idea.district.name if idea.district else "",
            idea.topic.name.replace(",", " ") if idea.topic else "",
        )
        for number, idea in ideas.items()
    }
    about = {
        "description": phase.campaign.title,
        "country": "Germany",
        "unit": phase.campaign.slug,
        "instance": str(timezone.localtime(phase.closes_at).year),
        "date_begin": timezone.localtime(phase.opens_at).strftime("%d.%m.%Y"),
        "date_end": timezone.localtime(phase.closes_at).strftime("%d.%m.%Y"),
        **lengths(phase),
    }
    caps = ", ".join(
        f"{found.rules.names[district]}: {pabulib.sum_of(most)}" for district, most in found.rules.caps.items()
    )
    return pabulib.write(
        found.election, about | ({"comment": f"#1: at most per district - {caps}"} if caps else {}), names
    )


def lengths(phase: Phase) -> dict[str, str]:
    """Return how many projects a basket may hold, as the format says it."""
    number = str(phase.budget_number or 0)
    if phase.budget_rule == Phase.BudgetRule.EXACTLY:
        return {"min_length": number, "max_length": number}
    return {"max_length": number} if phase.budget_rule == Phase.BudgetRule.AT_MOST else {}
