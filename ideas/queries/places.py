"""The town on the map: its districts with their outlines, and in which of them a point lies."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.utils.translation import gettext as _

from common.errors import Refused
from ideas.content import IdeaContent
from ideas.models import Outline
from ideas.place import METRES_PER_DEGREE, Box, Shape, box_of, contains, distance, in_box

# Outlines are drawn and thinned: somebody who stands so near to the town stands in it.
LEEWAY = 60.0
SECONDS = 60
Stamp = tuple[tuple[int, str, str, datetime], ...]


@dataclass(frozen=True)
class Part:
    """A district with its outline."""

    pk: int
    slug: str
    name: str
    shape: Shape
    box: Box


@dataclass(frozen=True)
class TownMap:
    """All districts with outlines."""

    stamp: Stamp = ()
    parts: tuple[Part, ...] = ()
    box: Box | None = None

    def part_at(self, lng: float, lat: float) -> Part | None:
        """Return the district in which a point lies; between two, the nearest within the leeway."""
        margin = 3 * LEEWAY / METRES_PER_DEGREE
        near = [part for part in self.parts if in_box(part.box, lng, lat, margin)]
        found = next((part for part in near if contains(part.shape, lng, lat)), None)
        if found or not near:
            return found
        away, place = min((distance(part.shape, lng, lat), place) for place, part in enumerate(near))
        return near[place] if away <= LEEWAY else None


# The last one that was read; its stamp says whether it still holds.
_kept = [TownMap()]


def town_map() -> TownMap:
    """Return the town's outlines; other processes see a new upload after a minute at the latest."""
    stamp = caches["fast"].get("outlines")
    if stamp is None:
        names = ("pk", "district__slug", "district__name", "updated_at")
        rows = Outline.objects.order_by("district__position", "district__name")
        stamp = tuple(rows.values_list(*names))
        caches["fast"].set("outlines", stamp, SECONDS)
    if _kept[0].stamp != stamp:
        _kept[0] = _read(stamp)
    return _kept[0]


def forget_town_map() -> None:
    """Read the outlines anew at the next chance, because they changed."""
    caches["fast"].delete("outlines")


def _read(stamp: Stamp) -> TownMap:
    shapes = dict(Outline.objects.values_list("pk", "shape"))
    parts = tuple(
        Part(pk, slug, name, shapes[pk], box_of([shapes[pk]])) for pk, slug, name, _updated in stamp if pk in shapes
    )
    return TownMap(stamp, parts, box_of(part.shape for part in parts) if parts else None)


def require_in_town(lng: float, lat: float) -> Part | None:
    """Return the district of a point, None while the town has no outlines; raises ``Refused`` for a point outside."""
    town = town_map()
    found = town.part_at(lng, lat)
    if found or not town.parts:
        return found
    if -90 <= lng <= 90 and town.part_at(lat, lng):
        raise _refusal(_("Latitude and longitude seem to be exchanged. Please swap the two numbers."))
    raise _refusal(
        _(
            "This point lies outside our town. Please choose one inside its borders, or leave it out and say the place in words."
        )
    )


def require_place(content: IdeaContent) -> None:
    """Raise ``Refused`` when what somebody writes has a point outside the town."""
    if content.latitude is not None and content.longitude is not None:
        require_in_town(content.longitude, content.latitude)


def _refusal(message: str) -> Refused:
    return Refused(message, code="outside_town", status=422, field="lat")
