"""Reading outlines of districts from a GeoJSON file: what is right is taken, what is wrong is told row by row."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from common.errors import Refused
from common.text import one_line
from ideas import simplify

MOST_BYTES, MOST_ROWS, MOST_POINTS = 10 * 1024 * 1024, 300, 200_000
# So many points an outline may keep: enough for a town on a screen, and quick to send.
KEPT_POINTS = 800
NAMES = ("name", "stadtteil", "ortsteil", "bezirk", "bezeichnung", "district", "gen", "title", "slug", "id")
Position = tuple[float, float]


@dataclass(frozen=True)
class Row:
    """One feature of the file."""

    number: int
    name: str
    shape: dict[str, Any] | None
    problem: str = ""
    points: int = 0
    kept: int = 0


@dataclass(frozen=True)
class Sheet:
    """A whole file, with a warning where its numbers look odd."""

    rows: list[Row]
    warning: str = ""


class Faulty(ValueError):
    """What is wrong with one feature, as a sentence."""


def read(data: bytes) -> Sheet:
    """Return the features of a file; raises ``Refused`` (422) when it is no GeoJSON we can read at all."""
    features = _features(_parsed(data))
    rows, budget = [], MOST_POINTS
    for number, feature in enumerate(features, 1):
        row = _row(number, feature, budget)
        budget -= row.points
        rows.append(row)
    return Sheet(rows, _warning(rows))


def _parsed(data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise _refusal(_("The file is larger than 10 MB. Please export the outlines with fewer points."))
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except RecursionError:
        raise _refusal(_("The file is nested too deeply. It is no list of outlines.")) from None
    except (ValueError, UnicodeDecodeError):
        raise _refusal(_("This is not a GeoJSON file. Please choose a file that ends in .geojson or .json.")) from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _features(found: Any) -> list[Any]:
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise _refusal(_("The file must hold a “FeatureCollection” with one feature for each district."))
    features = found.get("features")
    if not isinstance(features, list) or not features:
        raise _refusal(_("There is no outline in this file."))
    if len(features) > MOST_ROWS:
        raise _refusal(_("There are more than %(count)d features in this file.") % {"count": MOST_ROWS})
    return features


def _row(number: int, feature: Any, budget: int) -> Row:
    name = _name(feature) if isinstance(feature, dict) else ""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    try:
        polygons = _polygons(geometry, budget)
    except Faulty as fault:
        return Row(number, name, None, str(fault))
    points = _count(polygons)
    kept = simplify.polygons(polygons, KEPT_POINTS)
    if not kept:
        return Row(number, name, None, _("The outline encloses nothing."), points)
    return Row(number, name, {"type": "MultiPolygon", "coordinates": kept}, "", points, _count(kept))


def _count(polygons: Sequence[Sequence[Sequence[Any]]]) -> int:
    return sum(len(ring) for rings in polygons for ring in rings)


def _name(feature: Mapping[str, Any]) -> str:
    properties = feature.get("properties")
    values = {str(key).casefold(): value for key, value in properties.items()} if isinstance(properties, dict) else {}
    values.setdefault("id", feature.get("id"))
    found = next((values[key] for key in NAMES if isinstance(values.get(key), str) and values[key].strip()), "")
    printable = "".join(sign if sign.isprintable() and not "\ud800" <= sign <= "\udfff" else " " for sign in found)
    return one_line(printable)[:80]


def _polygons(geometry: Any, budget: int) -> list[list[list[Position]]]:
    """Return polygons of rings of positions, closed and in range."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise Faulty(_("This is no area. Only “Polygon” and “MultiPolygon” can be an outline."))
    coordinates = geometry.get("coordinates")
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not _is_list(parts) or not all(_is_list(rings) and all(_is_list(ring) for ring in rings) for rings in parts):
        raise Faulty(_("The coordinates are not nested as GeoJSON asks for."))
    if _count(parts) > budget:
        raise Faulty(_("Too many points: at most %(count)d in one file.") % {"count": MOST_POINTS})
    return [[_ring(ring) for ring in rings] for rings in parts]


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 0


def _ring(ring: list[Any]) -> list[Position]:
    found = [_position(place) for place in ring]
    if len(found) < 4:
        raise Faulty(_("An outline needs at least four points, the last one equal to the first."))
    if found[0] != found[-1]:
        raise Faulty(_("The outline is not closed: its last point is not its first."))
    return found


def _position(place: Any) -> Position:
    if not isinstance(place, list) or len(place) < 2 or not all(_is_number(value) for value in place[:2]):
        raise Faulty(_("A point is not a pair of numbers."))
    lng, lat = float(place[0]), float(place[1])
    if abs(lng) > 180 or abs(lat) > 90:
        raise Faulty(
            _(
                "These are no degrees of longitude and latitude (%(lng)s, %(lat)s). Please export in WGS 84 (EPSG:4326), "
                "not in UTM or Gauß-Krüger."
            )
            % {"lng": place[0], "lat": place[1]}
        )
    return lng, lat


def _is_number(value: Any) -> bool:
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:  # a whole number with hundreds of digits
        return False


def _warning(rows: list[Row]) -> str:
    """Return a hint when all points would be right in Germany if their two numbers were exchanged."""
    shapes = [row.shape for row in rows if row.shape]
    points = [point for shape in shapes for rings in shape["coordinates"] for ring in rings for point in ring]
    if points and all(46 <= lng <= 56 and 4 <= lat <= 17 for lng, lat in points):
        return _(
            "Longitude and latitude seem to be exchanged: these points do not lie in Germany, but would if you turned them round."
        )
    return ""


def _refusal(message: str) -> Refused:
    return Refused(message, code="no_outlines", status=422, field="file")
