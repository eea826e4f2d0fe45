"""What is known about an author and a contribution from the record: decisions, never the person."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import ngettext

from moderation.models import Case, Decision
from moderation.queries.standing import standing

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class History:
    """Earlier decisions in numbers, and the latest of them."""

    total: str
    numbers: list[tuple[str, int]]
    latest: list[Decision]


def of_author(case: Case, user: "User") -> History | None:
    """Return the decisions on contributions of the same author, as far as ``user`` may look; None without an author."""
    if case.author_id is None:
        return None
    found = standing().filter(case__author_id=case.author_id, case__in=Case.objects.visible_to(user))
    counted = found.order_by("decision").values_list("decision").annotate(n=Count("pk"))
    numbers = [(str(Decision.Kind(decision).label), n) for decision, n in counted]
    total = sum(n for _words, n in numbers)
    words = ngettext("%(count)d decision so far", "%(count)d decisions so far", total) % {"count": total}
    return History(words, numbers, list(found[:5]))


def of_subject(case: Case) -> list[Decision]:
    """Return the decisions on this very contribution, newest first."""
    found = Decision.objects.filter(kind=case.kind, object_id=case.object_id)
    return list(found.select_related("actor", "rule_version__rule")[:10])
