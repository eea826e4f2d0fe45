"""The orders of a list: each reads one index from a place on, however long the list is."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ideas.models import Idea
from ideas.models.idea import IdeaQuerySet

RING = 2**31 - 1


@dataclass(frozen=True)
class Order:
    """A falling order by one column, newest first among equals."""

    slug: str
    label: Any
    sentence: Any
    field: str

    def page(self, ideas: IdeaQuerySet, place: dict[str, Any] | None, size: int) -> list[Idea]:
        """Return up to ``size`` ideas after a place."""
        if place:
            value, last = self.value(place["v"]), place["i"]
            after = Q(**{f"{self.field}__lt": value}) | Q(**{self.field: value, "pk__lt": last})
            ideas = ideas.filter(after, **{f"{self.field}__lte": value})
        return list(ideas.order_by(f"-{self.field}", "-pk")[:size])

    def place(self, idea: Idea, before: dict[str, Any] | None) -> dict[str, Any]:
        """Return the place of an idea in this order."""
        value = getattr(idea, self.field)
        return {"s": self.slug, "v": value.isoformat() if isinstance(value, datetime) else value, "i": idea.pk}

    def value(self, raw: Any) -> Any:
        return datetime.fromisoformat(raw) if self.field == "published_at" else raw


@dataclass(frozen=True)
class Ring(Order):
    """Every idea has a random place for life; each day the list begins elsewhere, and one round shows them all."""

    def page(self, ideas: IdeaQuerySet, place: dict[str, Any] | None, size: int) -> list[Idea]:
        start = place["o"] if place else day_start()
        upper, lower = Q(fair_rank__gte=start), Q(fair_rank__lt=start)
        if place:
            rank, last = place["v"], place["i"]
            after = Q(fair_rank__gte=rank) & (Q(fair_rank__gt=rank) | Q(fair_rank=rank, pk__gt=last))
            upper, lower = (upper & after, lower) if rank >= start else (Q(pk__in=[]), lower & after)
        segments = [ideas.filter(part).order_by("fair_rank", "pk")[:size] for part in (upper, lower)]
        found = Idea.objects.filter(pk__in=_either(segments)).select_related(*_joins(ideas))
        return sorted(found, key=lambda idea: ((idea.fair_rank - start) % (RING + 1), idea.pk))[:size]

    def place(self, idea: Idea, before: dict[str, Any] | None) -> dict[str, Any]:
        start = before["o"] if before else day_start()
        return {"s": self.slug, "v": idea.fair_rank, "i": idea.pk, "o": start}


def _either(segments: list[IdeaQuerySet]) -> Any:
    """Return the keys in any of the cut segments, as one subquery that both databases read by index."""
    first, second = (Idea.objects.filter(pk__in=part.values("pk")).order_by().values("pk") for part in segments)
    return first.union(second, all=True)


def _joins(ideas: IdeaQuerySet) -> list[str]:
    joins = ideas.query.select_related
    return list(joins) if isinstance(joins, dict) else []


def day_start(at: datetime | None = None) -> int:
    """Return where the ring begins on that day."""
    day = timezone.localdate(at)
    return int.from_bytes(hashlib.sha256(f"fair:{day.isoformat()}".encode()).digest()[:4], "big") % RING


ORDERS: dict[str, Order] = {
    order.slug: order
    for order in (
        Ring(
            "fair",
            _("Fairly mixed"),
            _("Every idea gets its turn: all stand in a random circle, and each day the list begins at another place."),
            "fair_rank",
        ),
        Order("neu", _("New"), _("What was published last comes first."), "published_at"),
        Order("unterstuetzt", _("Most supported"), _("Ideas that most people support come first."), "support_count"),
        Order("diskutiert", _("Most discussed"), _("Ideas with the most comments come first."), "comment_count"),
        Order(
            "trend",
            _("Trending"),
            _("Recent ideas with many supports and comments come first; after two days others have caught up."),
            "trend",
        ),
    )
}
# Orders that would tell the numbers while they are still hidden.
TELLING = ("unterstuetzt", "trend")
DEFAULT_ORDER = "fair"
