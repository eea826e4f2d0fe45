"""What few ideas have beside their supports: asked together, so that the page of most ideas asks once for all of it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from ideas.models import Idea
from voting.models import Quarantine, Threshold
from voting.queries.paper import confirmed


@dataclass(frozen=True)
class Beside:
    """Whether an idea reached the number that obliges an answer, had votes set apart, and was voted for on paper."""

    reached: bool
    reviewed: bool
    on_paper: bool


def beside(idea: Idea) -> Beside:
    """Return it; remembered with the idea for all parts of a page."""
    known = idea.__dict__
    if "_beside" not in known:
        row = Idea.objects.filter(pk=idea.pk).values_list(
            Exists(Threshold.objects.filter(idea=OuterRef("pk"))),
            Exists(Quarantine.objects.filter(idea=OuterRef("pk"), agreed_at__isnull=False)),
            Exists(confirmed(idea=OuterRef("pk"))),
        )
        known["_beside"] = Beside(*row.get())
    found: Beside = known["_beside"]
    return found
