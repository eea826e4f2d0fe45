"""Ideas on a map: points, many of them as groups, with the same bounded work whether a town has a thousand or a million.

Up to ``EXACT_UP_TO`` ideas every one is looked at. Beyond that the database reads a random part – ``fair_rank`` is drawn
at random, and an index leads to any stretch of it – until enough of them lie in the piece of map asked for. What comes of
that is marked as an estimate; a closer look gives exact numbers again.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Sum

from ideas.models import Campaign
from ideas.models.idea import IdeaQuerySet
from ideas.place import Box
from ideas.queries.cards import card, for_cards
from ideas.queries.facets import Narrowing, filtered, narrow, unknown_value
from ideas.queries.listing import Params, Wish, read_wish
from ideas.queries.ring import RING
from ideas.queries.scope import Scope

EXACT_UP_TO = 5_000
# So many are drawn, so many of them make a picture, and so many are read for that at most.
SAMPLE, ENOUGH, MOST_READ = 1_500, 300, 30_000
MOST_ACROSS, FEWEST_ACROSS, ACROSS = 16, 4, 10
# A piece of map this narrow (degrees, about 200 metres) is not grouped: nobody can go closer.
NARROW, MOST_SINGLE = 0.003, 100
# On the screen a degree of latitude is about this much longer here than one of longitude.
STRETCH = 0.62
# A piece of map more than so many times as high as wide gets larger cells, or there would be any number of them.
TALLEST = 1.5
WORLD: Box = (-180.0, -90.0, 180.0, 90.0)
Place = tuple[int, float, float]  # key, latitude, longitude


class MapWish(Wish):
    """A wish on a page that shows list or map: its links stay with the map."""

    @staticmethod
    def pairs(chosen: Mapping[str, tuple[str, ...]], words: str, sort: str) -> list[tuple[str, str]]:
        """Return names and values of an address of the map."""
        return [*Wish.pairs(chosen, words, sort), ("ansicht", "karte")]

    @classmethod
    def of(cls, wish: Wish) -> "MapWish":
        """Return a wish as one for the map."""
        return cls(wish.chosen, wish.sort, wish.place, wish.words)


def read_view(params: Params) -> tuple[Wish, str]:
    """Return the wish and the view (``list`` or ``map``) in an address; raises ``Refused`` (400) for unknown values."""
    wish, view = read_wish(params), (params.get("ansicht") or [""])[-1]
    if view not in ("", "liste", "karte"):
        raise unknown_value("ansicht")
    return (MapWish.of(wish), "map") if view == "karte" else (wish, "list")


@dataclass(frozen=True)
class Group:
    """Ideas that stand so close together that the map shows one mark."""

    latitude: float
    longitude: float
    ids: list[int]


@dataclass(frozen=True)
class Seen:
    """What was found on a piece of the map; with ``share`` below one it is that part of it."""

    places: list[Place]
    share: float = 1.0

    @property
    def is_exact(self) -> bool:
        return self.share >= 1

    @property
    def total(self) -> int:
        """Return how many ideas there are, roughly when they were not counted."""
        return len(self.places) if self.is_exact else rough(len(self.places) / self.share)


@dataclass(frozen=True)
class IdeaMap:
    """Marks for a piece of the map."""

    seen: Seen
    groups: list[Group] = field(default_factory=list)
    cards: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def shown(self) -> int:
        """Return how many ideas the marks stand for."""
        return sum(len(group.ids) for group in self.groups)

    def number(self, group: Group) -> int:
        """Return how many ideas a mark stands for, roughly when they were not counted."""
        return len(group.ids) if self.seen.is_exact else rough(len(group.ids) / self.seen.share)


def idea_map(wish: Wish, box: Box, scope: Scope, across: int = ACROSS) -> IdeaMap:
    """Return the marks for the ideas that fit; whether somebody may see a campaign is asked before."""
    narrowing = narrow(wish, "", scope)
    seen = look(filtered(scope.ideas(), wish, narrowing.facets), box, narrowing)
    groups = grouped(seen.places, box, across)
    alone = [group.ids[0] for group in groups if len(group.ids) == 1]
    cards = {idea.pk: card(idea) for idea in for_cards(scope.ideas().filter(pk__in=alone))} if alone else {}
    # Hidden between the two statements: then it is not shown.
    groups = [group for group in groups if len(group.ids) > 1 or group.ids[0] in cards]
    return IdeaMap(seen, groups, cards)


def look(ideas: IdeaQuerySet, box: Box, narrowing: Narrowing) -> Seen:
    """Return the ideas on a piece of the map: all, or a random part when they are too many.

    ``narrowing`` knows how many fit in the whole town, and how to find them when they are few.
    """
    west, south, east, north = box
    numbers = narrowing.numbers
    if numbers.few is not None:
        ideas = ideas.filter(numbers.few)
    within = ideas.filter(latitude__range=(south, north), longitude__range=(west, east))
    if numbers.total <= EXACT_UP_TO and not numbers.is_bound:
        return Seen(places_of(within, EXACT_UP_TO))
    everything = how_many(narrowing.scope)
    seen = sampled(within, min(SAMPLE / max(1, numbers.total), MOST_READ / max(1, everything)))
    if len(seen.places) < ENOUGH and seen.total > EXACT_UP_TO:
        seen = sampled(within, min(seen.share * ENOUGH / len(seen.places), MOST_READ / everything))
    if seen.is_exact or len(seen.places) >= ENOUGH or seen.total > EXACT_UP_TO:
        return seen
    places = places_of(within, EXACT_UP_TO + 1)
    return Seen(places) if len(places) <= EXACT_UP_TO else sampled(within, MOST_READ / everything)


def how_many(scope: Scope) -> int:
    """Return how many public ideas there are at all; the counters of campaigns say so without counting."""
    return Campaign.objects.filter(pk__in=scope.ids).aggregate(all=Sum("idea_count"))["all"] or 0


def sampled(ideas: IdeaQuerySet, share: float) -> Seen:
    """Return a random part of the ideas: those in the first stretch of the fair circle."""
    share = min(1.0, share)
    part = ideas if share >= 1 else ideas.filter(fair_rank__lt=int(share * RING))
    return Seen(places_of(part, MOST_READ), share)


def places_of(ideas: IdeaQuerySet, most: int) -> list[Place]:
    """Return key and point of the ideas."""
    rows: Any = ideas.order_by().values_list("pk", "latitude", "longitude")[:most]
    return list(rows)


def grouped(places: list[Place], box: Box, across: int) -> list[Group]:
    """Return marks that do not cover each other: one for each cell of a grid, neighbours that touch joined."""
    if box[2] - box[0] <= NARROW:
        return [Group(lat, lng, [pk]) for pk, lat, lng in sorted(places)[:MOST_SINGLE]]
    width = cell_width(box, across)
    cells: dict[tuple[int, int], list[Place]] = {}
    for place in places:
        cell = math.floor(place[2] / width), math.floor(place[1] / (width * STRETCH))
        cells.setdefault(cell, []).append(place)
    return joined({cell: _group(found) for cell, found in cells.items()}, width)


def cell_width(box: Box, across: int) -> float:
    """Return the width of a cell in degrees: one of few steps, so that groups stay together while the map moves."""
    span = max(box[2] - box[0], (box[3] - box[1]) / STRETCH / TALLEST)
    return 2.0 ** (math.ceil(2 * math.log2(span / across)) / 2)


def joined(cells: dict[tuple[int, int], Group], width: float) -> list[Group]:
    """Return the groups, those whose marks would touch made one; the larger takes in the smaller."""
    left = dict(cells)
    found = []
    for cell, group in sorted(cells.items(), key=lambda entry: (-len(entry[1].ids), entry[0])):
        if cell not in left:
            continue
        del left[cell]
        ids = list(group.ids)
        for near in [(cell[0] + dx, cell[1] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]:
            other = left.get(near)
            if other and _apart(group, other) < 0.7 * width:
                ids += other.ids
                del left[near]
        found.append(Group(group.latitude, group.longitude, ids))
    return found


def _apart(one: Group, two: Group) -> float:
    """Return how far apart two groups are on the screen, in degrees of longitude."""
    return math.hypot(one.longitude - two.longitude, (one.latitude - two.latitude) / STRETCH)


def _group(places: list[Place]) -> Group:
    number = len(places)
    return Group(
        sum(place[1] for place in places) / number,
        sum(place[2] for place in places) / number,
        sorted(place[0] for place in places),
    )


def rough(number: float) -> int:
    """Return a number with two telling digits, as one says it who has not counted."""
    if number < 10:
        return round(number)
    step = 10 ** (math.floor(math.log10(number)) - 1)
    return round(number / step) * step
