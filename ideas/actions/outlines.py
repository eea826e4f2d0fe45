"""Taking over the outlines that an editor has looked at."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ideas.content import slug_for
from ideas.models import District, Outline
from ideas.queries.places import forget_town_map

Polygons = list[Any]


@transaction.atomic
def save_outlines(*, chosen: Iterable[tuple[District, Polygons]]) -> int:
    """Store outlines, replacing older ones of the same districts; return of how many districts.

    Several outlines of one district are its parts, such as a village that lies by itself.
    """
    together: dict[int, Polygons] = {}
    for district, polygons in chosen:
        together.setdefault(district.pk, []).extend(polygons)
    for district_id, polygons in together.items():
        shape = {"type": "MultiPolygon", "coordinates": polygons}
        Outline.objects.update_or_create(district_id=district_id, defaults={"shape": shape})
    transaction.on_commit(forget_town_map)
    return len(together)


def add_district(*, name: str) -> District:
    """Make a district for an outline that belongs to none yet; one of that name is taken as it is."""
    slug = slug_for(name)
    found = District.objects.filter(name__iexact=name).first() or District.objects.filter(slug=slug).first()
    if found:
        return found
    last = District.objects.order_by("-position").values_list("position", flat=True).first()
    return District.objects.create(name=name, slug=slug, position=(last or 0) + 1)
