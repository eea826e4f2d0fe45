"""Where a point lies: plain geometry on GeoJSON shapes, without a library for maps.

A shape is a Polygon or MultiPolygon as in RFC 7946: longitude before latitude, rings closed, the first ring outside, the
others holes. Within a town the earth is flat enough, so degrees are treated as a plane.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

Ring = Sequence[Sequence[float]]
Shape = Mapping[str, Any]
Box = tuple[float, float, float, float]  # west, south, east, north
METRES_PER_DEGREE = 111_320


def polygons(shape: Shape) -> list[Sequence[Ring]]:
    """Return the polygons of a shape, each as its rings."""
    return [shape["coordinates"]] if shape["type"] == "Polygon" else list(shape["coordinates"])


def contains(shape: Shape, lng: float, lat: float) -> bool:
    """Tell whether a point lies in a shape or on its edge; the edge of a hole belongs to the shape."""
    return any(_in_polygon(rings, lng, lat) for rings in polygons(shape))


def _in_polygon(rings: Sequence[Ring], lng: float, lat: float) -> bool:
    if any(_on_edge(ring, lng, lat) for ring in rings):
        return True
    return _encloses(rings[0], lng, lat) and not any(_encloses(hole, lng, lat) for hole in rings[1:])


def _encloses(ring: Ring, lng: float, lat: float) -> bool:
    """Tell whether a ray to the east crosses the ring an odd number of times."""
    inside = False
    for (x1, y1, *_), (x2, y2, *_) in edges(ring):
        # Half open: a corner at the height of the point counts for one of its two edges only.
        if (y1 > lat) != (y2 > lat) and lng < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def _on_edge(ring: Ring, lng: float, lat: float) -> bool:
    for (x1, y1, *_), (x2, y2, *_) in edges(ring):
        near = min(x1, x2) <= lng <= max(x1, x2) and min(y1, y2) <= lat <= max(y1, y2)
        if near and (x2 - x1) * (lat - y1) == (y2 - y1) * (lng - x1):
            return True
    return False


def edges(ring: Ring) -> Iterator[tuple[Sequence[float], Sequence[float]]]:
    """Return the stretches of a closed ring."""
    return pairwise(ring)


def distance(shape: Shape, lng: float, lat: float) -> float:
    """Return how many metres a point is away from the outline of a shape (0 on it), by way of a plane at its latitude."""
    across = math.cos(math.radians(lat))
    found = math.inf
    for rings in polygons(shape):
        for ring in rings:
            for (x1, y1, *_), (x2, y2, *_) in edges(ring):
                one, two = ((x1 - lng) * across, y1 - lat), ((x2 - lng) * across, y2 - lat)
                found = min(found, _to_stretch(one, two))
    return found * METRES_PER_DEGREE


def _to_stretch(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Return how far the origin is from a stretch."""
    dx, dy = two[0] - one[0], two[1] - one[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else min(1.0, max(0.0, -(one[0] * dx + one[1] * dy) / length))
    return math.hypot(one[0] + along * dx, one[1] + along * dy)


def box_of(shapes: Iterable[Shape]) -> Box:
    """Return the box around shapes (at least one)."""
    corners = [point for shape in shapes for rings in polygons(shape) for point in rings[0]]
    lngs, lats = [point[0] for point in corners], [point[1] for point in corners]
    return min(lngs), min(lats), max(lngs), max(lats)


def in_box(box: Box, lng: float, lat: float, margin: float = 0) -> bool:
    """Tell whether a point lies in a box, or not more than ``margin`` degrees outside."""
    west, south, east, north = box
    return west - margin <= lng <= east + margin and south - margin <= lat <= north + margin


def area(ring: Ring) -> float:
    """Return the area a ring encloses, in square degrees."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1, *_), (x2, y2, *_) in edges(ring))) / 2
