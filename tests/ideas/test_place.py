"""Points, shapes and coordinates as people write them."""

import math
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ideas import simplify
from ideas.forms.coordinates import read_point
from ideas.place import area, contains, distance

# How long an example takes says more about the neighbours of this machine than about the code.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
HOLE = [[4, 4], [4, 6], [6, 6], [6, 4], [4, 4]]
RING = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
TWO = {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[20, 0], [30, 0], [25, 10], [20, 0]]]]}


@pytest.mark.parametrize(
    ("shape", "lng", "lat", "inside"),
    [
        (RING, 2, 2, True),
        (RING, 5, 5, False),  # in the hole
        (RING, 4, 5, True),  # on the edge of the hole
        (RING, 0, 0, True),  # a corner
        (RING, 5, 0, True),  # on an edge
        (RING, 10, 10, True),
        (RING, 11, 5, False),
        (RING, -1, 10, False),  # level with an edge, outside
        (TWO, 25, 5, True),
        (TWO, 15, 5, False),
        (TWO, 25, 10, True),
        (TWO, 24, 10, False),  # level with a corner
    ],
)
def test_a_point_lies_inside_on_the_edge_or_outside(shape: dict, lng: float, lat: float, inside: bool) -> None:
    assert contains(shape, lng, lat) is inside


corners = st.tuples(st.integers(-20, 20), st.integers(-20, 20))


def star(points: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """Return a ring without crossings: the corners in the order in which one sees them from their middle."""
    x, y = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
    around = sorted(points, key=lambda point: (math.atan2(point[1] - y, point[0] - x), math.dist(point, (x, y))))
    return [*around, around[0]]


def winding(ring: list[tuple[float, float]], lng: float, lat: float) -> int:
    """Return how often the ring goes round the point: another way to the same answer."""
    number = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        side = (x2 - x1) * (lat - y1) - (lng - x1) * (y2 - y1)
        if y1 <= lat < y2 and side > 0:
            number += 1
        elif y2 <= lat < y1 and side < 0:
            number -= 1
    return number


@unhurried
@given(st.lists(corners, min_size=3, max_size=12, unique=True), corners)
def test_the_ray_agrees_with_the_winding_number(points: list[tuple[int, int]], point: tuple[int, int]) -> None:
    ring = star(points)
    assume(area(ring) > 0)
    shape = {"type": "Polygon", "coordinates": [ring]}
    # Half a step aside, no point lies on an edge by accident of whole numbers alone; where one does, both ways say so.
    lng, lat = point[0] + 0.37, point[1] + 0.41
    assume(distance(shape, lng, lat) > 0.001)
    assert contains(shape, lng, lat) is (winding(ring, lng, lat) != 0)


@unhurried
@given(st.lists(corners, min_size=3, max_size=12, unique=True), st.data())
def test_corners_and_middles_of_edges_belong_to_the_shape(points: list[tuple[int, int]], data: st.DataObject) -> None:
    ring = [(2 * x, 2 * y) for x, y in star(points)]
    shape = {"type": "Polygon", "coordinates": [ring]}
    place = data.draw(st.integers(0, len(ring) - 2))
    (x1, y1), (x2, y2) = ring[place], ring[place + 1]
    assert contains(shape, x1, y1)
    assert contains(shape, (x1 + x2) / 2, (y1 + y2) / 2)


@unhurried
@given(st.lists(corners, min_size=3, max_size=12, unique=True), corners, st.integers(-50, 50), st.integers(-50, 50))
def test_moving_everything_changes_nothing(points: list, point: tuple[int, int], dx: int, dy: int) -> None:
    ring = star(points)
    moved = [(x + dx, y + dy) for x, y in ring]
    assert contains({"type": "Polygon", "coordinates": [ring]}, *point) is contains(
        {"type": "Polygon", "coordinates": [moved]}, point[0] + dx, point[1] + dy
    )


@unhurried
@given(st.integers(6, 400), st.floats(0.001, 0.05))
def test_thinning_keeps_the_line_within_the_leeway(number: int, radius: float) -> None:
    turns = [2 * math.pi * step / number for step in range(number)]
    ring = [(8.1 + radius * math.cos(turn), 51.67 + radius * math.sin(turn) / 2) for turn in turns]
    ring.append(ring[0])
    thin = simplify.thinned(ring, 20.0)
    assert thin[0] == thin[-1]
    assert 4 <= len(thin) <= len(ring)
    assert all(distance({"type": "Polygon", "coordinates": [thin]}, *point) <= 21 for point in ring)


def test_a_huge_outline_becomes_a_light_one() -> None:
    turns = [2 * math.pi * step / 20_000 for step in range(20_000)]
    ring = [(8.1 + 0.05 * math.cos(turn), 51.67 + 0.03 * math.sin(turn)) for turn in turns]
    kept = simplify.polygons([[[*ring, ring[0]]]], 800)
    assert len(kept[0][0]) <= 800


@pytest.mark.parametrize(
    ("lat", "lng", "found"),
    [
        ("51,66", "8,34", (51.66, 8.34)),
        ("51.66", "8.34", (51.66, 8.34)),
        ("51,66 8,34", "", (51.66, 8.34)),
        ("51.66, 8.34", "", (51.66, 8.34)),
        ("51.66,8.34", "", (51.66, 8.34)),
        ("51,66; 8,34", "", (51.66, 8.34)),
        ("", "51,66/8,34", (51.66, 8.34)),
        ("geo:51.66,8.34?z=17", "", (51.66, 8.34)),
        ("51,66° N", "8,34° O", (51.66, 8.34)),
        ("N 51.66 E 8.34", "", (51.66, 8.34)),
        ("8,34 O 51,66 N", "", (51.66, 8.34)),
        ("51°39'36\" N", "8°20'24\" E", (51.66, 8.34)),
        ("51° 39,6′ N, 8° 20,4′ O", "", (51.66, 8.34)),
        ("33,9 S", "70,6 W", (-33.9, -70.6)),
        ("-33.9", "−70.6", (-33.9, -70.6)),
        ("", "", None),
        ("  ", ";", None),
    ],
)
def test_coordinates_are_read_as_people_write_them(lat: str, lng: str, found: tuple[float, float] | None) -> None:
    assert read_point(lat, lng) == (pytest.approx(found) if found else None)


@pytest.mark.parametrize(
    ("lat", "lng", "code"),
    [("51,66", "", "incomplete"), ("", "8", "incomplete"), ("Rathaus", "", "nowhere"), ("91", "8", "nowhere"), ("51", "181", "nowhere"),
     ("NaN", "1e400", "nowhere"), ("1 2 3", "", "nowhere"), ("51°72'", "8", "nowhere"), ("N 51 S", "8", "nowhere")],
)  # fmt: skip
def test_what_is_no_place_is_told(lat: str, lng: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read_point(lat, lng)
    assert refusal.value.code == code


@unhurried
@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_breaks_the_reading(lat: str, lng: str) -> None:
    try:
        found = read_point(lat, lng)
    except ValidationError:
        return
    assert found is None or (-90 <= found[0] <= 90 and -180 <= found[1] <= 180)


@unhurried
@given(st.floats(-89, 89), st.floats(-179, 179))
def test_what_the_map_writes_is_read_again(lat: float, lng: float) -> None:
    assert read_point(f"{lat:.6f}", f"{lng:.6f}".replace(".", ",")) == pytest.approx((lat, lng), abs=1e-5)
