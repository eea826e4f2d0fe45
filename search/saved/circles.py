"""Around a place: the circle of a search, and the squares of the earth by which it is found."""

import math
from collections.abc import Iterator

from search.registry import Place

RADII = (500, 1_000, 2_000, 5_000, 10_000)  # metres
METRES_PER_DEGREE = 111_320
# Squares in degrees of latitude, each about twice as wide as the circles it is for: a circle meets four to nine of them.
SIZES = (0.01, 0.02, 0.05, 0.1, 0.2)


def is_within(place: Place, latitude: float, longitude: float, radius: float) -> bool:
    """Tell whether a place lies in a circle (radius in metres); within a town the earth is flat enough."""
    north = (place.latitude - latitude) * METRES_PER_DEGREE
    east = (place.longitude - longitude) * METRES_PER_DEGREE * math.cos(math.radians(latitude))
    return north * north + east * east <= radius * radius


def squares_at(place: Place) -> Iterator[str]:
    """Yield the square of each size in which a place lies."""
    for number, size in enumerate(SIZES):
        yield f"@{number}:{math.floor(place.latitude / size)}:{math.floor(place.longitude / size)}"


def squares_around(latitude: float, longitude: float, radius: float) -> frozenset[str]:
    """Return the squares that a circle meets, of the size that fits it."""
    high = radius / METRES_PER_DEGREE
    wide = high / max(0.01, math.cos(math.radians(latitude)))
    number = next((place for place, size in enumerate(SIZES) if size >= high), len(SIZES) - 1)
    size = SIZES[number]
    rows = range(math.floor((latitude - high) / size), math.floor((latitude + high) / size) + 1)
    columns = range(math.floor((longitude - wide) / size), math.floor((longitude + wide) / size) + 1)
    return frozenset(f"@{number}:{row}:{column}" for row in rows for column in columns)
