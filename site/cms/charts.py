"""A series of numbers as a line, drawn on the server: points for an SVG, without any script.

The table beside it says the same in numbers; the drawing is hidden from screen readers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from cms.models import Indicator, IndicatorValue

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 52, 52, 44, 44


@dataclass(frozen=True)
class Point:
    """A value at its place, in the units of the drawing."""

    x: float
    y: float
    value: Decimal
    year: int
    is_named: bool


@dataclass(frozen=True)
class Line:
    """All that the drawing needs; ``parts`` are the stretches that may be compared with each other."""

    points: list[Point]
    parts: list[str]
    breaks: list[float]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = HEIGHT - BOTTOM


def line(indicator: Indicator) -> Line | None:
    """Return the drawing of a series; nothing for fewer than two values."""
    values = sorted(indicator.values.all(), key=lambda one: one.year)
    if len(values) < 2:
        return None
    points = placed(values)
    alike = [after.follows(before, from_survey=indicator.from_survey) for before, after in pairwise(values)]
    starts = [0, *(n for n, is_like in enumerate(alike, 1) if not is_like), len(values)]
    stretches = [points[begin:end] for begin, end in pairwise(starts)]
    return Line(
        points=points,
        parts=[" ".join(f"{point.x},{point.y}" for point in stretch) for stretch in stretches if len(stretch) > 1],
        breaks=[round((points[n - 1].x + points[n].x) / 2, 1) for n in starts[1:-1]],
    )


def placed(values: Sequence[IndicatorValue]) -> list[Point]:
    """Put years from left to right at their true distance, values from 0 (or the smallest below it) upwards."""
    first, last = values[0].year, values[-1].year
    low = min(Decimal(0), *(one.value for one in values))
    high = max(Decimal(0), *(one.value for one in values))
    span = (high - low) or Decimal(1)
    extremes = {0, len(values) - 1, *edge(values)}
    return [
        Point(
            x=round(LEFT + (WIDTH - LEFT - RIGHT) * (one.year - first) / (last - first), 1),
            y=round(float(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (one.value - low) / span), 1),
            value=one.value,
            year=one.year,
            is_named=number in extremes,
        )
        for number, one in enumerate(values)
    ]


def edge(values: Sequence[IndicatorValue]) -> tuple[int, int]:
    """Return the places of the smallest and the largest value."""
    order = sorted(range(len(values)), key=lambda number: values[number].value)
    return order[0], order[-1]
