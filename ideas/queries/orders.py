"""The orders of a list: each reads one index from a place on, however long the list is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ideas.models import Idea
from ideas.models.idea import IdeaQuerySet
from ideas.queries.ring import RING, day_start, onwards

Place = dict[str, Any]
LEAST: dict[str, Any] = {
    "published_at": datetime(1, 1, 1, tzinfo=UTC),
    "support_count": 0,
    "comment_count": 0,
    "trend": 0.0,
}
Keys = list[int]


class Beyond(Func):
    """That a pair of columns comes before or after a pair of values, said so that an index is read from there on."""

    output_field = BooleanField()

    def __init__(self, sign: str, column: str, value: Any, pk: int) -> None:
        field: Any = Idea._meta.get_field(column)
        super().__init__(F(column), F("pk"), Value(value, output_field=field), Value(pk), sign=sign)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Write ``(column, id) < (value, pk)``."""
        parts = [compiler.compile(part) for part in self.source_expressions]
        words = [sql for sql, _params in parts]
        sql = f"({words[0]}, {words[1]}) {self.extra['sign']} ({words[2]}, {words[3]})"
        return sql, [value for _sql, params in parts for value in params]


@dataclass(frozen=True)
class Order:
    """A falling order by one column, newest first among equals."""

    slug: str
    label: Any
    sentence: Any
    field: str

    def page(
        self,
        ideas: IdeaQuerySet,
        place: Place | None,
        size: int,
        *,
        few: Q | None = None,
        some: Q | None = None,
        start: int | None = None,
    ) -> list[Idea]:
        """Return up to ``size`` ideas after a place. ``few`` or ``some`` say how to find them where they are not many.

        Few ideas in a long list are found first and put in order then: the order's index would be read to its end.
        """
        begin = self.start(place, start)
        if few is None:
            # Places on the circle are mixed and go with nothing.
            keys = (
                self.walked(ideas, place, size, begin)
                if some is None or self.field == "fair_rank"
                else self.sought(ideas.filter(some), place, size)
            )
        else:
            pairs = list(ideas.filter(few).order_by().values_list(self.field, "pk"))
            keys = self.picked(pairs, place, begin)[:size]
        # The keys stand in the statement: as a subquery they would be asked for row by row while a table has no statistics yet.
        found = Idea.objects.filter(pk__in=keys).select_related(*_joins(ideas))
        return sorted(found, key=lambda idea: self.rank(idea, begin))[:size]

    def start(self, place: Place | None, start: int | None) -> int:
        """Return where the order begins for this visitor."""
        return 0

    def walked(self, ideas: IdeaQuerySet, place: Place | None, size: int, begin: int) -> Keys:
        """Return the keys after a place by reading the order's index."""
        if place:
            ideas = ideas.filter(Beyond("<", self.field, self.value(place["v"]), place["i"]))
        return list(ideas.order_by(f"-{self.field}", "-pk").values_list("pk", flat=True)[:size])

    def sought(self, ideas: IdeaQuerySet, place: Place | None, size: int) -> Keys:
        """Return the keys after a place by finding all first: an order by a mere column would tempt into its index."""
        if place:
            ideas = ideas.filter(Beyond("<", self.field, self.value(place["v"]), place["i"]))
        found = ideas.order_by(Coalesce(self.field, Value(LEAST[self.field])).desc(), "-pk")
        return list(found.values_list("pk", flat=True)[:size])

    def picked(self, pairs: list[tuple[Any, int]], place: Place | None, begin: int) -> list[int]:
        """Return the keys after a place out of all pairs of value and key."""
        last = (self.value(place["v"]), place["i"]) if place else None
        return [pair[1] for pair in sorted(pairs, reverse=True) if last is None or pair < last]

    def rank(self, idea: Idea, begin: int) -> Any:
        value = getattr(idea, self.field)
        return -(value.timestamp() if isinstance(value, datetime) else value), -idea.pk

    def place(self, idea: Idea, before: Place | None, start: int | None = None) -> Place:
        """Return the place of an idea in this order."""
        value = getattr(idea, self.field)
        return {"s": self.slug, "v": value.isoformat() if isinstance(value, datetime) else value, "i": idea.pk}

    def value(self, raw: Any) -> Any:
        return datetime.fromisoformat(raw) if self.field == "published_at" else raw


@dataclass(frozen=True)
class Ring(Order):
    """Once around the circle (``ideas.queries.ring``) from where this visitor begins."""

    def start(self, place: Place | None, start: int | None) -> int:
        if place:
            return int(place["o"])
        return day_start() if start is None else start

    def walked(self, ideas: IdeaQuerySet, place: Place | None, size: int, begin: int) -> Keys:
        upper, lower = ideas.filter(fair_rank__gte=begin), ideas.filter(fair_rank__lt=begin)
        if place:
            after = Beyond(">", "fair_rank", place["v"], place["i"])
            if place["v"] >= begin:
                upper = upper.filter(after)
            else:
                upper, lower = ideas.none(), lower.filter(after)
        return _either([part.select_related(None).order_by("fair_rank", "pk")[:size] for part in (upper, lower)])

    def picked(self, pairs: list[tuple[Any, int]], place: Place | None, begin: int) -> list[int]:
        return [key for _rank, key in onwards(sorted(pairs), begin, (place["v"], place["i"]) if place else None)]

    def rank(self, idea: Idea, begin: int) -> Any:
        return (idea.fair_rank - begin) % (RING + 1), idea.pk

    def place(self, idea: Idea, before: Place | None, start: int | None = None) -> Place:
        return {"s": self.slug, "v": idea.fair_rank, "i": idea.pk, "o": self.start(before, start)}


def _either(segments: Sequence[IdeaQuerySet]) -> list[int]:
    """Return the keys in any of the cut segments, in one statement that both databases read by index."""
    first, second = (part.values_list("pk", flat=True) for part in segments)
    if not connection.features.supports_slicing_ordering_in_compound:
        first, second = (
            Idea.objects.filter(pk__in=part.values("pk")).order_by().values_list("pk", flat=True) for part in segments
        )
    return list(first.union(second, all=True))


def _joins(ideas: IdeaQuerySet) -> list[str]:
    joins = ideas.query.select_related
    return list(joins) if isinstance(joins, dict) else []


ORDERS: dict[str, Order] = {
    order.slug: order
    for order in (
        Ring(
            "fair",
            _("Fairly mixed"),
            _(
                "Every idea gets its turn: the list begins elsewhere for each visitor, and what was seen less comes first more often."
            ),
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
