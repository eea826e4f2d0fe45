"""Places, their hours and maps, processes and credits, for the templates of pages."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms import opening_words, renditions
from cms.models import Picture, Place, ProcessPage
from cms.queries import processes
from ideas.linkable import Target
from ideas.templatetags.maps import map_context
from theme import dates

register = template.Library()


@register.filter
def door_sign(place: Place | None) -> opening_words.Sign | None:
    """Return what stands at the door now."""
    return opening_words.sign(place) if place else None


@register.filter
def usual_hours(place: Place) -> list[opening_words.Row]:
    """Return the usual week."""
    return opening_words.table(place)


@register.filter
def unusual_hours(place: Place) -> list[opening_words.Row]:
    """Return the days of the coming weeks that are not as usual."""
    return opening_words.unusual(place)


@register.inclusion_tag("cms/parts/place_map.html")
def place_map(place: Place) -> dict[str, Any]:
    """Render a small map of the town with the place; nothing comes from outside unless somebody asks for it."""
    return map_context(latitude=place.latitude, longitude=place.longitude, place=place)


@register.filter
def as_timeline(milestones: Iterable[Any]) -> list[dict[str, str]]:
    """Return milestones as ``timeline`` shows them, by their day; what should have been reached says so."""
    entries = sorted((child.value for child in milestones), key=lambda one: one["day"])
    return [step(entry) for entry in entries]


def step(entry: Any) -> dict[str, str]:
    """Return one milestone."""
    when = entry.get("when") or dates.short_day(entry["day"])
    if not entry["reached"] and entry["day"] < timezone.localdate():
        when = _("%(when)s, not reached yet") % {"when": when}
    look = {"by": "town", "icon": "check"} if entry["reached"] else {"by": "next", "icon": "hourglass"}
    title, text = entry["title"], entry.get("text") or ""
    return {"when": when, "verb": f"{title}." if text and title[-1] not in ".?!" else title, "text": text, **look}


@register.filter
def dates_ahead(entries: Iterable[Any], today: dt.date | None = None) -> list[Any]:
    """Return the dates that are not over; a page of years would else be full of old ones."""
    day = today or timezone.localdate()
    return [child.value for child in entries if (child.value.get("last_day") or child.value["day"]) >= day]


@register.simple_tag(takes_context=True)
def linked_ideas(context: Context, page: ProcessPage, cards: Iterable[dict[str, object]] = ()) -> list[Target]:
    """Return the ideas that are linked with a process, as far as this person may see them; those shown as ``cards`` once."""
    shown = {card["url"] for card in cards}
    return [one for one in processes.linked_ideas(page, context["request"].user) if one.url not in shown]


@register.simple_tag
def topic_ideas(page: ProcessPage) -> list[dict[str, object]]:
    """Return the cards of the newest ideas with the page's topic."""
    return processes.topic_ideas(page)


@register.simple_tag
def credits_of(*pictures: Picture | None) -> SafeString:
    """Return who made some small pictures, in one line below them: each name once."""
    shown = [one for one in pictures if renditions.is_usable(one)]
    return credit_line(shown)  # type: ignore[arg-type]


@register.simple_tag
def credits_in(entries: Iterable[Any], name: str = "picture") -> SafeString:
    """Return who made the small pictures of some blocks, in one line below them."""
    return credits_of(*(entry.get(name) for entry in entries))


def credit_line(pictures: Iterable[Picture]) -> SafeString:
    """Return "Bilder: …", each credit once; nothing without pictures."""
    words = dict.fromkeys(one.credit_words for one in pictures if one.credit)
    if not words:
        return SafeString()
    return format_html(
        '<p class="mw-meta"><small class="mw-credit">{} {}</small></p>', _("Pictures:"), "; ".join(words)
    )
