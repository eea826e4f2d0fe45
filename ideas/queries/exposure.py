"""How evenly looks are spread over ideas, for the page that explains the orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import caches
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from ideas.queries.scope import Scope

# Of a long list a random part is looked at: so many ideas in a row on the circle.
MOST = 2000
# Ideas have to be there for a while before they can be compared.
YOUNG = timedelta(days=7)
FEWEST_IDEAS, FEWEST_LOOKS = 10, 100
GROUPS, HIGHEST = 10, 140
FEW_LOOKS = 0.2
KEPT_SECONDS = 600


@dataclass(frozen=True)
class Group:
    """A tenth of the ideas, from the least seen to the most seen, and its share of all looks in per cent."""

    number: int
    share: float
    # How high a per cent is drawn.
    scale: float = 4.0

    @property
    def height(self) -> float:
        return round(self.share * self.scale, 1)

    @property
    def top(self) -> float:
        return 150 - self.height

    @property
    def left(self) -> int:
        return 8 + (self.number - 1) * 40


@dataclass(frozen=True)
class Exposure:
    """The looks at the ideas of a list, without persons and without names of ideas."""

    ideas: int
    looks: int
    gini: float
    groups: list[Group]
    least: float
    neglected: int
    is_part: bool
    since: datetime | None

    @property
    def says_something(self) -> bool:
        return self.ideas >= FEWEST_IDEAS and self.looks >= FEWEST_LOOKS

    @property
    def even(self) -> float:
        """Return where the line of an even share is drawn."""
        return round(150 - 10 * self.groups[0].scale, 1)

    @property
    def words(self) -> str:
        """Return the number that sums it up, in words."""
        if self.gini < 0.2:
            return _("very evenly")
        if self.gini < 0.35:
            return _("rather evenly")
        return _("unevenly") if self.gini < 0.5 else _("very unevenly")


def exposure_of(scope: Scope, at: datetime | None = None) -> Exposure:
    """Return the looks at the ideas of these campaigns, counted anew every ten minutes."""
    name = f"ideas.exposure.2:{scope.campaign.pk if scope.campaign else 0}"
    found: Exposure | None = caches["fast"].get(name)
    if found is None:
        found = measured(scope, at or timezone.now())
        caches["fast"].set(name, found, KEPT_SECONDS)
    return found


def measured(scope: Scope, at: datetime) -> Exposure:
    """Return the looks as the database has them."""
    ideas = scope.ideas().filter(published_at__lt=at - YOUNG).order_by("fair_rank", "pk")
    rows = list(ideas.values_list("views__shown", "views__opened")[: MOST + 1])
    numbers = sorted((shown or 0) + (opened or 0) for shown, opened in rows[:MOST])
    total = sum(numbers)
    mean = total / len(numbers) if numbers else 0
    return Exposure(
        ideas=len(numbers),
        looks=total,
        gini=round(gini(numbers), 2),
        groups=tenths(numbers),
        least=round(100 * numbers[0] / mean) if mean else 0,
        neglected=sum(number < FEW_LOOKS * mean for number in numbers),
        is_part=len(rows) > MOST,
        since=counted_since(),
    )


def tenths(numbers: Sequence[int]) -> list[Group]:
    """Return the share of each tenth of sorted numbers."""
    total, count = sum(numbers) or 1, len(numbers)
    cuts = [round(count * place / GROUPS) for place in range(GROUPS + 1)]
    shares = [round(100 * sum(numbers[cuts[place] : cuts[place + 1]]) / total, 1) for place in range(GROUPS)]
    scale = HIGHEST / max(15.0, *shares)
    return [Group(place, share, scale) for place, share in enumerate(shares, 1)]


def gini(numbers: Sequence[float]) -> float:
    """Return how unevenly something is spread: 0 – everybody has the same, near 1 – one has it all."""
    total, count = sum(numbers), len(numbers)
    if not total:
        return 0.0
    weighted = sum(place * number for place, number in enumerate(sorted(numbers), 1))
    return 2 * weighted / (count * total) - (count + 1) / count


def counted_since() -> datetime | None:
    """Return since when this town counts looks: since it has the tables for it."""
    steps = MigrationRecorder.Migration.objects.filter(app="ideas", name="0011_tally")
    found: datetime | None = steps.values_list("applied", flat=True).first()
    return found
