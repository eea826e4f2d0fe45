"""Marks and outlines as GeoJSON (RFC 7946)."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.errors import Refused
from ideas.place import Box
from ideas.queries.listing import Params
from ideas.queries.map import ACROSS, FEWEST_ACROSS, MOST_ACROSS, WORLD, Group, IdeaMap
from ideas.queries.places import TownMap

TYPE = "application/geo+json"
BOX = re.compile(r"(?:-?[0-9]{1,3}(?:\.[0-9]{1,15})?,){3}-?[0-9]{1,3}(?:\.[0-9]{1,15})?")
TOLD = ("title", "url", "teaser", "topic", "district", "supports", "comments")


def read_box(params: Params, town: TownMap) -> Box:
    """Return the piece of map in an address, the whole town without one; raises ``Refused`` (400) for anything else."""
    given = params.get("bbox", ())
    if not given:
        return widened(town.box) if town.box else WORLD
    if not BOX.fullmatch(given[-1]):
        raise _no_box()
    west, south, east, north = (float(word) for word in given[-1].split(","))
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise _no_box()
    return west, south, east, north


def widened(box: Box) -> Box:
    """Return a box with a little air around it."""
    west, south, east, north = box
    across, up = (east - west) * 0.02, (north - south) * 0.02
    return max(-180.0, west - across), max(-90.0, south - up), min(180.0, east + across), min(90.0, north + up)


def read_across(params: Params) -> int:
    """Return how many marks fit side by side (``raster``); raises ``Refused`` (400) for what is no such number."""
    given = (params.get("raster") or [""])[-1]
    if not given:
        return ACROSS
    if not (given.isascii() and given.isdecimal() and FEWEST_ACROSS <= int(given[:4]) <= MOST_ACROSS):
        raise Refused(_("“raster” is a number from 4 to 16."), code="unknown_value", status=400)
    return int(given)


def _no_box() -> Refused:
    words = _("“bbox” is four numbers: west, south, east, north, in degrees, such as 8.05,51.65,8.16,51.70.")
    return Refused(words, code="bad_bbox", status=400)


def marks(found: IdeaMap, box: Box) -> dict[str, Any]:
    """Return the marks; ``sentence`` says honestly when they are only a part."""
    return {
        "type": "FeatureCollection",
        "bbox": [round(edge, 6) for edge in (box if box != WORLD else around(found))],
        "shown": found.shown,
        "total": found.seen.total,
        "exact": found.seen.is_exact,
        "sentence": sentence(found),
        "features": [mark(found, group) for group in found.groups],
    }


def mark(found: IdeaMap, group: Group) -> dict[str, Any]:
    """Return one idea, or a group of several."""
    point = {"type": "Point", "coordinates": [round(group.longitude, 6), round(group.latitude, 6)]}
    if len(group.ids) == 1:
        card = found.cards[group.ids[0]]
        told: dict[str, Any] = {name: card[name] for name in TOLD}
        told["status"] = str(card["chip"]["text"])
        return {"type": "Feature", "id": group.ids[0], "geometry": point, "properties": told}
    number = found.number(group)
    words = ngettext("%(number)s idea", "%(number)s ideas", number) % {"number": figure(number)}
    if not found.seen.is_exact:
        words = _("about %(ideas)s") % {"ideas": words}
    return {"type": "Feature", "geometry": point, "properties": {"cluster": True, "count": number, "label": words}}


def around(found: IdeaMap) -> Sequence[float]:
    """Return the box around the marks, for a town that has no outlines."""
    lats = [group.latitude for group in found.groups] or [-60.0, 75.0]
    lngs = [group.longitude for group in found.groups] or [-180.0, 180.0]
    return round(min(lngs), 6), round(min(lats), 6), round(max(lngs), 6), round(max(lats), 6)


def sentence(found: IdeaMap) -> str:
    """Return how many ideas the map shows here, in words."""
    total = found.seen.total
    if not found.seen.is_exact:
        words = _("The map shows %(shown)s of about %(total)s ideas here, drawn by lot. Go closer to see all of them.")
        return words % {"shown": figure(found.shown), "total": figure(total)}
    if total == 0:
        return _("There is no idea with a point on this piece of the map.")
    if found.shown < total:
        words = _("The map shows %(shown)s of %(total)s ideas here. The list has all of them.")
        return words % {"shown": figure(found.shown), "total": figure(total)}
    words = ngettext("%(number)s idea on this piece of the map.", "%(number)s ideas on this piece of the map.", total)
    return words % {"number": figure(total)}


def figure(number: int) -> str:
    """Return a number with dots, as people write it."""
    return str(number_format(number, force_grouping=True))


def outlines(town: TownMap) -> dict[str, Any]:
    """Return the districts."""
    features = [
        {"type": "Feature", "id": part.slug, "geometry": part.shape, "properties": {"name": part.name}}
        for part in town.parts
    ]
    found: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    return found | ({"bbox": list(town.box)} if town.box else {})
