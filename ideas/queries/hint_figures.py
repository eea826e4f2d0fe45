"""What became of the hints at similar ideas, in numbers for editors."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from ideas.models import Campaign, HintTally

if TYPE_CHECKING:
    from accounts.models import User

RECENT_DAYS = 30


@dataclass(frozen=True)
class Fates:
    """How many hints were shown, followed and passed over in a stretch of time."""

    shown: int
    followed: int
    ignored: int

    @property
    def share(self) -> int | None:
        """Return how many of a hundred were followed; None while nothing was shown."""
        return round(100 * self.followed / self.shown) if self.shown else None


def hint_figures(user: "User") -> list[tuple[Campaign, Fates, Fates]]:
    """Return for each campaign with hints that ``user`` may see: the last thirty days, and all time."""
    recent = Q(day__gt=timezone.localdate() - timedelta(days=RECENT_DAYS))
    names = ("shown", "followed", "ignored")
    late, all_time = (
        [Coalesce(Sum(name, filter=condition), 0) for name in names] for condition in (recent, Q(day__isnull=False))
    )
    sums = (
        HintTally.objects.order_by()
        .values_list("campaign")
        .annotate(
            **{f"late_{name}": sum_ for name, sum_ in zip(names, late, strict=True)},
            **{f"all_{name}": sum_ for name, sum_ in zip(names, all_time, strict=True)},
        )
    )
    rows = {row[0]: (Fates(*row[1:4]), Fates(*row[4:7])) for row in sums}
    campaigns = Campaign.objects.visible_to(user).filter(pk__in=rows).order_by("title")
    return [(campaign, *rows[campaign.pk]) for campaign in campaigns]
