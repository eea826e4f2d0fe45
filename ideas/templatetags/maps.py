"""Maps on pages: each works as words without a script."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse

from ideas.models import Campaign, IdeaVersion
from ideas.queries.listing import Wish
from ideas.queries.map import MapWish
from ideas.queries.orders import DEFAULT_ORDER

register = template.Library()


def map_context(**more: Any) -> dict[str, Any]:
    """Return what every map needs: where outlines lie, and tiles if the town has named any."""
    return {
        "shapes_url": reverse("ideas:map_districts"),
        "tiles_url": settings.MAP_TILES_URL,
        "tiles_host": settings.MAP_TILES_HOST,
        "attribution": settings.MAP_ATTRIBUTION if settings.MAP_TILES_URL else "",
        **more,
    }


@register.inclusion_tag("ideas/parts/map_of_ideas.html")
def map_of_ideas(wish: Wish, campaign: Campaign | None = None) -> dict[str, Any]:
    """Render the map of the ideas that fit; the list beside it says the same."""
    chosen = {**wish.chosen, **({"kampagne": (campaign.slug,)} if campaign else {})}
    pairs = Wish.pairs(chosen, wish.words, DEFAULT_ORDER)
    return map_context(data_url=f"{reverse('ideas:map_data')}?{urlencode(pairs)}")


@register.inclusion_tag("ideas/parts/map_point.html")
def map_point() -> dict[str, Any]:
    """Render the map on which somebody chooses a point; the fields beside it do the same."""
    return map_context()


@register.inclusion_tag("ideas/parts/map_here.html")
def map_here(version: IdeaVersion) -> dict[str, Any]:
    """Render where an idea is: in words, as a link for map programs, and on a small map."""
    latitude, longitude = round(version.latitude or 0, 6), round(version.longitude or 0, 6)
    return map_context(version=version, latitude=latitude, longitude=longitude, geo=f"geo:{latitude},{longitude}")


@register.inclusion_tag("ideas/parts/view_tabs.html")
def view_tabs(wish: Wish, list_path: str, map_path: str, current: str) -> dict[str, str]:
    """Render the way between list and map, which may be two views of one page; filters and order stay."""
    to_map: Wish = MapWish(wish.chosen, wish.sort) if map_path == list_path else wish
    return {
        "list_url": Wish(wish.chosen, wish.sort).url(list_path),
        "map_url": to_map.url(map_path),
        "current": current,
    }
