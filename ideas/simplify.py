"""Fewer points for the same outline (Douglas and Peucker, 1973), without recursion and without losing a part."""

import math
from collections.abc import Sequence

from ideas.place import METRES_PER_DEGREE, area

Position = tuple[float, float]
Rings = list[list[Position]]
DIGITS = 6  # a tenth of a metre
FINEST, COARSEST = 2.0, 40.0  # metres a line may be off


def polygons(found: Sequence[Sequence[Sequence[Position]]], most: int) -> list[Rings]:
    """Return the polygons with not many more than ``most`` points where 40 metres of leeway allow it.

    What is small already is only rounded. Parts and holes without area are left out.
    """
    rounded = _with_area([[_rounded(ring) for ring in rings] for rings in found])
    leeway, kept = FINEST, rounded
    while _points(kept) > most and leeway <= COARSEST:
        kept = _with_area([[thinned(ring, leeway) for ring in rings] for rings in rounded])
        leeway *= 2
    return kept


def thinned(ring: Sequence[Position], leeway: float) -> list[Position]:
    """Return a closed ring without the points that lie within ``leeway`` metres of the line without them."""
    if len(ring) <= 5:
        return list(ring)
    across = math.cos(math.radians(ring[0][1])) * METRES_PER_DEGREE
    plane = [(lng * across, lat * METRES_PER_DEGREE) for lng, lat in ring]
    # A ring begins and ends at one point; the one farthest from it is the second support.
    far = max(range(len(plane)), key=lambda place: math.dist(plane[0], plane[place]))
    keep = {0, far, len(ring) - 1}
    open_stretches = [(0, far), (far, len(ring) - 1)]
    while open_stretches:
        first, last = open_stretches.pop()
        worst, place = leeway, None
        for between in range(first + 1, last):
            off = _off(plane[between], plane[first], plane[last])
            if off > worst:
                worst, place = off, between
        if place is not None:
            keep.add(place)
            open_stretches += [(first, place), (place, last)]
    kept = [ring[place] for place in sorted(keep)]
    return kept if len(kept) >= 4 else list(ring)


def _off(point: Position, one: Position, two: Position) -> float:
    """Return how far a point is from the stretch between two others."""
    dx, dy = two[0] - one[0], two[1] - one[1]
    length = dx * dx + dy * dy
    if length == 0:
        return math.dist(point, one)
    along = min(1.0, max(0.0, ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / length))
    return math.hypot(point[0] - one[0] - along * dx, point[1] - one[1] - along * dy)


def _rounded(ring: Sequence[Position]) -> list[Position]:
    """Return the ring in steps of ten centimetres, without points that fall together."""
    kept: list[Position] = []
    for lng, lat in ring:
        point = (round(lng, DIGITS), round(lat, DIGITS))
        if not kept or kept[-1] != point:
            kept.append(point)
    return kept


def _with_area(found: list[Rings]) -> list[Rings]:
    full = [[ring for place, ring in enumerate(rings) if place == 0 or _has_area(ring)] for rings in found]
    return [rings for rings in full if _has_area(rings[0])]


def _has_area(ring: list[Position]) -> bool:
    return len(ring) >= 4 and area(ring) > 0


def _points(found: list[Rings]) -> int:
    return sum(len(ring) for rings in found for ring in rings)
